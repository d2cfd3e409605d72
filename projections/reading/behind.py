"""What stands behind projects: proposals taken up, what was merged into them, and the voices for all of them.

Every read model that tells it keeps a table of its own, made and followed here.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    delete,
    func,
    select,
)

from application.history.recorded import Noticed
from domain.projects.origins import ProposalGivenBack, ProposalTakenUp
from domain.proposals.proposal import (
    ProposalHidden,
    ProposalMerged,
    ProposalReceived,
    ProposalReopened,
    ProposalShown,
)
from domain.proposals.support import SupportGiven
from projections.reading.bulk import insert_rows

Row = dict[str, Any]

_ON_THE_PROPOSAL: Final = (ProposalMerged, ProposalReopened, ProposalShown, ProposalHidden)
_ELSEWHERE: Final = (ProposalTakenUp, ProposalGivenBack, SupportGiven)


class Behind(NamedTuple):
    """What stands behind one project."""

    proposals: int
    supporters: int
    first_on: date | None
    """When the first of them was received."""


class ShownProposal(NamedTuple):
    """A proposal behind a project that residents may read."""

    proposal: UUID
    """Not for addresses: the tracking code, which belongs to the author alone, is made from it."""

    title: str
    """In the office's public wording."""


def behind_table(metadata: MetaData, name: str) -> Table:
    """One row a proposal, by the name of the read model."""
    return Table(
        name,
        metadata,
        Column("proposal", Uuid, primary_key=True),
        Column("received_on", Date),
        Column("into", Uuid),
        Column("project", Uuid),
        Column("voices", Integer, nullable=False),
        Column("title", String),
        Index(f"{name}_into", "into"),
        Index(f"{name}_project", "project"),
    )


def follow_behind(conn: Connection, table: Table, noticed: Sequence[Noticed], *, received: bool) -> dict[UUID, int]:
    """Keeps the rows; returns the projects behind which something but voices has changed, with the position.

    Without `received` there are rows only of proposals to which something has happened, and of merged ones no dates.
    """
    kinds = (*_ON_THE_PROPOSAL, *_ELSEWHERE, ProposalReceived) if received else (*_ON_THE_PROPOSAL, *_ELSEWHERE)
    ours = [notice for notice in noticed if isinstance(notice.fact, kinds)]
    if not ours:
        return {}
    new = {notice.stream for notice in ours if isinstance(notice.fact, ProposalReceived)}
    known = _kept(conn, table, {_subject(notice) for notice in ours} - new)
    rows = dict(known)
    touched: dict[UUID, int] = {}
    for notice in ours:
        row = rows.setdefault(_subject(notice), _blank(_subject(notice)))
        before = _of(row)
        _step(row, notice)
        if not isinstance(notice.fact, SupportGiven):
            touched |= dict.fromkeys(before | _of(row), notice.position)
    if known:
        conn.execute(delete(table).where(table.c.proposal.in_(list(known))))
    insert_rows(conn, table, [tuple(row[column.name] for column in table.columns) for row in rows.values()])
    return _projects(conn, table, touched)


def behind(conn: Connection, table: Table, projects: Iterable[UUID]) -> dict[UUID, Behind]:
    """What stands behind each of the projects; those with nothing behind them are left out."""
    asked, found = list(projects), dict[UUID, Behind]()
    for stands, project in _standing(table) if asked else ():
        counted = select(project, func.count(), func.sum(stands.c.voices), func.min(stands.c.received_on))
        for one, *figures in conn.execute(counted.where(project.in_(asked)).group_by(project)):
            found[one] = _together(found.get(one), Behind(*figures))
    return found


def shown_behind(conn: Connection, table: Table, project: UUID) -> list[ShownProposal]:
    """The proposals behind a project that are shown, in the order of receiving."""
    rows: list[Any] = []
    for stands, of in _standing(table):
        shown = select(stands.c.proposal, stands.c.title, stands.c.received_on)
        rows += conn.execute(shown.where(of == project, stands.c.title.is_not(None))).all()
    rows.sort(key=lambda row: (row.received_on or date.max, row.proposal.int))
    return [ShownProposal(row.proposal, row.title) for row in rows]


def _standing(table: Table) -> tuple[tuple[FromClause, ColumnElement[UUID]], ...]:
    """Those taken up, and those merged into them, each with the column of the project they stand behind."""
    taker = table.alias("taker")
    merged = select(table, taker.c.project.label("behind")).join(taker, table.c.into == taker.c.proposal).subquery()
    return (table, table.c.project), (merged, merged.c.behind)


def _together(one: Behind | None, other: Behind) -> Behind:
    if one is None:
        return other
    dates = [day for day in (one.first_on, other.first_on) if day is not None]
    return Behind(one.proposals + other.proposals, one.supporters + other.supporters, min(dates, default=None))


def _projects(conn: Connection, table: Table, touched: dict[UUID, int]) -> dict[UUID, int]:
    """The projects among these, and those behind which a proposal among these stands."""
    if not touched:
        return {}
    held = select(table.c.proposal, table.c.project).where(table.c.proposal.in_(list(touched)))
    found = dict(touched)
    for proposal, project in conn.execute(held.where(table.c.project.is_not(None))):
        found[project] = max(found.get(project, 0), touched[proposal])
    return found


def _subject(notice: Noticed) -> UUID:
    fact = notice.fact
    return fact.proposal if isinstance(fact, _ELSEWHERE) else notice.stream


def _of(row: Row) -> set[UUID]:
    return {one for one in (row["project"], row["into"]) if one is not None}


def _step(row: Row, notice: Noticed) -> None:
    match notice.fact:
        case ProposalReceived(received_on=received_on):
            row["received_on"] = received_on
        case ProposalTakenUp(received_on=received_on):
            row.update(project=notice.stream, received_on=received_on)
        case ProposalGivenBack():
            row["project"] = None
        case ProposalMerged(into=into):
            row["into"] = into
        case ProposalReopened():
            row["into"] = None
        case ProposalShown(title=title):
            row["title"] = title
        case ProposalHidden():
            row["title"] = None
        case SupportGiven(voices=voices):
            row["voices"] += voices


def _blank(proposal: UUID) -> Row:
    return {"proposal": proposal, "received_on": None, "into": None, "project": None, "voices": 0, "title": None}


def _kept(conn: Connection, table: Table, wanted: set[UUID]) -> dict[UUID, Row]:
    if not wanted:
        return {}
    found = conn.execute(select(table).where(table.c.proposal.in_(list(wanted))))
    return {row.proposal: _row(row) for row in found}


def _row(found: Any) -> Row:
    return dict(found._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it
