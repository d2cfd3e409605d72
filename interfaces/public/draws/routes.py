"""Draws of sites for everybody: what was published when, what was drawn, and how to make it again."""

from functools import lru_cache
from pathlib import Path
from shlex import quote
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, JSONResponse

from domain.shared import NotFound
from domain.supervision import draw as rules
from domain.supervision.draw import Draw
from domain.supervision.draw_record import record_of
from interfaces.composition import House
from interfaces.public.kept import is_large, keep
from interfaces.public.lists.views import congress as congress_of
from interfaces.record import verify_draw
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render
from interfaces.web.polls.downloads import file
from interfaces.web.supervision.desk import watched_of
from interfaces.web.supervision.words import DRAW_STAGES, DRAW_TAGS, SPREADS
from projections import site_draws
from projections.congress_directory import ListedCongress
from projections.site_draws import DrawRow

router = APIRouter()

PATH = "/{slug}/{year:int}/draws"
VERIFIER = "verify_draw.py"


@router.get(PATH)
def listed(request: Request, house: TheHouse, slug: str, year: int) -> Response:
    """The year's draws, those given up too."""
    with house.reading.connect() as conn:
        body = congress_of(conn, slug)
        draws = site_draws.draws_of(conn, body.id, year)
    html = render(
        "draws_public/list.html",
        large=is_large(request),
        congress=body,
        year=year,
        draws=draws,
        stages=DRAW_STAGES,
        tags=DRAW_TAGS,
    )
    return keep(request, HTMLResponse(html), of=body.id)


@router.get(f"{PATH}/{VERIFIER}")
def verifier(slug: str, year: int) -> Response:  # noqa: ARG001 -- the same file wherever it is asked for
    """A verifier in one file that needs nothing of this program."""
    return file(_verifier(), VERIFIER, "text/x-python")


@router.get(f"{PATH}/{{draw:uuid}}")
def one(request: Request, house: TheHouse, slug: str, year: int, draw: UUID) -> Response:
    """One draw with everything that decides it."""
    with house.reading.connect() as conn:
        body, row, state = _known(conn, house, slug, year, draw)
        names = {known.code: known.name for known in watched_of(conn, body.id, year)}
    context: dict[str, Any] = {
        "congress": body,
        "year": year,
        "draw": draw,
        "row": row,
        "state": state,
        "names": names,
        "stage": DRAW_STAGES[state.stage],
        "stage_tag": DRAW_TAGS[state.stage],
        "spreads": SPREADS,
        "command": _command(draw, state),
        "verifier": VERIFIER,
        "root": f"/{slug}/{year}/draws",
    }
    html = render("draws_public/one.html", large=is_large(request), **context)
    return keep(request, HTMLResponse(html), of=body.id)


@router.get(f"{PATH}/{{draw:uuid}}.json")
def record(house: TheHouse, slug: str, year: int, draw: UUID) -> Response:
    """The record from which anybody makes the draw again."""
    with house.reading.connect() as conn:
        body, _row, state = _known(conn, house, slug, year, draw)
    told = JSONResponse(record_of(draw, state, body.public_name))
    told.headers["Cache-Control"] = "no-cache"
    return told


def _command(draw: UUID, state: Draw) -> str:
    """How the ticket of the first drawn site is made at a shell."""
    if state.pool is None or state.result is None:
        return ""
    parts = (str(draw), state.result.seed, state.pool.digest, state.result.number, str(state.result.drawn[0]))
    return f"printf '%s\\n%s\\n%s\\n%s\\n%s' {' '.join(quote(part) for part in parts)} | sha256sum"


def _known(
    conn: Connection, house: House, slug: str, year: int, draw: UUID
) -> tuple[ListedCongress, DrawRow | None, Draw]:
    """Raises NotFound."""
    body = congress_of(conn, slug)
    state = house.office.state_of(draw, rules.evolve)
    if state is None or state.announced.congress != body.id or state.announced.year != year:
        raise NotFound(kind="draw", id=str(draw))
    return body, site_draws.draw_at(conn, draw), state


@lru_cache(maxsize=1)
def _verifier() -> bytes:
    return Path(verify_draw.__file__).read_bytes()
