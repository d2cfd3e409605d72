"""Which delegate has read which cards of the year's list?"""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    bindparam,
    case,
    delete,
    func,
    insert,
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
from domain.projects.candidate_list import CardRead
from domain.projects.project import CandidateDrafted
from projections.reading.projection import Projection

metadata = MetaData()

_receipts = Table(
    "reading_receipt",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("delegate", Uuid, primary_key=True),
    Column("project", Uuid, primary_key=True),
)

_projects = Table(
    "reading_project",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
)

_delegates = Table(
    "reading_delegate",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("delegate", Uuid, primary_key=True),
    Column("import_id", Uuid),
    Column("number", String, nullable=False),
    Column("name", String, nullable=False),
    Column("delegation", String, nullable=False),
    Index("reading_delegate_delegate", "delegate"),
    Index("reading_delegate_import", "import_id"),
)


class Reader(NamedTuple):
    """A delegate in office and how many cards of the year's list they have read."""

    delegate: UUID
    number: str
    name: str
    delegation: str
    cards: int


def readers_of(conn: Connection, congress: UUID, year: int, listed: Collection[UUID]) -> list[Reader]:
    """Every delegate in office, by delegation and number, with how many of the `listed` cards were read."""
    read = (
        select(_receipts.c.delegate, func.count().label("cards"))
        .where(_receipts.c.congress == congress, _receipts.c.year == year, _receipts.c.project.in_(listed))
        .group_by(_receipts.c.delegate)
        .subquery()
    )
    columns = (_delegates.c.delegate, _delegates.c.number, _delegates.c.name, _delegates.c.delegation)
    query = (
        select(*columns, func.coalesce(read.c.cards, 0))
        .outerjoin(read, read.c.delegate == _delegates.c.delegate)
        .where(_delegates.c.congress == congress)
        .order_by(_delegates.c.delegation, _delegates.c.number, _delegates.c.delegate)
    )
    return [Reader._make(row) for row in conn.execute(query)]


def read_by_all(conn: Connection, congress: UUID, year: int, listed: Collection[UUID]) -> tuple[int, int]:
    """How many delegates in office have read every one of the `listed` cards, and how many there are."""
    this = (_receipts.c.congress == congress, _receipts.c.year == year, _receipts.c.project.in_(listed))
    read = select(_receipts.c.delegate).where(*this).group_by(_receipts.c.delegate)
    all_of_them = _delegates.c.delegate.in_(read.having(func.count() >= max(len(listed), 1)))
    counted = select(func.count(case((all_of_them, 1))), func.count()).where(_delegates.c.congress == congress)
    read_all, delegates = conn.execute(counted).one()
    return read_all, delegates


def read_by(conn: Connection, congress: UUID, year: int, delegate: UUID) -> set[UUID]:
    """The projects whose cards one delegate has read."""
    this = (_receipts.c.congress == congress, _receipts.c.year == year, _receipts.c.delegate == delegate)
    return set(conn.scalars(select(_receipts.c.project).where(*this)))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps receipts beside the delegates in office; the receipts of a batch are written together."""
    receipts: list[dict[str, object]] = []
    for notice in noticed:
        match notice.fact:
            case CandidateDrafted(year=year):
                conn.execute(insert(_projects).values(project=notice.stream, year=year))
            case CardRead(congress=congress, delegate=delegate, project=about):
                of_year = conn.scalar(_YEAR_OF, {"project": about})
                receipts.append({"congress": congress, "year": of_year, "delegate": delegate, "project": about})
            case DelegatesImported(congress=congress, import_id=import_id, entries=entries):
                rows = [{"congress": congress, "import_id": import_id, **_row(entry)} for entry in entries]
                conn.execute(insert(_delegates), rows)
            case DelegateAdded(congress=congress, entry=entry):
                conn.execute(insert(_delegates).values(congress=congress, **_row(entry)))
            case DelegateCorrected(entry=entry):
                conn.execute(update(_delegates).where(_delegates.c.delegate == entry.delegate).values(**_row(entry)))
            case DelegateLeft(delegate=delegate):
                conn.execute(delete(_delegates).where(_delegates.c.delegate == delegate))
            case ImportUndone(import_id=import_id):
                conn.execute(delete(_delegates).where(_delegates.c.import_id == import_id))
    if receipts:
        conn.execute(insert(_receipts), receipts)


_YEAR_OF = select(_projects.c.year).where(_projects.c.project == bindparam("project"))


def _row(entry: DelegateEntry) -> dict[str, object]:
    return {
        "delegate": entry.delegate,
        "number": entry.number,
        "name": entry.name,
        "delegation": entry.delegation,
    }


PROJECTION = Projection(name="reading_receipts", shape=1, metadata=metadata, project=project)
