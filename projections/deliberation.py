"""What was remarked and asked about a year's candidates, whose turn is each, and what was answered?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
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
    delete,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.projects.remark import (
    UNANSWERED,
    AnswerAccepted,
    AnswerSentBack,
    QuestionAsked,
    RemarkAnswered,
    RemarkAssigned,
    RemarkCorrected,
    RemarkKind,
    RemarkRecorded,
    RemarksClosed,
    RemarksReopened,
    RemarkStage,
    RemarkTakenBack,
)
from projections.reading.projection import Projection

metadata = MetaData()

_remarks = Table(
    "remark",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("remark", Uuid, primary_key=True),
    Column("project", Uuid, nullable=False),
    Column("is_question", Boolean, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("delegation", String, nullable=False),
    Column("delegate", Uuid),
    Column("words", Text, nullable=False),
    Column("said_on", Date, nullable=False),
    Column("unit", Uuid),
    Column("unit_name", String, nullable=False),
    Column("due_on", Date),
    Column("stage", String(16), nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", Uuid),
    Column("answered_by_name", String, nullable=False),
    Column("answered_on", Date),
    Column("sent_back_because", Text, nullable=False),
    Column("taken_back_because", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("remark_remark", "remark"),
    Index("remark_project", "project"),
)

_closings = Table(
    "remark_closing",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("closed_on", Date, nullable=False),
    Column("stream", Uuid, nullable=False),
)


class RemarkRow(NamedTuple):
    """A remark or question as lists show it. Overdue is a question of the day it is looked at."""

    congress: UUID
    year: int
    remark: UUID
    project: UUID
    is_question: bool
    kind: str
    delegation: str
    delegate: UUID | None
    words: str
    said_on: date
    unit: UUID | None
    unit_name: str
    due_on: date | None
    stage: str
    answer: str
    answered_by: UUID | None
    answered_by_name: str
    answered_on: date | None
    sent_back_because: str
    taken_back_because: str

    @property
    def waits(self) -> bool:
        """Whether an answer is awaited."""
        return self.stage in UNANSWERED and (self.due_on is not None)

    def is_overdue(self, today: date) -> bool:
        """Whether the unit should have answered by `today`."""
        return self.due_on is not None and self.waits and today > self.due_on

    @property
    def is_late(self) -> bool:
        """Whether the answer came after its day."""
        return self.answered_on is not None and self.due_on is not None and self.answered_on > self.due_on


_COLUMNS = [column for column in _remarks.c if column.name != "position"]


def remarks_of(
    conn: Connection,
    congress: UUID,
    year: int,
    *,
    project: UUID | None = None,
    unit: UUID | None = None,
    delegate: UUID | None = None,
    delegation: str = "",
    is_question: bool | None = None,
) -> list[RemarkRow]:
    """What was remarked and asked about the year's candidates, in the order of recording, nothing taken back."""
    query = select(*_COLUMNS).where(
        _remarks.c.congress == congress,
        _remarks.c.year == year,
        _remarks.c.stage != RemarkStage.TAKEN_BACK.value,
    )
    for column, wanted in (
        (_remarks.c.project, project),
        (_remarks.c.unit, unit),
        (_remarks.c.delegate, delegate),
        (_remarks.c.delegation, delegation or None),
        (_remarks.c.is_question, is_question),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    return [RemarkRow(*row) for row in conn.execute(query.order_by(_remarks.c.position, _remarks.c.remark))]


def remark_at(conn: Connection, remark: UUID) -> RemarkRow | None:
    """One remark or question, also one that was taken back."""
    row = conn.execute(select(*_COLUMNS).where(_remarks.c.remark == remark)).one_or_none()
    return RemarkRow(*row) if row else None


def years(conn: Connection, congress: UUID) -> list[int]:
    """The years with remarks, newest first."""
    query = select(_remarks.c.year).where(_remarks.c.congress == congress).distinct()
    return list(conn.scalars(query.order_by(_remarks.c.year.desc())))


def closed_on(conn: Connection, congress: UUID, year: int) -> date | None:
    """The day the office closed the year's remarks, None while it has not."""
    query = select(_closings.c.closed_on).where(_closings.c.congress == congress, _closings.c.year == year)
    return conn.scalar(query)


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each remark with its facts; what a burst of delegates says is written together."""
    said: list[dict[str, Any]] = []
    for notice in noticed:
        if isinstance(notice.fact, (RemarkRecorded, QuestionAsked)):
            said.append(_begun(notice, notice.fact))
            continue
        if said:
            conn.execute(insert(_remarks), said)
            said = []
        _move(conn, notice)
    if said:
        conn.execute(insert(_remarks), said)


def _move(conn: Connection, notice: Noticed) -> None:
    match notice.fact:
        case RemarkCorrected() as fact:
            _change(conn, fact.remark, kind=fact.kind.value, words=fact.words, said_on=fact.on, due_on=fact.due_on)
        case RemarkTakenBack() as fact:
            _change(conn, fact.remark, stage=RemarkStage.TAKEN_BACK.value, taken_back_because=fact.reason)
        case RemarkAssigned() as fact:
            _change(conn, fact.remark, unit=fact.unit, unit_name=fact.unit_name, due_on=fact.due_on)
        case RemarkAnswered() as fact:
            _change(
                conn,
                fact.remark,
                stage=RemarkStage.ANSWERED.value,
                answer=fact.words,
                answered_by=fact.answered_by,
                answered_by_name=fact.answered_by_name,
                answered_on=fact.on,
            )
        case AnswerSentBack() as fact:
            stage = RemarkStage.SENT_BACK.value
            _change(conn, fact.remark, stage=stage, sent_back_because=fact.reason, due_on=fact.due_on)
        case AnswerAccepted() as fact:
            _change(conn, fact.remark, stage=RemarkStage.ACCEPTED.value)
        case RemarksClosed() as fact:
            conn.execute(
                insert(_closings).values(
                    congress=fact.congress, year=fact.year, closed_on=fact.on, stream=notice.stream
                )
            )
        case RemarksReopened():
            conn.execute(delete(_closings).where(_closings.c.stream == notice.stream))


def _begun(notice: Noticed, fact: RemarkRecorded | QuestionAsked) -> dict[str, Any]:
    is_question = isinstance(fact, QuestionAsked)
    return {
        "congress": fact.congress,
        "year": fact.year,
        "remark": fact.remark,
        "project": fact.project,
        "is_question": is_question,
        "kind": RemarkKind.QUESTION.value if isinstance(fact, QuestionAsked) else fact.kind.value,
        "delegation": fact.delegation,
        "delegate": fact.delegate,
        "words": fact.words,
        "said_on": fact.on,
        "unit": fact.unit,
        "unit_name": fact.unit_name,
        "due_on": fact.due_on,
        "stage": RemarkStage.OPEN.value,
        "answer": "",
        "answered_by": None,
        "answered_by_name": "",
        "answered_on": None,
        "sent_back_because": "",
        "taken_back_because": "",
        "position": notice.position,
    }


def _change(conn: Connection, remark: UUID, **values: object) -> None:
    conn.execute(update(_remarks).where(_remarks.c.remark == remark).values(**values))


PROJECTION = Projection(name="deliberation", shape=1, metadata=metadata, project=project)
