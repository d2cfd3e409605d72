"""Ballots and voidings on their way into the box: gathered into groups, each answered for itself."""

import asyncio
import logging
import secrets
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Condition, Thread
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from domain.polls.ballot import BallotFact, Receipt
from domain.shared import Refused

logger = logging.getLogger(__name__)

QUEUE_LIMIT = 5000
"""Beyond it an early "come back later" is better than minutes of waiting."""

GROUP_LIMIT = 400

Answer = Receipt | Refused | None
"""A receipt, a refusal, or None for a card that is void now."""


def _seconds() -> int:
    """Random, so that a hall full of phones does not come back all at once."""
    return 1 + secrets.randbelow(5)


@dataclass(eq=False)
class TryAgain(Refused):
    """Not known yet: send the same again after so many seconds. Nothing was acknowledged."""

    retry_after: int


@dataclass(eq=False)
class Busy(Refused):
    """Too much is waiting already, so this was not taken; send the same again after so many seconds."""

    retry_after: int


def try_again() -> TryAgain:
    """A new one for each voter: their waits differ."""
    return TryAgain(retry_after=_seconds())


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Slip:
    """One fact on its way, and who waits for the answer: a thread, or a task of the loop."""

    poll: UUID
    fact: BallotFact
    event: StoredEvent
    future: "Future[Receipt | None] | asyncio.Future[Receipt | None]"
    loop: asyncio.AbstractEventLoop | None = None

    @property
    def stream(self) -> UUID:
        """The stream of poll and card."""
        return UUID(str(self.event.originator_id))


class GroupWriter:
    """One thread that writes whatever is waiting; while a group commits, the next one gathers."""

    def __init__(
        self,
        write: Callable[[Sequence[Slip]], Sequence[Answer]],
        *,
        queue_limit: int = QUEUE_LIMIT,
        group_limit: int = GROUP_LIMIT,
    ) -> None:
        self._write = write
        self._queue_limit = queue_limit
        self._group_limit = group_limit
        self._waiting: deque[Slip] = deque()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._stopped = False

    def put(self, slip: Slip) -> None:
        """Takes a slip. Raises Busy, or TryAgain when the writer has stopped."""
        with self._changed:
            if self._stopped:
                raise try_again()
            if len(self._waiting) >= self._queue_limit:
                raise Busy(retry_after=_seconds())
            if self._thread is None:
                self._thread = Thread(target=self._run, name="box-writer", daemon=True)
                self._thread.start()
            self._waiting.append(slip)
            self._changed.notify()

    def stop(self) -> None:
        """Writes what is waiting and ends the thread."""
        with self._changed:
            self._stopped = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while group := self._next_group():
            _hand_out(group, self._answers(group))

    def _next_group(self) -> list[Slip]:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stopped)
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), self._group_limit))]

    def _answers(self, group: Sequence[Slip]) -> Sequence[Answer]:
        try:
            return self._write(group)
        except Exception as error:  # noqa: BLE001  # the thread must live on, and every voter must get an answer
            # only the kind of error: its text or trace could hold a card or a ballot
            logger.error("a group of %d could not be written: %s", len(group), type(error).__name__)  # noqa: TRY400
            return [try_again() for _ in group]


def _hand_out(group: Sequence[Slip], answers: Sequence[Answer]) -> None:
    """Wakes every waiting thread, and every loop once for all its tasks."""
    by_loop: defaultdict[asyncio.AbstractEventLoop, list[tuple[Slip, Answer]]] = defaultdict(list)
    for slip, answer in zip(group, answers, strict=True):
        if slip.loop is None:
            _settle(slip, answer)
        else:
            by_loop[slip.loop].append((slip, answer))
    for loop, settled in by_loop.items():
        try:
            loop.call_soon_threadsafe(_settle_all, settled)
        except RuntimeError:
            logger.warning("%d answers found their loop closed", len(settled))


def _settle_all(settled: Sequence[tuple[Slip, Answer]]) -> None:
    for slip, answer in settled:
        _settle(slip, answer)


def _settle(slip: Slip, answer: Answer) -> None:
    if slip.future.done():
        return  # the voter's connection has gone; the same ballot sent again gets the same answer
    if isinstance(answer, Refused):
        slip.future.set_exception(answer)
    else:
        slip.future.set_result(answer)
