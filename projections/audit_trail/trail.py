"""The tables of the trail, and how facts fill them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    MetaData,
    String,
    Table,
    Uuid,
    delete,
    select,
    update,
)

from application.history.book import BOOK
from application.history.history import Noticed
from domain.accounts.account import AccountOpened, AccountRenamed, RoleGranted
from domain.congress.congress import CongressFounded
from projections.audit_trail import told
from projections.reading import plain
from projections.reading.bulk import insert_rows
from projections.reading.moment import Moment
from projections.reading.projection import Projection

metadata = MetaData()

INSTALLATION: Final = UUID(int=0)
"""Stands in the rows for what belongs to no congress."""

written = Table(
    "audit_entry",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Uuid),
    Column("who", String(told.LONGEST), nullable=False),
    Column("fact", String(80), nullable=False),
    Column("subject", String(told.LONGEST), nullable=False),
    Index("audit_entry_position", "position"),
    Index("audit_entry_fact", "congress", "fact", "position"),
    sqlite_with_rowid=False,
)
"""One line a fact. `who` and `subject` are the names of then: nobody's old deeds move to a new name."""

mentions = Table(
    "audit_mention",
    metadata,
    Column("thing", BigInteger, primary_key=True, autoincrement=False),
    Column("position", BigInteger, primary_key=True),
    Column("congress", Uuid, nullable=False),
    sqlite_with_rowid=False,
)
"""Where a thing, a person or some words come up. By the thing first: nearly every one belongs to one congress."""

names = Table(
    "audit_name",
    metadata,
    Column("thing", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(plain.LONGEST), primary_key=True),
    sqlite_with_rowid=False,
)
"""Every name a thing ever had, as it is looked for. Which lines one may read is decided by the lines' congress."""

places = Table(
    "audit_place",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("name", String(told.LONGEST), nullable=False),
    Column("belongs_to", Uuid),
    Column("first", BigInteger, nullable=False),
)
"""Where a stream, a delegate or a unit belongs, its name of today, and the position where it first came up."""


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """One line a fact. It belongs where it says, else where its stream began; so for the words it is told by."""
    batch = _Batch(connection, noticed)
    for notice in noticed:
        batch.take(notice)
    batch.write()


class _Place(NamedTuple):
    congress: UUID
    name: str
    belongs_to: UUID | None
    first: int


