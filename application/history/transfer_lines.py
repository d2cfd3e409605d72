"""The lines in which facts, command keys and checkpoints travel, each as JSON."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from application.history.tree_store import StoredCheckpoint


class StoredFact(NamedTuple):
    """A row of the history: `state` holds the version of the shape, time, account and fields, as JSON."""

    position: int
    stream: UUID
    version: int
    name: str
    state: bytes


class StoredKey(NamedTuple):
    """The key of a command, and the position that answers it."""

    account: UUID
    key: str
    command: str
    position: int


class Header(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    format_version: int
    release: str
    at: str


class FactLine(msgspec.Struct, forbid_unknown_fields=True):
    position: int
    stream: UUID
    version: int
    name: str
    v: int
    at: datetime
    by: UUID | None
    fact: msgspec.Raw


class KeyLine(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    account: UUID
    command: str
    position: int


class CheckpointLine(msgspec.Struct, forbid_unknown_fields=True):
    checkpoint: int
    algorithm: str
    size: int
    position: int
    at: datetime
    note: str
    key: str


class Seal(msgspec.Struct, forbid_unknown_fields=True):
    facts: int
    keys: int
    sha256: str
    checkpoints: int = 0


def fact_line(fact: StoredFact) -> bytes:
    return prefix(fact.position, fact.stream, fact.version, fact.name) + fact.state[1:]


def prefix(position: int, stream: UUID, version: int, name: str) -> bytes:
    """What is put before the stored JSON: taking it away again gives the very bytes that were stored."""
    return f'{{"position":{position},"stream":"{stream}","version":{version},"name":"{name}",'.encode()


def checkpoint_line(one: StoredCheckpoint) -> bytes:
    return msgspec.json.encode(
        CheckpointLine(
            checkpoint=one.number,
            algorithm=one.algorithm,
            size=one.size,
            position=one.position,
            at=one.at,
            note=one.note,
            key=one.key,
        )
    )


def key_line(key: StoredKey) -> bytes:
    return msgspec.json.encode(KeyLine(key=key.key, account=key.account, command=key.command, position=key.position))
