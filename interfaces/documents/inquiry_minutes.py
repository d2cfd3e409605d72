"""The minutes of a special inquiry 专题询问纪要 or a hearing 听证会纪要, as .docx in the layout of GB/T 9704."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutedQuestion:
    """A question with its answer; `answer` is empty while there is none."""

    speaker: str
    unit: str
    words: str
    respondent: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutedDuty:
    """What was given to a unit."""

    label: str
    words: str
    unit: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryMinutes:
    """An inquiry or a hearing as it is printed; before the day it is the plan with the questions handed in."""

    congress: str
    issuer: str
    kind: str
    """专题询问 or 听证会."""
    is_held: bool
    topic: str
    on: date
    starts_at: str
    place: str
    presiding: str
    projects: tuple[str, ...]
    speakers: tuple[str, ...]
    others: str
    units: tuple[str, ...]
    attending: int | None
    background: str
    questions: tuple[MinutedQuestion, ...]
    conclusion: str
    duties: tuple[MinutedDuty, ...]
    printed_on: date

    @property
    def paper(self) -> str:
        """What the paper is called."""
        return "纪要" if self.is_held else "方案"


def inquiry_minutes(made: InquiryMinutes) -> bytes:
    """The .docx."""
    from interfaces.documents.inquiry_minutes_paper import composed  # noqa: PLC0415 -- python-docx takes long to load

    return composed(made)
