"""Which proposals name these contact data?"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select

from projections.proposal_register.tables import proposals


def proposals_with(conn: Connection, contacts: Sequence[UUID]) -> dict[UUID, UUID | None]:
    """The proposal of each, None where no proposal names it (any more)."""
    found = conn.execute(
        select(proposals.c.contact, proposals.c.proposal).where(proposals.c.contact.in_(list(contacts)))
    )
    return {**dict.fromkeys(contacts), **{row.contact: row.proposal for row in found}}
