"""The run sheet 流程单 of a poll: who does what in which order on the day, on paper beside every desk."""

from dataclasses import dataclass

from interfaces.documents.typesetting import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFact:
    """One line of what is known: the address of the ballot page, the card set, who holds which share."""

    words: str
    value: str
    mono: bool = False
    """A hash, in signs of one width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetStep:
    """One box to tick; `when` is a moment or an occasion."""

    when: str
    what: str
    who: str
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAdvice:
    """What is done when something goes wrong, in one line."""

    case: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSheet:
    """Everything on the sheet; secrets and shares are never on it."""

    congress: str
    session: str
    poll: str
    made_on: str
    rehearsal: bool
    facts: tuple[SheetFact, ...]
    steps: tuple[SheetStep, ...]
    advice: tuple[SheetAdvice, ...]
    phones: tuple[str, ...]
    """Offices beside which a telephone number is written by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    title: str
    rehearsal: bool
    sheet: RunSheet


def run_sheet(sheet: RunSheet) -> bytes:
    """The PDF, A4."""
    return typeset("run_sheet", _View(title=f"{sheet.poll} 流程单", rehearsal=sheet.rehearsal, sheet=sheet))
