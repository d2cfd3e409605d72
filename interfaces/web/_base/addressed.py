"""Which body an address is about, for pages that ask nobody to sign in: they speak in its words too."""

from typing import Final
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from domain.congress import congress as congresses
from interfaces.composition import House
from interfaces.web._base.language import speak_of
from projections.congress_directory import congress_at

_MOST: Final = 4096
"""Addresses remembered; an installation has some hundred bodies."""


async def speak_of_addressed(request: Request) -> None:
    """Before any page: lets it speak of the body whose word stands in its address, if there is one.

    A body keeps its word and its level for life, so what was found once is remembered.
    """
    slug = request.path_params.get("slug")
    if slug is None:
        return None
    levels: dict[str, str] = request.app.state.levels
    if slug not in levels:
        level = await run_in_threadpool(_level_of, request.app.state.house, slug)
        if level is None or len(levels) >= _MOST:
            return speak_of(level or "")
        levels[slug] = level
    return speak_of(levels[slug])


def level_of(house: House, congress: UUID) -> str:
    """The level of a body, from the record; empty for one that is not there."""
    known = house.office.state_of(congress, congresses.evolve)
    return known.level if known else ""


def _level_of(house: House, slug: str) -> str | None:
    with house.reading.connect() as connection:
        found = congress_at(connection, slug)
    return found.level if found else None
