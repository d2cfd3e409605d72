"""What the board is asked: the asks of a year, of a unit, of a project; what is late; the steps of one."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, or_, select

from domain.asks.ask import WAITING, AskStage
from projections.asks_board.tables import asks as _asks
from projections.asks_board.tables import steps as _steps

_WAITING = [stage.value for stage in sorted(WAITING)]


class AskRow(NamedTuple):
    """An ask as the board shows it. Overdue is a question of the day it is looked at."""

    congress: UUID
    year: int
    ask: UUID
    kind: str
    project: UUID | None
    project_number: int | None
    project_name: str
    unit: UUID | None
    unit_name: str
    addressee: str
    asked_by: UUID | None
    """The congress above that asks and approves."""
    opens_on: date
    due_on: date
    required: list[str]
    questions: list[dict[str, Any]]
    """`code`, `words`, `required` of each."""
    rules_of: UUID | None
    rules_version: int
    stage: str
    answered_on: date | None
    answer: dict[str, Any] | None
    sent_back_because: str
    closed_on: date | None
    overdue_on: date | None
    """When it was recorded that the due date had passed."""
    escalated: int
    escalated_to: str
    urged_on: date | None
    urged: str
    carried: list[str]
    """The proposals of next year that it opened."""

    @property
    def is_waiting(self) -> bool:
        """Whether the addressee has to answer."""
        return self.stage in _WAITING

    def is_overdue(self, today: date) -> bool:
        """Whether the addressee should have answered by `today`."""
        return self.is_waiting and today > self.due_on

    def answered_late(self) -> bool:
        """Whether the answer came after the due date."""
        return self.answered_on is not None and self.answered_on > self.due_on


class Step(NamedTuple):
    """Something that happened to an ask. `words`: reason, remark or to whom; `number`: step or working days."""

    kind: str
    happened_on: date
    words: str
    number: int | None


_COLUMNS = [column for column in _asks.c if column.name != "position"]


def asks_of(conn: Connection, congress: UUID, year: int, unit: UUID | None = None) -> list[AskRow]:
    """The asks about a congress and year (to one unit), in the order they fall due."""
    query = _rows().where(_asks.c.congress == congress, _asks.c.year == year)
    return _listed(conn, query if unit is None else query.where(_asks.c.unit == unit))


def asks_open_or_of(conn: Connection, congress: UUID, years: Collection[int]) -> list[AskRow]:
    """The asks about a congress that are not approved, and all of these years; the newest year first, then as due."""
    wanted = or_(_asks.c.stage != AskStage.APPROVED.value, _asks.c.year.in_(years))
    return sorted(_listed(conn, _rows().where(_asks.c.congress == congress, wanted)), key=lambda ask: -ask.year)


def asks_of_units(conn: Connection, congress: UUID, unit: UUID | None, *, all_units: bool = False) -> list[AskRow]:
    """Everything one unit of a congress is asked in all years, or everything the congress itself asks."""
    query = _rows().where(_asks.c.congress == congress, _asks.c.asked_by.is_(None))
    return _listed(conn, query if all_units else query.where(_asks.c.unit == unit))


def asks_put_below(conn: Connection, congress: UUID, year: int) -> list[AskRow]:
    """What a congress asks of those below it."""
    return _listed(conn, _rows().where(_asks.c.asked_by == congress, _asks.c.year == year))


def asks_of_project(conn: Connection, project: UUID) -> list[AskRow]:
    """What was asked about one project."""
    return _listed(conn, _rows().where(_asks.c.project == project))


def ask(conn: Connection, ask_id: UUID) -> AskRow | None:
    """One ask, withdrawn or not."""
    row = conn.execute(select(*_COLUMNS).where(_asks.c.ask == ask_id)).one_or_none()
    return AskRow(*row) if row else None


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years about which the congress is asked or asks, newest first."""
    mine = or_(_asks.c.congress == congress, _asks.c.asked_by == congress)
    return list(conn.scalars(select(_asks.c.year).where(mine).distinct().order_by(_asks.c.year.desc())))


def late_asks(conn: Connection, today: date) -> list[UUID]:
    """Every ask of the installation that should have been answered before `today`, the longest overdue first."""
    query = select(_asks.c.ask).where(_asks.c.stage.in_(_WAITING), _asks.c.due_on < today)
    return list(conn.scalars(query.order_by(_asks.c.due_on, _asks.c.ask)))


def steps_of(conn: Connection, asks: Collection[UUID]) -> dict[UUID, list[Step]]:
    """What happened to these asks, each in the order of recording."""
    rows = conn.execute(select(_steps).where(_steps.c.ask.in_(asks)).order_by(_steps.c.ask, _steps.c.position))
    found: dict[UUID, list[Step]] = {one: [] for one in asks}
    for row in rows:
        found[row.ask].append(Step(row.kind, row.happened_on, row.words, row.number))
    return found


def _rows() -> Select[Any]:
    """Lists leave out what was withdrawn."""
    return select(*_COLUMNS).where(_asks.c.stage != AskStage.WITHDRAWN.value)


def _listed(conn: Connection, query: Select[Any]) -> list[AskRow]:
    ordered = query.order_by(_asks.c.due_on, _asks.c.kind, _asks.c.project_number, _asks.c.ask)
    return [AskRow(*row) for row in conn.execute(ordered)]
