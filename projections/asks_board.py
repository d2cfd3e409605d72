"""Which asks of the year are out, whose turn is each, and what was answered?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.asks.answers import PlanAnswer, ProgressAnswer, ResultAnswer, SummaryAnswer
from domain.asks.ask import (
    AskApproved,
    AskIssued,
    AskSentBack,
    AskStage,
    PlanAnswered,
    ProgressAnswered,
    ResultAnswered,
    SummaryAnswered,
)
from domain.projects.project import CandidateDrafted, CandidateRevised, ProjectAdopted
from projections.reading.projection import Projection

metadata = MetaData()

_asks = Table(
    "ask",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("ask", Uuid, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("project", Uuid),
    Column("project_number", Integer),
    Column("project_name", String(400), nullable=False),
    Column("unit", Uuid),
    Column("unit_name", String(200), nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("answered_on", Date),
    Column("answer", JSON),
    Column("sent_back_because", String, nullable=False),
    Column("closed_on", Date),
    Column("position", BigInteger, nullable=False),
    Index("ask_ask", "ask"),
)

_names = Table(
    "ask_project",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("name", String(400), nullable=False),
    Column("number", Integer),
)


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
    opens_on: date
    due_on: date
    stage: str
    answered_on: date | None
    answer: dict[str, Any] | None
    sent_back_because: str
    closed_on: date | None

    def is_overdue(self, today: date) -> bool:
        """Whether the addressee should have answered by `today`."""
        return self.stage in (AskStage.ISSUED, AskStage.SENT_BACK) and today > self.due_on

    def answered_late(self) -> bool:
        """Whether the answer came after the due date."""
        return self.answered_on is not None and self.answered_on > self.due_on


_COLUMNS = [column for column in _asks.c if column.name != "position"]


def asks_of(conn: Connection, congress: UUID, year: int, unit: UUID | None = None) -> list[AskRow]:
    """The asks of a congress and year (to one unit), in the order they fall due."""
    query = select(*_COLUMNS).where(_asks.c.congress == congress, _asks.c.year == year)
    if unit is not None:
        query = query.where(_asks.c.unit == unit)
    ordered = query.order_by(_asks.c.due_on, _asks.c.kind, _asks.c.project_number, _asks.c.ask)
    return [AskRow(*row) for row in conn.execute(ordered)]


def ask(conn: Connection, ask_id: UUID) -> AskRow | None:
    """One ask."""
    row = conn.execute(select(*_COLUMNS).where(_asks.c.ask == ask_id)).one_or_none()
    return AskRow(*row) if row else None


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with asks, newest first."""
    query = select(_asks.c.year).where(_asks.c.congress == congress).distinct().order_by(_asks.c.year.desc())
    return list(conn.scalars(query))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each ask with its facts."""
    for notice in noticed:
        match notice.fact:
            case CandidateDrafted(card=card):
                conn.execute(insert(_names).values(project=notice.stream, name=card.name, number=card.number))
            case CandidateRevised(card=card):
                conn.execute(update(_names).where(_names.c.project == notice.stream).values(name=card.name))
            case ProjectAdopted(number=number):
                conn.execute(update(_names).where(_names.c.project == notice.stream).values(number=number))
            case AskIssued() as fact:
                _issue(conn, notice, fact)
            case PlanAnswered() | ResultAnswered() | ProgressAnswered() | SummaryAnswered() as fact:
                answer = _told(fact.answer)
                _change(conn, notice, stage=AskStage.ANSWERED.value, answered_on=fact.on, answer=answer)
            case AskSentBack(reason=reason):
                _change(conn, notice, stage=AskStage.SENT_BACK.value, sent_back_because=reason)
            case AskApproved(on=on):
                _change(conn, notice, stage=AskStage.APPROVED.value, closed_on=on)


def _issue(conn: Connection, notice: Noticed, fact: AskIssued) -> None:
    named = conn.execute(select(_names).where(_names.c.project == fact.project)).one_or_none()
    conn.execute(
        insert(_asks).values(
            congress=fact.congress,
            year=fact.year,
            ask=notice.stream,
            kind=fact.kind.value,
            project=fact.project,
            project_number=named.number if named else None,
            project_name=named.name if named else "",
            unit=fact.unit,
            unit_name=fact.unit_name,
            opens_on=fact.opens_on,
            due_on=fact.due_on,
            stage=AskStage.ISSUED.value,
            sent_back_because="",
            position=notice.position,
        )
    )


def _change(conn: Connection, notice: Noticed, **values: object) -> None:
    conn.execute(update(_asks).where(_asks.c.ask == notice.stream).values(position=notice.position, **values))


def _told(answer: PlanAnswer | ResultAnswer | ProgressAnswer | SummaryAnswer) -> dict[str, object]:
    names = type(answer).__dataclass_fields__
    return {name: _plain(getattr(answer, name)) for name in names}


def _plain(value: object) -> object:
    if value is None or isinstance(value, (int, str)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


PROJECTION = Projection(name="asks_board", shape=1, metadata=metadata, project=project)
