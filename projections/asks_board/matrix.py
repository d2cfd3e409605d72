"""Congress × ask × year: one query, answered by an index alone."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from domain.asks.ask import WAITING, AskStage
from projections.asks_board.tables import asks as _asks

_WAITING = [stage.value for stage in sorted(WAITING)]


class Cell(NamedTuple):
    """The asks of one kind, congress and year together, on a day."""

    congress: UUID
    year: int
    kind: str
    issued: int
    answered: int
    """Answered or approved."""
    approved: int
    sent_back: int
    overdue: int
    open: int
    """Waited for and not overdue, in the window."""
    due_on: date | None
    """The earliest due date of those that are waited for."""
    escalated: int
    """The highest step of those that are overdue."""


def cells(conn: Connection, congresses: Collection[UUID], years: Collection[int], today: date) -> list[Cell]:
    """Every cell with an ask in it, ordered by congress, year and kind."""
    waiting = _asks.c.stage.in_(_WAITING)
    late = and_(waiting, _asks.c.due_on < today)
    query = (
        select(
            _asks.c.congress,
            _asks.c.year,
            _asks.c.kind,
            func.count(),
            _how_many(_asks.c.stage.in_([AskStage.ANSWERED.value, AskStage.APPROVED.value])),
            _how_many(_asks.c.stage == AskStage.APPROVED.value),
            _how_many(_asks.c.stage == AskStage.SENT_BACK.value),
            _how_many(late),
            _how_many(and_(waiting, _asks.c.due_on >= today, _asks.c.opens_on <= today)),
            func.min(case((waiting, _asks.c.due_on))),
            func.coalesce(func.max(case((late, _asks.c.escalated))), 0),
        )
        .where(
            _asks.c.congress.in_(congresses),
            _asks.c.year.in_(years),
            _asks.c.stage != AskStage.WITHDRAWN.value,
        )
        .group_by(_asks.c.congress, _asks.c.year, _asks.c.kind)
        .order_by(_asks.c.congress, _asks.c.year, _asks.c.kind)
    )
    return [Cell(*row) for row in conn.execute(query)]


def years_among(conn: Connection, congresses: Collection[UUID]) -> list[int]:
    """The years about which any of these is asked, newest first."""
    query = select(_asks.c.year).where(_asks.c.congress.in_(congresses)).distinct()
    return list(conn.scalars(query.order_by(_asks.c.year.desc())))


def _how_many(which: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)
