"""The leaf of an event: the bytes of its line in an export of the history, without the line's end.

So who has an export has all leaves, and a history that was exported and imported, or restored from a backup, has the
same tree. Everything that is stored of an event is in it: position, stream, version, name, and the state byte for byte
(version of the fact's shape, time, account, fields).
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple


class Row(NamedTuple):
    """An event as it lies in its table, the stream as text."""

    position: int
    stream: str
    version: int
    name: str
    state: bytes
    odd: str = ""
    """What lies there, where it is not what the program writes."""


_IDENTITY: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HONEST: Final = b'{"v":'


def leaf_of(row: Row) -> bytes:
    """The leaf. That of an odd row begins with a question mark, as no honest one does."""
    position, stream, version, name, state, odd = row
    if odd:
        return b"?" + odd.encode()
    prefix = f'{{"position":{position},"stream":"{stream}","version":{version},"name":"{name}",'
    return prefix.encode() + state[1:]


def row_of(position: int, stream: object, version: object, name: object, state: object) -> Row:
    """A row with honest values, or an odd one."""
    if (
        type(state) is bytes
        and state.startswith(_HONEST)
        and type(version) is int
        and type(name) is str
        and _is_plain(name)
        and type(stream) is str
        and _IDENTITY.fullmatch(stream)
    ):
        return Row(position, stream, version, name, state)
    return Row(
        position=position,
        stream=str(stream),
        version=version if type(version) is int else 0,
        name=str(name),
        state=state if type(state) is bytes else str(state).encode("utf-8", "replace"),
        odd=repr((position, stream, version, name, state)),
    )


@lru_cache(maxsize=1024)
def _is_plain(name: str) -> bool:
    """Whether the name stands for itself in JSON, so that no two rows share a leaf."""
    return name.isprintable() and '"' not in name and "\\" not in name
