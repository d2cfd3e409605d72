"""Which calls has a congress published, until when do they run, and on which ways did proposals come in?"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Date,
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
from domain.proposals.call import YEARS, CallExtended, CallPublished, CallReworded
from domain.proposals.proposal import ProposalReceived
from domain.shared import CHINA
from projections.reading.projection import Projection

metadata = MetaData()

_calls = Table(
    "proposal_call",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("call", Uuid, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("words", String, nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("channels", JSON, nullable=False),
    Column("address", String, nullable=False),
    Column("telephone", String, nullable=False),
    Column("notice_number", String, nullable=False),
    Column("waiver", String, nullable=False),
    Column("published_on", Date, nullable=False),
    Column("first_closes_on", Date, nullable=False),
    Column("extended_because", String, nullable=False),
    Column("position", BigInteger, nullable=False, index=True),
)

_channels = Table(
    "proposal_call_channel",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("received", Integer, nullable=False),
)

_houses = Table(
    "proposal_call_house",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("house", Uuid, primary_key=True),
    Column("received", Integer, nullable=False),
)


class CallRow(NamedTuple):
    """A call as it stands."""

    congress: UUID
    year: int
    call: UUID
    title: str
    words: str
    opens_on: date
    closes_on: date
    channels: list[str]
    address: str
    telephone: str
    notice_number: str
    waiver: str
    published_on: date
    first_closes_on: date
    """The last day as it was published first."""
    extended_because: str

    def is_open(self, on: date) -> bool:
        """Whether anyone may propose on the day."""
        return self.opens_on <= on <= self.closes_on

    def days_left(self, on: date) -> int:
        """Days with the given one and the last one; 0 once the window has closed."""
        return max(0, (self.closes_on - on).days + 1)


_ROW = [column for column in _calls.c if column.name != "position"]


def call_of(conn: Connection, congress: UUID, year: int) -> CallRow | None:
    """The call of a year; None, too, for a number that is no year of ours."""
    if year not in YEARS:
        return None
    row = conn.execute(select(*_ROW).where(_calls.c.congress == congress, _calls.c.year == year)).one_or_none()
    return CallRow(*row) if row else None


def calls_of(conn: Connection, congress: UUID) -> list[CallRow]:
    """Every call of a congress, the newest year first."""
    query = select(*_ROW).where(_calls.c.congress == congress).order_by(_calls.c.year.desc())
    return [CallRow(*row) for row in conn.execute(query)]


def calls_among(conn: Connection, congresses: Collection[UUID], year: int) -> dict[UUID, CallRow]:
    """The calls of many congresses for one year, in one query."""
    query = select(*_ROW).where(_calls.c.congress.in_(list(congresses)), _calls.c.year == year)
    return {row.congress: CallRow(*row) for row in conn.execute(query)}


def call_years_among(conn: Connection, congresses: Collection[UUID]) -> list[int]:
    """The years for which any of these has published a call, newest first."""
    query = select(_calls.c.year).where(_calls.c.congress.in_(list(congresses))).distinct()
    return sorted(conn.scalars(query), reverse=True)


def current_call(conn: Connection, congress: UUID, today: date) -> CallRow | None:
    """The call whose window is open today, that of the newest year where there are several."""
    query = select(*_ROW).where(_calls.c.congress == congress, _calls.c.opens_on <= today, _calls.c.closes_on >= today)
    row = conn.execute(query.order_by(_calls.c.year.desc())).first()
    return CallRow(*row) if row else None


def open_calls(conn: Connection, today: date) -> dict[UUID, CallRow]:
    """The open call of every congress that has one."""
    query = select(*_ROW).where(_calls.c.opens_on <= today, _calls.c.closes_on >= today)
    return {row.congress: CallRow(*row) for row in conn.execute(query.order_by(_calls.c.year, _calls.c.congress))}


def received_by_channel(conn: Connection, congress: UUID, year: int) -> dict[str, int]:
    """How many proposals came on each way, most first."""
    counted = _channels.c
    query = select(counted.channel, counted.received).where(counted.congress == congress, counted.year == year)
    return {row.channel: row.received for row in conn.execute(query.order_by(counted.received.desc(), counted.channel))}


def received_by_house(conn: Connection, congress: UUID, year: int) -> dict[UUID, int]:
    """How many proposals came by each delegates' house."""
    counted = _houses.c
    query = select(counted.house, counted.received).where(counted.congress == congress, counted.year == year)
    return {row.house: row.received for row in conn.execute(query)}


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses whose calls changed after this position."""
    return set(conn.scalars(select(_calls.c.congress).where(_calls.c.position > position)))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps each call, and counts what comes in."""
    received: list[ProposalReceived] = []
    for notice in noticed:
        match notice.fact:
            case CallPublished() as fact:
                _publish(conn, notice, fact)
            case CallExtended(closes_on=closes_on, reason=reason):
                _change(conn, notice, closes_on=closes_on, extended_because=reason)
            case CallReworded() as fact:
                _change(
                    conn,
                    notice,
                    title=fact.title,
                    words=fact.words,
                    channels=[channel.value for channel in fact.channels],
                    address=fact.address,
                    telephone=fact.telephone,
                    notice_number=fact.notice_number,
                )
            case ProposalReceived() as fact:
                received.append(fact)
    _count(conn, _channels, Counter((fact.congress, fact.year, fact.channel.value) for fact in received))
    _count(conn, _houses, Counter((fact.congress, fact.year, fact.house) for fact in received if fact.house))


def _publish(conn: Connection, notice: Noticed, fact: CallPublished) -> None:
    conn.execute(
        insert(_calls).values(
            congress=fact.congress,
            year=fact.year,
            call=notice.stream,
            title=fact.title,
            words=fact.words,
            opens_on=fact.opens_on,
            closes_on=fact.closes_on,
            channels=[channel.value for channel in fact.channels],
            address=fact.address,
            telephone=fact.telephone,
            notice_number=fact.notice_number,
            waiver=fact.waiver,
            published_on=notice.at.astimezone(CHINA).date(),
            first_closes_on=fact.closes_on,
            extended_because="",
            position=notice.position,
        )
    )


def _change(conn: Connection, notice: Noticed, **values: object) -> None:
    conn.execute(update(_calls).where(_calls.c.call == notice.stream).values(position=notice.position, **values))


def _count(conn: Connection, table: Table, more: Counter[tuple[UUID, int, UUID | str]]) -> None:
    """Adds to the counts of a table whose key is congress, year and one more column."""
    third = list(table.primary_key.columns)[2]
    for (congress, year, what), number in more.items():
        this = (table.c.congress == congress, table.c.year == year, third == what)
        grown = conn.execute(update(table).where(*this).values(received=table.c.received + number))
        if grown.rowcount == 0:
            conn.execute(
                insert(table).values({"congress": congress, "year": year, third.name: what, "received": number})
            )


PROJECTION = Projection(name="calls", shape=1, metadata=metadata, project=project)
