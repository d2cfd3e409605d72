"""What the pages about supervision share: the projects that are watched, the names of delegates, who may keep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from sqlalchemy import Connection

from domain.accounts.permissions import Act
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from interfaces.web._base.language import gettext as _
from projections import roll, voted_list
from projections.roll import ListedDelegate

Keeper = Annotated[Place, Depends(needing(Act.KEEP_SUPERVISION))]
Supervisor = Annotated[Place, Depends(needing(Act.SUPERVISE))]

YEARS_WATCHED = 3
"""Projects of this year and of the two before: those are looked back on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """An adopted project."""

    project: UUID
    year: int
    number: int
    name: str
    lead_unit: str
    code: str
    place: str

    @property
    def called(self) -> str:
        """With its number on the voted list."""
        return f"{self.number} {self.name}"


def years_voted(conn: Connection, congress: UUID) -> list[int]:
    """The years with a voted list, newest first."""
    return sorted({one.year for one in voted_list.all_announced(conn, congress)}, reverse=True)


def current_year(conn: Connection, congress: UUID, today: date) -> int:
    """The present year where it has a voted list, else the newest that has."""
    years = years_voted(conn, congress)
    return today.year if today.year in years or not years else years[0]


def watched_of(conn: Connection, congress: UUID, year: int) -> list[Watched]:
    """The year's adopted projects by their numbers."""
    return [
        Watched(
            project=one.project,
            year=year,
            number=one.number or 0,
            name=one.name,
            lead_unit=one.lead_unit,
            code=one.code,
            place=one.place,
        )
        for one in voted_list.adopted(conn, congress, year)
    ]


def watched_lately(conn: Connection, congress: UUID) -> list[Watched]:
    """The adopted projects of the last three lists, newest year first."""
    years = years_voted(conn, congress)[:YEARS_WATCHED]
    return [one for year in years for one in watched_of(conn, congress, year)]


def known_watched(conn: Connection, congress: UUID, project: UUID) -> Watched:
    """One adopted project of the congress. Raises NotFound."""
    for year in years_voted(conn, congress):
        for one in watched_of(conn, congress, year):
            if one.project == project:
                return one
    raise NotFound(kind="project", id=str(project))


def by_project(watched: Iterable[Watched]) -> dict[UUID, Watched]:
    """By their identities."""
    return {one.project: one for one in watched}


def project_choices(watched: Iterable[Watched], year: int) -> list[tuple[str, str]]:
    """For a form: other years than this one are named."""
    return [
        (
            str(one.project),
            one.called if one.year == year else _("%(year)s 年 %(name)s", year=one.year, name=one.called),
        )
        for one in watched
    ]


class Names(dict[UUID, str]):
    """Names of delegates; who is on the roll no more is called that."""

    def __missing__(self, key: UUID) -> str:
        return _("（已离任代表）")


def delegates_by_delegation(conn: Connection, congress: UUID) -> dict[str, list[ListedDelegate]]:
    """The roll, in its order."""
    found: dict[str, list[ListedDelegate]] = {}
    for one in roll.delegates_of(conn, congress)[0]:
        found.setdefault(one.delegation, []).append(one)
    return found


def names_of(delegations: Mapping[str, Iterable[ListedDelegate]]) -> Names:
    """The names of everybody on the roll."""
    return Names({one.id: one.name for listed in delegations.values() for one in listed})


def people(house: House, here: Place) -> tuple[dict[str, list[ListedDelegate]], Names]:
    """The roll by delegation, and its names."""
    with house.reading.connect() as conn:
        delegations = delegates_by_delegation(conn, here.congress.id)
    return delegations, names_of(delegations)


def ids(texts: Iterable[str]) -> tuple[UUID, ...]:
    """Identities of ticked boxes; what is none is left out."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))
