"""The agenda of a council's meeting: entered quickly, ordered, printed."""

import re
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import council as commands
from application.council import NewItem
from domain.accounts.permissions import Act
from domain.congress.council import Matter
from domain.shared import Missing, Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.council import items, leaving, papers, views
from projections import agenda, proposal_register
from projections.congress_register import sessions_of

router = APIRouter()
for part in (items, leaving, papers):
    router.routes.extend(part.router.routes)

PATH: Final = "/staff/{slug}/agenda"
ONE: Final = f"{PATH}/{{session}}"
_PARTED: Final = re.compile(r"\s*[|｜\t]\s*")

AgendaKeeper = Annotated[Place, Depends(needing(Act.KEEP_AGENDA))]


@router.get(PATH)
def meetings(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """Every meeting with how far its agenda has come, the newest first."""
    with house.reading.connect() as conn:
        known = [one for one in sessions_of(conn, here.congress.id) if not one.rehearsal]
        tallies = agenda.tallies(conn, here.congress.id)
    return page(
        request,
        "council/list.html",
        sessions=known,
        tallies=tallies,
        root=f"/staff/{here.congress.slug}/agenda",
        may_convene=here.may(Act.CONVENE_SESSION),
    )


@router.get(ONE)
def one(request: Request, house: TheHouse, here: OfficeReader, session: UUID) -> Response:
    """The agenda of one meeting."""
    return page(request, "council/agenda.html", **_shown(house, here, session))


@router.post(f"{ONE}/items")
def enter(request: Request, house: TheHouse, here: AgendaKeeper, session: UUID, typed: Form) -> Response:
    """Puts typed lines on the agenda: 标题｜提出人｜内容, a line each."""
    lines = [line for line in typed.text("lines").splitlines() if line.strip()]
    try:
        if not lines:
            raise Missing(fields=("lines",))
        entered = [NewItem(matter=_matter(line)) for line in lines]
        position = commands.enter_items(house.office, here.by(typed), session, entered)
    except Refused as refused:
        return again(request, "council/agenda.html", typed, refused, **_shown(house, here, session))
    return done(request, position, _root(here, session), _("已列入议程 %(n)s 项。", n=len(entered)))


@router.post(f"{ONE}/proposals")
def take_up(request: Request, house: TheHouse, here: AgendaKeeper, session: UUID, typed: Form) -> Response:
    """Puts chosen proposals on the agenda."""
    try:
        wanted = views.ticked(typed, "proposals")
        with house.reading.connect() as conn:
            found = proposal_register.proposals_at(conn, wanted)
        entered = [
            NewItem(matter=Matter(title=found[one].title, content=found[one].content), proposal=one)
            for one in wanted
            if one in found
        ]
        position = commands.enter_items(house.office, here.by(typed), session, entered)
    except Refused as refused:
        return again(request, "council/agenda.html", typed, refused, **_shown(house, here, session))
    return done(request, position, _root(here, session), _("已列入议程 %(n)s 项。", n=len(entered)))


@router.post(f"{ONE}/items/{{item}}/move")
def move(request: Request, house: TheHouse, here: AgendaKeeper, session: UUID, item: UUID, typed: Form) -> Response:
    """Puts an item at another place."""
    position = commands.move_item(house.office, here.by(typed), session, item, typed.integer("to"))
    return done(request, position, f"{_root(here, session)}#items")


def _matter(line: str) -> Matter:
    title, presenter, content = (*_PARTED.split(line.strip(), maxsplit=2), "", "")[:3]
    return Matter(title=title, presenter=presenter, content=content)


def _shown(house: House, here: Place, session: UUID) -> dict[str, Any]:
    with house.reading.connect() as conn:
        shown = views.around(house, conn, here, session)
        return {**shown, "offered": views.offered(conn, here, shown["meeting"])}


def _root(here: Place, session: UUID) -> str:
    return f"/staff/{here.congress.slug}/agenda/{session}"
