"""Which polls of a congress ended in public, with which result or as void, and which are under way after them?"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
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
from domain.polls.places import AgainGivenUp, HeldAgain, PlacesDecided
from domain.polls.poll import PollCancelled, PollDeclared, PollOpened, PollPrepared, PollStage
from domain.polls.rules import Form
from domain.shared import CHINA
from projections.reading.projection import Projection

metadata = MetaData()

_results = Table(
    "declared_result",
    metadata,
    Column("poll", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("title", String(400), nullable=False),
    Column("form", String(16), nullable=False),
    Column("again", String(16), nullable=False),
    Column("parent", Uuid),
    Column("stage", String(16), nullable=False),
    Column("opened", Boolean, nullable=False),
    Column("ended_on", Date),
    Column("notice_number", String(80), nullable=False),
    Column("prepared", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False, index=True),
    Index("declared_result_congress", "congress", "year"),
)

_PUBLIC = (PollStage.DECLARED.value, PollStage.CANCELLED.value)


class PublicResult(NamedTuple):
    """A poll that was declared, or that ended as void after it had been opened."""

    poll: UUID
    year: int
    title: str
    form: str
    again: str
    parent: UUID | None
    stage: str
    ended_on: date
    notice_number: str

    @property
    def is_void(self) -> bool:
        """It has no result."""
        return self.stage == PollStage.CANCELLED

    @property
    def is_evaluation(self) -> bool:
        """It grades adopted projects."""
        return self.form == Form.GRADE


_told = [_results.c[name] for name in PublicResult._fields]


def results_of(conn: Connection, congress: UUID, year: int) -> list[PublicResult]:
    """The public results about a year's projects, in the order of preparing."""
    asked = select(*_told).where(_results.c.congress == congress, _results.c.year == year, *_is_public())
    return [PublicResult(*row) for row in conn.execute(asked.order_by(_results.c.prepared))]


def result_of(conn: Connection, congress: UUID, poll: UUID) -> PublicResult | None:
    """One public result."""
    asked = select(*_told).where(_results.c.congress == congress, _results.c.poll == poll, *_is_public())
    row = conn.execute(asked).one_or_none()
    return PublicResult(*row) if row else None


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses of which a result was made known, or what follows from one, after this position."""
    return set(conn.scalars(select(_results.c.congress).where(_results.c.position > position).distinct()))


def _is_public() -> tuple[ColumnElement[bool], ...]:
    return _results.c.stage.in_(_PUBLIC), _results.c.opened, _results.c.ended_on.is_not(None)


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Follows every poll that is no rehearsal; marks are nowhere here."""
    for notice in noticed:
        match notice.fact:
            case PollPrepared(rehearsal=False) as prepared:
                _enter(conn, notice, prepared)
            case PollOpened():
                _change(conn, notice, opened=True)
            case PollDeclared(on=on, notice_number=number):
                _change(conn, notice, stage=PollStage.DECLARED.value, ended_on=on, notice_number=number)
            case PollCancelled():
                ended_on = notice.at.astimezone(CHINA).date()
                _change(conn, notice, stage=PollStage.CANCELLED.value, ended_on=ended_on)
            case PlacesDecided() | HeldAgain() | AgainGivenUp():
                _change(conn, notice)


def _enter(conn: Connection, notice: Noticed, prepared: PollPrepared) -> None:
    conn.execute(
        insert(_results).values(
            poll=notice.stream,
            congress=prepared.congress,
            year=prepared.year,
            title=prepared.title,
            form=prepared.profile.form.value,
            again=prepared.again.value if prepared.again else "",
            parent=prepared.parent,
            stage=PollStage.PREPARED.value,
            opened=False,
            notice_number="",
            prepared=notice.position,
            position=notice.position,
        )
    )


def _change(conn: Connection, notice: Noticed, **values: object) -> None:
    conn.execute(update(_results).where(_results.c.poll == notice.stream).values(position=notice.position, **values))


PROJECTION = Projection(name="declared_results", shape=1, metadata=metadata, project=project)
