"""The audit: the tree is made anew from the events alone and compared with everything that says what it should be.

Reads every event once, in one transaction beside which others go on recording, in constant memory.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from application.checkpoint_key import verify
from application.checkpoints_compared import Compared, Said
from application.checkpoints_walk import Walk
from application.history.tree import HASHES
from application.history.tree_findings import Finding, Kind, at_event, in_order
from application.history.tree_leaf import Row, leaf_of
from application.history.tree_store import TILE, Reading, StoredCheckpoint
from domain.checkpoints.checkpoint import Checkpoint, CheckpointUnreadable, read_text
from domain.checkpoints.note import (
    NoteUnreadable,
    NotSigned,
    SignedNote,
    VerifierKey,
    read_note,
    require_signed,
)

TOLD_EVERY: Final = 64 * TILE
CLOSED: Final = "polls.poll-closed"

Told = Callable[[int, int], None]
"""Takes how many events have passed, and of how many."""


def nobody_listens(_done: int, _of: int) -> None:
    """For who audits without telling anybody how it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A checkpoint from outside: a file, and what it is called."""

    name: str
    note: SignedNote


@dataclass(slots=True, kw_only=True)
class Audited:
    """What was looked at and what was found."""

    events: int = 0
    last_position: int = 0
    checkpoints: int = 0
    """How many were compared, those from outside among them."""
    signed: bool = True
    """False where no key was known to check signatures with."""
    covered: int = 0
    """Up to how many events the newest good checkpoint reaches."""
    closings: list[Row] = field(default_factory=list)
    """The events that closed a box."""
    findings: list[Finding] = field(default_factory=list)


def audit(
    reading: Reading,
    keys: Sequence[VerifierKey],
    given: Sequence[Given] = (),
    told: Told = nobody_listens,
) -> Audited:
    """Compares events, stored hashes and checkpoints. Raises NotAnswering."""
    audited = Audited(signed=bool(keys))
    said = [*_stored_ones(reading, keys, audited), *_given_ones(given, keys, audited)]
    audited.checkpoints = len(said)
    algorithms = sorted({*(name for name in reading.algorithms() if name in HASHES), *(one.algorithm for one in said)})
    walks = {
        name: Walk(
            HASHES[name],
            lambda level, name=name: reading.tiles(name, level),  # type: ignore[misc]  # mypy has no words for it
            [one.said.size for one in said if one.algorithm == name],
        )
        for name in algorithms
    }
    _walk(reading, walks, audited, told)
    for name, walk in walks.items():
        compared = Compared(reading, name, walk, [one for one in said if one.algorithm == name])
        audited.findings += compared.findings()
        audited.covered = max(audited.covered, *compared.good, 0)
    _look_around(reading, audited)
    audited.findings = in_order(audited.findings)
    return audited


def _walk(reading: Reading, walks: dict[str, Walk], audited: Audited, told: Told) -> None:
    total = reading.size()
    rows: list[Row] = []
    for row in reading.rows():
        rows.append(row)
        audited.last_position = row.position
        if row.odd:
            audited.findings.append(at_event(Kind.ODD, row, detail=row.odd))
        elif row.name == CLOSED:
            audited.closings.append(row)
        if len(rows) == TILE:
            _take(walks, rows)
            audited.events += TILE
            rows = []
            if audited.events % TOLD_EVERY == 0:
                told(audited.events, total)
    if rows:
        _take(walks, rows)
        audited.events += len(rows)
    for walk in walks.values():
        walk.end()
    told(audited.events, audited.events)


def _take(walks: dict[str, Walk], rows: Sequence[Row]) -> None:
    leaves = [leaf_of(row) for row in rows]
    positions = [row.position for row in rows]
    for name, walk in walks.items():
        hashed = HASHES[name]
        walk.take([hashed(b"\x00" + leaf) for leaf in leaves], positions)


def _stored_ones(reading: Reading, keys: Sequence[VerifierKey], audited: Audited) -> Iterator[Said]:
    try:
        stored = reading.checkpoints()
    except (ValueError, TypeError) as error:
        audited.findings.append(Finding(kind=Kind.CHECKPOINT_UNREADABLE, detail=str(error)))
        return
    expected = 1
    for one in stored:
        if one.number != expected:
            audited.findings.append(Finding(kind=Kind.CHECKPOINT_MISSING, number=expected, other=one.number - expected))
        expected = one.number + 1
        try:
            note = read_note(one.note.encode())
            said = read_text(note.text)
        except (NoteUnreadable, CheckpointUnreadable) as error:
            audited.findings.append(
                Finding(kind=Kind.CHECKPOINT_UNREADABLE, number=one.number, other=one.size, detail=error.reason)
            )
            continue
        ours = _is_ours(note, keys, audited, number=one.number, size=said.size)
        if (one.size, one.algorithm) != (said.size, said.algorithm.value) or not _same_time(one, said):
            audited.findings.append(Finding(kind=Kind.CHECKPOINT_ROW, number=one.number, other=said.size))
        yield Said(said=said, ours=ours, stored=one)


def _given_ones(given: Sequence[Given], keys: Sequence[VerifierKey], audited: Audited) -> Iterator[Said]:
    """Raises CheckpointUnreadable: who gave it can say what was meant."""
    for one in given:
        said = read_text(one.note.text)
        ours = _is_ours(one.note, keys, audited, size=said.size, name=one.name)
        yield Said(said=said, ours=ours, name=one.name)


def _is_ours(
    note: SignedNote, keys: Sequence[VerifierKey], audited: Audited, *, size: int, number: int = 0, name: str = ""
) -> bool:
    """Whether it is signed by one of the keys, as far as any is known.

    A key is known by its bytes; what it is called differs with the hash function of the tree.
    """
    if not keys:
        return True
    names = {signature.name for signature in note.signatures}
    known = [VerifierKey(name=one, public=key.public) for key in keys for one in names]
    try:
        require_signed(note, known, verify)
    except NotSigned:
        found = Finding(kind=Kind.CHECKPOINT_SIGNATURE, number=number, other=size, detail=name)
        audited.findings.append(found)
        return False
    return True


def _look_around(reading: Reading, audited: Audited) -> None:
    """What shows without a tree: versions that are skipped, answers without their event, positions given away."""
    for stream, number, highest in reading.broken_streams():
        audited.findings.append(Finding(kind=Kind.STREAM_GAP, stream=stream, number=number, other=highest))
    audited.findings += [
        Finding(kind=Kind.KEY_WITHOUT_EVENT, position=position) for position in reading.keys_without_event()
    ]
    given = reading.last_given()
    if given is not None and given > audited.last_position:
        audited.findings.append(Finding(kind=Kind.POSITION_GIVEN, position=audited.last_position, other=given))


def _same_time(stored: StoredCheckpoint, said: Checkpoint) -> bool:
    return said.at is None or stored.at.replace(microsecond=0) == said.at.replace(microsecond=0)
