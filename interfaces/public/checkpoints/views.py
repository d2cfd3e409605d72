"""Checkpoints as they are shown to everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from application.checkpoints import read_checkpoint
from application.history.tree_store import StoredCheckpoint
from domain.checkpoints.checkpoint import CheckpointUnreadable
from domain.checkpoints.note import NoteUnreadable
from domain.checkpoints.spelling import base64_of
from domain.shared import NotFound
from interfaces.composition import House

PER_PAGE: Final = 30
_WORDS: Final = {"sha256": "SHA-256", "sm3": "SM3"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A checkpoint in the list."""

    size: int
    at: datetime
    root: str
    """Empty where what is stored is no checkpoint any more."""
    address: str
    hash_name: str
    note: str
    key: str
    position: int
    origin: str = ""


def newest_first(house: House) -> list[StoredCheckpoint]:
    """All of them."""
    return house.history.tree_store.checkpoints()[::-1]


def checkpoint_of(house: House, size: int, algorithm: str = "") -> StoredCheckpoint:
    """The checkpoint over so many events, of the present hash function unless one is named. Raises NotFound."""
    found = house.history.tree_store.checkpoint(algorithm or house.settings.tree_hash, size)
    if found is None:
        raise NotFound(kind="checkpoint", id=str(size))
    return found


def one_before(house: House, checkpoint: StoredCheckpoint) -> StoredCheckpoint | None:
    """The last one of the same tree over fewer events."""
    earlier = (one for one in house.history.tree_store.checkpoints(checkpoint.algorithm) if one.size < checkpoint.size)
    return max(earlier, key=lambda one: one.size, default=None)


def shown(house: House, stored: StoredCheckpoint) -> Shown:
    """What the page says of it."""
    try:
        said = read_checkpoint(stored)
        root, origin = base64_of(said.root), said.origin
    except (CheckpointUnreadable, NoteUnreadable):
        root = origin = ""
    return Shown(
        size=stored.size,
        at=stored.at,
        root=root,
        address=address_of(house, stored),
        hash_name=_WORDS.get(stored.algorithm, stored.algorithm),
        note=stored.note,
        key=stored.key,
        position=stored.position,
        origin=origin,
    )


def all_shown(house: House, stored: Sequence[StoredCheckpoint]) -> list[Shown]:
    """As `shown`, for each."""
    return [shown(house, one) for one in stored]


def address_of(house: House, stored: StoredCheckpoint) -> str:
    """Of its page; one of another hash function than today's says which."""
    return f"/checkpoints/{stored.size}" + named(house, stored)


def named(house: House, stored: StoredCheckpoint) -> str:
    """What names the hash function in an address where it is not today's."""
    return "" if stored.algorithm == house.settings.tree_hash else f"?hash={stored.algorithm}"
