"""The delegates' area on their phones: the candidates' cards, read one by one, with private notes."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import projects as commands
from application.private import notes
from domain.projects.project import Stage
from domain.shared import Refused
from interfaces.composition import House
from interfaces.documents.booklet import booklet
from interfaces.public.projects.views import people
from interfaces.web._base.asking import CandidateReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web.candidates import comparing
from interfaces.web.delegate import materials, speaking
from interfaces.web.delegate.reading import card_context, listed_cards, newest_year, read_by
from interfaces.web.delegate.waiting import waiting
from interfaces.web.delegate.watching import watching
from interfaces.web.deliberation.papers import booklet_of
from interfaces.web.roll.views import download
from projections import candidate_board
from projections.candidate_board import Standing

router = APIRouter()
router.routes.extend([*materials.router.routes, *speaking.router.routes])

AREA = "/delegate/{slug}"


@router.get(AREA)
def cards(request: Request, house: TheHouse, here: CandidateReader) -> Response:
    """The listed candidates of the newest year, with what was read."""
    year = newest_year(house, here)
    found = listed_cards(house, here, year)
    read = read_by(house, here, year) & {one.project for one in found}
    is_open = any(one.state.stage is Stage.LISTED for one in found)
    with house.reading.connect() as conn:
        waits = waiting(conn, here, year, {one.project for one in found}, read, open_=is_open)
        watched = watching(house, conn, here)
    return page(
        request,
        "delegate/cards.html",
        year=year,
        cards=found,
        read=read,
        waits=waits,
        watched=watched,
        noted=set(notes.notes_of(house.private, here.actor.account)),
        root=_root(here),
        people=people,
    )


@router.get(f"{AREA}/compare")
def compare(request: Request, house: TheHouse, here: CandidateReader, project: comparing.Chosen = None) -> Response:
    """Two to four cards of the list side by side."""
    with house.reading.connect() as conn:
        found = candidate_board.candidates_of(conn, here.congress.id, newest_year(house, here))
    listed = [one for one in found if one.standing is Standing.LISTED]
    context = comparing.context(house, here, listed, project or [])
    return page(request, "delegate/compare.html", root=_root(here), **context)


@router.get(f"{AREA}/booklet.pdf")
def booklet_pdf(house: TheHouse, here: CandidateReader) -> Response:
    """The booklet of the published list, to be read without a connection."""
    made = booklet_of(house, here, newest_year(house, here), draft=False)
    return download(booklet(made), f"候选项目册-{here.congress.short_name}-{made.year}.pdf", "application/pdf")


@router.get(f"{AREA}/projects/{{project}}")
def card(request: Request, house: TheHouse, here: CandidateReader, project: UUID) -> Response:
    """One card."""
    form = blank(request, words=notes.note(house.private, here.actor.account, project))
    return page(request, "delegate/card.html", form=form, **_card(house, here, project))


@router.post(f"{AREA}/projects/{{project}}/read")
def confirm(request: Request, house: TheHouse, here: CandidateReader, project: UUID, typed: Form) -> Response:
    """Gives the read receipt and goes on to the next card that was not read."""
    position = commands.read_card(house.office, here.by(typed), project)
    house.followers.wait_for(position)
    year = newest_year(house, here)
    found, read = listed_cards(house, here, year), read_by(house, here, year)
    place = next((place for place, one in enumerate(found) if one.project == project), 0)
    unread = [one for one in (*found[place:], *found[:place]) if one.project not in read]
    if not unread:
        return done(request, position, _root(here), _("候选项目已全部读完。"))
    return done(request, position, f"{_root(here)}/projects/{unread[0].project}")


@router.post(f"{AREA}/projects/{{project}}/note")
def note(request: Request, house: TheHouse, here: CandidateReader, project: UUID, typed: Form) -> Response:
    """Keeps the delegate's own note on a listed card; nobody else reads it."""
    shown = _card(house, here, project)
    try:
        notes.write_note(house.private, here.actor.account, project, typed.text("words"))
    except Refused as refused:
        return again(request, "delegate/card.html", typed, refused, **shown)
    return led_to(request, f"{_root(here)}/projects/{project}", _("笔记已保存，只有您自己能看到。"))


def _card(house: House, here: Place, project: UUID) -> dict[str, Any]:
    context = card_context(house, here, project)
    return {**context, **speaking.on_card(house, here, context["year"], project)}


def _root(here: Place) -> str:
    return f"/delegate/{here.congress.slug}"
