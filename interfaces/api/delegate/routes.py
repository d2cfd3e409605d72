"""A delegate's reading: the cards of the list, receipts, private notes, a comparison."""

from uuid import UUID

from application import projects as commands
from application.private import notes
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from interfaces.api._base.callers import At, CandidateReader
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.candidates.models import TheProject
from interfaces.api.delegate.models import (
    ComparedRow,
    Comparison,
    Mine,
    NoteBody,
    ReadingCard,
    ReadingLine,
    Wanted,
    WantedToo,
)
from interfaces.web.candidates import comparing
from interfaces.web.delegate.reading import listed_cards, newest_year, read_by
from interfaces.web.delegate.views import ListedCard
from projections import candidate_board

router = operations("reading", read=Scope.CANDIDATES_READ, write=Scope.CANDIDATES_WRITE)

PATH = "/congresses/{slug}/reading"
ONE = f"{PATH}/{{project}}"


@router.get(PATH, summary="候选项目阅读清单", description="最近一年已公布的名单，以及本人已读的。")
def cards(here: CandidateReader, paging: Paged) -> Page[ReadingLine]:
    """The listed candidates of the newest year."""
    found = _cards(here)
    return paging.part(here.told, found, lambda one: one.project, _mine(here, found).line)


@router.get(ONE, summary="阅读一张卡片")
def card(here: CandidateReader, project: TheProject) -> ReadingCard:
    """One card. Reading it gives no receipt."""
    here.shows(project)
    found = _cards(here)
    return _mine(here, found).card(_known(found, project))


@router.post(f"{ONE}/read", summary="标记已读", description="令牌所属的代表已读这张卡片；重复标记不起作用。")
def read(here: CandidateReader, project: TheProject) -> ReadingCard:
    """The delegate's read receipt."""
    _known(_cards(here), project)
    here.done(commands.read_card(here.house.office, here.by(project), project))
    return card(here, project)


@router.post(f"{ONE}/note", summary="写笔记", description="只有本人能看到，不进入任何记录。")
def note(here: CandidateReader, project: TheProject, body: NoteBody) -> ReadingCard:
    """Replaces the delegate's own note."""
    _known(_cards(here), project)
    here.by(project)
    notes.write_note(here.house.private, here.actor.account, project, body.words)
    return card(here, project)


@router.get("/congresses/{slug}/comparison", summary="对照二至四个候选项目")
def compare(here: CandidateReader, a: Wanted, b: Wanted, c: WantedToo = None, d: WantedToo = None) -> Comparison:
    """Two to four cards side by side."""
    found = _cards(here)
    asked = [_known(found, one).project for one in (a, b, c, d) if one is not None]
    with here.house.reading.connect() as connection:
        listed = candidate_board.candidates_of(connection, here.congress.id, newest_year(here.house, here.place))
    columns = comparing.context(here.house, here.place, listed, asked)["columns"]
    rows = [
        ComparedRow(label=line.label, values=[cell.words for cell in line.cells]) for line in comparing.lines(columns)
    ]
    return Comparison(projects=asked, rows=rows)


def _cards(here: At) -> list[ListedCard]:
    year = newest_year(here.house, here.place)
    return listed_cards(here.house, here.place, year)


def _mine(here: At, found: list[ListedCard]) -> Mine:
    year = newest_year(here.house, here.place)
    return Mine(found, read_by(here.house, here.place, year), notes.notes_of(here.house.private, here.actor.account))


def _known(found: list[ListedCard], project: UUID) -> ListedCard:
    known = next((one for one in found if one.project == project), None)
    if known is None:
        raise NotFound(kind="project", id=str(project))
    return known
