"""Which materials were sent to the delegates of a congress, who has read them, and when were they reminded?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.congress.materials import (
    MaterialRead,
    MaterialReplaced,
    MaterialSent,
    MaterialWithdrawn,
    ReadersReminded,
)
from domain.files import Attached, FileType
from projections.reading.projection import Projection

metadata = MetaData()

_materials = Table(
    "material",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("material", Uuid, primary_key=True),
    Column("session", Uuid, nullable=False),
    Column("delegations", JSON, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
    Column("withdrawn_because", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("material_material", "material"),
)

_editions = Table(
    "material_edition",
    metadata,
    Column("material", Uuid, primary_key=True),
    Column("edition", Integer, primary_key=True),
    Column("title", String, nullable=False),
    Column("words", Text, nullable=False),
    Column("file", JSON),
    Column("reason", Text, nullable=False),
    Column("sent_on", Date, nullable=False),
)

_receipts = Table(
    "material_receipt",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("delegate", Uuid, primary_key=True),
    Column("material", Uuid, primary_key=True),
    Column("edition", Integer, primary_key=True),
    Column("read_on", Date, nullable=False),
    Index("material_receipt_material", "material"),
)

_reminders = Table(
    "reading_reminder",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("about", Uuid, primary_key=True),
    Column("on", Date, primary_key=True),
    Column("unread", Integer, nullable=False),
)


class EditionRow(NamedTuple):
    """A material as it was sent once."""

    edition: int
    title: str
    words: str
    file: Attached | None
    reason: str
    """Why it took the place of the one before."""
    sent_on: date


class MaterialRow(NamedTuple):
    """A material with its newest edition."""

    congress: UUID
    material: UUID
    session: UUID
    delegations: tuple[str, ...]
    """Empty: all delegates."""
    is_withdrawn: bool
    withdrawn_because: str
    latest: EditionRow

    def is_for(self, delegation: str) -> bool:
        """Whether the delegates of a delegation were sent it."""
        return not self.delegations or delegation in self.delegations


class ReminderRow(NamedTuple):
    """A reminder to those who had not read."""

    about: UUID
    on: date
    unread: int


_LATEST = (
    select(
        _materials.c.congress,
        _materials.c.material,
        _materials.c.session,
        _materials.c.delegations,
        _materials.c.is_withdrawn,
        _materials.c.withdrawn_because,
        *(column for column in _editions.c if column.name != "material"),
    )
    .join(_editions, (_editions.c.material == _materials.c.material) & (_editions.c.edition == _materials.c.edition))
    .order_by(_materials.c.position.desc(), _materials.c.material)
)


def materials_of(conn: Connection, congress: UUID) -> list[MaterialRow]:
    """The materials of a congress, the newest first, withdrawn ones among them."""
    return [_row(row) for row in conn.execute(_LATEST.where(_materials.c.congress == congress))]


def material_at(conn: Connection, material: UUID) -> MaterialRow | None:
    """One material."""
    row = conn.execute(_LATEST.where(_materials.c.material == material)).one_or_none()
    return _row(row) if row else None


def editions_of(conn: Connection, material: UUID) -> list[EditionRow]:
    """All editions of a material, the newest first."""
    columns = [column for column in _editions.c if column.name != "material"]
    query = select(*columns).where(_editions.c.material == material).order_by(_editions.c.edition.desc())
    return [_edition(row) for row in conn.execute(query)]


def readers_of(conn: Connection, material: UUID, edition: int) -> dict[UUID, date]:
    """Who has read an edition, and on which day."""
    query = select(_receipts.c.delegate, _receipts.c.read_on).where(
        _receipts.c.material == material, _receipts.c.edition == edition
    )
    return {row.delegate: row.read_on for row in conn.execute(query.order_by(_receipts.c.delegate))}


def read_by(conn: Connection, congress: UUID, delegate: UUID) -> dict[UUID, int]:
    """The newest edition of each material that a delegate has read."""
    query = (
        select(_receipts.c.material, func.max(_receipts.c.edition))
        .where(_receipts.c.congress == congress, _receipts.c.delegate == delegate)
        .group_by(_receipts.c.material)
        .order_by(_receipts.c.material)
    )
    return {row[0]: row[1] for row in conn.execute(query)}


def reminders_of(conn: Connection, congress: UUID) -> list[ReminderRow]:
    """The last reminder about each thing, the newest first."""
    query = (
        select(_reminders.c.about, _reminders.c.on, _reminders.c.unread)
        .where(_reminders.c.congress == congress)
        .order_by(_reminders.c.on.desc(), _reminders.c.about)
    )
    last: dict[UUID, ReminderRow] = {}
    for row in conn.execute(query):
        last.setdefault(row.about, ReminderRow(row.about, row.on, row.unread))
    return list(last.values())


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps materials with their editions; the receipts of a batch are written together."""
    receipts: list[dict[str, object]] = []
    for notice in noticed:
        match notice.fact:
            case MaterialSent() as fact:
                _send(conn, notice, fact)
            case MaterialReplaced() as fact:
                here = _materials.c.material == notice.stream
                edition = (conn.scalar(select(_materials.c.edition).where(here)) or 0) + 1
                conn.execute(update(_materials).where(here).values(edition=edition))
                conn.execute(insert(_editions).values(_told(notice.stream, edition, fact, fact.reason)))
            case MaterialWithdrawn(reason=reason):
                here = _materials.c.material == notice.stream
                conn.execute(update(_materials).where(here).values(is_withdrawn=True, withdrawn_because=reason))
            case MaterialRead() as fact:
                receipts.append(
                    {
                        "congress": fact.congress,
                        "delegate": fact.delegate,
                        "material": fact.material,
                        "edition": fact.edition,
                        "read_on": notice.at.date(),
                    }
                )
            case ReadersReminded() as fact:
                conn.execute(
                    insert(_reminders).values(congress=fact.congress, about=fact.about, on=fact.on, unread=fact.unread)
                )
    if receipts:
        conn.execute(insert(_receipts), receipts)


