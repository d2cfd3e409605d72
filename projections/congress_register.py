"""Which units does a congress have, and which sessions does it hold?"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
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
    Select,
    String,
    Table,
    Uuid,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.congress.congress import UnitAdded, UnitChanged, UnitWithdrawn
from domain.congress.rehearsal import RehearsalBegun, RehearsalEnded
from domain.congress.session import SessionConvened, SessionRescheduled
from projections.reading.projection import Projection

metadata = MetaData()

_units = Table(
    "congress_unit",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("unit", Uuid, primary_key=True),
    Column("name", String, nullable=False),
    Column("duty_phone", String(40), nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("added", BigInteger, nullable=False),
)

_sessions = Table(
    "congress_session",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("session", Uuid, primary_key=True),
    Column("term", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("rehearsal_of", Uuid),
    Column("rehearsal", Integer, nullable=False),
    Column("thrown_away", Boolean, nullable=False),
    Index("congress_session_session", "session"),
    Index("congress_session_rehearsal_of", "rehearsal_of"),
)


class ListedUnit(NamedTuple):
    """A unit as lists and choices show it."""

    id: UUID
    name: str
    duty_phone: str
    withdrawn: bool


class ListedSession(NamedTuple):
    """A session as planned: 第(term)届第(number)次会议, voting on the projects of `year`."""

    id: UUID
    congress: UUID
    term: int
    number: int
    title: str
    year: int
    starts_on: date
    ends_on: date
    rehearsal_of: UUID | None = None
    """The session that this one rehearses; None for a real one."""
    rehearsal: int = 0
    thrown_away: bool = False

    def is_on(self, day: date) -> bool:
        """Whether the session sits on this day."""
        return self.starts_on <= day <= self.ends_on


def units_of(connection: Connection, congress: UUID) -> list[ListedUnit]:
    """Every unit, those in use first, in the order of adding."""
    columns = _units.c
    asked = select(columns.unit, columns.name, columns.duty_phone, columns.withdrawn).where(
        columns.congress == congress
    )
    rows = connection.execute(asked.order_by(columns.withdrawn, columns.added, columns.unit))
    return [ListedUnit._make(row) for row in rows]


def sessions_of(connection: Connection, congress: UUID) -> list[ListedSession]:
    """The sessions of a congress, the newest first; rehearsals are none."""
    asked = _listed().where(_sessions.c.congress == congress, _sessions.c.rehearsal_of.is_(None))
    rows = connection.execute(asked.order_by(_sessions.c.term.desc(), _sessions.c.number.desc()))
    return [ListedSession._make(row) for row in rows]


def session_at(connection: Connection, congress: UUID, session: UUID) -> ListedSession | None:
    """One session of a congress, or one of its rehearsals."""
    asked = _listed().where(_sessions.c.congress == congress, _sessions.c.session == session)
    row = connection.execute(asked).first()
    return ListedSession._make(row) if row else None


def rehearsals_of(connection: Connection, session: UUID) -> list[ListedSession]:
    """The rehearsals of a session, the newest first."""
    asked = _listed().where(_sessions.c.rehearsal_of == session)
    return [ListedSession._make(row) for row in connection.execute(asked.order_by(_sessions.c.rehearsal.desc()))]


def is_rehearsal(connection: Connection, session: UUID) -> bool:
    """Whether what is decided there decides nothing."""
    return bool(connection.scalar(select(_sessions.c.rehearsal).where(_sessions.c.session == session)))


def _listed() -> Select[tuple[UUID, UUID, int, int, str, int, date, date, UUID | None, int, bool]]:
    columns = _sessions.c
    return select(
        columns.session,
        columns.congress,
        columns.term,
        columns.number,
        columns.title,
        columns.year,
        columns.starts_on,
        columns.ends_on,
        columns.rehearsal_of,
        columns.rehearsal,
        columns.thrown_away,
    )


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row a unit and one a session; units added together are written together."""
    added: list[dict[str, object]] = []
    for notice in noticed:
        if isinstance(notice.fact, UnitAdded):
            added.append(_row(notice, notice.fact))
            continue
        _enter(connection, added)
        _follow(connection, notice)
    _enter(connection, added)


def _enter(connection: Connection, added: list[dict[str, object]]) -> None:
    if added:
        connection.execute(insert(_units), added)
        added.clear()


def _follow(connection: Connection, notice: Noticed) -> None:
    match notice.fact:
        case UnitChanged() as changed:
            row = update(_units).where(_units.c.congress == notice.stream, _units.c.unit == changed.unit)
            connection.execute(row.values(name=changed.name, duty_phone=changed.duty_phone, withdrawn=False))
        case UnitWithdrawn(unit=unit):
            row = update(_units).where(_units.c.congress == notice.stream, _units.c.unit == unit)
            connection.execute(row.values(withdrawn=True))
        case SessionConvened() as convened:
            connection.execute(insert(_sessions).values(_session(notice, convened)))
        case RehearsalBegun() as begun:
            rehearsed = {"rehearsal_of": begun.of, "rehearsal": begun.rehearsal}
            connection.execute(insert(_sessions).values(_session(notice, begun) | rehearsed))
        case RehearsalEnded():
            row = update(_sessions).where(_sessions.c.session == notice.stream)
            connection.execute(row.values(thrown_away=True))
        case SessionRescheduled() as moved:
            connection.execute(
                update(_sessions)
                .where(_sessions.c.session == notice.stream)
                .values(title=moved.title, year=moved.year, starts_on=moved.starts_on, ends_on=moved.ends_on)
            )


def _session(notice: Noticed, called: SessionConvened | RehearsalBegun) -> dict[str, object]:
    return {
        "congress": called.congress,
        "session": notice.stream,
        "term": called.term,
        "number": called.number,
        "title": called.title,
        "year": called.year,
        "starts_on": called.starts_on,
        "ends_on": called.ends_on,
        "rehearsal": 0,
        "thrown_away": False,
    }


def _row(notice: Noticed, added: UnitAdded) -> dict[str, object]:
    return {
        "congress": notice.stream,
        "unit": added.unit,
        "name": added.name,
        "duty_phone": added.duty_phone,
        "withdrawn": False,
        "added": notice.position,
    }


PROJECTION = Projection(name="congress_register", shape=2, metadata=metadata, project=project)
