"""Notes a person keeps for speaking: read by nobody else, in no history, erased when emptied."""

from uuid import UUID

from sqlalchemy import delete, select

from application.private.store import PrivateStore, notes, put
from domain.shared import Invalid

LONGEST = 10_000


def note(store: PrivateStore, account: UUID, subject: UUID) -> str:
    """What the person wrote about the subject, empty for nothing."""
    asked = select(notes.c.words).where(notes.c.account == account, notes.c.subject == subject)
    with store.reading() as connection:
        return connection.scalar(asked) or ""


def notes_of(store: PrivateStore, account: UUID) -> dict[UUID, str]:
    """Every note of the person, by its subject."""
    asked = select(notes.c.subject, notes.c.words).where(notes.c.account == account).order_by(notes.c.subject)
    with store.reading() as connection:
        return {row.subject: row.words for row in connection.execute(asked)}


def write_note(store: PrivateStore, account: UUID, subject: UUID, words: str) -> None:
    """Replaces the note; empty words erase it. Raises Invalid when it is too long."""
    kept = words.strip()
    if len(kept) > LONGEST:
        raise Invalid(field="words", reason="too_long", value=str(LONGEST))
    with store.writing() as connection:
        if kept:
            put(connection, notes, account=account, subject=subject, words=kept)
        else:
            connection.execute(delete(notes).where(notes.c.account == account, notes.c.subject == subject))
