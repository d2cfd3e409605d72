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
from domain.congress.congress import CongressDescribed, CongressFounded, CongressMoved
from domain.congress.look import Colour, CongressLookChosen, emblem_from
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
    Column("parent", Uuid, index=True),
    Column("term", Integer, nullable=False),
    Column("chosen_emblem", String(8), nullable=False, default=""),
    Column("chosen_name", String(80), nullable=False, default=""),
    Column("colour", String(16), nullable=False, default=Colour.CRIMSON.value),
    Column("contact", String(200), nullable=False, default=""),
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
    chosen_emblem: str = ""
    chosen_name: str = ""
    colour: str = Colour.CRIMSON.value
    contact: str = ""
    """The office's public address and telephone."""

    @property
    def emblem(self) -> str:
        """The one to four characters of its mark: chosen, or the beginning of its short name."""
        return self.chosen_emblem or emblem_from(self.short_name)

    @property
    def public_name(self) -> str:
        """How the public calls it."""
        return self.chosen_name or self.name


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
                named = {"name": described.name, "short_name": described.short_name, "term": described.term}
                _change(connection, notice, **named)
            case CongressMoved(parent=parent):
                _change(connection, notice, parent=parent)
            case CongressLookChosen() as look:
                chosen = {"chosen_emblem": look.emblem, "chosen_name": look.public_name, "contact": look.contact}
                _change(connection, notice, colour=look.colour.value, **chosen)


def _change(connection: Connection, notice: Noticed, **values: object) -> None:
    row = update(_congresses).where(_congresses.c.congress == notice.stream)
    connection.execute(row.values(position=notice.position, **values))


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


def congresses_above(connection: Connection, congress: ListedCongress) -> list[ListedCongress]:
    """The bodies above a congress, the nearest first: three levels at the most (`PARENT_LEVELS`)."""
    found: list[ListedCongress] = []
    parent = congress.parent
    while parent is not None:
        row = connection.execute(_listed().where(_congresses.c.congress == parent)).first()
        if row is None:
            break
        found.append(ListedCongress._make(row))
        parent = found[-1].parent
    return found


def congresses_below(connection: Connection, congress: UUID) -> list[ListedCongress]:
    """Everything below a congress, children before their own children, level by level in the order of founding."""
    found: list[ListedCongress] = []
    parents = [congress]
    while parents:
        under = _listed().where(_congresses.c.parent.in_(parents))
        level = [ListedCongress._make(row) for row in connection.execute(under)]
        found += level
        parents = [one.id for one in level]
    return found


def has_below(connection: Connection, congress: UUID) -> bool:
    """Whether anything stands under it."""
    return (
        connection.scalar(select(_congresses.c.congress).where(_congresses.c.parent == congress).limit(1)) is not None
    )


def changed_since(connection: Connection, position: int) -> set[UUID]:
    """The congresses founded or described after this position."""
    return set(connection.scalars(select(_congresses.c.congress).where(_congresses.c.position > position)))


def _listed() -> Select[tuple[UUID, str, str, str, str, UUID | None, int, str, str, str, str]]:
    columns = _congresses.c
    return select(
        columns.congress,
        columns.slug,
        columns.name,
        columns.short_name,
        columns.level,
        columns.parent,
        columns.term,
        columns.chosen_emblem,
        columns.chosen_name,
        columns.colour,
        columns.contact,
    ).order_by(columns.founded)


PROJECTION = Projection(name="congress_directory", shape=3, metadata=metadata, project=project)
