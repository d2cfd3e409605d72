"""Congress × ask × year: one query, answered by an index alone."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, select

from domain.asks.ask import WAITING, AskStage
from projections.asks_board.tables import asks as _asks

_WAITING = frozenset(stage.value for stage in WAITING)


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
    """Every cell with an ask in it, ordered by congress, year and kind.

    The store counts what is alike, in the order of the index; which light that makes on a day is added up here.
    """
    alike = (_asks.c.congress, _asks.c.year, _asks.c.kind, _asks.c.stage, _asks.c.due_on, _asks.c.opens_on)
    query = (
        select(*alike, _asks.c.escalated, func.count())
        .where(
            _asks.c.congress.in_(congresses),
            _asks.c.year.in_(years),
            _asks.c.stage != AskStage.WITHDRAWN.value,
        )
        .group_by(*alike, _asks.c.escalated)
        .order_by(*alike, _asks.c.escalated)
    )
    rows = conn.execute(query)
    return [_cell(key, list(some), today) for key, some in groupby(rows, key=lambda row: row[:3])]


def _cell(key: Sequence[Any], rows: Sequence[Sequence[Any]], today: date) -> Cell:
    """The rows of one cell; each is stage, due date, first day, step and number from its fourth value on."""
    of_stage: Counter[str] = Counter()
    overdue = waited_for = escalated = 0
    dues: list[date] = []
    for _congress, _year, _kind, stage, due_on, opens_on, step, number in rows:
        of_stage[stage] += number
        if stage not in _WAITING:
            continue
        dues.append(due_on)
        if due_on < today:
            overdue, escalated = overdue + number, max(escalated, step)
        elif opens_on <= today:
            waited_for += number
    approved = of_stage[AskStage.APPROVED.value]
    congress, year, kind = key
    return Cell(
        congress=congress,
        year=year,
        kind=kind,
        issued=of_stage.total(),
        answered=of_stage[AskStage.ANSWERED.value] + approved,
        approved=approved,
        sent_back=of_stage[AskStage.SENT_BACK.value],
        overdue=overdue,
        open=waited_for,
        due_on=min(dues, default=None),
        escalated=escalated,
    )


def years_among(conn: Connection, congresses: Collection[UUID]) -> list[int]:
    """The years about which any of these is asked, newest first."""
    query = select(_asks.c.year).where(_asks.c.congress.in_(congresses)).distinct()
    return list(conn.scalars(query.order_by(_asks.c.year.desc())))
