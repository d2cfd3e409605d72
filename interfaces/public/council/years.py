"""For which years a council has results that everybody may read."""

from uuid import UUID

from sqlalchemy import Connection

from projections import agenda
from projections.congress_register import sessions_of


def years_with_results(conn: Connection, congress: UUID) -> list[int]:
    """The years of its meetings with results, the newest first."""
    tallies = agenda.tallies(conn, congress)
    held = (one for one in sessions_of(conn, congress) if not one.rehearsal)
    return sorted({one.year for one in held if one.id in tallies and tallies[one.id].decided}, reverse=True)
