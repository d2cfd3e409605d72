"""What an audit can find, and which change explains a leaf that is not what it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec

from application.history.tree_leaf import Row, leaf_of
from domain.checkpoints.tree import Hash, leaf_hash


class Kind(StrEnum):
    """What is wrong. Where `ANOMALIES` says so, that alone proves nothing: it is for a person to judge."""

    EDITED = "edited"
    """An event is not what was taken into the tree."""
    SWAPPED = "swapped"
    """Two events have changed places."""
    REMOVED = "removed"
    """Events that were in the tree are gone, before the one that is named."""
    END_REMOVED = "end_removed"
    """Events that were in the tree are gone, at the end."""
    INSERTED = "inserted"
    """Events stand where none was."""
    ODD = "odd"
    """A row holds what the program never writes."""
    NODE = "node"
    """A stored hash was changed; the events are right."""
    TILE_MISSING = "tile_missing"
    """Stored hashes are gone."""
    SINCE_CHECKPOINT = "since_checkpoint"
    """Events were changed and the stored hashes with them, after one checkpoint and before another."""
    CHECKPOINT_ROOT = "checkpoint_root"
    """A checkpoint says another root than the events have."""
    CHECKPOINT_BEYOND = "checkpoint_beyond"
    """A checkpoint is over more events than there are."""
    CHECKPOINT_SIGNATURE = "checkpoint_signature"
    """A checkpoint is not signed by a key of this installation."""
    CHECKPOINT_UNREADABLE = "checkpoint_unreadable"
    """What is stored as a checkpoint is none."""
    CHECKPOINT_ROW = "checkpoint_row"
    """The columns beside a checkpoint do not say what it says."""
    CHECKPOINT_MISSING = "checkpoint_missing"
    """A number of the stored checkpoints is skipped."""
    STREAM_GAP = "stream_gap"
    """A stream has not every version up to its last."""
    KEY_WITHOUT_EVENT = "key_without_event"
    """A command was answered with an event that is not there."""
    POSITION_GIVEN = "position_given"
    """The database has given positions away after the last event."""
    BOX_MISSING = "box_missing"
    """A closed poll has no box."""
    BOX_UNREADABLE = "box_unreadable"
    """Something in a box is no ballot and no voided card."""
    BOX_NUMBER = "box_number"
    """Other than the recorded number of ballots lie in a box."""
    BOX_ROOT = "box_root"
    """The ballots in a box are not those of its closing."""
    BOX_GATE = "box_gate"
    """The gate says another number or root than was recorded."""
    BOX_VOIDED = "box_voided"
    """Other than the recorded number of voided cards lie in a box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, as exactly as it can be told.

    `position`, `stream`, `version`, `name` and `at` are those of the event at which it shows. `number` and `other` have
    a meaning for each kind: how many events, the other position, the sizes of checkpoints.
    """

    kind: Kind
    position: int | None = None
    stream: str = ""
    version: int = 0
    name: str = ""
    at: datetime | None = None
    number: int = 0
    other: int = 0
    detail: str = ""
    """The algorithm of a tree, the name of a file, a poll, the words of a row."""


_OF_EVENTS = frozenset(
    {
        *(Kind.EDITED, Kind.SWAPPED, Kind.REMOVED, Kind.END_REMOVED, Kind.INSERTED, Kind.ODD),
        Kind.SINCE_CHECKPOINT,
    }
)


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """What concerns events first, the first event before the others; each row that is odd once."""
    told = list(
        {
            (finding.kind, finding.position) if finding.kind is Kind.ODD else id(finding): finding
            for finding in findings
        }.values()
    )
    return sorted(told, key=lambda one: (one.kind not in _OF_EVENTS, (one.position or 0) * (one.kind in _OF_EVENTS)))


class _When(msgspec.Struct):
    at: datetime


_when = msgspec.json.Decoder(_When)


def at_event(kind: Kind, row: Row, *, number: int = 0, other: int = 0, detail: str = "") -> Finding:
    """A finding that shows at an event."""
    try:
        at = _when.decode(row.state).at
    except (msgspec.MsgspecError, UnicodeDecodeError):
        at = None
    return Finding(
        kind=kind,
        position=row.position,
        stream=row.stream,
        version=row.version,
        name=row.name,
        at=at,
        number=number,
        other=other,
        detail=detail,
    )


def explained(stored: Sequence[bytes], rows: Sequence[Row], hashed: Hash) -> Finding:
    """Which change explains that the first of these events is not the first of these leaves, which follow one another.

    Positions are in the leaves: an event at another place is recognised by hashing it at the place it had.
    """
    if not rows:
        return Finding(kind=Kind.END_REMOVED, number=len(stored))
    first = rows[0]

    def at(row: Row, position: int) -> bytes:
        return leaf_hash(leaf_of(row._replace(position=position)), hashed)

    if first.odd:
        return at_event(Kind.ODD, first, detail=first.odd)
    here = at(first, first.position)
    if here in stored:
        return at_event(Kind.REMOVED, first, number=stored.index(here))
    return _inserted(stored, rows, at) or _swapped(stored, rows, at) or _shifted(stored, rows, at, first)


_At = Callable[[Row, int], bytes]


def _inserted(stored: Sequence[bytes], rows: Sequence[Row], at: _At) -> Finding | None:
    for number, row in enumerate(rows[1:], 1):
        if at(row, row.position) == stored[0]:
            return at_event(Kind.INSERTED, rows[0], number=number)
    return None


def _swapped(stored: Sequence[bytes], rows: Sequence[Row], at: _At) -> Finding | None:
    first = rows[0]
    for place, row in enumerate(rows[1 : len(stored)], 1):
        if at(row, first.position) == stored[0] and at(first, row.position) == stored[place]:
            return at_event(Kind.SWAPPED, first, other=row.position)
    return None


def _shifted(stored: Sequence[bytes], rows: Sequence[Row], at: _At, first: Row) -> Finding:
    """Removed or inserted, and those behind renumbered so that no gap shows; else simply edited."""
    if len(rows) > 1 and len(stored) > 1:
        if at(first, rows[1].position) == stored[1]:
            return at_event(Kind.REMOVED, first, number=1)
        if at(rows[1], first.position) == stored[0]:
            return at_event(Kind.INSERTED, first, number=1)
    return at_event(Kind.EDITED, first)
