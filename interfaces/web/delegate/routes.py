"""The delegates' area on their phones: the candidates' cards, read one by one, with private notes."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import projects as commands
from application.private import notes
from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.projects.candidate_list import CandidateList
from domain.projects.project import Project
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.public.projects.views import people
from interfaces.web._base.asking import CandidateReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web.delegate import views
from projections import reading_receipts, voted_list, year_rail
from projections.voted_list import VotedProject

router = APIRouter()

AREA = "/delegate/{slug}"


@router.get(AREA)
def cards(request: Request, house: TheHouse, here: CandidateReader) -> Response:
    """The listed candidates of the newest year, with what was read."""
    year = newest_year(house, here)
    listed = published(house, here, year)
    return page(
        request,
        "delegate/cards.html",
        year=year,
        cards=cards_on(house, here, listed),
        read=read_by(house, here, year),
        noted=set(notes.notes_of(house.private, here.actor.account)),
        root=_root(here),
        stars=views.stars,
        people=people,
    )


@router.get(f"{AREA}/compare")
def compare(request: Request, house: TheHouse, here: CandidateReader, a: str = "", b: str = "") -> Response:
    """Two cards side by side."""
    found = cards_on(house, here, published(house, here, newest_year(house, here)))
    chosen = [card for wanted in (a, b) for card in found if str(card.project) == wanted]
    form = blank(request, a=a, b=b)
    options = [(str(card.project), f"{card.number} {card.state.card.name}") for card in found]
    return page(
        request,
        "delegate/compare.html",
        form=form,
        chosen=chosen,
        options=options,
        root=_root(here),
        rows=views.comparison(chosen),
    )


@router.get(f"{AREA}/projects/{{project}}")
def card(request: Request, house: TheHouse, here: CandidateReader, project: UUID) -> Response:
    """One card."""
    form = blank(request, words=notes.note(house.private, here.actor.account, project))
    return page(request, "delegate/card.html", form=form, **_context(house, here, project))


@router.post(f"{AREA}/projects/{{project}}/read")
def confirm(request: Request, house: TheHouse, here: CandidateReader, project: UUID, typed: Form) -> Response:
    """Gives the read receipt and goes on to the next card that was not read."""
    position = commands.read_card(house.office, here.by(typed), project)
    house.followers.wait_for(position)
    year = newest_year(house, here)
    found, read = cards_on(house, here, published(house, here, year)), read_by(house, here, year)
    place = next((place for place, one in enumerate(found) if one.project == project), 0)
    unread = [one for one in (*found[place:], *found[:place]) if one.project not in read]
    if not unread:
        return done(request, position, _root(here), _("候选项目已全部读完。"))
    return done(request, position, f"{_root(here)}/projects/{unread[0].project}")


@router.post(f"{AREA}/projects/{{project}}/note")
def note(request: Request, house: TheHouse, here: CandidateReader, project: UUID, typed: Form) -> Response:
    """Keeps the delegate's own note; nobody else reads it."""
    try:
        notes.write_note(house.private, here.actor.account, project, typed.text("words"))
    except Refused as refused:
        return again(request, "delegate/card.html", typed, refused, **_context(house, here, project))
    return led_to(request, f"{_root(here)}/projects/{project}", _("笔记已保存，只有您自己能看到。"))


def _context(house: House, here: Place, project: UUID) -> dict[str, Any]:
    year = newest_year(house, here)
    found = cards_on(house, here, published(house, here, year))
    place = next((place for place, one in enumerate(found) if one.project == project), None)
    if place is None:
        raise NotFound(kind="project", id=str(project))
    read = read_by(house, here, year)
    return {
        "one": found[place],
        "card": found[place].state.card,
        "is_read": project in read,
        "read": len(read),
        "total": len(found),
        "previous": found[place - 1] if place else None,
        "next": found[place + 1] if place + 1 < len(found) else None,
        "root": _root(here),
        "stars": views.stars(found[place].state, [one.state for one in found]),
        "people": people,
        "outcome": views.outcome(found[place].state),
        "vote": vote_on(house, here, year, project),
        "per_person": views.cost_per_person(found[place].state),
    }


def vote_on(house: House, here: Place, year: int, project: UUID) -> VotedProject | None:
    """How the project was voted, where the rule profile lets the counts be published."""
    with house.reading.connect() as conn:
        announced = voted_list.announced(conn, here.congress.id, year)
        if announced is None or not announced.full_counts:
            return None
        return next((one for one in voted_list.voted(conn, here.congress.id, year) if one.project == project), None)


def newest_year(house: House, here: Place) -> int:
    """The newest year with a published list."""
    with house.reading.connect() as conn:
        years = year_rail.years(conn, here.congress.id)
        listed = [year for year in years if (rail := year_rail.rail(conn, here.congress.id, year)) and rail.listed]
    return listed[0] if listed else (years[0] if years else house.office.today().year)


def published(house: House, here: Place, year: int) -> CandidateList | None:
    """The year's list, while it is out."""
    listed = house.office.state_of(lists.list_stream(here.congress.id, year), lists.evolve)
    return listed if listed is not None and listed.published else None


def cards_on(house: House, here: Place, listed: CandidateList | None) -> list[views.ListedCard]:
    """The cards of a list."""
    lines = listed.candidates if listed else ()
    known: dict[UUID, Project] = house.office.states_of((line.project for line in lines), projects.evolve)
    return [
        views.ListedCard(project=line.project, number=line.number, state=known[line.project])
        for line in lines
        if known[line.project].congress == here.congress.id
    ]


def read_by(house: House, here: Place, year: int) -> set[UUID]:
    """What the delegate has read of it."""
    if here.delegate is None:
        return set()
    with house.reading.connect() as conn:
        return reading_receipts.read_by(conn, here.congress.id, year, here.delegate)


def _root(here: Place) -> str:
    return f"/delegate/{here.congress.slug}"
