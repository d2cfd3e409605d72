"""The plan of an inspection 视察方案, later its report 视察报告, as .docx in the layout of GB/T 9704."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedSite:
    """A place that is seen."""

    name: str
    place: str
    project: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFinding:
    """One thing found; `unit` and `due_on` where it was given to be put right."""

    words: str
    is_problem: bool
    project: str
    unit: str = ""
    order: str = ""
    """What the unit is to do about it."""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionReport:
    """An inspection as it is printed; before it is concluded it is the plan."""

    issuer: str
    kind: str
    title: str
    is_held: bool
    on: date
    gather: str
    leader: str
    members: tuple[str, ...]
    """Those who go; once it was held, those who came."""
    projects: tuple[str, ...]
    sites: tuple[ReportedSite, ...]
    by_draw: bool
    """Whether the sites were drawn at random."""
    focus: str
    words: str
    findings: tuple[ReportedFinding, ...]
    printed_on: date

    @property
    def paper(self) -> str:
        """What the paper is called."""
        return "报告" if self.is_held else "方案"


def inspection_report(made: InspectionReport) -> bytes:
    """The .docx."""
    from interfaces.documents.inspection_report_paper import composed  # noqa: PLC0415 -- python-docx takes long to load

    return composed(made)
