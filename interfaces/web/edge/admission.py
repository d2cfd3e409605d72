"""How many may be inside at once. Each kind of page has places of its own, so that a flood on one starves no other."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Final

from interfaces.web._base.areas import AREAS
from interfaces.web.switch import BALLOT


class Budget:
    """Places within, and a bounded line before them. For the tasks of one loop; costs a comparison while there is room.

    Whoever stands in line longer than `patience` seconds, or finds it full, is sent away at once:
    an early "come back later" is better than minutes of waiting.
    """

    __slots__ = ("_line", "active", "at_once", "line_limit", "name", "patience", "turned_away")

    def __init__(self, name: str, *, at_once: int, line_limit: int = 0, patience: float = 0.0) -> None:
        self.name = name
        self.at_once = at_once
        self.line_limit = line_limit
        self.patience = patience
        self.active = 0
        self.turned_away = 0
        self._line: deque[asyncio.Future[bool]] = deque()

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        return len(self._line)

    def enters_at_once(self) -> bool:
        """Takes a place if one is free. Whoever took one has to `leave`."""
        if self.active < self.at_once:
            self.active += 1
            return True
        return False

    async def gets_in(self) -> bool:
        """Waits in line; False for whoever is sent away."""
        if len(self._line) >= self.line_limit:
            self.turned_away += 1
            return False
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[bool] = loop.create_future()
        self._line.append(turn)
        losing_patience = loop.call_later(self.patience, self._send_away, turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.result():
                self.leave()  # the place came together with the end
            raise
        finally:
            losing_patience.cancel()

    def leave(self) -> None:
        """Gives the place to the next in line."""
        while self._line:
            turn = self._line.popleft()
            if not turn.done():
                turn.set_result(True)
                return
        self.active -= 1

    def _send_away(self, turn: "asyncio.Future[bool]") -> None:
        if not turn.done():
            self._line.remove(turn)
            self.turned_away += 1
            turn.set_result(False)


_DESKS: Final = frozenset({*(area.name for area in AREAS), "account"})
_FORM: Final = ("/propose", "/observe")
_DOORS: Final = frozenset({"sign-in", "a", "oidc"})

THREADS_ASIDE: Final = 8
"""Threads beyond those the budgets can take: the ballot's look at what was recorded since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgets:
    """All places of one process. Threads are shared out by them: no kind of page can take those of another."""

    cast: Budget
    """A ballot on its way takes no thread; the box's own queue holds 5,000."""

    slate: Budget
    """The question what a card may vote on takes one."""

    ballot_page: Budget
    desk: Budget
    door: Budget
    """Signing in costs a tenth of a second of one core, and anybody may try."""

    api: Budget
    public: Budget

    proposing: Budget
    """Phones that send photos take long: none of them may hold a place of those who read."""

    hall: Budget
    """The screens in the hall, while they are loaded: a flood on public pages must not keep the wall dark."""

    streams: Budget
    """Screens that listen. A stream takes no thread, and a place for hours: none of another page."""

    @property
    def threads(self) -> int:
        """How many threads there have to be so that nobody within waits for one."""
        taking = (self.slate, self.desk, self.door, self.api, self.public, self.proposing, self.hall)
        return sum(budget.at_once for budget in taking) + THREADS_ASIDE

    @property
    def of_the_office(self) -> tuple[Budget, ...]:
        """All but the ballot's, of which nothing is shown moment by moment."""
        return (self.desk, self.door, self.api, self.public, self.proposing, self.hall)

    def of_ballot(self, path: str) -> Budget:
        """The budget of an address below `/v`."""
        if path == f"{BALLOT}/cast":
            return self.cast
        return self.slate if path == f"{BALLOT}/form" else self.ballot_page

    def of(self, path: str) -> Budget:
        """The budget of any other address, by its first word."""
        end = path.find("/", 1)
        first = path[1:end] if end > 0 else path[1:]
        if first in _DESKS:
            return self.desk
        if first == "api":
            return self.api
        if first == "hall":
            return self.streams if path.endswith("/events") else self.hall
        if path.endswith(_FORM):
            return self.proposing
        return self.door if first in _DOORS else self.public


def budgets() -> Budgets:
    """The places of a process, all free."""
    return Budgets(
        cast=Budget("cast", at_once=5000),
        slate=Budget("slate", at_once=12, line_limit=5000, patience=10.0),
        ballot_page=Budget("ballot page", at_once=1000),
        desk=Budget("desk", at_once=40, line_limit=400, patience=5.0),
        door=Budget("door", at_once=4, line_limit=64, patience=5.0),
        api=Budget("api", at_once=16, line_limit=200, patience=3.0),
        public=Budget("public", at_once=16, line_limit=500, patience=2.0),
        proposing=Budget("proposing", at_once=24, line_limit=400, patience=10.0),
        hall=Budget("hall", at_once=4, line_limit=200, patience=5.0),
        streams=Budget("hall streams", at_once=500),
    )
