"""Word for word the same proposal twice in a few weeks: recognised by a keyed hash of its text."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from application.private.proposal_tables import same_texts
from application.private.store import PrivateStore, put_if_new

REMEMBERED_FOR = timedelta(days=60)


def same_text(store: PrivateStore, congress: UUID, text_hash: str, now: datetime) -> UUID | None:
    """The proposal of the congress with this very text, None when there is none or it is too long ago."""
    asked = select(same_texts.c.proposal).where(
        same_texts.c.congress == congress,
        same_texts.c.text_hash == text_hash,
        same_texts.c.until > int(now.timestamp()),
    )
    with store.reading() as connection:
        found: UUID | None = connection.scalar(asked)
    return found


def note_text(store: PrivateStore, congress: UUID, text_hash: str, proposal: UUID, now: datetime) -> None:
    """Remembers the text of a proposal that was received; the first one with a text stays."""
    until = int((now + REMEMBERED_FOR).timestamp())
    with store.writing() as connection:
        known = (same_texts.c.congress == congress, same_texts.c.text_hash == text_hash)
        connection.execute(delete(same_texts).where(*known, same_texts.c.until <= int(now.timestamp())))
        put_if_new(connection, same_texts, congress=congress, text_hash=text_hash, proposal=proposal, until=until)


def sweep(store: PrivateStore, now: datetime) -> None:
    """Forgets texts of long ago."""
    with store.writing() as connection:
        connection.execute(delete(same_texts).where(same_texts.c.until <= int(now.timestamp())))
