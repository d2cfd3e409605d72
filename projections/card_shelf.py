"""Which card sets were printed for a session, which are released, bound to a poll, or out of use?"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
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
from domain.polls.card_set import CardSetBound, CardSetDiscarded, CardSetPrinted, CardSetReleased
from projections.reading.moment import Moment
from projections.reading.projection import Projection

metadata = MetaData()

_sets = Table(
    "card_shelf",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("card_set", Uuid, primary_key=True),
    Column("session", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("colour", String(40), nullable=False),
    Column("word", String(80), nullable=False),
    Column("print_as", String(16), nullable=False),
    Column("cards", Integer, nullable=False),
    Column("printed_at", Moment, nullable=False),
    Column("released", Boolean, nullable=False),
    Column("poll", Uuid),
    Column("discarded", String),
    Index("card_shelf_session", "session"),
    Index("card_shelf_set", "card_set"),
)


class ShelvedSet(NamedTuple):
    """A set as lists show it; `discarded` is the reason, None while it can be used."""

    id: UUID
    number: int
    colour: str
    word: str
    print_as: str
    cards: int
    printed_at: datetime
    released: bool
    poll: UUID | None
    discarded: str | None

    @property
    def is_spare(self) -> bool:
        """Whether a poll can be prepared with it."""
        return self.poll is None and self.discarded is None


def sets_of(connection: Connection, session: UUID) -> list[ShelvedSet]:
    """The sets of a session by number."""
    columns = [column for column in _sets.c if column.name not in ("congress", "session")]
    rows = connection.execute(select(*columns).where(_sets.c.session == session).order_by(_sets.c.number))
    return [ShelvedSet._make(row) for row in rows]


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row a set. Cards themselves are never listed, not even by their hashes."""
    for notice in noticed:
        match notice.fact:
            case CardSetPrinted() as printed:
                connection.execute(
                    insert(_sets).values(
                        congress=printed.congress,
                        card_set=notice.stream,
                        session=printed.session,
                        number=printed.number,
                        colour=printed.colour,
                        word=printed.word,
                        print_as=printed.print_as.value,
                        cards=len(printed.cards),
                        printed_at=notice.at,
                        released=False,
                    )
                )
            case CardSetReleased():
                _change(connection, notice, released=True)
            case CardSetBound(poll=poll):
                _change(connection, notice, poll=poll)
            case CardSetDiscarded(reason=reason):
                _change(connection, notice, discarded=reason)


def _change(connection: Connection, notice: Noticed, **values: object) -> None:
    connection.execute(update(_sets).where(_sets.c.card_set == notice.stream).values(**values))


PROJECTION = Projection(name="card_shelf", shape=1, metadata=metadata, project=project)
