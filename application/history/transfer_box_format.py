"""How the box travels: JSON Lines, for each poll its gate and then what lies in it, in the order of the cards.

The order of the cards (of the hashes that stand for them) says nothing about who cast when; the box has no other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from application.history.box_facts import CAST, VOIDED, ballot_in, fact_in, receipt_in, totals
from application.history.fact_book import UnknownFact
from application.history.transfer_checks import BrokenFile
from domain.polls.ballot import BallotUnreadable

PART: Final = "box.jsonl"


class Gate(NamedTuple):
    """The gate of a poll's box; number and root are known once it is closed and laid in order."""

    poll: UUID
    closed: bool
    ballots: int | None
    root: str | None
    unused: tuple[UUID, ...] = ()
    """Cards handed in unused, sorted."""


class StoredBallot(NamedTuple):
    """A row of a box: a ballot cast or a card voided."""

    stream: UUID
    topic: str
    state: bytes


@dataclass(slots=True)
class BoxTally:
    """How much has passed so far."""

    polls: int = 0
    ballots: int = 0
    voided: int = 0


class _GateLine(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    poll: UUID
    closed: bool
    ballots: int | None
    root: str | None
    unused: tuple[UUID, ...] = ()


class _RowLine(msgspec.Struct, forbid_unknown_fields=True):
    stream: UUID
    name: str
    v: int
    fact: msgspec.Raw


class _End(msgspec.Struct, forbid_unknown_fields=True):
    polls: int
    ballots: int
    voided: int


_gate = msgspec.json.Decoder(_GateLine)
_row = msgspec.json.Decoder(_RowLine)
_end = msgspec.json.Decoder(_End)


def gate_line(gate: Gate) -> bytes:
    """Opens the part of one poll."""
    return msgspec.json.encode(_GateLine(*gate)) + b"\n"


def row_line(row: StoredBallot) -> bytes:
    """One ballot or voided card, its state byte for byte."""
    return _prefix(row.stream, row.topic) + row.state[1:] + b"\n"


def end_line(tally: BoxTally) -> bytes:
    """Ends the file, so that a missing end is noticed."""
    return msgspec.json.encode(_End(polls=tally.polls, ballots=tally.ballots, voided=tally.voided)) + b"\n"


class BoxFile:
    """A file read poll by poll; raises BrokenFile as `polls()` goes on."""

    def __init__(self, lines: Iterable[bytes], tally: BoxTally | None = None) -> None:
        self._lines = enumerate(lines, 1)
        self.tally = tally or BoxTally()

    def polls(self) -> Iterator[tuple[Gate, list[StoredBallot]]]:
        """Each gate with its rows, of which one poll's fit into the memory (a hall's, a few megabytes)."""
        gate: Gate | None = None
        rows: list[StoredBallot] = []
        number = 0
        for number, whole in self._lines:
            if whole.startswith(b'{"stream":') and gate is not None:
                rows.append(self._row(number, whole, rows))
                continue
            if gate is not None:
                yield _whole_poll(gate, rows, number)
            if whole.startswith(b'{"polls":'):
                self._check_end(number, whole)
                return
            gate, rows = self._gate(number, whole, gate), []
        raise BrokenFile(part=PART, line=number, reason="cut")

    def _gate(self, number: int, whole: bytes, before: Gate | None) -> Gate:
        try:
            said = _gate.decode(whole)
        except msgspec.MsgspecError:
            raise BrokenFile(part=PART, line=number, reason="json") from None
        if before is not None and said.poll <= before.poll:
            raise BrokenFile(part=PART, line=number, reason="order", detail=str(said.poll))
        if list(said.unused) != sorted(set(said.unused)):
            raise BrokenFile(part=PART, line=number, reason="order", detail=str(said.poll))
        self.tally.polls += 1
        return Gate(said.poll, said.closed, said.ballots, said.root, said.unused)

    def _row(self, number: int, whole: bytes, before: list[StoredBallot]) -> StoredBallot:
        line = whole.removesuffix(b"\n")
        try:
            said = _row.decode(line)
            prefix = _prefix(said.stream, said.name)
            state = b"{" + line[len(prefix) :]
            fact_in(said.name, state)
            if said.name == CAST:
                ballot_in(state)
        except (msgspec.MsgspecError, UnknownFact, BallotUnreadable, ValueError):
            raise BrokenFile(part=PART, line=number, reason="row") from None
        if not line.startswith(prefix + b'"v":'):
            raise BrokenFile(part=PART, line=number, reason="json")
        if before and said.stream <= before[-1].stream:
            raise BrokenFile(part=PART, line=number, reason="order")
        if said.name == VOIDED:
            self.tally.voided += 1
        else:
            self.tally.ballots += 1
        return StoredBallot(said.stream, said.name, state)

    def _check_end(self, number: int, whole: bytes) -> None:
        try:
            said = _end.decode(whole)
        except msgspec.MsgspecError:
            raise BrokenFile(part=PART, line=number, reason="json") from None
        if (said.polls, said.ballots, said.voided) != (self.tally.polls, self.tally.ballots, self.tally.voided):
            raise BrokenFile(part=PART, line=number, reason="seal")
        for after, _ in self._lines:
            raise BrokenFile(part=PART, line=after, reason="after_seal")


def _whole_poll(gate: Gate, rows: list[StoredBallot], number: int) -> tuple[Gate, list[StoredBallot]]:
    """A box that was laid in order still has the number and root it had then."""
    receipts = (receipt_in(row.topic, row.state) for row in rows if row.topic != VOIDED)
    if gate.root is not None and totals(receipts) != (gate.ballots, gate.root):
        raise BrokenFile(part=PART, line=number, reason="box", detail=str(gate.poll))
    return gate, rows


def _prefix(stream: UUID, topic: str) -> bytes:
    return f'{{"stream":"{stream}","name":"{topic}",'.encode()
