"""The secrets of volunteers' personal links: shown once, kept as hashes only, one living link a volunteer."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select

from application.private.slips import SECRET_DIGITS
from application.private.store import PrivateStore, put
from application.private.supervision_tables import volunteer_links
from domain.shared import is_code, normal_code


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLink:
    """Whose link it is; until when it opens anything is the history's to say."""

    volunteer: UUID
    congress: UUID


def keep_link(store: PrivateStore, congress: UUID, volunteer: UUID, secret: str, until: date) -> None:
    """From now on this is the volunteer's link."""
    with store.writing() as connection:
        put(
            connection,
            volunteer_links,
            volunteer=volunteer,
            congress=congress,
            secret_hash=_hash(secret),
            until=until,
        )


def link_of(store: PrivateStore, typed: str) -> KnownLink | None:
    """Whose link this is, however it was typed; None for any other."""
    secret = normal_code(typed)
    if not is_code(secret, SECRET_DIGITS):
        return None
    asked = select(volunteer_links.c.volunteer, volunteer_links.c.congress)
    with store.reading() as connection:
        row = connection.execute(asked.where(volunteer_links.c.secret_hash == _hash(secret))).first()
    return KnownLink(volunteer=row.volunteer, congress=row.congress) if row else None


def drop_link(store: PrivateStore, volunteer: UUID) -> None:
    """The volunteer has no link any more; one that was dropped before stays so."""
    with store.writing() as connection:
        connection.execute(delete(volunteer_links).where(volunteer_links.c.volunteer == volunteer))


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
