"""A PostgreSQL server that can be crashed and started again."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from tests.support.postgres import COMMON, Server, _run_as_postgres, _stop, _wait_until_ready, own_server


class Restarted:
    """The server of a test. `crash` is what `pg_ctl stop -m immediate` does."""

    def __init__(self, server: Server) -> None:
        assert server.pid is not None
        assert server.folder is not None
        self.server = server
        self._folder = server.folder
        self._program = Path(f"/proc/{server.pid}/exe").resolve()
        self._pid = server.pid
        self._again: subprocess.Popen[bytes] | None = None

    def crash(self) -> None:
        """Ends all connections at once and leaves the rest to the log; returns when it is gone."""
        os.kill(self._pid, signal.SIGQUIT)
        if self._again is not None:
            self._again.wait(60)
            return
        _wait_for_the_end_of([self._pid])

    def kill(self) -> None:
        """As a power cut would: all its processes at once, nothing is flushed, nothing is said."""
        processes = [self._pid, *_children_of(self._pid)]
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _wait_for_the_end_of(processes)
        if self._again is not None:
            self._again.wait(60)
        else:
            os.waitpid(self._pid, 0)  # who was not waited for keeps its number, and the next server does not start

    def start(self) -> None:
        """Returns when it answers."""
        command = [str(self._program), "-D", str(self._folder / "data"), "-k", str(self._folder), *COMMON]
        self._again = _run_as_postgres(self._folder, command)
        self._pid = self._again.pid
        _wait_until_ready(self._again, self._folder)

    def stop(self) -> None:
        if self._again is not None:
            _stop(self._again)


def _wait_for_the_end_of(processes: list[int]) -> None:
    deadline = monotonic() + 60
    while any(map(_is_running, processes)):
        assert monotonic() < deadline
        sleep(0.02)


def _children_of(parent: int) -> list[int]:
    found = []
    for task in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            if int((task / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]) == parent:
                found.append(int(task.name))
    return found


def _is_running(pid: int) -> bool:
    """A child that has ended and was not waited for still has a number."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def restartable(folder: Path | None = None) -> Iterator[Restarted]:
    """A durable server of the caller's own, in this folder or in that for passing files."""
    with own_server(durable=True, parent=folder) as server:
        found = Restarted(server)
        try:
            yield found
        finally:
            found.stop()
