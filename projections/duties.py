"""Which duties were given to which units, how does each stand, and what happened to it?"""

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
    Text,
    Uuid,
    func,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.supervision.duty import (
    STEPS,
    UNANSWERED,
    DutyAnswered,
    DutyApproved,
    DutyChanged,
    DutyEscalated,
    DutyFact,
    DutyOutcome,
    DutyRaised,
    DutySentBack,
    DutyStage,
    DutyWithdrawn,
)
from projections.reading.duty_steps import told
from projections.reading.projection import Projection

metadata = MetaData()

_duties = Table(
    "duty",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("duty", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("source", String(16), nullable=False),
    Column("origin", Uuid, nullable=False),
    Column("origin_title", String, nullable=False),
    Column("project", Uuid),
    Column("unit", Uuid, nullable=False),
    Column("unit_name", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("raised_on", Date, nullable=False),
    Column("working_days", Integer, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("answer", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("promised_on", Date),
    Column("answered_on", Date),
    Column("sent_back_because", Text, nullable=False),
    Column("closed_on", Date),
    Column("remark", Text, nullable=False),
    Column("step", String(16), nullable=False),
    Index("duty_duty", "duty", unique=True),
    Index("duty_year", "congress", "year"),
    Index("duty_unit", "congress", "unit"),
    Index("duty_project", "project"),
    Index("duty_origin", "origin"),
    Index("duty_stage", "stage", "due_on"),
)

_steps = Table(
    "duty_step",
    metadata,
    Column("duty", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("on", Date),
    Column("who", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("due_on", Date),
    Column("files", JSON, nullable=False),
    Column("late", Integer),
)


class DutyRow(NamedTuple):
    """A duty as lists show it. Overdue is a question of the day it is looked at."""

    congress: UUID
    duty: UUID
    year: int
    number: int
    """Of the congress and year, in the order of giving."""
    source: str
    origin: UUID
    origin_title: str
    project: UUID | None
    unit: UUID
    unit_name: str
    words: str
    raised_on: date
    working_days: int
    due_on: date
    stage: str
    answer: str
    outcome: str
    promised_on: date | None
    answered_on: date | None
    sent_back_because: str
    closed_on: date | None
    """When it was approved or withdrawn."""
    remark: str
    step: str

    @property
    def waits(self) -> bool:
        """Whether it is the unit's turn."""
        return self.stage in UNANSWERED

    @property
    def is_promised(self) -> bool:
        """Whether the office approved that it is done later."""
        return self.stage == DutyStage.APPROVED and self.outcome == DutyOutcome.UNDER_WAY

    def is_overdue(self, today: date) -> bool:
        """Whether the unit should have answered, or kept its promise, by `today`."""
        if self.is_promised:
            return self.promised_on is not None and today > self.promised_on
        return self.waits and today > self.due_on

    @property
    def is_up(self) -> bool:
        """Whether it went up as far as it goes."""
        return self.step == STEPS[-1]

    @property
    def awaited_on(self) -> date:
        """The day by which something is awaited, or was."""
        return self.promised_on if self.is_promised and self.promised_on else self.due_on


class DutyStep(NamedTuple):
    """One thing that happened to a duty. `on` is None where only its order is known."""

    kind: str
    on: date | None
    who: str
    words: str
    outcome: str
    due_on: date | None
    files: list[dict[str, Any]]
    late: int | None
    """Working days overdue, where the step took itself by the rules."""


def duties_of(
    conn: Connection,
    congress: UUID,
    *,
    year: int | None = None,
    unit: UUID | None = None,
    project: UUID | None = None,
    source: str = "",
    stages: Sequence[str] = (),
) -> list[DutyRow]:
    """The duties of a congress, the newest year first, in each by number."""
    query = select(_duties).where(_duties.c.congress == congress)
    for column, wanted in (
        (_duties.c.year, year),
        (_duties.c.unit, unit),
        (_duties.c.project, project),
        (_duties.c.source, source or None),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if stages:
        query = query.where(_duties.c.stage.in_(stages))
    return [DutyRow(*row) for row in conn.execute(query.order_by(_duties.c.year.desc(), _duties.c.number))]


def duties_from(conn: Connection, origins: Sequence[UUID]) -> list[DutyRow]:
    """What came of inquiries, inspections, observations or findings, in the order of giving."""
    query = select(_duties).where(_duties.c.origin.in_(list(origins)))
    return [
        DutyRow(*row) for row in conn.execute(query.order_by(_duties.c.raised_on, _duties.c.number, _duties.c.duty))
    ]


def duty_at(conn: Connection, duty: UUID) -> DutyRow | None:
    """One duty."""
    row = conn.execute(select(_duties).where(_duties.c.duty == duty)).one_or_none()
    return DutyRow(*row) if row else None


def steps_of(conn: Connection, duty: UUID) -> list[DutyStep]:
    """What happened to it, the first first."""
    shown = [_steps.c[name] for name in DutyStep._fields]
    query = select(*shown).where(_steps.c.duty == duty).order_by(_steps.c.position)
    return [DutyStep(*row) for row in conn.execute(query)]


def late_duties(conn: Connection, today: date) -> list[UUID]:
    """Every duty of the installation that waits for an answer, or for what was promised, since before `today`.

    The longest overdue first.
    """
    waiting = _duties.c.stage.in_([stage.value for stage in UNANSWERED]) & (_duties.c.due_on < today)
    under_way = (_duties.c.stage == DutyStage.APPROVED.value) & (_duties.c.outcome == DutyOutcome.UNDER_WAY.value)
    query = select(_duties.c.duty).where(waiting | (under_way & (_duties.c.promised_on < today)))
    return list(conn.scalars(query.order_by(_duties.c.due_on, _duties.c.duty)))


def file_of(conn: Connection, duty: UUID, file: UUID) -> bool:
    """Whether the file belongs to an answer of this duty."""
    return any(one["file"] == str(file) for step in steps_of(conn, duty) for one in step.files)


def years(conn: Connection, congress: UUID, unit: UUID | None = None) -> list[int]:
    """The years with duties, newest first."""
    query = select(_duties.c.year).where(_duties.c.congress == congress).distinct()
    if unit is not None:
        query = query.where(_duties.c.unit == unit)
    return list(conn.scalars(query.order_by(_duties.c.year.desc())))


def open_by_year(conn: Connection, congress: UUID) -> list[tuple[int, int]]:
    """How many duties of each year are neither approved nor withdrawn, the newest year first."""
    still = [stage.value for stage in (*UNANSWERED, DutyStage.ANSWERED)]
    query = select(_duties.c.year, func.count()).where(_duties.c.congress == congress, _duties.c.stage.in_(still))
    return [
        (year, number) for year, number in conn.execute(query.group_by(_duties.c.year).order_by(_duties.c.year.desc()))
    ]


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each duty with its facts."""
    for notice in noticed:
        if isinstance(notice.fact, DutyRaised):
            _raise(conn, notice.fact)
        if isinstance(notice.fact, DutyFact):
            _move(conn, notice.fact)
            conn.execute(insert(_steps).values(duty=notice.fact.duty, position=notice.position, **told(notice.fact)))


def _raise(conn: Connection, fact: DutyRaised) -> None:
    last = select(func.max(_duties.c.number)).where(
        _duties.c.congress == fact.congress, _duties.c.year == int(fact.year)
    )
    conn.execute(
        insert(_duties).values(
            congress=fact.congress,
            duty=fact.duty,
            year=int(fact.year),
            number=(conn.scalar(last) or 0) + 1,
            source=fact.origin.kind.value,
            origin=fact.origin.id,
            origin_title=fact.origin.title,
            project=fact.project,
            unit=fact.unit,
            unit_name=fact.unit_name,
            words=fact.words,
            raised_on=fact.on,
            working_days=fact.working_days,
            due_on=fact.due_on,
            stage=DutyStage.OPEN.value,
            answer="",
            outcome="",
            sent_back_because="",
            remark="",
            step="",
        )
    )


def _move(conn: Connection, fact: DutyFact) -> None:
    match fact:
        case DutyChanged():
            named = ("project", "unit", "unit_name", "words", "due_on")
            _change(conn, fact.duty, **{name: getattr(fact, name) for name in named})
        case DutyAnswered():
            _change(
                conn,
                fact.duty,
                stage=DutyStage.ANSWERED.value,
                answer=fact.words,
                outcome=fact.outcome.value,
                promised_on=fact.promised_on,
                answered_on=fact.on,
                closed_on=None,
            )
        case DutySentBack():
            stage = DutyStage.SENT_BACK.value
            _change(conn, fact.duty, stage=stage, sent_back_because=fact.reason, due_on=fact.due_on)
        case DutyApproved():
            _change(conn, fact.duty, stage=DutyStage.APPROVED.value, closed_on=fact.on, remark=fact.remark)
        case DutyEscalated():
            _change(conn, fact.duty, step=fact.step.value)
        case DutyWithdrawn():
            _change(conn, fact.duty, stage=DutyStage.WITHDRAWN.value, closed_on=fact.on, remark=fact.reason)


def _change(conn: Connection, duty: UUID, **values: object) -> None:
    conn.execute(update(_duties).where(_duties.c.duty == duty).values(**values))


PROJECTION = Projection(name="duties", shape=2, metadata=metadata, project=project)
