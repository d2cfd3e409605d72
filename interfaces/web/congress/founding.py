"""A congress enters the installation: with its first person, and with what it takes over from others."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import founding as commands
from application.account_slips import PrintedSlip
from application.founding import Body, FirstPerson, TakenOver
from domain.accounts.permissions import Act
from domain.congress.congress import PARENT_LEVELS, Level
from domain.shared import NotPermitted, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Seat, Seated, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.accounts.administration import grouped
from interfaces.web.congress.views import tree
from interfaces.web.congress.words import LEVELS
from projections import profile_shelf
from projections.congress_directory import ListedCongress, all_congresses

router = APIRouter()

ROOT: Final = "/staff/congresses"
_BELOW: Final = {Level.CITY.value: Level.COUNTY, Level.COUNTY.value: Level.TOWNSHIP}
"""What is most often founded under a congress of a level."""


def parents_of(house: House, seat: Seat) -> list[ListedCongress]:
    """The congresses under which the person may found others."""
    with house.reading.connect() as connection:
        known = all_congresses(connection)
    return [one for one in known if seat.actor.may(Act.FOUND_CONGRESS, one.id)]


@router.get(f"{ROOT}/new")
def new(request: Request, house: TheHouse, seat: Seated, under: str = "") -> Response:
    """The form; `under` names the congress above."""
    known = _may_found(house, seat)
    above = next((one for one in known if one.slug == under), known[0] if known else None)
    level = _BELOW.get(above.level, Level.TOWNSHIP) if above else Level.CITY
    form = blank(request, level=level, parent=above.id if above else "", keeps_accounts="yes")
    return page(request, "congress/new.html", form=form, **_choices(house, seat, known))


@router.post(f"{ROOT}/new")
def found(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """Founds it; the slip of its first person is shown once."""
    known = _may_found(house, seat)
    try:
        body, position, slip = _found(house, seat, typed)
    except Refused as refused:
        return again(request, "congress/new.html", typed, refused, **_choices(house, seat, known))
    if slip is None:
        said = _("%(name)s已建立。接着添加单位、导入代表名册。", name=body.name)
        return done(request, position, f"/staff/{body.slug}/units", said)
    house.followers.wait_for(position)
    return page(
        request,
        "congress/founded.html",
        body=body,
        slip=slip,
        address=f"{house.settings.public_url}/a/{slip.secret}",
        grouped=grouped(slip.secret),
        root=ROOT,
    )


def _may_found(house: House, seat: Seat) -> list[ListedCongress]:
    known = parents_of(house, seat)
    if not known and not seat.actor.may(Act.FOUND_CONGRESS, None):
        raise NotPermitted(act=Act.FOUND_CONGRESS.value)
    return known


def _found(house: House, seat: Seat, typed: Typed) -> tuple[Body, int, PrintedSlip | None]:
    name, slug, term = typed.required("name"), typed.required("slug"), typed.integer("term")
    level = typed.choice("level", Level)
    parent = typed.id("parent") if typed.text("parent") else None
    login, person = typed.text("login"), typed.text("person")
    if login or person:
        login, person = typed.required("login"), typed.required("person")
    source = typed.id("source") if typed.text("source") else None
    typed.settle()
    body = Body(
        name=name,
        short_name=typed.text("short_name"),
        slug=slug,
        level=level,
        term=term,
        parent=parent if PARENT_LEVELS[level] else None,
    )
    first = FirstPerson(login=login, name=person, keeps_accounts=typed.ticked("keeps_accounts")) if login else None
    by = seat.by(typed)
    position, slip = commands.found_with_office(
        house.office,
        house.private,
        by,
        house.office.new_id(by, "congress"),
        body,
        first,
        _taken(house, source, typed.texts("take")) if source else None,
        house.slips_last,
    )
    return body, position, slip


def _taken(house: House, source: UUID, wanted: list[str]) -> TakenOver:
    """What is ticked; the profile is the one adopted last there, else the newest draft."""
    profile = None
    if "profile" in wanted:
        with house.reading.connect() as connection:
            shelf = profile_shelf.adopted_profiles(connection, source) or profile_shelf.profiles_of(connection, source)
        profile = shelf[0].id if shelf else None
    return TakenOver(source=source, units="units" in wanted, profile=profile, screening="screening" in wanted)


def _choices(house: House, seat: Seat, parents: list[ListedCongress]) -> dict[str, Any]:
    with house.reading.connect() as connection:
        known = all_congresses(connection)
    may = {one.id for one in parents}
    sources = [one for one in known if one.id in may or one.parent in may]
    top = seat.actor.may(Act.FOUND_CONGRESS, None)
    return {
        "levels": [(level, words) for level, words in LEVELS.items() if top or level is not Level.CITY],
        "parents": [(one.congress.id, "　" * one.depth + one.congress.name) for one in tree(parents)],
        "sources": [(one.congress.id, "　" * one.depth + one.congress.name) for one in tree(sources)],
        "takes": [("units", _("单位")), ("profile", _("票决办法（作为草案）")), ("screening", _("初筛规则"))],
        "may_be_top": top,
        "root": ROOT,
    }
