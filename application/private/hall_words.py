"""Hall words of open polls: kept here and not in the history, because they are erased when the poll closes."""

from uuid import UUID

from sqlalchemy import delete, select

from application.private.store import PrivateStore, hall_words, put_if_new


def keep_hall_word(store: PrivateStore, poll: UUID, word: str) -> None:
    """The first one made stays, whoever makes it."""
    with store.writing() as connection:
        put_if_new(connection, hall_words, poll=poll, word=word)


def kept_hall_word(store: PrivateStore, poll: UUID) -> str | None:
    """None where none was made, or the poll has closed."""
    with store.reading() as connection:
        return connection.scalar(select(hall_words.c.word).where(hall_words.c.poll == poll))


def erase_hall_word(store: PrivateStore, poll: UUID) -> None:
    """Nothing is left to be read later."""
    with store.writing() as connection:
        connection.execute(delete(hall_words).where(hall_words.c.poll == poll))
