"""The annual voted list in the office: its votes, its documents, its QR placards."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from domain.polls import poll as polls
from domain.polls.poll import Poll
from domain.projects import project as projects
from domain.projects.project import Project, Stage
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.documents.notice import notice
from interfaces.documents.placards import Placard, PlacardSheets, PlacardSize, placards
from interfaces.documents.workbook import voted_list_workbook
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.language import CHINESE, speaking, worded
from interfaces.web._base.pages import page
from interfaces.web.roll.views import as_workbook, download
from interfaces.web.voted_list import views
from interfaces.web.voted_list.words import how_adopted, how_supplemented, why_not
from projections import public_page, voted_list
from projections.voted_list import VotedList, VotedProject

router = APIRouter()

PATH = "/staff/{slug}/lists/{year:int}"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get(PATH)
def show(request: Request, house: TheHouse, here: OfficeReader, year: int) -> Response:
    """The list with everything that can be printed from it."""
    listed, voted = _list(house, here, year)
    with house.reading.connect() as conn:
        progress = public_page.progress_by_project(conn, here.congress.id, year)
        years = [one.year for one in voted_list.all_announced(conn, here.congress.id)]
        waiting = voted_list.waiting(conn, here.congress.id, year)
        added = voted_list.supplements(conn, here.congress.id, year)
    return page(
        request,
        "voted_list/list.html",
        listed=listed,
        adopted=[one for one in voted if one.stage == Stage.ADOPTED],
        others=[one for one in voted if one.stage != Stage.ADOPTED],
        waiting=waiting,
        supplements=added,
        how_supplemented=how_supplemented,
        progress=progress,
        years=years,
        root=f"/staff/{here.congress.slug}/lists/{year}",
        how=how_adopted,
        why=why_not,
    )


@router.get(f"{PATH}/list.xlsx")
def workbook(house: TheHouse, here: OfficeReader, year: int) -> Response:
    """The list as a workbook."""
    listed, voted = _list(house, here, year)
    with speaking(CHINESE):
        content = voted_list_workbook(
            views.as_sheet(here.congress.name, listed, voted, _states(house, voted), house.settings.public_url)
        )
    return as_workbook(content, f"{here.congress.short_name}{year}{worded('年度票决清单')}.xlsx")


@router.get(f"{PATH}/notice.docx")
def official_notice(house: TheHouse, here: OfficeReader, year: int) -> Response:
    """The notice 公告 as the congress publishes it."""
    listed, voted = _list(house, here, year)
    voted += _waiting(house, here, year)
    with speaking(CHINESE):
        content = notice(
            views.as_notice(here.congress, listed, voted, _states(house, voted), _poll(house, listed.poll))
        )
    return download(content, f"{here.congress.short_name}公告-{listed.notice_number}.docx", _DOCX)


@router.get(f"{PATH}/supplements/{{place:int}}.docx")
def supplement_notice(house: TheHouse, here: OfficeReader, year: int, place: int) -> Response:
    """The notice of the supplement at this place, counted from 1: of a second ballot, or of a body's decision."""
    listed, voted = _list(house, here, year)
    voted += _waiting(house, here, year)
    with house.reading.connect() as conn:
        added = voted_list.supplements(conn, here.congress.id, year)
    if not 1 <= place <= len(added):
        raise NotFound(kind="voted_list", id=str(place))
    one = added[place - 1]
    state, states = _poll(house, one.poll), _states(house, voted)
    with speaking(CHINESE):
        if one.decided_by:
            told = views.as_decision(here.congress, listed, one, voted, states, state)
        else:
            again = listed._replace(poll=one.poll, notice_number=one.notice_number, announced_on=one.announced_on)
            told = views.as_notice(here.congress, again, voted, states, state)
        content = notice(told)
    return download(content, f"{here.congress.short_name}公告-{one.notice_number}.docx", _DOCX)


@router.get(f"{PATH}/placards.pdf")
def all_placards(house: TheHouse, here: OfficeReader, year: int, size: str = PlacardSize.SIX_A_PAGE) -> Response:
    """QR placards of every adopted project: a page each, or six on a page."""
    _listed, voted = _list(house, here, year)
    adopted = [one for one in voted if one.stage == Stage.ADOPTED]
    chosen = PlacardSize(size) if size in set(PlacardSize) else PlacardSize.SIX_A_PAGE
    return _placards(house, here, year, adopted, chosen)


@router.get(f"{PATH}/placards/{{project}}.pdf")
def one_placard(house: TheHouse, here: OfficeReader, year: int, project: UUID) -> Response:
    """The placard of one project, on a whole page."""
    _listed, voted = _list(house, here, year)
    found = [one for one in voted if one.project == project and one.stage == Stage.ADOPTED]
    if not found:
        raise NotFound(kind="project", id=str(project))
    return _placards(house, here, year, found, PlacardSize.WHOLE_PAGE)


def _placards(house: House, here: Place, year: int, adopted: list[VotedProject], size: PlacardSize) -> Response:
    address = house.settings.public_url
    sheets = PlacardSheets(
        congress=here.congress.name,
        year=year,
        placards=tuple(
            Placard(
                number=one.number or 0,
                name=one.name,
                code=one.code,
                address=f"{address}/p/{one.code}",
                lead_unit=one.lead_unit,
            )
            for one in adopted
        ),
    )
    name = f"{here.congress.short_name}{year}年项目二维码.pdf"
    return download(placards(sheets, size), name, "application/pdf")


def _list(house: House, here: Place, year: int) -> tuple[VotedList, list[VotedProject]]:
    with house.reading.connect() as conn:
        listed = voted_list.announced(conn, here.congress.id, year)
        voted = voted_list.voted(conn, here.congress.id, year)
    if listed is None:
        raise NotFound(kind="voted_list", id=str(year))
    return listed, voted


def _waiting(house: House, here: Place, year: int) -> list[VotedProject]:
    with house.reading.connect() as conn:
        return voted_list.waiting(conn, here.congress.id, year)


def _poll(house: House, poll: UUID) -> Poll:
    state = house.office.state_of(poll, polls.evolve)
    if state is None:
        raise NotFound(kind="poll", id=str(poll))
    return state


def _states(house: House, voted: list[VotedProject]) -> dict[UUID, Project]:
    known: dict[UUID, Any] = house.office.states_of((one.project for one in voted), projects.evolve)
    return known
