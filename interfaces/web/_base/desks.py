"""The desks of one person, who may be staff of a township, delegate of the county and reader for the city."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from interfaces.composition import House
from interfaces.web._base.areas import AREAS, STAFF, Area, area_at, first_page
from interfaces.web._base.asking import Place, Seat, is_live_part
from interfaces.web._base.language import gettext as _
from interfaces.web.accounts.words import ROLES
from projections.congress_directory import ListedCongress, all_congresses, congresses_named

LAST_DESK: Final = "piaojue_desk"
"""At which desk somebody worked last in this browser; goes to the own account's pages only."""

_REMEMBERED: Final = 90 * 24 * 3600
MOST: Final = 12
"""More desks than these are not listed one by one: an administrator's of a whole city."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One congress and area in which the person has a role; `url` is the same kind of page there."""

    area: Area
    congress: ListedCongress
    roles: str
    url: str
    current: bool

    @property
    def name(self) -> str:
        """How the desk is remembered."""
        return f"{self.area.name}/{self.congress.slug}"


def desks_of(house: House, seat: Seat, path: str = "") -> list[Desk]:
    """The desks by area, each in the order of founding; those of an installation's administrator too.

    `path` is the page from which somebody goes there.
    """
    held = seat.actor.congresses()
    with house.reading.connect() as connection:
        known = all_congresses(connection) if seat.is_administrator else congresses_named(connection, held)
    here = seat if isinstance(seat, Place) and seat.read_from is None else None
    found = []
    for area in AREAS:
        for congress in known:
            roles = _roles(seat, area, congress)
            if roles:
                current = here is not None and here.congress.id == congress.id and area_at(path) is area
                url = f"/{area.name}/{congress.slug}{_same_kind(seat, area, congress, path)}"
                found.append(Desk(area=area, congress=congress, roles=roles, url=url, current=current))
    return found


def remember(request: Request, response: Response, seat: Seat | None, *, secure: bool) -> None:
    """Notes where somebody works, so that the next sign-in begins there. Reading from above is no desk."""
    area = area_at(request.url.path)
    if area is None or not isinstance(seat, Place) or seat.read_from is not None or is_live_part(request):
        return
    response.set_cookie(
        LAST_DESK,
        f"{area.name}/{seat.congress.slug}",
        max_age=_REMEMBERED,
        path="/account",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def last_first(request: Request, desks: Collection[Desk]) -> list[Desk]:
    """The desk used last comes first; the others keep their order."""
    last = request.cookies.get(LAST_DESK, "")
    return sorted(desks, key=lambda desk: desk.name != last)


def _roles(seat: Seat, area: Area, congress: ListedCongress) -> str:
    held = [grant.role for grant in seat.actor.grants if grant.congress == congress.id and grant.role in area.roles]
    words = [str(ROLES[role]) for role in dict.fromkeys(held)]
    if not words and area is STAFF and seat.is_administrator:
        words = [_("全系统管理员")]
    return _("、").join(words)


def _same_kind(seat: Seat, area: Area, congress: ListedCongress, path: str) -> str:
    """The entry of the top bar in which the page lies, where the person may see it there too; else the first page."""
    parts = path.split("/")
    if area_at(path) is area and len(parts) > 3:
        for entry in area.entries:
            fits = parts[3] == entry.path or parts[3] in entry.also
            if fits and not entry.above and any(seat.actor.may(act, congress.id) for act in entry.acts):
                return f"/{entry.path}".rstrip("/")
    return first_page(seat, area, congress.id)
