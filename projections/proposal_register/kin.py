"""Which proposals belong together: behind a project, merged, split off, carried on, brought by the same."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from projections.proposal_register.asking import COLUMNS, ProposalRow, row_of
from projections.proposal_register.tables import proposals


def behind(conn: Connection, project: UUID) -> list[ProposalRow]:
    """The proposals behind a project, with those that were merged into them, in the order of receiving."""
    taken_up = _rows(conn, proposals.c.project == project)
    merged = _rows(conn, proposals.c.into.in_([row.proposal for row in taken_up]))
    return sorted((*taken_up, *merged), key=lambda row: (row.received_on, row.code))


def merged_into(conn: Connection, proposal: UUID) -> list[ProposalRow]:
    """What was merged into a proposal, in the order of receiving."""
    return _rows(conn, proposals.c.into == proposal)


def parts_of(conn: Connection, proposal: UUID) -> list[ProposalRow]:
    """What was split off a proposal, in the order of receiving."""
    return _rows(conn, proposals.c.split_from == proposal)


def onward_of(conn: Connection, proposal: UUID) -> list[ProposalRow]:
    """The proposals that go back to one: in another congress, or drawn from the reserve in a later year."""
    return _rows(conn, proposals.c.origin == proposal)


def onward_of_many(conn: Connection, origins: Sequence[UUID]) -> dict[UUID, list[ProposalRow]]:
    """The same for many, by what they go back to."""
    found: dict[UUID, list[ProposalRow]] = {}
    for row in _rows(conn, proposals.c.origin.in_(list(origins))):
        if row.origin is not None:
            found.setdefault(row.origin, []).append(row)
    return found


def brought_by(
    conn: Connection, congress: UUID, *, delegate: UUID | None = None, unit: UUID | None = None
) -> list[ProposalRow]:
    """What a delegate or a unit has brought, newest first."""
    whose = proposals.c.delegate == delegate if delegate is not None else proposals.c.unit == unit
    query = select(*COLUMNS).where(proposals.c.congress == congress, whose).order_by(proposals.c.entered.desc())
    return [row_of(row) for row in conn.execute(query)]


def _rows(conn: Connection, fitting: ColumnElement[bool]) -> list[ProposalRow]:
    return [row_of(row) for row in conn.execute(select(*COLUMNS).where(fitting).order_by(proposals.c.entered))]
