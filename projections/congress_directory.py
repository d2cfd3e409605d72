"""Which congresses are there, under which names and addresses, and which stands under which?"""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
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
from domain.congress.congress import CongressDescribed, CongressFounded
from projections.reading.projection import Projection

metadata = MetaData()

_congresses = Table(
    "congress_directory",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("slug", String(40), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("short_name", String(200), nullable=False),
    Column("level", String(16), nullable=False),
    Column("parent", Uuid),
    Column("term", Integer, nullable=False),
    Column("founded", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False, index=True),
)


class ListedCongress(NamedTuple):
    """A congress as lists, addresses and headings show it."""

    id: UUID
    slug: str
    name: str
    short_name: str
    level: str
    parent: UUID | None
    term: int


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row a congress."""
    for notice in noticed:
        match notice.fact:
            case CongressFounded() as founded:
                connection.execute(
                    insert(_congresses).values(
                        congress=notice.stream,
                        slug=founded.slug,
                        name=founded.name,
                        short_name=founded.short_name,
                        level=founded.level.value,
                        parent=founded.parent,
                        term=founded.term,
                        founded=notice.position,
                        position=notice.position,
                    )
                )
            case CongressDescribed() as described:
                connection.execute(
                    update(_congresses)
                    .where(_congresses.c.congress == notice.stream)
                    .values(
                        name=described.name,
                        short_name=described.short_name,
                        term=described.term,
                        position=notice.position,
                    )
                )


def all_congresses(connection: Connection) -> list[ListedCongress]:
    """Every congress, in the order of founding."""
    return [ListedCongress._make(row) for row in connection.execute(_listed())]


def congresses_named(connection: Connection, ids: Collection[UUID]) -> list[ListedCongress]:
    """These congresses, in the order of founding."""
    return [ListedCongress._make(row) for row in connection.execute(_listed().where(_congresses.c.congress.in_(ids)))]


def congress_at(connection: Connection, slug: str) -> ListedCongress | None:
    """The congress of an address."""
    row = connection.execute(_listed().where(_congresses.c.slug == slug)).first()
    return ListedCongress._make(row) if row else None


def congresses_under(connection: Connection, parent: UUID) -> list[ListedCongress]:
    """The bodies that stand directly under a congress, in the order of founding."""
    return [ListedCongress._make(row) for row in connection.execute(_listed().where(_congresses.c.parent == parent))]


def changed_since(connection: Connection, position: int) -> set[UUID]:
    """The congresses founded or described after this position."""
    return set(connection.scalars(select(_congresses.c.congress).where(_congresses.c.position > position)))


def _listed() -> Select[tuple[UUID, str, str, str, str, UUID | None, int]]:
    columns = _congresses.c
    return select(
        columns.congress,
        columns.slug,
        columns.name,
        columns.short_name,
        columns.level,
        columns.parent,
        columns.term,
    ).order_by(columns.founded)


PROJECTION = Projection(name="congress_directory", shape=2, metadata=metadata, project=project)
