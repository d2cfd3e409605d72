"""Codes of the cards of a rehearsal, so that a button can cast for them. Codes of real cards are kept nowhere."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select

from application.private.store import PrivateStore, put, rehearsal_cards
from domain.polls.card import Secret


def keep_cards(store: PrivateStore, rehearsal: UUID, number: int, codes: Iterable[Secret]) -> None:
    """The set of this number, in the order of the codes themselves."""
    with store.writing() as connection:
        put(connection, rehearsal_cards, rehearsal=rehearsal, number=number, codes="\n".join(sorted(codes)))


def kept_cards(store: PrivateStore, rehearsal: UUID, number: int) -> list[Secret]:
    """Empty for a set that was printed by hand, and after the rehearsal was thrown away."""
    asked = select(rehearsal_cards.c.codes).where(
        rehearsal_cards.c.rehearsal == rehearsal, rehearsal_cards.c.number == number
    )
    with store.reading() as connection:
        return [Secret(code) for code in (connection.scalar(asked) or "").split()]


def erase_cards(store: PrivateStore, rehearsal: UUID) -> None:
    """When the rehearsal is thrown away."""
    with store.writing() as connection:
        connection.execute(delete(rehearsal_cards).where(rehearsal_cards.c.rehearsal == rehearsal))
