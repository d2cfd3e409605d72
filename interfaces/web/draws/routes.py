"""Draws of sites in the office: announced with their commitment, the pool closed, the sites drawn."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.supervision import draws as commands
from application.supervision.draws import DrawTerms, OfferedSite
from domain.accounts.permissions import Act
from domain.shared import Refused
from domain.supervision.draw import Spread
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.draws import importing
from interfaces.web.draws.importing import known_draw
from interfaces.web.supervision.desk import (
    Keeper,
    Watched,
    current_year,
    watched_lately,
    watched_of,
    years_voted,
)
from interfaces.web.supervision.words import DRAW_STAGES, DRAW_TAGS, SPREADS
from projections import site_draws

router = APIRouter()
router.routes.extend(importing.router.routes)

PATH = "/staff/{slug}/draws"
ONE = f"{PATH}/{{draw}}"
_PARTS: Final = 3
_SHOWN: Final = 40
_SEPARATOR: Final = re.compile(r"\s*[|｜，,\t]\s*")


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """All draws, newest first; those given up stay."""
    with house.reading.connect() as conn:
        draws = site_draws.draws_of(conn, here.congress.id)
    return page(request, "draws/list.html", draws=draws, stages=DRAW_STAGES, tags=DRAW_TAGS, **_around(here))


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Keeper) -> Response:
    """The form for what is fixed before anybody knows the pool."""
    form = blank(
        request,
        takes=3,
        spread=Spread.POOL,
        year=_year(house, here),
        witness=_("抽点时由到场的三名代表各报一个两位数，连在一起"),
    )
    return page(request, "draws/new.html", form=form, **_new_context(house, here))


@router.post(f"{PATH}/new")
def announce(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Publishes what binds the seed."""
    by = here.by(typed)
    draw = house.office.new_id(by, "draw")
    try:
        takes, spread, year = typed.integer("takes"), typed.choice("spread", Spread), typed.integer("year")
        typed.settle()
        terms = DrawTerms(
            title=typed.text("title"),
            takes=takes,
            spread=spread,
            year=year,
            purpose=typed.text("purpose"),
            witness=typed.text("witness"),
        )
        position = commands.announce_draw(house.office, house.seals, by, here.congress.id, draw, terms)
    except Refused as refused:
        return again(request, "draws/new.html", typed, refused, **_new_context(house, here))
    return done(request, position, f"{_root(here)}/{draw}", _("承诺值已公布。现在可以确定点位名单。"))


@router.get(ONE)
def one(request: Request, house: TheHouse, here: OfficeReader, draw: UUID) -> Response:
    """One draw with the step that comes next."""
    context = _one(house, here, draw)
    form = blank(request, sites=_offered(context["watched"]))
    return page(request, "draws/one.html", form=form, **context)


@router.post(f"{ONE}/close")
def close(request: Request, house: TheHouse, here: Keeper, draw: UUID, typed: Form) -> Response:
    """Fixes the pool."""
    said = _("点位名单已封闭并公布，不能再改。")

    def act() -> int:
        sites = read_pool(typed, _one(house, here, draw)["watched"])
        typed.settle()
        return commands.close_pool(house.office, here.by(typed), draw, sites)

    return _acted(request, house, here, draw, typed, act, said)


@router.post(f"{ONE}/draw")
def draw_now(request: Request, house: TheHouse, here: Keeper, draw: UUID, typed: Form) -> Response:
    """Opens the seed and draws."""

    def act() -> int:
        return commands.draw_sites(house.office, house.seals, here.by(typed), draw, typed.text("number"))

    return _acted(request, house, here, draw, typed, act, _("已抽出，结果和种子已经公布。"))


@router.post(f"{ONE}/give-up")
def give_up(request: Request, house: TheHouse, here: Keeper, draw: UUID, typed: Form) -> Response:
    """Leaves it undone, for all to see."""

    def act() -> int:
        return commands.give_up_draw(house.office, here.by(typed), draw, typed.text("reason"))

    return _acted(request, house, here, draw, typed, act, _("已放弃，原因已经公布。"))


def read_pool(typed: Typed, watched: Sequence[Watched]) -> list[OfferedSite]:
    """One site to a line: name, place, number of the project on its list."""
    numbers = {str(one.number): one.project for one in watched}
    found = []
    for line in typed.text("sites").splitlines():
        parts = [part.strip() for part in _SEPARATOR.split(line.strip())]
        name, place, number = (*parts[:3], "", "", "")[:3]
        number = number.removesuffix("号")
        if any(parts) and (not name or len(parts) > _PARTS):
            typed.wrong("sites", "site_unread", line.strip()[:_SHOWN])
        elif number and number not in numbers:
            typed.wrong("sites", "site_project", number)
        elif name:
            found.append(OfferedSite(name=name, place=place, project=numbers.get(number)))
    return found


def _offered(watched: Sequence[Watched]) -> str:
    """The projects' own places, to begin with."""
    return "\n".join(f"{one.name}，{one.place.replace('，', '、')[:40]}，{one.number}" for one in watched)


def _acted(
    request: Request, house: House, here: Place, draw: UUID, typed: Typed, act: Callable[[], int], said: str
) -> Response:
    context = _one(house, here, draw)
    try:
        position = act()
    except Refused as refused:
        return again(request, "draws/one.html", typed, refused, **context)
    return done(request, position, f"{_root(here)}/{draw}", said)


def _one(house: House, here: Place, draw: UUID) -> dict[str, Any]:
    state = known_draw(house, here, draw)
    with house.reading.connect() as conn:
        row = site_draws.draw_at(conn, draw)
        watched = watched_of(conn, here.congress.id, state.announced.year)
        names = {known.code: known.name for known in watched_lately(conn, here.congress.id)}
    return {
        "draw": draw,
        "state": state,
        "row": row,
        "watched": watched,
        "names": names,
        "stage": DRAW_STAGES[state.stage],
        "stage_tag": DRAW_TAGS[state.stage],
        "spreads": SPREADS,
        "public": f"/{here.congress.slug}/{state.announced.year}/draws/{draw}",
        **_around(here),
    }


def _new_context(house: House, here: Place) -> dict[str, Any]:
    with house.reading.connect() as conn:
        years = years_voted(conn, here.congress.id) or [house.office.today().year]
    return {"years": [(year, str(year)) for year in years], "spreads": list(SPREADS.items()), **_around(here)}


def _year(house: House, here: Place) -> int:
    with house.reading.connect() as conn:
        return current_year(conn, here.congress.id, house.office.today())


def _around(here: Place) -> dict[str, Any]:
    return {
        "root": _root(here),
        "desk": f"/staff/{here.congress.slug}",
        "may_keep": here.may(Act.KEEP_SUPERVISION),
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/draws"
