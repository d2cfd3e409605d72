"""Papers of a council's meeting: the agenda sheet 会商议程 before it and the minutes 会商纪要 after it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilItem:
    """One item as it is printed.

    `notes` are pairs of part and words, `result` and `by` are in words; what has not come about is empty. `hands` are
    present, for, against, abstain, not voting; `needed` in favour carry the item by the rules of this title.
    """

    title: str
    presenter: str = ""
    content: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    hands: tuple[int, ...] = ()
    needed: int = 0
    rules: str = ""
    counted_by: str = ""
    result: str = ""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilPaper:
    """A meeting. `members` are all on the roll, `attending` those who checked in or were counted."""

    body: str
    session: str
    starts_on: date
    ends_on: date
    members: int
    attending: int
    groups: tuple[tuple[str, int, int], ...] = ()
    """Name, members and present of each group."""
    items: tuple[CouncilItem, ...]
    printed_on: date


def agenda_sheet(meeting: CouncilPaper) -> bytes:
    """The .docx handed out at the door: the items with presenter and content, and the order of each."""
    from interfaces.documents.council_paper import agenda  # noqa: PLC0415 -- python-docx takes long to load

    return agenda(meeting)


def minutes(meeting: CouncilPaper) -> bytes:
    """The .docx of the minutes: who was there, what was said, how hands were counted, what was chosen."""
    from interfaces.documents.council_paper import minutes_of  # noqa: PLC0415 -- python-docx takes long to load

    return minutes_of(meeting)
