"""Which delegates watch which project, since when, and who left?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    Uuid,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.supervision.group import GroupChanged, GroupDissolved, GroupFormed
from projections.reading.projection import Projection

metadata = MetaData()

_groups = Table(
    "delegate_group",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("stream", Uuid, primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("project", Uuid, nullable=False),
    Column("name", String, nullable=False),
    Column("leader", Uuid, nullable=False),
    Column("formed_on", Date, nullable=False),
    Column("dissolved_on", Date),
    Index("delegate_group_stream", "stream"),
)
"""`term` counts the groups of a project, one after the other."""

_members = Table(
    "delegate_group_member",
    metadata,
    Column("stream", Uuid, primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("delegate", Uuid, nullable=False),
    Column("joined_on", Date, nullable=False),
    Column("left_on", Date),
    Index("delegate_group_member_delegate", "delegate"),
)


class MemberRow(NamedTuple):
    """Somebody's time in a group."""

    delegate: UUID
    joined_on: date
    left_on: date | None


class GroupRow(NamedTuple):
    """A group with everybody who ever belonged to it, in the order of joining."""

    congress: UUID
    year: int
    project: UUID
    name: str
    leader: UUID
    formed_on: date
    dissolved_on: date | None
    memberships: tuple[MemberRow, ...]

    @property
    def members(self) -> tuple[UUID, ...]:
        """Those who belong to it now."""
        return tuple(one.delegate for one in self.memberships if one.left_on is None)


def groups_of(conn: Connection, congress: UUID, year: int | None = None) -> list[GroupRow]:
    """The groups that watch now, of a year's projects or of all, in the order of their names."""
    query = select(_groups).where(_groups.c.congress == congress, _groups.c.dissolved_on.is_(None))
    if year is not None:
        query = query.where(_groups.c.year == year)
    return _rows(
        conn, conn.execute(query.order_by(_groups.c.year.desc(), _groups.c.name, _groups.c.stream)).mappings().all()
    )


def group_of(conn: Connection, project: UUID) -> GroupRow | None:
    """The group that watches the project now."""
    query = select(_groups).where(_groups.c.project == project, _groups.c.dissolved_on.is_(None))
    return next(iter(_rows(conn, conn.execute(query.order_by(_groups.c.stream)).mappings().all())), None)


def groups_of_delegate(conn: Connection, congress: UUID, delegate: UUID) -> list[GroupRow]:
    """The groups the delegate belongs to now, newest year first."""
    own = select(_members.c.stream, _members.c.term).where(
        _members.c.delegate == delegate, _members.c.left_on.is_(None)
    )
    in_it = {(row.stream, row.term) for row in conn.execute(own)}
    streams = {stream for stream, _term in in_it}
    query = select(_groups).where(
        _groups.c.congress == congress, _groups.c.dissolved_on.is_(None), _groups.c.stream.in_(streams)
    )
    found = conn.execute(query.order_by(_groups.c.year.desc(), _groups.c.name, _groups.c.stream)).mappings().all()
    return _rows(conn, [row for row in found if (row["stream"], row["term"]) in in_it])


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Forms, changes and dissolves."""
    for notice in noticed:
        match notice.fact:
            case GroupFormed() as fact:
                _form(conn, notice.stream, fact)
            case GroupChanged() as fact:
                _change(conn, notice.stream, fact)
            case GroupDissolved() as fact:
                _touch(conn, notice.stream, dissolved_on=fact.on)


def _form(conn: Connection, stream: UUID, fact: GroupFormed) -> None:
    term = _term(conn, stream) + 1
    conn.execute(
        insert(_groups).values(
            congress=fact.congress,
            stream=stream,
            term=term,
            year=fact.year,
            project=fact.project,
            name=fact.name,
            leader=fact.leader,
            formed_on=fact.on,
        )
    )
    _join(conn, stream, term, fact.members, fact.on)


def _change(conn: Connection, stream: UUID, fact: GroupChanged) -> None:
    _touch(conn, stream, name=fact.name, leader=fact.leader)
    term = _term(conn, stream)
    in_it = (_members.c.stream == stream) & (_members.c.term == term)
    if fact.left:
        left = update(_members).where(in_it, _members.c.delegate.in_(fact.left), _members.c.left_on.is_(None))
        conn.execute(left.values(left_on=fact.on))
    _join(conn, stream, term, fact.joined, fact.on)


def _join(conn: Connection, stream: UUID, term: int, joined: Sequence[UUID], on: date) -> None:
    if not joined:
        return
    known = conn.execute(select(_members.c.place).where(_members.c.stream == stream, _members.c.term == term)).all()
    rows = [
        {"stream": stream, "term": term, "place": len(known) + place, "delegate": delegate, "joined_on": on}
        for place, delegate in enumerate(joined, 1)
    ]
    conn.execute(insert(_members), rows)


def _touch(conn: Connection, stream: UUID, **values: object) -> None:
    standing = (_groups.c.stream == stream) & _groups.c.dissolved_on.is_(None)
    conn.execute(update(_groups).where(standing).values(**values))


def _term(conn: Connection, stream: UUID) -> int:
    terms = select(_groups.c.term).where(_groups.c.stream == stream).order_by(_groups.c.term.desc()).limit(1)
    return conn.scalar(terms) or 0


def _rows(conn: Connection, found: Sequence[RowMapping]) -> list[GroupRow]:
    members: dict[tuple[UUID, int], list[MemberRow]] = {}
    query = select(_members).where(_members.c.stream.in_({row["stream"] for row in found}))
    for one in conn.execute(query.order_by(_members.c.stream, _members.c.term, _members.c.place)):
        members.setdefault((one.stream, one.term), []).append(MemberRow(one.delegate, one.joined_on, one.left_on))
    return [_row(row, tuple(members.get((row["stream"], row["term"]), ()))) for row in found]


def _row(row: RowMapping, memberships: tuple[MemberRow, ...]) -> GroupRow:
    known: dict[str, Any] = {name: row[name] for name in GroupRow._fields if name != "memberships"}
    return GroupRow(**known, memberships=memberships)


PROJECTION = Projection(name="groups", shape=1, metadata=metadata, project=project)
