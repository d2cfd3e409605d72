"""What is counted, for Prometheus. Nothing here knows a person, an address or a card.

Requests that carry ballots are counted apart and shown in steps: a figure that moved with each ballot would tell
whoever reads it every second, with a look into the hall, who voted when (ballot.md, turnout).
"""

import os
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from time import time
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from application.history.filing import Conflict, Filing
from interfaces.serving.figures import SHARED_FOLDER
from interfaces.web.edge.admission import Budgets

STEP: Final = 10
"""Seconds. What concerns ballots moves at full multiples of it only, in all processes at the same moment."""

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_GROUPS: Final = (1, 2, 5, 10, 20, 50, 100, 200)


class Stepped:
    """Numbers that are let out at full steps of the clock only."""

    def __init__(self, clock: Callable[[], float] = time) -> None:
        self._clock = clock
        self._kept: dict[Callable[[float], None], float] = {}
        self._lock = Lock()
        self._step = self._clock() // STEP

    def add(self, let_out: Callable[[float], None], amount: float = 1) -> None:
        """Keeps an amount until the step has ended."""
        with self._lock:
            self._kept[let_out] = self._kept.get(let_out, 0) + amount

    def pulse(self) -> None:
        """Lets out what belongs to steps that have ended; to be called every second or so."""
        step = self._clock() // STEP
        with self._lock:
            if step == self._step:
                return
            self._step = step
            kept, self._kept = self._kept, {}
        for let_out, amount in kept.items():
            let_out(amount)


class Meters:
    """The figures of one process; `exposition` shows those of all processes that share a folder."""

    def __init__(self, budgets: Budgets, commands_waiting: Callable[[], int]) -> None:
        self._budgets = budgets
        self._commands_waiting = commands_waiting
        self._registry = CollectorRegistry()
        self.stepped = Stepped()
        self._requests = self._counter("requests", "Requests of all pages but the ballot's", "page", "method", "status")
        self._seconds = self._histogram("request_seconds", "Until the answer was sent", _SECONDS, "page")
        self._turned_away = self._counter("turned_away", "Answered 503 at the door", "budget")
        self._commands = self._counter("commands", "Commands recorded", "command")
        self._conflicts = self._counter("conflicts", "Commands that were decided afresh")
        self._groups = self._histogram("command_group_size", "Commands written in one transaction", _GROUPS)
        self._waiting = self._gauge("waiting", "Requests in line, commands waiting to be written", "line")
        self._within = self._gauge("requests_within", "Requests being answered", "budget")
        self._ballots = self._counter("ballot_answers", f"Ballots answered, in steps of {STEP} s", "answer")
        self._known_requests: dict[tuple[str, str, int], Callable[[], None]] = {}
        self._known_seconds: dict[str, Callable[[float], None]] = {}
        self._counted_away: dict[str, int] = {}
        self._receipt = self._ballots.labels("receipt").inc
        self._refused = self._ballots.labels("refused").inc
        self._later = self._ballots.labels("later").inc

    def request(self, page: str, method: str, status: int, seconds: float) -> None:
        """One answer, by the pattern of its page."""
        key = (page, method, status // 100)
        count = self._known_requests.get(key)
        if count is None:
            named = method if method in _METHODS else "-"  # a client may say anything
            count = self._known_requests[key] = self._requests.labels(page, named, f"{status // 100}xx").inc
        count()
        observe = self._known_seconds.get(page)
        if observe is None:
            observe = self._known_seconds[page] = self._seconds.labels(page).observe
        observe(seconds)

    def ballot(self, status: int) -> None:
        """One answer to somebody who sent a ballot. The same ballot sent again counts again."""
        if status < 300:
            self.stepped.add(self._receipt)
        else:
            self.stepped.add(self._later if status >= 500 else self._refused)

    def group(self, filings: Sequence[Filing]) -> None:
        """One group of commands that was written, or refused, together."""
        self._groups.observe(len(filings))
        for filing in filings:
            if filing.refusal is None:
                self._commands.labels(_name_of(filing)).inc()
            elif isinstance(filing.refusal, Conflict):
                self._conflicts.inc()

    def pulse(self) -> None:
        """Once a second: looks at the lines; at full steps lets out what concerns ballots."""
        self._waiting.labels("commands").set(self._commands_waiting())
        for budget in (*self._budgets.of_the_office, self._budgets.streams):
            self._waiting.labels(budget.name).set(budget.waiting)
            self._within.labels(budget.name).set(budget.active)
            self._count_away(budget.name, budget.turned_away, self._turned_away.labels(budget.name).inc)
        self._count_away("cast", self._budgets.cast.turned_away, self._later_stepped)
        self.stepped.pulse()

    def exposition(self, further: Iterable[Collector]) -> bytes:
        """All figures in the text format of Prometheus. Takes a few milliseconds; not for the loop."""
        self.pulse()
        registry = self._registry
        if SHARED_FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # published half typed
        shown = generate_latest(registry)
        for collector in further:
            looked_up = CollectorRegistry()
            looked_up.register(collector)
            shown += generate_latest(looked_up)
        return shown

    def _count_away(self, name: str, turned_away: int, count: Callable[[float], None]) -> None:
        more = turned_away - self._counted_away.get(name, 0)
        if more:
            self._counted_away[name] = turned_away
            count(more)

    def _later_stepped(self, amount: float) -> None:
        self.stepped.add(self._later, amount)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"piaojue_{name}", words, labels, registry=self._registry)

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(f"piaojue_{name}", words, labels, registry=self._registry, multiprocess_mode="livesum")

    def _histogram(self, name: str, words: str, buckets: Sequence[float], *labels: str) -> Histogram:
        return Histogram(f"piaojue_{name}", words, labels, registry=self._registry, buckets=buckets)


def _name_of(filing: Filing) -> str:
    """The command as its module and function, `congress.add_units`; without what it was asked for on."""
    return filing.key.command.partition(" ")[0].removeprefix("application.") if filing.key else "-"
