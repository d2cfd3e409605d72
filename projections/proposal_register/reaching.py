"""Which proposals carry these contact data, or this photo? Split, transferred and drawn proposals share them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select

from projections.proposal_register.tables import photos, proposals


def proposals_with(conn: Connection, contacts: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """The proposals of each in the order of receiving, empty where none names it (any more)."""
    asked = select(proposals.c.contact, proposals.c.proposal).where(proposals.c.contact.in_(list(contacts)))
    found: dict[UUID, list[UUID]] = {contact: [] for contact in contacts}
    for row in conn.execute(asked.order_by(proposals.c.entered)):
        found[row.contact].append(row.proposal)
    return found


def proposals_with_photo(conn: Connection, file: UUID) -> list[UUID]:
    """Those that carry it still."""
    return list(conn.scalars(select(photos.c.proposal).where(photos.c.file == file).order_by(photos.c.proposal)))
