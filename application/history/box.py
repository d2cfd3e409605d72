"""The box: the one place where ballots lie. No order, no time, no person (ballot.md, "The box")."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self, cast
from uuid import UUID

from application.history.box_facts import ballot_in, stored
from application.history.box_postgres import PostgresBoxStore
from application.history.box_sqlite import SQLiteBoxStore
from application.history.box_store import BoxStore, Closing, Found, SecrecyFault, StoreFailed
from application.history.box_writer import (
    GROUP_LIMIT,
    QUEUE_LIMIT,
    Answer,
    Busy,
    GroupWriter,
    Slip,
    TryAgain,
    try_again,
)
from domain.polls.ballot import (
    BallotCast,
    BallotDeleted,
    BallotFact,
    BallotSeenElsewhere,
    BoxClosed,
    BoxNotPrepared,
    BoxStillOpen,
    CardHasBallot,
    CardIsVoid,
    CardVoided,
    Receipt,
    VoidReason,
    answer_to_cast,
    answer_to_void,
    ballot_stream,
    receipt,
    receipt_for,
    unpacked,
)
from domain.polls.card import CardId
from domain.shared import Refused

__all__ = ["Box", "Busy", "Closing", "NotSecret", "SecrecyFault", "TryAgain", "Turnout", "open_box"]

logger = logging.getLogger(__name__)


class Turnout(NamedTuple):
    """How many ballots lie in the box and how many cards are void."""

    cast: int
    voided: int


@dataclass(eq=False)
class NotSecret(Refused):
    """Settings of the database would keep what ties a ballot to a moment; they are changed first."""

    settings: tuple[str, ...]


class Box:
    """The boxes of all polls in one store. Safe for many threads, tasks and processes at once.

    Every method may raise TryAgain when the store does not answer, and BoxNotPrepared for a poll
    that has no box.
    """

    def __init__(self, store: BoxStore, *, queue_limit: int = QUEUE_LIMIT, group_limit: int = GROUP_LIMIT) -> None:
        self._store = store
        self._writer = GroupWriter(self._write, queue_limit=queue_limit, group_limit=group_limit)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Writes what is waiting, then lets go of the store."""
        self._writer.stop()
        self._store.close()

    def prepare(self, poll: UUID) -> None:
        """Makes an empty box with an open gate; again changes nothing. Raises NotSecret."""
        blocking = tuple(fault.setting for fault in self.secrecy_faults() if fault.blocks)
        if blocking:
            raise NotSecret(settings=blocking)
        with _answering():
            self._store.prepare(poll)

    def cast(self, poll: UUID, card: CardId, ballot: BallotCast) -> Receipt:
        """Puts a ballot into the box and waits until it is on disk; the same again gives the same receipt.

        Form and key are the poll's own: the door compares them before. Raises CardUsed, CardIsVoid,
        BallotSeenElsewhere, BoxClosed, BallotUnreadable or Busy.
        """
        return cast("Receipt", self._put(_slip(poll, card, ballot, Future())))

    async def cast_soon(self, poll: UUID, card: CardId, ballot: BallotCast) -> Receipt:
        """As `cast`, for a task: the loop runs on while the ballot is written."""
        loop = asyncio.get_running_loop()
        slip = _slip(poll, card, ballot, loop.create_future(), loop)
        self._writer.put(slip)
        return cast("Receipt", await cast("asyncio.Future[Receipt | None]", slip.future))

    def void(self, poll: UUID, card: CardId, reason: VoidReason) -> None:
        """Makes a card useless, on disk when this returns. Raises CardHasBallot, BoxClosed or Busy."""
        self._put(_slip(poll, card, CardVoided(reason=reason), Future()))

    def has(self, poll: UUID, card: CardId) -> bool:
        """Whether a ballot was cast with the card."""
        return isinstance(self._fact(poll, card), BallotCast | BallotDeleted)

    def receipt_of(self, poll: UUID, card: CardId) -> Receipt | None:
        """The receipt of the ballot cast with the card, None for an unused one. Raises CardIsVoid."""
        fact = self._fact(poll, card)
        if isinstance(fact, CardVoided):
            raise CardIsVoid
        return None if fact is None else receipt_for(fact)

    def is_void(self, poll: UUID, card: CardId) -> bool:
        """Whether the card was voided."""
        return isinstance(self._fact(poll, card), CardVoided)

    def counts(self, poll: UUID) -> Turnout:
        """Turnout at this moment; show it in steps of at least 10 s."""
        with _answering():
            return Turnout(*self._store.counts(poll))

    def close(self, poll: UUID) -> Closing:
        """Closes the gate and lays the ballots in card order; again, also after a crash, ends in the same."""
        with _answering():
            self._store.close_gate(poll)
            self._store.lay_in_order(poll)
            self._store.wipe()
        return self.closing(poll)

    def closing(self, poll: UUID) -> Closing:
        """What a closed box holds. Raises BoxStillOpen."""
        with _answering():
            closing = self._store.closing(poll)
        if closing is None:
            raise BoxStillOpen(poll=poll)
        return closing

    def receipts(self, poll: UUID) -> list[Receipt]:
        """All receipts, sorted. Raises BoxStillOpen: a growing list would tell who voted when."""
        self.closing(poll)
        with _answering():
            return sorted(self._store.receipts(poll))

    def ballots(self, poll: UUID) -> list[bytes]:
        """All ballots whose bytes are there, without their cards, sorted by receipt. Raises BoxStillOpen."""
        self.closing(poll)
        with _answering():
            return sorted((ballot_in(state) for state in self._store.ballots(poll)), key=receipt)

    def hand_in(self, poll: UUID, card: CardId) -> bool:
        """Counts a card that came back unused after closing; False when it was counted before.

        Kept as one sorted value: that it came, never when or in which order. Raises BoxStillOpen, CardIsVoid or
        CardHasBallot.
        """
        self.closing(poll)
        fact = self._fact(poll, card)
        if isinstance(fact, CardVoided):
            raise CardIsVoid
        if fact is not None:
            raise CardHasBallot
        with _answering():
            return self._store.hand_in(poll, ballot_stream(poll, card))

    def handed_in(self, poll: UUID) -> int:
        """How many unused cards were counted."""
        with _answering():
            return self._store.handed_in(poll)

    def delete_sealed(self, poll: UUID) -> None:
        """Deletes the bytes of sealed ballots for good; receipts, number and root stay. Raises BoxStillOpen."""
        self.closing(poll)
        with _answering():
            self._store.delete_sealed(poll)
            self._store.wipe()

    def secrecy_faults(self) -> tuple[SecrecyFault, ...]:
        """Settings of the database that could tie ballots to moments."""
        with _answering():
            return self._store.secrecy_faults()

    def _fact(self, poll: UUID, card: CardId) -> BallotFact | None:
        stream = ballot_stream(poll, card)
        with _answering():
            return self._store.look(poll, [stream]).get(stream)

    def _put(self, slip: Slip) -> Receipt | None:
        self._writer.put(slip)
        return cast("Future[Receipt | None]", slip.future).result()

    def _write(self, group: Sequence[Slip]) -> list[Answer]:
        by_poll: defaultdict[UUID, list[Slip]] = defaultdict(list)
        for slip in group:
            by_poll[slip.poll].append(slip)
        answers: dict[Slip, Answer] = {}
        for poll, slips in by_poll.items():
            answers.update(zip(slips, self._write_poll(poll, slips), strict=True))
        return [answers[slip] for slip in group]

    def _write_poll(self, poll: UUID, slips: Sequence[Slip]) -> list[Answer]:
        """Reads the box even when the gate is closed or cannot be read: a repeat always gets its answer."""
        first: dict[UUID, Slip] = {}
        for slip in slips:
            first.setdefault(slip.stream, slip)
        try:
            written = self._store.write(poll, [first[stream].event for stream in sorted(first)])
        except BoxNotPrepared:
            return [BoxNotPrepared(poll=poll) for _ in slips]
        except StoreFailed:
            logger.warning("the box does not answer; a group of %d is not known yet", len(slips))
            found = self._found_already(poll, first)
            return [_answer(slip, found.get(slip.stream), None) for slip in slips]
        return [_answer(slip, written.found.get(slip.stream), written.gate_open) for slip in slips]

    def _found_already(self, poll: UUID, streams: Collection[UUID]) -> Found:
        try:
            return self._store.look(poll, streams)
        except (BoxNotPrepared, StoreFailed):
            return {}


