"""Which delegates' houses has a congress, where are they, and when is somebody there?"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    MetaData,
    String,
    Table,
    Uuid,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.proposals.house import HouseChanged, HouseClosed, HouseOpened
from projections.reading.projection import Projection

metadata = MetaData()

_houses = Table(
    "delegates_house",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("house", Uuid, primary_key=True),
    Column("code", String(16), nullable=False),
    Column("name", String(400), nullable=False),
    Column("address", String(400), nullable=False),
    Column("hours", String(400), nullable=False),
    Column("telephone", String(400), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("entered", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False, index=True),
    Index("delegates_house_code", "code"),
    Index("delegates_house_house", "house"),
)


class HouseRow(NamedTuple):
    """A delegates' house as lists and its own page show it."""

    congress: UUID
    house: UUID
    code: str
    name: str
    address: str
    hours: str
    telephone: str
    is_open: bool


_ROW = [column for column in _houses.c if column.name not in ("entered", "position")]


def houses_of(conn: Connection, congress: UUID, *, closed: bool = False) -> list[HouseRow]:
    """The houses in use, in the order of entering; with `closed` also those that are not, at the end."""
    query = select(*_ROW).where(_houses.c.congress == congress)
    if not closed:
        query = query.where(_houses.c.is_open)
    return [HouseRow(*row) for row in conn.execute(query.order_by(_houses.c.is_open.desc(), _houses.c.entered))]


def house_by_code(conn: Connection, code: str) -> HouseRow | None:
    """The house whose door bears the code, also one that is out of use."""
    row = conn.execute(select(*_ROW).where(_houses.c.code == code).order_by(_houses.c.entered)).first()
    return HouseRow(*row) if row else None


def house_at(conn: Connection, house: UUID) -> HouseRow | None:
    """One house."""
    row = conn.execute(select(*_ROW).where(_houses.c.house == house)).one_or_none()
    return HouseRow(*row) if row else None


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses whose houses changed after this position."""
    return set(conn.scalars(select(_houses.c.congress).where(_houses.c.position > position)))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row a house."""
    for notice in noticed:
        match notice.fact:
            case HouseOpened() as fact:
                conn.execute(
                    insert(_houses).values(
                        congress=fact.congress,
                        house=notice.stream,
                        code=fact.code,
                        name=fact.name,
                        address=fact.address,
                        hours=fact.hours,
                        telephone=fact.telephone,
                        is_open=True,
                        entered=notice.position,
                        position=notice.position,
                    )
                )
            case HouseChanged(name=name, address=address, hours=hours, telephone=telephone):
                _change(conn, notice, name=name, address=address, hours=hours, telephone=telephone)
            case HouseClosed():
                _change(conn, notice, is_open=False)


def _change(conn: Connection, notice: Noticed, **values: object) -> None:
    conn.execute(update(_houses).where(_houses.c.house == notice.stream).values(position=notice.position, **values))


PROJECTION = Projection(name="houses", shape=1, metadata=metadata, project=project)
