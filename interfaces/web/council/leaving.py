"""What the council chose leaves it: passed on to the upper body's call, or onto the street's own list."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import council as commands
from domain.accounts.permissions import Act
from domain.proposals.proposal import Suggestion
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.council import views
from interfaces.web.council.words import proposed_words
from projections import calls
from projections.agenda import AgendaRow

router = APIRouter()

PASS_ON: Final = "/staff/{slug}/agenda/{session}/pass-on"
LIST: Final = "/staff/{slug}/agenda/{session}/list"

Keeper = Annotated[Place, Depends(needing(Act.KEEP_AGENDA))]


@router.get(PASS_ON)
def passing(request: Request, house: TheHouse, here: Keeper, session: UUID) -> Response:
    """What will be proposed to the upper body, ready to be corrected."""
    shown = _shown(house, here, session)
    values: dict[str, Any] = {"items": [one.item for one in shown["meeting"].waiting]}
    for one in shown["meeting"].waiting:
        values[f"title-{one.item}"] = one.title
        values[f"content-{one.item}"] = suggested(one, here, shown["meeting"].session.title)
    return page(request, "council/pass_on.html", form=blank(request, **values), **shown)


@router.post(PASS_ON)
def pass_on(request: Request, house: TheHouse, here: Keeper, session: UUID, typed: Form) -> Response:
    """Passes the ticked items on, all of them or none."""
    shown = _shown(house, here, session)
    try:
        chosen = views.ticked(typed, "items")
        suggestions = {
            item: Suggestion(title=typed.text(f"title-{item}"), content=typed.text(f"content-{item}"))
            for item in chosen
        }
        position = commands.pass_on(house.office, here.by(typed), session, suggestions)
    except Refused as refused:
        return again(request, "council/pass_on.html", typed, refused, **shown)
    upper = shown["meeting"].upper
    said = _("已报送%(upper)s %(n)s 项。", upper=upper.short_name if upper else "", n=len(chosen))
    return done(request, position, _root(here, session), said)


@router.get(LIST)
def listing(request: Request, house: TheHouse, here: Keeper, session: UUID) -> Response:
    """The form that puts items on the street's own list."""
    shown = _shown(house, here, session)
    chosen = [one.item for one in shown["meeting"].waiting if one.is_carried]
    return page(request, "council/street_list.html", form=blank(request, items=chosen), **shown)


@router.post(LIST)
def announce(request: Request, house: TheHouse, here: Keeper, session: UUID, typed: Form) -> Response:
    """Puts the ticked items on the list and makes it known."""
    try:
        chosen, notice = views.ticked(typed, "items"), typed.required("notice_number")
        typed.settle()
        position = commands.announce_street_list(house.office, here.by(typed), session, chosen, notice)
    except Refused as refused:
        return again(request, "council/street_list.html", typed, refused, **_shown(house, here, session))
    return done(request, position, _root(here, session), _("已列入本街道清单 %(n)s 项，并已公布。", n=len(chosen)))


def suggested(one: AgendaRow, here: Place, session: str) -> str:
    """The words in which an item is proposed. They go into the upper body's file and so are Chinese."""
    with speaking(CHINESE):
        return proposed_words(one, here.congress.name, session)


def _shown(house: House, here: Place, session: UUID) -> dict[str, Any]:
    with house.reading.connect() as conn:
        shown = views.around(house, conn, here, session)
        upper = shown["meeting"].upper
        call = calls.call_of(conn, upper.id, shown["meeting"].session.year) if upper else None
    return {**shown, "call": call}


def _root(here: Place, session: UUID) -> str:
    return f"/staff/{here.congress.slug}/agenda/{session}"
