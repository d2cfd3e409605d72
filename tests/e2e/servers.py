"""Servers as an office runs them: processes of their own that can be killed and started again."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from time import monotonic, sleep

from tests.support.browser import ROOT
from tests.support.ports import free_port

START_SECONDS = 120
AS_IN_AN_OFFICE = ("-m", "interfaces.cli", "serve")


class ServerProcess:
    """`piaojue serve` on a port of its own; what it says on standard error is kept in `log`."""

    def __init__(
        self, database_url: str, folder: Path, program: tuple[str, ...] = AS_IN_AN_OFFICE, **settings: str
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"server-{self.port}.log"
        self._program = program
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PIAOJUE_", "PG"))},
            "PIAOJUE_DATA": str(folder),
            "PIAOJUE_DATABASE_URL": database_url,
            "PYTHONPATH": str(ROOT),
            **{f"PIAOJUE_{name.upper()}": value for name, value in settings.items()},
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._program, "--port", str(self.port)],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, self.said()
            assert monotonic() < deadline, self.said()
            sleep(0.05)

    @property
    def number(self) -> int:
        """Of the process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """As a power cut would: nothing is finished, nothing is said."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()

    def ask_to_stop(self) -> None:
        """As a service manager does; returns at once."""
        assert self._process is not None
        self._process.terminate()

    def ended(self, patience: float = 120) -> int:
        """Waits for the end; the exit status."""
        assert self._process is not None
        return self._process.wait(patience)

    def children(self) -> dict[int, str]:
        """The kinds of the processes it has started (web, worker), by their numbers."""
        assert self._process is not None
        found = {}
        for task in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((task / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
                words = (task / "cmdline").read_bytes().decode().split("\0")
            except OSError:  # it has just ended
                continue
            if parent == self._process.pid and "interfaces.serving.child" in words:
                found[int(task.name)] = words[words.index("interfaces.serving.child") + 1]
        return found

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def _answers(self) -> bool:
        with socket() as asked:
            return asked.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def serving(
    database_url: str, folder: Path, program: tuple[str, ...] = AS_IN_AN_OFFICE, **settings: str
) -> Iterator[ServerProcess]:
    """A server that answers until the block ends; settings by their names, as `processes="2"`."""
    server = ServerProcess(database_url, folder, program, **settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()
