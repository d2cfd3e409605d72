"""PostgreSQL with the command of the compose file, in a folder of its own."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.by_hand.nginx import hand_over, unprivileged
from tests.support.postgres import NoPostgres, programs_here

SECONDS = 60


class Database:
    """A server on a port of this computer, made as the image's start script makes it."""

    def __init__(self, folder: Path, port: int, wanted: int) -> None:
        self._folder = folder
        self._port = port
        self.programs, self.version = _best(wanted)
        self.is_the_images = self.version == wanted

    def make(self, environment: Mapping[str, str]) -> None:
        """A cluster whose superuser has the password of the file."""
        self._folder.mkdir()
        password = Path(environment["POSTGRES_PASSWORD_FILE"])
        (self._folder / "password").write_bytes(password.read_bytes())
        hand_over(self._folder)
        user = environment["POSTGRES_USER"]
        asked = environment.get("POSTGRES_INITDB_ARGS", "").split() if self.is_the_images else ["--locale=C.UTF-8"]
        words = ["-D", self._data, "-U", user, "--auth-host=scram-sha-256", "--auth-local=trust", "--encoding=UTF8"]
        self._run("initdb", [*words, f"--pwfile={self._folder / 'password'}", "--no-instructions", *asked])

    def start(self, command: Sequence[str], log: Path) -> "subprocess.Popen[bytes]":
        """The command of the compose file, with where its data and its port are."""
        user, group = unprivileged()
        with log.open("ab") as said:
            return subprocess.Popen(
                [str(self.programs / command[0]), "-D", self._data, *command[1:], *self._place()],
                cwd=self._folder,
                env=_clean(),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                user=user,
                group=group,
                extra_groups=None if user is None else [],
            )

    def is_ready(self, check: Sequence[str]) -> bool:
        """What the compose file asks."""
        words = [str(self.programs / check[0]), *check[1:], f"--port={self._port}"]
        return subprocess.run(words, env=_clean(), capture_output=True, check=False).returncode == 0

    def create(self, environment: Mapping[str, str]) -> None:
        """The empty database that the image's start script makes."""
        place = ["-h", str(self._folder), "-p", str(self._port), "-U", environment["POSTGRES_USER"]]
        self._run("createdb", [*place, environment["POSTGRES_DB"]])

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _place(self) -> list[str]:
        return [f"-cport={self._port}", "-clisten_addresses=127.0.0.1", f"-cunix_socket_directories={self._folder}"]

    def _run(self, program: str, words: Sequence[str]) -> None:
        user, group = unprivileged()
        done = subprocess.run(
            [str(self.programs / program), *words],
            cwd=self._folder,
            env=_clean(),
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
        )
        if done.returncode:
            raise NoPostgres(f"{program}: {done.stderr.strip()}")


def major(image: str) -> int:
    """`postgres:18.4-trixie` is 18."""
    found = re.search(r":(\d+)", image)
    return int(found[1]) if found else 0


def _best(wanted: int) -> tuple[Path, int]:
    """The programs of the image's version if they are here, else the newest."""
    found = [(programs, _version(programs)) for programs in programs_here()]
    usable = [(programs, version) for programs, version in found if version]
    if not usable:
        raise NoPostgres("no PostgreSQL programs were found")
    return max(usable, key=lambda pair: (pair[1] == wanted, pair[1]))


def _version(programs: Path) -> int:
    try:
        told = subprocess.run([str(programs / "postgres"), "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"(\d+)", told.stdout)
    return int(found[1]) if found else 0


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
