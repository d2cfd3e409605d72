"""Who is present at a session, delegation by delegation, and who drew a ballot card or was handed a paper?"""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    MetaData,
    Select,
    String,
    Table,
    Uuid,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from application.history.history import Noticed
from domain.congress.roll import (
    DelegateAdded,
    DelegateCorrected,
    DelegateEntry,
    DelegateLeft,
    DelegatesImported,
    ImportUndone,
)
from domain.congress.session import (
    CardDrawn,
    CardDrawUndone,
    CheckInUndone,
    DelegateCheckedIn,
    PaperIssued,
    PaperIssueUndone,
)
from projections.reading.moment import Moment
from projections.reading.projection import Projection

metadata = MetaData()

LINES_OF_A_POSITION = 100_000
"""More delegates than one import can bring; `place` counts positions in steps of this, lines of an import between."""

_delegates = Table(
    "attendance_delegate",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("delegate", Uuid, primary_key=True),
    Column("number", String(40), nullable=False),
    Column("name", String, nullable=False),
    Column("delegation", String, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("import_id", Uuid),
    Index("attendance_delegate_delegate", "delegate"),
    Index("attendance_delegate_import", "import_id"),
)

_present = Table(
    "attendance_present",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("session", Uuid, primary_key=True),
    Column("delegate", Uuid, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Uuid),
    Column("position", BigInteger, nullable=False),
)

_cards = Table(
    "attendance_card",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("session", Uuid, primary_key=True),
    Column("poll", Uuid, primary_key=True),
    Column("delegate", Uuid, primary_key=True),
)


_papers = Table(
    "attendance_paper",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("session", Uuid, primary_key=True),
    Column("poll", Uuid, primary_key=True),
    Column("delegate", Uuid, primary_key=True),
)


class DelegationPresence(NamedTuple):
    """A delegation, its delegates and how many of them are present."""

    name: str
    delegates: int
    present: int

    @property
    def absent(self) -> int:
        """How many have not checked in."""
        return self.delegates - self.present


class Attendee(NamedTuple):
    """A delegate as the check-in desk knows them; `at` is None for somebody who is absent."""

    id: UUID
    number: str
    name: str
    delegation: str
    at: datetime | None

    @property
    def is_present(self) -> bool:
        """Whether the delegate has checked in."""
        return self.at is not None


def presence(connection: Connection, congress: UUID, session: UUID) -> list[DelegationPresence]:
    """The delegations in the order of the roll; N and A are the sums."""
    asked = (
        select(_delegates.c.delegation, func.count(), func.count(_present.c.at))
        .select_from(_delegates.outerjoin(_present, _at(session)))
        .where(_delegates.c.congress == congress)
        .group_by(_delegates.c.delegation)
        .order_by(func.min(_delegates.c.place))
    )
    return [DelegationPresence(*row) for row in connection.execute(asked)]


def attendees(
    connection: Connection,
    congress: UUID,
    session: UUID,
    *,
    delegation: str = "",
    named: str = "",
    limit: int | None = None,
) -> list[Attendee]:
    """Delegates by certificate number; `named` is a part of the name or the number. Exact names and numbers first."""
    asked = _attendees(session).where(_delegates.c.congress == congress)
    if delegation:
        asked = asked.where(_delegates.c.delegation == delegation)
    if named:
        parts = (column.contains(named, autoescape=True) for column in (_delegates.c.name, _delegates.c.number))
        asked = asked.where(or_(*parts))
    exact = or_(_delegates.c.name == named, _delegates.c.number == named)
    ordered = asked.order_by(exact.desc(), func.length(_delegates.c.number), _delegates.c.number, _delegates.c.delegate)
    return [Attendee._make(row) for row in connection.execute(ordered.limit(limit))]


def attendee(connection: Connection, congress: UUID, session: UUID, delegate: UUID) -> Attendee | None:
    """One delegate of the congress, present or not."""
    asked = _attendees(session).where(_delegates.c.congress == congress, _delegates.c.delegate == delegate)
    row = connection.execute(asked).first()
    return Attendee._make(row) if row else None


def latest(
    connection: Connection, congress: UUID, session: UUID, *, by: UUID | None = None, limit: int = 8
) -> list[Attendee]:
    """Who checked in last, the newest first; `by` keeps to those whom one account checked in."""
    asked = _attendees(session).where(_delegates.c.congress == congress, _present.c.at.is_not(None))
    if by is not None:
        asked = asked.where(_present.c.by == by)
    return [Attendee._make(row) for row in connection.execute(asked.order_by(_present.c.position.desc()).limit(limit))]


def cards_drawn(connection: Connection, congress: UUID, session: UUID) -> dict[UUID, int]:
    """How many delegates hold a card, by poll."""
    return _handed_out(connection, _cards, congress, session)


def papers_issued(connection: Connection, congress: UUID, session: UUID) -> dict[UUID, int]:
    """How many delegates hold a paper, by poll."""
    return _handed_out(connection, _papers, congress, session)


def cards_of(connection: Connection, congress: UUID, session: UUID, delegate: UUID) -> set[UUID]:
    """The polls for which a delegate drew a card."""
    return _held(connection, _cards, congress, session, delegate)


def papers_of(connection: Connection, congress: UUID, session: UUID, delegate: UUID) -> set[UUID]:
    """The polls for which a delegate was handed a paper."""
    return _held(connection, _papers, congress, session, delegate)


def _handed_out(connection: Connection, table: Table, congress: UUID, session: UUID) -> dict[UUID, int]:
    asked = (
        select(table.c.poll, func.count())
        .where(table.c.congress == congress, table.c.session == session)
        .group_by(table.c.poll)
        .order_by(table.c.poll)
    )
    return {row[0]: row[1] for row in connection.execute(asked)}


def _held(connection: Connection, table: Table, congress: UUID, session: UUID, delegate: UUID) -> set[UUID]:
    asked = select(table.c.poll).where(
        table.c.congress == congress, table.c.session == session, table.c.delegate == delegate
    )
    return set(connection.scalars(asked))


def _at(session: UUID) -> ColumnElement[bool]:
    return and_(
        _present.c.congress == _delegates.c.congress,
        _present.c.session == session,
        _present.c.delegate == _delegates.c.delegate,
    )


def _attendees(session: UUID) -> Select[tuple[UUID, str, str, str, datetime | None]]:
    columns = _delegates.c
    return select(columns.delegate, columns.number, columns.name, columns.delegation, _present.c.at).select_from(
        _delegates.outerjoin(_present, _at(session))
    )


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """Writes runs of one kind of fact at a time, each table for itself: a burst at the doors is a few statements."""
    for kinds, write in _WRITERS:
        concerned = [notice for notice in noticed if isinstance(notice.fact, kinds)]
        for _kind, run in groupby(concerned, key=lambda notice: type(notice.fact)):
            write(connection, list(run))


def _write_presence(connection: Connection, run: list[Noticed]) -> None:
    keys = ("congress", "session", "delegate")
    if isinstance(run[0].fact, DelegateCheckedIn):
        rows = [{**_keys(n, keys), "at": n.at, "by": n.by, "position": n.position} for n in run]
        connection.execute(insert(_present), rows)
    else:
        _take_out(connection, _present, run, keys)


def _write_cards(connection: Connection, run: list[Noticed]) -> None:
    _write_holders(connection, _cards, run, CardDrawn)


def _write_papers(connection: Connection, run: list[Noticed]) -> None:
    _write_holders(connection, _papers, run, PaperIssued)


def _write_holders(connection: Connection, table: Table, run: list[Noticed], handed_out: type) -> None:
    keys = ("congress", "session", "poll", "delegate")
    if isinstance(run[0].fact, handed_out):
        connection.execute(insert(table), [_keys(n, keys) for n in run])
    else:
        _take_out(connection, table, run, keys)


def _keys(notice: Noticed, keys: tuple[str, ...]) -> dict[str, object]:
    return {key: getattr(notice.fact, key) for key in keys}


def _take_out(connection: Connection, table: Table, run: list[Noticed], keys: tuple[str, ...]) -> None:
    gone = delete(table).where(*(table.c[key] == bindparam(f"its_{key}") for key in keys))
    connection.execute(gone, [{f"its_{key}": getattr(n.fact, key) for key in keys} for n in run])


def _write_roll(connection: Connection, run: list[Noticed]) -> None:
    for notice in run:
        match notice.fact:
            case DelegatesImported(congress=congress, import_id=import_id, entries=entries):
                rows = [
                    {"congress": congress, "import_id": import_id, "place": _place(notice, line), **_entry(entry)}
                    for line, entry in enumerate(entries)
                ]
                connection.execute(insert(_delegates), rows)
            case DelegateAdded(congress=congress, entry=entry):
                connection.execute(insert(_delegates).values(congress=congress, place=_place(notice), **_entry(entry)))
            case DelegateCorrected(entry=entry):
                row = update(_delegates).where(_delegates.c.delegate == entry.delegate)
                connection.execute(row.values(**_entry(entry)))
            case DelegateLeft(delegate=gone):
                connection.execute(delete(_delegates).where(_delegates.c.delegate == gone))
            case ImportUndone(import_id=undone):
                connection.execute(delete(_delegates).where(_delegates.c.import_id == undone))


def _place(notice: Noticed, line: int = 0) -> int:
    return notice.position * LINES_OF_A_POSITION + line


def _entry(entry: DelegateEntry) -> dict[str, object]:
    return {
        "delegate": entry.delegate,
        "number": entry.number,
        "name": entry.name,
        "delegation": entry.delegation,
    }


_WRITERS: tuple[tuple[tuple[type, ...], Callable[[Connection, list[Noticed]], None]], ...] = (
    ((DelegatesImported, DelegateAdded, DelegateCorrected, DelegateLeft, ImportUndone), _write_roll),
    ((DelegateCheckedIn, CheckInUndone), _write_presence),
    ((CardDrawn, CardDrawUndone), _write_cards),
    ((PaperIssued, PaperIssueUndone), _write_papers),
)

PROJECTION = Projection(name="attendance", shape=2, metadata=metadata, project=project)