def _slip(
    poll: UUID,
    card: CardId,
    fact: BallotFact,
    future: "Future[Receipt | None] | asyncio.Future[Receipt | None]",
    loop: asyncio.AbstractEventLoop | None = None,
) -> Slip:
    """Encoded by who asks, so that nothing of one voter can fail in the group of all."""
    if isinstance(fact, BallotCast):
        unpacked(fact.ballot)
    return Slip(poll=poll, fact=fact, event=stored(ballot_stream(poll, card), fact), future=future, loop=loop)


def _answer(slip: Slip, found: BallotFact | None, gate_open: bool | None) -> Answer:  # noqa: FBT001  # None: not known
    if found is not None:
        return _answer_found(slip.fact, found)
    if gate_open is None:
        return try_again()
    return BallotSeenElsewhere() if gate_open else BoxClosed(poll=slip.poll)


def _answer_found(wanted: BallotFact, found: BallotFact) -> Answer:
    try:
        if isinstance(wanted, BallotCast):
            return answer_to_cast(found, wanted)
        answer_to_void(found)
    except Refused as refusal:
        return refusal
    return None


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except StoreFailed:
        raise try_again() from None


def open_box(database_url: str) -> Box:
    """The box beside the history that this address names: `sqlite:////…/piaojue.db` or `postgresql://…`.

    With SQLite it is a file of its own, `…/piaojue-box.db`. Raises ValueError for any other address.
    """
    if database_url.startswith("sqlite:///"):
        history = Path(database_url.removeprefix("sqlite:///"))
        return Box(SQLiteBoxStore(history.with_name(f"{history.stem}-box.db")))
    if database_url.startswith(("postgresql://", "postgres://")):
        return Box(PostgresBoxStore(database_url))
    raise ValueError(f"not a database this program can use: {database_url.split(':', 1)[0]}")