class _Batch:
    """The rows of some facts, gathered and then written table by table."""

    def __init__(self, connection: Connection, noticed: Sequence[Noticed]) -> None:
        self._connection = connection
        self._named = {notice.position: list(told.named(notice)) for notice in noticed}
        self._nearest = {notice.position: told.nearest(notice) for notice in noticed}
        self._known = dict(_known(connection, {id_ for notice in noticed for id_ in self._ids(notice)}))
        self._stored = dict(self._known)
        self._lines: dict[int, tuple[UUID, int, datetime, UUID | None, str, str, str]] = {}
        self._mentions: dict[int, set[int]] = {}
        self._names: dict[tuple[int, str], None] = {}

    def take(self, notice: Noticed) -> None:
        """Adds what the fact says to the rows."""
        self._learn(notice)
        congress = self._congress(notice)
        actor = self._known.get(notice.by) if notice.by else None
        fact = notice.fact
        self._lines[notice.position] = (
            congress,
            notice.position,
            notice.at,
            notice.by,
            actor.name if actor else "",
            BOOK.entry_of(type(fact)).name,
            told.subject_of(fact) or self._name_of(self._nearest[notice.position]),
        )
        self._mentions[notice.position] = set(self._mentioned(notice))
        if isinstance(fact, RoleGranted) and notice.version == _OPENED + 1 and fact.congress is not None:
            self._bring_the_opening(notice.stream, fact.congress)

    def write(self) -> None:
        """Everything taken, in a statement a table."""
        changed = {id_: place for id_, place in self._known.items() if self._stored.get(id_) != place}
        if replaced := changed.keys() & self._stored.keys():
            self._connection.execute(delete(places).where(places.c.id.in_(replaced)))
        insert_rows(self._connection, places, [(id_, *place) for id_, place in changed.items()])
        insert_rows(self._connection, written, list(self._lines.values()))
        found = [
            (thing, position, line[0])
            for position, line in self._lines.items()
            for thing in sorted(self._mentions[position])
        ]
        insert_rows(self._connection, mentions, found)
        insert_rows(self._connection, names, list(self._names), new=True)

    def _ids(self, notice: Noticed) -> Iterator[UUID]:
        """Whose places must be known to tell what the fact is about and who did it."""
        yield from self._nearest[notice.position]
        yield from (one.id for one in self._named[notice.position])
        yield notice.stream
        belongs = told.belongs_to(notice.fact)
        if belongs is not None:
            yield belongs
        if notice.by is not None:
            yield notice.by

    def _learn(self, notice: Noticed) -> None:
        congress = _said(notice.fact, notice.stream)
        for one in self._named[notice.position]:
            known = self._known.get(one.id)
            place = known or _Place(congress or INSTALLATION, "", None, notice.position)
            self._known[one.id] = place._replace(name=one.name[: told.LONGEST])
            if known is None or known.name != one.name or one.also:
                self._call(told.reference(one.id), one.name, *one.also)
            if isinstance(notice.fact, (AccountOpened, AccountRenamed)):
                self._call(told.reference_of_person(one.id), one.name)
        stream = self._known.get(notice.stream) or _Place(congress or INSTALLATION, "", None, notice.position)
        if congress is not None and stream.congress == INSTALLATION:
            stream = stream._replace(congress=congress)
        belongs = told.belongs_to(notice.fact)
        if belongs is not None:
            stream = stream._replace(belongs_to=belongs, name=stream.name or self._name_of([belongs]))
        self._known[notice.stream] = stream
        for words in told.own_words(notice.fact):
            self._call(told.reference_of_text(words), words)

    def _call(self, thing: int, *called: str) -> None:
        for name in called:
            if sought := plain.plain(name):
                self._names[thing, sought] = None

    def _mentioned(self, notice: Noticed) -> Iterator[int]:
        yield from (told.reference(thing) for thing in told.things(notice))
        belongs = self._known[notice.stream].belongs_to
        if belongs is not None:
            yield told.reference(belongs)
        if notice.by is not None:
            yield told.reference_of_person(notice.by)
        yield from (told.reference_of_text(words) for words in told.own_words(notice.fact))

    def _congress(self, notice: Noticed) -> UUID:
        own = [self._known[id_] for id_ in self._nearest[notice.position] if id_ in self._known]
        return _said(notice.fact, notice.stream) or own[-1].congress

    def _name_of(self, ids: Collection[UUID]) -> str:
        return next((self._known[id_].name for id_ in ids if id_ in self._known and self._known[id_].name), "")

    def _bring_the_opening(self, account: UUID, congress: UUID) -> None:
        """An account opened with a role in a congress was opened there."""
        opened = self._known[account].first
        if opened in self._lines:
            self._lines[opened] = (congress, *self._lines[opened][1:])
            return
        for table in (written, mentions):
            self._connection.execute(
                update(table)
                .where(table.c.congress == INSTALLATION, table.c.position == opened)
                .values(congress=congress)
            )


_OPENED = 1
"""The version of the fact that opens an account; its first role follows in the same command."""


def _known(connection: Connection, ids: Collection[UUID]) -> Iterator[tuple[UUID, _Place]]:
    for row in connection.execute(select(places).where(places.c.id.in_(ids))):
        yield row.id, _Place(row.congress, row.name, row.belongs_to, row.first)


def _said(fact: object, stream: UUID) -> UUID | None:
    """The congress the fact itself names."""
    if isinstance(fact, CongressFounded):
        return stream
    said = getattr(fact, "congress", None)
    return said if isinstance(said, UUID) else None


PROJECTION = Projection(name="audit_trail", shape=4, metadata=metadata, project=project)
