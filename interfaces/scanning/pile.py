"""A pile of pictures becomes papers: pages are put together, and the order of the pile is forgotten."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.polls.ballot_form import BallotForm
from interfaces.paper.form_code import form_code
from interfaces.paper.layout import PaperLayout, layout_of
from interfaces.scanning.pictures import Grey, NotAPicture, pages_of
from interfaces.scanning.result import DOUBTFUL, PaperRead, ScanResult, Unread, UnreadReason, certain_for
from interfaces.scanning.sheet import CannotRead, PageRead, read_page
from interfaces.scanning.straightening import CannotStraighten, is_empty


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    file: str
    page: int

    def unread(self, reason: UnreadReason, detail: str = "") -> Unread:
        return Unread(file=self.file, page=self.page, reason=reason, detail=detail)


@dataclass(slots=True, kw_only=True)
class _Pile:
    """What was read so far; `begun` are the pages of a paper that is not complete."""

    form: BallotForm
    layout: PaperLayout
    papers: list[PaperRead] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    begun: list[tuple[_Place, PageRead]] = field(default_factory=list)
    empty: int = 0

    def put(self, place: _Place, page: PageRead) -> None:
        if page.number != len(self.begun) + 1:
            self.give_up_paper()
        self.begun.append((place, page))
        if page.number != len(self.begun):
            self.give_up_paper()
        elif len(self.begun) == len(self.layout.pages):
            self._finish_paper()

    def refuse(self, place: _Place, reason: UnreadReason, detail: str = "") -> None:
        self.give_up_paper()
        self.unread.append(place.unread(reason, detail))

    def give_up_paper(self) -> None:
        """A paper of which pages are missing is entered by people as a whole."""
        self.unread += [place.unread(UnreadReason.PAGE_MISSING, str(page.number)) for place, page in self.begun]
        self.begun.clear()

    def _finish_paper(self) -> None:
        row = tuple(mark for _, page in self.begun for mark in page.marks)
        if _depends_on_doubt(row, self.form):
            self.unread += [place.unread(UnreadReason.LIMIT) for place, _ in self.begun]
        else:
            self.papers.append(PaperRead(row=row, doubts=tuple(one for _, page in self.begun for one in page.doubts)))
        self.begun.clear()


def read_pile(files: Iterable[tuple[str, bytes]], form: BallotForm) -> ScanResult:
    """All papers in the files. Raises Invalid for a form that no paper can hold."""
    pile, code = _Pile(form=form, layout=layout_of(form)), form_code(form)
    seen: set[bytes] = set()
    for name, content in files:
        digest = hashlib.sha256(content).digest()
        if digest in seen:
            pile.refuse(_Place(file=name, page=1), UnreadReason.DOUBLED)
            continue
        seen.add(digest)
        for place, picture in _pictures(name, content, pile):
            _put_page(pile, place, picture, code)
    pile.give_up_paper()
    papers = sorted(pile.papers, key=lambda paper: (paper.row, [doubt.picture for doubt in paper.doubts]))
    return ScanResult(form=form, papers=tuple(papers), unread=tuple(pile.unread), empty_pages=pile.empty)


def _pictures(name: str, content: bytes, pile: _Pile) -> Iterator[tuple[_Place, Grey]]:
    page = 0
    try:
        for page, picture in enumerate(pages_of(content), start=1):
            yield _Place(file=name, page=page), picture
    except NotAPicture:
        pile.refuse(_Place(file=name, page=page + 1), UnreadReason.NOT_A_PICTURE)


def _put_page(pile: _Pile, place: _Place, picture: Grey, code: str) -> None:
    try:
        pile.put(place, read_page(picture, pile.layout, code))
    except (CannotRead, CannotStraighten) as problem:
        if problem.reason is UnreadReason.MARKERS and problem.detail == "0" and is_empty(picture):
            pile.empty += 1
        else:
            pile.refuse(place, problem.reason, problem.detail)


def _depends_on_doubt(row: tuple[str, ...], form: BallotForm) -> bool:
    """Whether the paper is void as a whole if some of its doubtful marks are "for", and is not otherwise."""
    if form.most_for is None:
        return False
    certain = certain_for(row, form)
    return certain <= form.most_for < certain + row.count(DOUBTFUL)
