"""The summary of remarks 审议意见综合 for the presidium, as .docx in the layout of GB/T 9704."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SummedRemark:
    """One remark or question with what became of it."""

    delegation: str
    kind: str
    words: str
    answer: str
    """Empty while there is none."""
    answered_by: str
    note: str
    """That an answer is awaited, 尚未答复, or a better one, 退回重答; empty where none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummedProject:
    """What was said about one candidate. `counts` are kinds and their numbers, in the order they are printed."""

    number: str
    name: str
    lead_unit: str
    counts: tuple[tuple[str, int], ...]
    delegations: int
    answered: int
    waiting: int
    remarks: tuple[SummedRemark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarksSummary:
    """The year's remarks, put together by the office on a day."""

    congress: str
    session: str
    year: int
    made_on: date
    issuer: str
    delegations: int
    """How many have spoken, of `all_delegations`."""
    all_delegations: int
    remarks: int
    questions: int
    answered: int
    waiting: int
    projects: tuple[SummedProject, ...]
    silent: tuple[str, ...]
    """Projects on which nothing was said, by name."""


def remarks_summary(made: RemarksSummary) -> bytes:
    """The .docx."""
    from interfaces.documents.remarks_summary_paper import composed  # noqa: PLC0415 -- python-docx takes long to load

    return composed(made)
