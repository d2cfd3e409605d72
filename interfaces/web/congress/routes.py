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
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.backup import reminding
from interfaces.web.congress import founding, look, units
from interfaces.web.congress.views import tree
from interfaces.web.congress.words import LEVELS
from projections.congress_directory import ListedCongress, all_congresses

router = APIRouter()
for part in (founding, units, look):
    router.routes.extend(part.router.routes)

ROOT = founding.ROOT


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
        may_found=seat.actor.may(Act.FOUND_CONGRESS, None) or bool(founding.parents_of(house, seat)),
        acts=Act,
        backup_due=backup_due,
    )


@router.get(f"{ROOT}/{{slug}}")
def one(request: Request, house: TheHouse, seat: Seated, slug: str) -> Response:
    """The form that puts names and term right."""
    congress = _editable(house, seat, slug)
    form = blank(
        request,
        name=congress.name,
        short_name=congress.short_name,
        term=congress.term,
        parent=congress.parent or "",
    )
    return page(request, "congress/edit.html", form=form, **_shown(house, seat, congress))


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
        return again(request, "congress/edit.html", typed, refused, **_shown(house, seat, congress))
    return done(request, position, ROOT, _("%(name)s的资料已更新。", name=name))


@router.post(f"{ROOT}/{{slug}}/move")
def move(request: Request, house: TheHouse, seat: Seated, slug: str, typed: Form) -> Response:
    """Puts it under another congress, where its level may stand there."""
    congress = _editable(house, seat, slug)
    try:
        parent = typed.id("parent") if typed.text("parent") else None
        typed.settle()
        position = commands.move_congress(house.office, seat.by(typed), congress.id, parent)
    except Refused as refused:
        return again(request, "congress/edit.html", typed, refused, **_shown(house, seat, congress))
    return done(request, position, ROOT, _("%(name)s的上级已更改。", name=congress.name))


def _editable(house: House, seat: Seat, slug: str) -> ListedCongress:
    """The congress of the address. Raises NotFound, or NotPermitted for somebody who may not put it right."""
    congress = next((one for one in congresses_of(house, seat, STAFF.roles) if one.slug == slug), None)
    if congress is None:
        raise NotFound(kind="congress", id=slug)
    seat.actor.require(Act.FOUND_CONGRESS, congress.id)
    return congress


def _known(house: House) -> list[ListedCongress]:
    with house.reading.connect() as connection:
        return all_congresses(connection)


def _shown(house: House, seat: Seat, congress: ListedCongress) -> dict[str, Any]:
    known = _known(house)
    names: dict[UUID | None, str] = {one.id: one.name for one in known}
    return {
        "congress": congress,
        "level": LEVELS[Level(congress.level)],
        "parent_name": names.get(congress.parent, ""),
        "parents": [(one.id, one.name) for one in known if Level(one.level) in PARENT_LEVELS[Level(congress.level)]],
        "may_move": seat.actor.may(Act.FOUND_CONGRESS, None),
        "root": ROOT,
    }
