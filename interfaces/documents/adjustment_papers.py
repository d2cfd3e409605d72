"""The papers of rule 20 in the layout of GB/T 9704: the request for a decision, the report to the next session."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """One thing that changes; `change` is the percent against what was adopted, empty where it is no number."""

    what: str
    before: str
    after: str
    change: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedProject:
    """A project with what is asked for, or was decided."""

    number: int
    """On the voted list."""
    name: str
    year: int
    lead_unit: str
    kind: str
    """调整, 暂缓, 终止 or 恢复."""
    reason: str
    lines: tuple[ChangedLine, ...]
    body: str = ""
    """常委会 or 主席团, once decided."""
    decision: str = ""
    """Its number."""
    notice_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRequest:
    """A unit asks the standing committee to decide."""

    addressee: str
    place: str
    notice: str
    """Of the voted list."""
    plan: str
    """How the plan in force was made known: number and day; empty where that is not known."""
    issuer: str
    made_on: date
    project: AdjustedProject


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentReport:
    """What was decided since the last session, told to the next one."""

    congress: str
    place: str
    session: str
    issuer: str
    made_on: date
    projects: tuple[AdjustedProject, ...]


def adjustment_request(made: AdjustmentRequest) -> bytes:
    """The .docx."""
    from interfaces.documents.adjustment_paper import request  # noqa: PLC0415 -- python-docx takes long to load

    return request(made)


def adjustment_report(made: AdjustmentReport) -> bytes:
    """The .docx."""
    from interfaces.documents.adjustment_paper import report  # noqa: PLC0415 -- python-docx takes long to load

    return report(made)
