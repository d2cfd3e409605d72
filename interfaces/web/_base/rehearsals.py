"""Whether a page belongs to a rehearsal 演练: then it carries the coloured band, whoever made the page."""

from itertools import pairwise
from uuid import UUID

from sqlalchemy import Connection

from interfaces.composition import House
from projections import congress_register, poll_board


def rehearsal_at(house: House, path: str) -> UUID | None:
    """The rehearsal that an address lies in, by the poll or session it names."""
    named = [
        (word, _id(then)) for word, then in pairwise(path.split("/")) if word in ("polls", "sessions", "rehearsals")
    ]
    asked = [(word, thing) for word, thing in named if thing is not None]
    if not asked:
        return None
    with house.reading.connect() as connection:
        found = (_looked_up(connection, word, thing) for word, thing in asked)
        return next((one for one in found if one is not None), None)


def _looked_up(connection: Connection, word: str, thing: UUID) -> UUID | None:
    if word == "polls":
        return poll_board.rehearsal_of(connection, thing)
    return thing if congress_register.is_rehearsal(connection, thing) else None


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
