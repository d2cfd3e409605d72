"""The congresses of the installation, and the units of each."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import congress as commands
from domain.accounts.permissions import Act
from domain.congress.congress import PARENT_LEVELS, Level
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.areas import STAFF
from interfaces.web._base.asking import Seat, Seated, TheHouse, congresses_of
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.backup import reminding
from interfaces.web.congress import units
from interfaces.web.congress.views import tree
from interfaces.web.congress.words import LEVELS
from projections.congress_directory import ListedCongress, all_congresses

router = APIRouter()
router.routes.extend(units.router.routes)

ROOT = "/staff/congresses"


@router.get(ROOT)
def congresses(request: Request, house: TheHouse, seat: Seated) -> Response:
    """The bodies at whose desks the person has a place, each under its parent."""
    shown = tree(congresses_of(house, seat, STAFF.roles))
    with house.reading.connect() as connection:
        backup_due = reminding.is_due(house, seat, connection)
    return page(
        request,
        "congress/list.html",
        congresses=shown,
        may_found=seat.actor.may(Act.FOUND_CONGRESS, None),
        acts=Act,
        backup_due=backup_due,
    )


@router.get(f"{ROOT}/new")
def new(request: Request, house: TheHouse, seat: Seated) -> Response:
    """The form for a congress that enters the installation."""
    seat.actor.require(Act.FOUND_CONGRESS, None)
    known = _known(house)
    top = known[0] if known else None
    form = blank(request, level=Level.COUNTY if top else Level.CITY, parent=top.id if top else None)
    return page(request, "congress/new.html", form=form, **_choices(known))


@router.post(f"{ROOT}/new")
def found(request: Request, house: TheHouse, seat: Seated, typed: Form) -> Response:
    """Founds a congress."""
    seat.actor.require(Act.FOUND_CONGRESS, None)
    try:
        slug, position = _found(house, seat, typed)
    except Refused as refused:
        return again(request, "congress/new.html", typed, refused, **_choices(_known(house)))
    said = _("%(name)s已建立。接着添加单位、导入代表名册。", name=typed.text("name"))
    return done(request, position, f"/staff/{slug}/units", said)


@router.get(f"{ROOT}/{{slug}}")
def one(request: Request, house: TheHouse, seat: Seated, slug: str) -> Response:
    """The form that puts names and term right."""
    congress = _editable(house, seat, slug)
    form = blank(request, name=congress.name, short_name=congress.short_name, term=congress.term)
    return page(request, "congress/edit.html", form=form, **_shown(house, congress))


@router.post(f"{ROOT}/{{slug}}")
def describe(request: Request, house: TheHouse, seat: Seated, slug: str, typed: Form) -> Response:
    """Puts names and term right."""
    congress = _editable(house, seat, slug)
    try:
        name, term = typed.required("name"), typed.integer("term")
        typed.settle()
        position = commands.describe_congress(
            house.office, seat.by(typed), congress.id, name=name, short_name=typed.text("short_name"), term=term
        )
    except Refused as refused:
        return again(request, "congress/edit.html", typed, refused, **_shown(house, congress))
    return done(request, position, ROOT, _("%(name)s的资料已更新。", name=name))


def _found(house: House, seat: Seat, typed: Typed) -> tuple[str, int]:
    name, slug, term = typed.required("name"), typed.required("slug"), typed.integer("term")
    level = typed.choice("level", Level)
    parent = typed.id("parent") if typed.text("parent") else None
    typed.settle()
    by = seat.by(typed)
    position = commands.found_congress(
        house.office,
        by,
        house.office.new_id(by, "congress"),
        name=name,
        short_name=typed.text("short_name"),
        slug=slug,
        level=level,
        term=term,
        parent=parent if PARENT_LEVELS[level] else None,
    )
    return slug, position


def _known(house: House) -> list[ListedCongress]:
    with house.reading.connect() as connection:
        return all_congresses(connection)


def _choices(known: list[ListedCongress]) -> dict[str, Any]:
    parents = [(shown.congress.id, "　" * shown.depth + shown.congress.name) for shown in tree(known)]
    return {"levels": list(LEVELS.items()), "parents": parents, "root": ROOT}


def _editable(house: House, seat: Seat, slug: str) -> ListedCongress:
    """The congress of the address. Raises NotFound, or NotPermitted for somebody who may not put it right."""
    congress = next((one for one in congresses_of(house, seat, STAFF.roles) if one.slug == slug), None)
    if congress is None:
        raise NotFound(kind="congress", id=slug)
    seat.actor.require(Act.FOUND_CONGRESS, congress.id)
    return congress


def _shown(house: House, congress: ListedCongress) -> dict[str, Any]:
    names: dict[UUID | None, str] = {known.id: known.name for known in _known(house)}
    return {
        "congress": congress,
        "level": LEVELS[Level(congress.level)],
        "parent_name": names.get(congress.parent, ""),
        "root": ROOT,
    }
