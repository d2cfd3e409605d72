"""Who is on the roll of a congress, in which delegation, and which imports brought them?"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Uuid,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from application.history.history import Noticed
from domain.congress.roll import (
    DelegateAdded,
    DelegateCorrected,
    DelegateEntry,
    DelegateLeft,
    DelegatesImported,
    ImportUndone,
)
from projections.reading.moment import Moment
from projections.reading.projection import Projection

metadata = MetaData()

LINES_OF_A_POSITION = 100_000
"""More delegates than one import can bring; `place` counts positions in steps of this, lines of an import between."""

_delegates = Table(
    "roll_delegate",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("delegate", Uuid, primary_key=True),
    Column("number", String(40), nullable=False),
    Column("name", String, nullable=False),
    Column("delegation", String, nullable=False),
    Column("gender", String(16)),
    Column("ethnicity", String, nullable=False),
    Column("special_committee", Boolean, nullable=False),
    Column("unit", String, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("import_id", Uuid),
    Index("roll_delegate_delegate", "delegate"),
    Index("roll_delegate_import", "import_id"),
    Index("roll_delegate_delegation", "congress", "delegation"),
)

_imports = Table(
    "roll_import",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("import_id", Uuid, primary_key=True),
    Column("source", String, nullable=False),
    Column("delegates", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Uuid),
    Column("undone_at", Moment),
    Column("position", BigInteger, nullable=False),
    Index("roll_import_import", "import_id"),
)


class ListedDelegate(NamedTuple):
    """One line of the roll."""

    id: UUID
    number: str
    name: str
    delegation: str
    gender: str | None
    ethnicity: str
    special_committee: bool
    unit: str


class Delegation(NamedTuple):
    """A delegation and the number of its delegates."""

    name: str
    delegates: int


class RollImport(NamedTuple):
    """A confirmed import; `undone_at` is None while it stands. `left` of its delegates are still on the roll."""

    id: UUID
    source: str
    delegates: int
    at: datetime
    by: UUID | None
    undone_at: datetime | None
    left: int


def delegations_of(connection: Connection, congress: UUID) -> list[Delegation]:
    """The delegations in the order of the roll."""
    columns = _delegates.c
    asked = select(columns.delegation, func.count()).where(columns.congress == congress).group_by(columns.delegation)
    return [Delegation(name, n) for name, n in connection.execute(asked.order_by(func.min(columns.place)))]


def delegates_of(
    connection: Connection,
    congress: UUID,
    *,
    delegation: str = "",
    named: str = "",
    offset: int = 0,
    limit: int | None = None,
) -> tuple[list[ListedDelegate], int]:
    """Delegates by delegation and certificate number, and how many there are without the limit.

    `named` is a part of the name, the number or the place of work.
    """
    first = (
        select(_delegates.c.delegation, func.min(_delegates.c.place).label("first"))
        .where(_delegates.c.congress == congress)
        .group_by(_delegates.c.delegation)
        .subquery()
    )
    columns = _delegates.c
    asked = _listed().where(columns.congress == congress)
    if delegation:
        asked = asked.where(columns.delegation == delegation)
    if named:
        asked = asked.where(
            or_(*(c.contains(named, autoescape=True) for c in (columns.name, columns.number, columns.unit)))
        )
    total = connection.scalar(select(func.count()).select_from(asked.subquery())) or 0
    ordered = asked.join(first, first.c.delegation == columns.delegation).order_by(
        first.c.first, func.length(columns.number), columns.number, columns.delegate
    )
    rows = connection.execute(ordered.offset(offset).limit(limit))
    return [ListedDelegate._make(row) for row in rows], total


def delegate_at(connection: Connection, congress: UUID, delegate: UUID) -> ListedDelegate | None:
    """One delegate on the roll of a congress."""
    row = connection.execute(
        _listed().where(_delegates.c.congress == congress, _delegates.c.delegate == delegate)
    ).first()
    return ListedDelegate._make(row) if row else None


def imports_of(connection: Connection, congress: UUID) -> list[RollImport]:
    """The imports of a congress, the newest first."""
    columns = _imports.c
    left = (
        select(func.count())
        .where(_delegates.c.congress == columns.congress, _delegates.c.import_id == columns.import_id)
        .scalar_subquery()
    )
    asked = select(
        columns.import_id, columns.source, columns.delegates, columns.at, columns.by, columns.undone_at, left
    ).where(columns.congress == congress)
    return [RollImport._make(row) for row in connection.execute(asked.order_by(columns.position.desc()))]


def _listed() -> Select[tuple[UUID, str, str, str, str | None, str, bool, str]]:
    columns = _delegates.c
    return select(
        columns.delegate,
        columns.number,
        columns.name,
        columns.delegation,
        columns.gender,
        columns.ethnicity,
        columns.special_committee,
        columns.unit,
    )


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row a delegate in office and one an import; an import's delegates are written in one go."""
    for notice in noticed:
        match notice.fact:
            case DelegatesImported() as imported:
                _import(connection, notice, imported)
            case DelegateAdded(congress=congress, entry=entry):
                place = notice.position * LINES_OF_A_POSITION
                connection.execute(insert(_delegates).values(congress=congress, place=place, **_entry(entry)))
            case DelegateCorrected(entry=entry):
                row = update(_delegates).where(_delegates.c.delegate == entry.delegate)
                connection.execute(row.values(**_entry(entry)))
            case DelegateLeft(delegate=gone):
                connection.execute(delete(_delegates).where(_delegates.c.delegate == gone))
            case ImportUndone(import_id=undone):
                connection.execute(delete(_delegates).where(_delegates.c.import_id == undone))
                row = update(_imports).where(_imports.c.import_id == undone)
                connection.execute(row.values(undone_at=notice.at))


def _import(connection: Connection, notice: Noticed, imported: DelegatesImported) -> None:
    connection.execute(
        insert(_imports).values(
            congress=imported.congress,
            import_id=imported.import_id,
            source=imported.source,
            delegates=len(imported.entries),
            at=notice.at,
            by=notice.by,
            position=notice.position,
        )
    )
    connection.execute(insert(_delegates), list(_rows(notice, imported)))


def _rows(notice: Noticed, imported: DelegatesImported) -> Iterator[dict[str, object]]:
    for line, entry in enumerate(imported.entries):
        place = notice.position * LINES_OF_A_POSITION + line
        yield {"congress": imported.congress, "import_id": imported.import_id, "place": place, **_entry(entry)}


def _entry(entry: DelegateEntry) -> dict[str, object]:
    return {
        "delegate": entry.delegate,
        "number": entry.number,
        "name": entry.name,
        "delegation": entry.delegation,
        "gender": entry.gender.value if entry.gender else None,
        "ethnicity": entry.ethnicity,
        "special_committee": entry.special_committee,
        "unit": entry.unit,
    }


PROJECTION = Projection(name="roll", shape=1, metadata=metadata, project=project)
