"""Which draws of sites were announced, closed, made or given up?"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
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
from domain.supervision.draw import DrawAnnounced, DrawGivenUp, DrawStage, PoolClosed, SitesDrawn
from projections.reading.moment import Moment
from projections.reading.projection import Projection

metadata = MetaData()

_draws = Table(
    "site_draw",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("draw", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("takes", Integer, nullable=False),
    Column("spread", String(16), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("announced_on", Date, nullable=False),
    Column("sites", Integer, nullable=False),
    Column("drawn", Integer, nullable=False),
    Column("announced_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("drawn_at", Moment),
    Column("position", BigInteger, nullable=False),
    Index("site_draw_draw", "draw"),
    Index("site_draw_position", "position"),
)


class DrawRow(NamedTuple):
    """A draw as lists show it; its pool stands in its own state."""

    congress: UUID
    draw: UUID
    year: int
    title: str
    takes: int
    spread: str
    stage: str
    announced_on: date
    sites: int
    drawn: int
    announced_at: datetime
    closed_at: datetime | None
    drawn_at: datetime | None


_COLUMNS = [column for column in _draws.c if column.name != "position"]


def draws_of(conn: Connection, congress: UUID, year: int | None = None) -> list[DrawRow]:
    """Newest first, those given up too."""
    query = select(*_COLUMNS).where(_draws.c.congress == congress)
    if year is not None:
        query = query.where(_draws.c.year == year)
    return [DrawRow(*row) for row in conn.execute(query.order_by(_draws.c.announced_at.desc(), _draws.c.draw))]


def draw_at(conn: Connection, draw: UUID) -> DrawRow | None:
    """One draw."""
    row = conn.execute(select(*_COLUMNS).where(_draws.c.draw == draw)).one_or_none()
    return DrawRow(*row) if row else None


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses with a step of a draw after the position."""
    return set(conn.scalars(select(_draws.c.congress).where(_draws.c.position > position).distinct()))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each draw with its facts."""
    for notice in noticed:
        match notice.fact:
            case DrawAnnounced() as fact:
                _announce(conn, notice, fact)
            case PoolClosed() as fact:
                _change(conn, notice, stage=DrawStage.CLOSED.value, sites=len(fact.sites), closed_at=notice.at)
            case SitesDrawn() as fact:
                _change(conn, notice, stage=DrawStage.DRAWN.value, drawn=len(fact.drawn), drawn_at=notice.at)
            case DrawGivenUp():
                _change(conn, notice, stage=DrawStage.GIVEN_UP.value)


def _announce(conn: Connection, notice: Noticed, fact: DrawAnnounced) -> None:
    conn.execute(
        insert(_draws).values(
            congress=fact.congress,
            draw=notice.stream,
            year=fact.year,
            title=fact.title,
            takes=fact.takes,
            spread=fact.spread.value,
            stage=DrawStage.ANNOUNCED.value,
            announced_on=fact.on,
            sites=0,
            drawn=0,
            announced_at=notice.at,
            position=notice.position,
        )
    )


def _change(conn: Connection, notice: Noticed, **values: object) -> None:
    known = update(_draws).where(_draws.c.draw == notice.stream)
    conn.execute(known.values(position=notice.position, **values))


PROJECTION = Projection(name="site_draws", shape=1, metadata=metadata, project=project)