def _send(conn: Connection, notice: Noticed, fact: MaterialSent) -> None:
    conn.execute(
        insert(_materials).values(
            congress=fact.congress,
            material=notice.stream,
            session=fact.session,
            delegations=list(fact.delegations),
            edition=1,
            is_withdrawn=False,
            withdrawn_because="",
            position=notice.position,
        )
    )
    conn.execute(insert(_editions).values(_told(notice.stream, 1, fact, "")))


def _told(material: UUID, edition: int, fact: MaterialSent | MaterialReplaced, reason: str) -> dict[str, Any]:
    return {
        "material": material,
        "edition": edition,
        "title": fact.title,
        "words": fact.words,
        "file": _file(fact.file),
        "reason": reason,
        "sent_on": fact.on,
    }


def _file(file: Attached | None) -> dict[str, object] | None:
    if file is None:
        return None
    return {
        "file": str(file.file),
        "name": file.name,
        "type": file.type.value,
        "size": file.size,
        "digest": file.digest,
    }


def _row(row: Any) -> MaterialRow:
    return MaterialRow(
        congress=row.congress,
        material=row.material,
        session=row.session,
        delegations=tuple(row.delegations),
        is_withdrawn=row.is_withdrawn,
        withdrawn_because=row.withdrawn_because,
        latest=_edition(row),
    )


def _edition(row: Any) -> EditionRow:
    known = row.file
    file = known and Attached(
        file=UUID(known["file"]),
        name=known["name"],
        type=FileType(known["type"]),
        size=known["size"],
        digest=known["digest"],
    )
    return EditionRow(row.edition, row.title, row.words, file, row.reason, row.sent_on)


PROJECTION = Projection(name="materials", shape=1, metadata=metadata, project=project)
