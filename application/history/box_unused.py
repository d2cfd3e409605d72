"""Cards handed in unused after closing: one value a poll, sorted, so that it knows no order, no time and no row.

They have no ballot in the box, or they would not be counted here: nothing in it can lead to marks.
"""

from bisect import bisect_left
from typing import Any, Final, Protocol
from uuid import UUID

POSTGRES: Final = "CREATE TABLE IF NOT EXISTS box_unused (poll uuid PRIMARY KEY, cards bytea NOT NULL)"
SQLITE: Final = "CREATE TABLE IF NOT EXISTS box_unused (poll TEXT PRIMARY KEY, cards BLOB NOT NULL) WITHOUT ROWID"

_BYTES = 16


class _Cursor(Protocol):
    def execute(self, query: Any, params: Any = ..., /) -> Any: ...
    def fetchone(self) -> Any: ...


def packed(streams: tuple[UUID, ...]) -> bytes:
    """The value that is stored for these cards."""
    return b"".join(sorted(stream.bytes for stream in streams))


def unpacked(cards: bytes) -> tuple[UUID, ...]:
    """The cards of a stored value, sorted."""
    return tuple(UUID(bytes=cards[at : at + _BYTES]) for at in range(0, len(cards), _BYTES))


def counted(cards: bytes) -> int:
    """How many cards a stored value holds."""
    return len(cards) // _BYTES


def cards_in(cursor: _Cursor, poll: object, mark: str) -> bytes:
    """What is stored for a poll; `mark` is how the database writes a parameter."""
    cursor.execute(f"SELECT cards FROM box_unused WHERE poll = {mark}", (poll,))  # noqa: S608  # one of two marks
    row = cursor.fetchone()
    return bytes(row["cards"]) if row is not None else b""


def hand_in(cursor: _Cursor, poll: object, stream: UUID, mark: str) -> bool:
    """Adds a card in a transaction that has the gate alone; False when it is there already."""
    streams = unpacked(cards_in(cursor, poll, mark))
    place = bisect_left(streams, stream)
    if streams[place : place + 1] == (stream,):
        return False
    cursor.execute(
        f"INSERT INTO box_unused (poll, cards) VALUES ({mark}, {mark})"  # noqa: S608  # one of two marks
        " ON CONFLICT (poll) DO UPDATE SET cards = excluded.cards",
        (poll, packed((*streams, stream))),
    )
    return True
