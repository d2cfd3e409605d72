"""The letter of findings 督导意见书 to a congress below, as .docx in the layout of GB/T 9704."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFinding:
    """What the congress that was visited is to see to; `answer` is empty while there is none."""

    words: str
    project: str
    due_on: date
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLetter:
    """A visit as the letter tells it."""

    visitor: str
    visited: str
    topic: str
    on: date
    place: str
    members: str
    projects: tuple[str, ...]
    report: str
    findings: tuple[LetterFinding, ...]
    printed_on: date


def visit_letter(made: VisitLetter) -> bytes:
    """The .docx."""
    from interfaces.documents.visit_letter_paper import composed  # noqa: PLC0415 -- python-docx takes long to load

    return composed(made)
