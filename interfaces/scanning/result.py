"""What was read from pictures of ballot papers, as values: nothing of it knows a picture's place, time or camera."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.polls.ballot_form import BallotForm
from domain.polls.columns import Mark
from domain.polls.paper_count import Entry, ItemCount
from domain.polls.rules import Form

DOUBTFUL: Final = "?doubtful"
"""In a row: a person looks at the picture and decides."""


class UnreadReason(StrEnum):
    """Why a page goes to people as a whole."""

    NOT_A_PICTURE = "not_a_picture"
    """No JPEG, PNG or PDF, or a broken or far too large one."""
    TOO_SMALL = "too_small"
    """Fewer than about 100 dots to the inch."""
    BLACK_AND_WHITE = "black_and_white"
    """No grey in it: pale marks are lost."""
    MARKERS = "markers"
    """Not all four corner markers are seen; the detail is their number."""
    SEVERAL = "several"
    """More than one paper in the picture."""
    BENT = "bent"
    """The corners do not fit one flat page."""
    BLURRED = "blurred"
    """The boxes cannot be made out: blurred, too dark, covered."""
    NO_CODE = "no_code"
    OTHER_FORM = "other_form"
    """A paper of another poll; the detail is its form code."""
    OTHER_LAYOUT = "other_layout"
    """Printed by another version of the program."""
    PAGE_MISSING = "page_missing"
    """Other pages of the same paper did not come directly before and after; the detail is the page of the paper."""
    DOUBLED = "doubled"
    """The same file content a second time."""
    LIMIT = "limit"
    """Whether the paper has too many marks depends on doubtful ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A page that people enter by hand; `page` is its place in the file, from 1."""

    file: str
    page: int
    reason: UnreadReason
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One item of one paper that a person decides, with its row as a JPEG picture."""

    item: str
    picture: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRead:
    """One paper: a mark for every item in the form's order, `?` for two certain ones, DOUBTFUL, or empty."""

    row: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """Papers in an order that tells nothing of theirs in the pile, and what people have to do."""

    form: BallotForm
    papers: tuple[PaperRead, ...]
    unread: tuple[Unread, ...]
    empty_pages: int = 0
    """Pages with nothing on them: the backs of papers printed on one side."""

    @property
    def doubts(self) -> Mapping[str, tuple[Doubt, ...]]:
        """By item: the n-th doubtful mark of the entry is the n-th here (papers void as a whole have none)."""
        kept = [doubt for paper in self.papers if not self._is_void(paper) for doubt in paper.doubts]
        return {
            item.id: tuple(sorted((doubt for doubt in kept if doubt.item == item.id), key=lambda doubt: doubt.picture))
            for item in self.form.items
        }

    def entry(self) -> Entry:
        """One team's figures for the papers that were read: columns, with doubtful marks counted apart."""
        valid = [paper.row for paper in self.papers if not self._is_void(paper)]
        items = tuple(
            self._item(item.id, Counter(row[place] for row in valid)) for place, item in enumerate(self.form.items)
        )
        return Entry(papers=len(self.papers), void=len(self.papers) - len(valid), items=items)

    def _item(self, id: str, often: Counter[str]) -> ItemCount:
        return ItemCount(
            id=id,
            marks=tuple(often[mark] for mark in self.form.marks),
            unreadable=often[Mark.UNREADABLE],
            doubtful=often[DOUBTFUL],
        )

    def _is_void(self, paper: PaperRead) -> bool:
        return self.form.most_for is not None and certain_for(paper.row, self.form) > self.form.most_for


def certain_for(row: tuple[str, ...], form: BallotForm) -> int:
    """How many items the row certainly supports."""
    return row.count(Mark.TICK if form.form is Form.CHOOSE else Mark.FOR)
