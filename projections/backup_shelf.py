"""When were the last backups taken, by whom, and is it time for another?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, Uuid, func, insert, select

from application.history.recorded import Noticed
from domain.backups.backup import BackupTaken, Way, is_due
from projections.reading.moment import Moment
from projections.reading.projection import Projection

metadata = MetaData()

_backups = Table(
    "backup",
    metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", Uuid),
    Column("way", String(20), nullable=False),
    Column("reaches", BigInteger, nullable=False),
    Column("facts", BigInteger, nullable=False),
    Column("ballots", BigInteger, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
)

_beginning = Table("backup_beginning", metadata, Column("at", Moment, primary_key=True))
"""One row: when the first fact was recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedBackup:
    """One backup; `reaches` is the position of the last fact in it."""

    at: datetime
    by: UUID | None
    way: Way
    reaches: int
    facts: int
    ballots: int
    bytes: int
    sha256: str


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """Backups are rare, so each is a statement."""
    if noticed and connection.scalar(select(func.count()).select_from(_beginning)) == 0:
        connection.execute(insert(_beginning).values(at=noticed[0].at))
    for notice in noticed:
        if isinstance(notice.fact, BackupTaken):
            fact = notice.fact
            connection.execute(
                insert(_backups).values(
                    position=notice.position,
                    at=notice.at,
                    by=notice.by,
                    way=fact.way.value,
                    reaches=fact.position,
                    facts=fact.facts,
                    ballots=fact.ballots,
                    bytes=fact.bytes,
                    sha256=fact.sha256,
                )
            )


def last_backups(connection: Connection, limit: int = 20) -> list[ListedBackup]:
    """The newest first."""
    found = connection.execute(select(_backups).order_by(_backups.c.position.desc()).limit(limit))
    return [
        ListedBackup(
            at=row.at,
            by=row.by,
            way=Way(row.way),
            reaches=row.reaches,
            facts=row.facts,
            ballots=row.ballots,
            bytes=row.bytes,
            sha256=row.sha256,
        )
        for row in found
    ]


def reminder(connection: Connection, now: datetime) -> bool:
    """Whether administrators are to be reminded that a backup is due."""
    last = connection.scalar(select(func.max(_backups.c.at)))
    return is_due(last, connection.scalar(select(_beginning.c.at)), now)


PROJECTION = Projection(name="backup_shelf", shape=1, metadata=metadata, project=project)
