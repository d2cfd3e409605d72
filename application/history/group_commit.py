"""Many commands, one transaction: what waits while a group is being written forms the next group."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from application.history.filing import CommandKey, Filing, OpenPage, enter
from domain.shared import Refused


@dataclass(eq=False)
class Busy(Refused):
    """Recording is not possible right now; the same command with the same key may be sent again.

    Whether the command was recorded may be unknown; its key keeps it from being done twice.
    """

    retry_after: float
    """Seconds."""


@dataclass(eq=False)
class NotAnswering(Busy):
    """The database is away, restarting or locked by another program."""


class GroupCommit(ABC):
    """Put before a recorder: joins the concurrent `insert_events()` calls of a process.

    The first caller writes; whoever arrives meanwhile waits and is written by the next leader,
    one of their own. An idle office writes at once, a busy one pays one lock, one disk flush and
    one notice for many commands.
    """

    waiting_limit = 2000
    group_size = 200
    patience = 8.0
    """Seconds a caller waits for a place in a group, and again for the group to be written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.announce: Callable[[], None] = _nobody_listens
        self.counted: Callable[[Sequence[Filing]], None] = _nobody_counts
        """Hears of every group when all of it is answered; must not raise."""
        self._gate = Lock()
        self._waiting: deque[Filing] = deque()
        self._writing = False

    @abstractmethod
    def page(self) -> AbstractContextManager[OpenPage]:
        """A writing transaction; commits when left without an exception."""

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        seen: Mapping[UUID, int] | None = None,
        key: CommandKey | None = None,
        **_: object,
    ) -> Sequence[int]:
        """Raises Conflict (an IntegrityError), Busy, or OperationalError when the store does not answer."""
        filing = Filing(events=stored_events, seen=seen or {}, key=key)
        if self._joins_as_leader(filing) or self._is_called_to_lead(filing):
            self._write_next_group()
        return filing.result()

    def _joins_as_leader(self, filing: Filing) -> bool:
        with self._gate:
            if len(self._waiting) >= self.waiting_limit:
                raise Busy(retry_after=1.0)
            self._waiting.append(filing)
            leads = not self._writing
            self._writing = True
            return leads

    def _is_called_to_lead(self, filing: Filing) -> bool:
        """Waits until the filing is written (False) or has to write the next group itself (True)."""
        if not filing.ready.wait(self.patience):
            with self._gate:
                if filing in self._waiting and not filing.leads:
                    self._waiting.remove(filing)
                    raise Busy(retry_after=2.0)
            if not filing.ready.wait(self.patience):
                raise Busy(retry_after=5.0)
        return filing.leads

    def _write_next_group(self) -> None:
        with self._gate:
            group = [self._waiting.popleft() for _ in range(min(self.group_size, len(self._waiting)))]
        try:
            with self.page() as page:
                enter(page, group)
        except BaseException as error:
            _refuse_all(group, error)
            if not isinstance(error, Exception):
                raise
        finally:
            self._hand_over(group)
        self.announce()
        self.counted(group)

    @property
    def waiting(self) -> int:
        """How many commands wait to be written."""
        return len(self._waiting)

    def _hand_over(self, group: Sequence[Filing]) -> None:
        with self._gate:
            self._writing = bool(self._waiting)
            if self._waiting:
                self._waiting[0].leads = True
                self._waiting[0].ready.set()
        for filing in group:
            filing.ready.set()


def _refuse_all(group: Sequence[Filing], error: BaseException) -> None:
    for filing in group:
        filing.refusal = error


def _nobody_counts(group: Sequence[Filing]) -> None:
    """Commands are counted where somebody reads the figures."""


def _nobody_listens() -> None:
    """Before anybody follows the history there is nobody to tell."""
