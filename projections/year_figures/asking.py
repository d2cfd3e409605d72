"""Sums over years and congresses, asked of the database."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, case, func, select

from domain.asks.answers import Completion
from projections.year_figures.tables import FEN, projects


class YearFigures(NamedTuple):
    """The adopted projects of one congress and year, added up. Money in yuan."""

    congress: UUID
    year: int
    projects: int
    total_funds: Decimal
    year_funds: Decimal
    spent: Decimal
    """In the voted year, by the last reports."""
    beneficiaries: int
    completed: int
    basically_completed: int
    not_completed: int
    carried_over: int
    accepted: int
    adjusted: int
    """Projects with a change that the deciding body consented to (rule 20)."""
    adjustments: int
    difficulties: int
    look_backs: int

    @property
    def finished(self) -> int:
        """Completed or basically completed."""
        return self.completed + self.basically_completed

    @property
    def undecided(self) -> int:
        """Projects whose end is not recorded yet."""
        return self.projects - self.finished - self.not_completed - self.carried_over


class CategoryFigures(NamedTuple):
    """The adopted projects of one category."""

    category: str
    projects: int
    total_funds: Decimal


class Rated(NamedTuple):
    """How an adopted project was evaluated at the end of its year."""

    project: UUID
    number: int
    name: str
    grade: str
    satisfaction: Decimal | None
    """Per cent, exact to four digits."""


_SUMS: Final = (
    func.count(),
    func.sum(projects.c.total_fen),
    func.sum(projects.c.year_fen),
    func.sum(projects.c.spent_fen),
    func.sum(projects.c.beneficiaries),
    *(func.sum(case((projects.c.completion == one.value, 1), else_=0)) for one in Completion),
    func.sum(case((projects.c.accepted, 1), else_=0)),
    func.sum(case((projects.c.adjustments > 0, 1), else_=0)),
    func.sum(projects.c.adjustments),
    func.sum(projects.c.difficulties),
    func.sum(projects.c.look_backs),
)


def figures_of(conn: Connection, congresses: Collection[UUID], first_year: int, last_year: int) -> list[YearFigures]:
    """One row for each of these congresses and years with an adopted project, by year, then congress."""
    asked = (
        select(projects.c.congress, projects.c.year, *_SUMS)
        .where(*_of(congresses, first_year, last_year))
        .group_by(projects.c.congress, projects.c.year)
        .order_by(projects.c.year, projects.c.congress)
    )
    return [_figures(tuple(row)) for row in conn.execute(asked)]


def years_of(conn: Connection, congresses: Collection[UUID]) -> list[int]:
    """The years with adopted projects in any of these, oldest first."""
    asked = select(projects.c.year).where(*_of(congresses)).distinct().order_by(projects.c.year)
    return list(conn.scalars(asked))


def newest_year(conn: Connection, congresses: Collection[UUID], until: int) -> int | None:
    """The last year, up to this one, with adopted projects in any of these."""
    if conn.scalar(select(projects.c.year).where(*_of(congresses, until, until)).limit(1)) is not None:
        return until
    return max((one for one in years_of(conn, congresses) if one < until), default=None)


def categories_of(
    conn: Connection, congresses: Collection[UUID], first_year: int, last_year: int
) -> list[CategoryFigures]:
    """Adopted projects by category, the most first."""
    count = func.count()
    asked = (
        select(projects.c.category, count, func.sum(projects.c.total_fen))
        .where(*_of(congresses, first_year, last_year))
        .group_by(projects.c.category)
        .order_by(count.desc(), projects.c.category)
    )
    return [CategoryFigures(name, number, _yuan(fen)) for name, number, fen in conn.execute(asked)]


def rated_of(conn: Connection, congress: UUID, year: int) -> list[Rated]:
    """The evaluated projects of a year by number."""
    told = [projects.c[name] for name in Rated._fields]
    asked = select(*told).where(*_of((congress,), year, year), projects.c.grade != "").order_by(projects.c.number)
    return [
        Rated(row.project, row.number, row.name, row.grade, None if row[4] is None else Decimal(row[4]))
        for row in conn.execute(asked)
    ]


def summed(rows: Collection[YearFigures]) -> YearFigures | None:
    """Several rows as one; its congress and year are those of the last row. None without rows."""
    if not rows:
        return None
    columns: list[tuple[Any, ...]] = list(zip(*(row[2:] for row in rows), strict=True))
    *_before, last = rows
    return YearFigures(last.congress, last.year, *(sum(column[1:], column[0]) for column in columns))


def _of(congresses: Collection[UUID], first: int = 0, last: int = 9999) -> tuple[ColumnElement[bool], ...]:
    years = projects.c.year.between(first, last)
    return projects.c.congress.in_(list(congresses)), years, projects.c.number.is_not(None)


def _figures(row: tuple[Any, ...]) -> YearFigures:
    """Sums of integers come as decimals from PostgreSQL."""
    congress, year, projects, total, of_year, spent = row[:6]
    return YearFigures(congress, year, projects, _yuan(total), _yuan(of_year), _yuan(spent), *map(int, row[6:]))


def _yuan(fen: int | Decimal) -> Decimal:
    return Decimal(fen) / FEN
