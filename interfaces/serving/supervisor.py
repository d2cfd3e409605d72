"""Several processes on one socket: starts them, starts those that die again, and lets them stop in order."""

import logging
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from interfaces.serving.figures import SHARED_FOLDER, forget, shared_folder
from interfaces.serving.listening import LINGER_SECONDS, STOPS, turn_away_newcomers
from interfaces.settings import Settings

WEB: Final = "web"
WORKER: Final = "worker"

OUR_PROGRAM: Final = (*(("-P",) if sys.flags.safe_path else ()), "-m", "interfaces.serving.child")

FIRST_TRIES: Final = 3
"""A process that has never come up is started this often; then the program gives up."""

LONGEST_BACK_OFF: Final = 10.0
SETTLED_AFTER: Final = 30.0
"""Seconds after which a process counts as running well: the next death is the first again."""

GRACE: Final = 5.0
"""Seconds beyond the children's own time to stop; then they are ended."""

WRONG_SETTINGS: Final = 2
_LOOK_EVERY: Final = 0.1
_LOG = logging.getLogger("piaojue.serving")


@dataclass(eq=False)
class Child:
    """One process and its place among the others; the place outlives the process."""

    kind: str
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    is_ready: bool = False
    deaths: int = 0
    """In a row, without having settled in between."""

    due_at: float = 0.0
    ready_end: int = -1
    """Our end of the pipe on which the process says that it is ready."""

    replaces: "Child | None" = field(default=None, repr=False)
    """An older process that is asked to stop when this one is ready."""


class Supervisor:
    """Runs until a signal stops it, or until a process cannot be brought up."""

    def __init__(
        self, settings: Settings, listener: socket.socket, *, worker: bool, program: Sequence[str] = OUR_PROGRAM
    ) -> None:
        self._settings = settings
        self._program = program
        self._listener = listener
        self._children = [Child(WEB) for _ in range(settings.processes)] + [Child(WORKER)] * worker
        self._leaving: list[Child] = []
        self._lifeline = os.pipe()
        self._signals: list[int] = []
        self._came_up: set[str] = set()
        self._environment: Mapping[str, str] = {}
        self._folder = ""

    def run(self) -> int:
        """0 after a stop, 1 when a process could not be brought up, 2 when the settings are wrong."""
        with shared_folder() as folder, self._listening_to_signals():
            self._folder = folder
            told = _told(self._settings)
            known = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in told}
            self._environment = {**known, **told, SHARED_FOLDER: folder}
            try:
                return self._watch()
            finally:
                self._listener.close()
                for end in self._lifeline:
                    os.close(end)

    def _watch(self) -> int:
        while True:
            for child in self._children:
                if child.process is None and monotonic() >= child.due_at:
                    self._start(child)
            self._wait()
            if self._asked(signal.SIGTERM, signal.SIGINT):
                return self._stop(0)
            if self._asked(signal.SIGHUP):
                self._renew()
            self._hear_who_is_ready()
            status = self._look_who_died()
            if status:
                return self._stop(status)

    def _start(self, child: Child) -> None:
        """Spawned, not forked: no thread, lock or connection of ours comes along."""
        child.ready_end, told = os.pipe()
        fds = (self._listener.fileno(), self._lifeline[0], told)
        child.process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, *self._program, child.kind, *map(str, fds)],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            pass_fds=fds,
            start_new_session=True,  # Ctrl-C in a terminal reaches only us; we pass it on, once
        )
        os.close(told)
        child.started_at, child.is_ready = monotonic(), False

    def _wait(self) -> None:
        ends = [child.ready_end for child in self._all() if child.ready_end >= 0]
        select.select(ends, [], [], _LOOK_EVERY)

    def _hear_who_is_ready(self) -> None:
        for child in self._all():
            if child.ready_end < 0 or not select.select([child.ready_end], [], [], 0)[0]:
                continue
            if os.read(child.ready_end, 1):
                child.is_ready = True
                self._came_up.add(child.kind)
                if child.replaces is not None:
                    _send(child.replaces, signal.SIGTERM)
                    child.replaces = None
            os.close(child.ready_end)
            child.ready_end = -1

    def _look_who_died(self) -> int:
        """Notes when each is to be started again; not 0 when there is no use in it."""
        self._leaving = [child for child in self._leaving if not self._has_ended(child)]
        for child in self._children:
            if child.process is None or child.process.poll() is None:
                continue
            status = child.process.returncode
            forget(self._folder, child.process.pid)
            child.process = None
            child.deaths = 1 if monotonic() - child.started_at > SETTLED_AFTER else child.deaths + 1
            child.due_at = monotonic() + min(LONGEST_BACK_OFF, 0.1 * 2**child.deaths)
            _LOG.error("a %s process ended with status %d", child.kind, status)
            if child.kind not in self._came_up and (status == WRONG_SETTINGS or child.deaths >= FIRST_TRIES):
                _LOG.error("no %s process comes up: giving up", child.kind)
                return WRONG_SETTINGS if status == WRONG_SETTINGS else 1
        return 0

    def _renew(self) -> None:
        """Each gets a successor, which takes its place when it is ready: nobody is refused meanwhile."""
        _LOG.info("processes are renewed")
        old, self._children = self._children, []
        for child in old:
            if child.process is None or not child.is_ready:
                self._children.append(child)
                continue
            self._leaving.append(child)
            self._children.append(Child(child.kind, replaces=child))

    def _stop(self, status: int) -> int:
        """Nobody new comes in, from the same moment for all; everybody inside is answered."""
        turn_away_newcomers(self._listener)
        self._listener.close()
        everybody = [child for child in self._all() if child.process is not None]
        for child in everybody:
            _send(child, signal.SIGTERM)
        until = monotonic() + self._settings.stop_seconds + LINGER_SECONDS + GRACE
        while everybody:
            everybody = [child for child in everybody if not self._has_ended(child)]
            if self._signals or monotonic() > until:
                for child in everybody:
                    _send(child, signal.SIGKILL)
                self._signals.clear()
            select.select([], [], [], _LOOK_EVERY)
        return status

    def _has_ended(self, child: Child) -> bool:
        if child.process is None or child.process.poll() is None:
            return child.process is None
        forget(self._folder, child.process.pid)
        return True

    def _all(self) -> list[Child]:
        return [*self._children, *self._leaving]

    def _asked(self, *numbers: int) -> bool:
        asked = any(number in self._signals for number in numbers)
        self._signals = [number for number in self._signals if number not in numbers]
        return asked

    @contextmanager
    def _listening_to_signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, lambda given, _: self._signals.append(given)) for number in STOPS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _told(settings: Settings) -> dict[str, str]:
    """What the command line said goes on as settings."""
    return {
        "PIAOJUE_HOST": settings.host,
        "PIAOJUE_PORT": str(settings.port),
        "PIAOJUE_PUBLIC_URL": settings.public_url,
        "PIAOJUE_PROCESSES": str(settings.processes),
    }


def _send(child: Child, number: int) -> None:
    if child.process is not None and child.process.poll() is None:
        child.process.send_signal(number)
