"""Checkpoints (c2sp.org/tlog-checkpoint): the size and root of the tree over the history, as the text of a signed note.

Two extension lines are ours: when it was made, and the hash function where it is not SHA-256. A tree of another hash
function is another log and has another origin, so that nobody takes the two for one that was rewritten.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.checkpoints.sm3 import sm3
from domain.checkpoints.spelling import base64_of, bytes_of
from domain.checkpoints.tree import Hash, sha256
from domain.shared import CHINA, Refused

ROOT_BYTES: Final = 32
_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_TIME: Final = "time "
_HASH: Final = "hash "
_LEAST_LINES: Final = 3


class Algorithm(StrEnum):
    """The hash function of a tree."""

    SHA256 = "sha256"
    SM3 = "sm3"


PURE: Final[dict[Algorithm, Hash]] = {Algorithm.SHA256: sha256, Algorithm.SM3: sm3}
"""The functions with nothing but the standard library, for proofs; too slow (SM3) for a whole history."""


@dataclass(eq=False)
class CheckpointUnreadable(Refused):
    """The text of a note that is no checkpoint: "lines", "origin", "size", "root", "extension", "time" or "hash"."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What the history was at a moment: so many events with this root."""

    origin: str
    size: int
    root: bytes
    algorithm: Algorithm = Algorithm.SHA256
    at: datetime | None = None


def origin_of(name: str, algorithm: Algorithm) -> str:
    """The log of a key's name: the name itself, with SM3 a name below it."""
    return name if algorithm is Algorithm.SHA256 else f"{name}/{algorithm}"


def text_of(checkpoint: Checkpoint) -> str:
    """The text to be signed."""
    lines = [checkpoint.origin, str(checkpoint.size), base64_of(checkpoint.root)]
    if checkpoint.at is not None:
        lines.append(_TIME + checkpoint.at.astimezone(CHINA).isoformat(timespec="seconds"))
    if checkpoint.algorithm is not Algorithm.SHA256:
        lines.append(_HASH + checkpoint.algorithm)
    return "".join(f"{line}\n" for line in lines)


def read_text(text: str) -> Checkpoint:
    """Extension lines of others are passed over. Raises CheckpointUnreadable."""
    lines = text.removesuffix("\n").split("\n")
    if not text.endswith("\n") or len(lines) < _LEAST_LINES:
        raise CheckpointUnreadable(reason="lines")
    origin, size, root, *extensions = lines
    if not origin:
        raise CheckpointUnreadable(reason="origin")
    if not _SIZE.fullmatch(size):
        raise CheckpointUnreadable(reason="size")
    if not all(extensions):
        raise CheckpointUnreadable(reason="extension")
    return Checkpoint(
        origin=origin,
        size=int(size),
        root=_root(root),
        algorithm=_algorithm(extensions),
        at=_time(extensions),
    )


def _root(text: str) -> bytes:
    try:
        root = bytes_of(text)
    except ValueError:
        raise CheckpointUnreadable(reason="root") from None
    if len(root) != ROOT_BYTES:
        raise CheckpointUnreadable(reason="root")
    return root


def _algorithm(extensions: list[str]) -> Algorithm:
    said = [line.removeprefix(_HASH) for line in extensions if line.startswith(_HASH)]
    try:
        return Algorithm(said[0]) if said else Algorithm.SHA256
    except ValueError:
        raise CheckpointUnreadable(reason="hash") from None


def _time(extensions: list[str]) -> datetime | None:
    said = [line.removeprefix(_TIME) for line in extensions if line.startswith(_TIME)]
    if not said:
        return None
    try:
        at = datetime.fromisoformat(said[0])
    except ValueError:
        raise CheckpointUnreadable(reason="time") from None
    if at.tzinfo is None:
        raise CheckpointUnreadable(reason="time")
    return at
