"""All services of the compose file as processes of this computer, in the file's order, on free ports."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

from deploy.by_hand import nginx
from deploy.by_hand.certificate import self_signed
from deploy.by_hand.compose import ROOT, Compose, Service
from deploy.by_hand.database import Database, major
from tests.support.ports import free_port

HERE = "127.0.0.1"
PATIENCE = 60.0
"""Seconds for a service to become healthy, or to finish."""


class Fault(Exception):
    """Something is not as it should be; the sentence says what."""


class Installation:
    """What `docker compose up` would start. `tell` is given a sentence for each step."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self.folder = folder
        self.logs = folder / "logs"
        self._tell = tell
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        ports = {name: free_port() for name in ("database", "web", "http", "https")}
        self.web = (HERE, ports["web"])
        self.plain_url = f"http://{HERE}:{ports['http']}"
        self.public_url = f"https://localhost:{ports['https']}"
        self.certificate = folder / "secrets" / "certificate"
        self.compose = Compose({"PIAOJUE_PUBLIC_URL": self.public_url})
        self.services = {service.name: service for service in self.compose.in_order()}
        self._exactly = {"8000": str(ports["web"])}
        self._within = {
            "database:5432": f"{HERE}:{ports['database']}",
            self.services["proxy"].environment["PIAOJUE_UPSTREAM"]: f"{HERE}:{ports['web']}",
            self.services["web"].environment["PIAOJUE_TRUSTED_PROXIES"]: HERE,
            "0.0.0.0": HERE,
            "/run/secrets": str(folder / "secrets"),
            "/var/cache/nginx": str(folder / "cache"),
            "/var/lib/piaojue": str(folder / "data"),
            "/dev/stdout": str(self.logs / "proxy-access.log"),
            "/srv/static": str(folder / "static-root"),
            "/srv/piaojue": str(ROOT),
        }
        self._proxy_ports = {"PIAOJUE_HTTP_PORT": ports["http"], "PIAOJUE_HTTPS_PORT": ports["https"]}
        image = self.compose.file["services"]["database"]["image"]
        self.database = Database(folder / "database", ports["database"], major(image))

    # ---- the way up and down

    def start(self) -> None:
        """Everything, each service when those before it are as the file says. Raises Fault."""
        self._prepare()
        for name in self.services:
            self.start_one(name)
        for service in self.services.values():
            if service.health:
                self.wait_healthy(service.name)

    def start_one(self, name: str) -> None:
        """One service after its conditions are met."""
        service = self.services[name]
        for other, condition in service.after.items():
            self._wait_for(self.services[other], condition)
        if service.target == "proxy":
            process = self._start_proxy(service)
        elif service.target:
            process = self._start_program(service)
        else:
            process = self._start_database(service)
        self._running[name] = process
        self._tell(f"{name}: {' '.join(service.command) or 'nginx'}")

    def wait_healthy(self, name: str) -> None:
        """Raises Fault when that takes too long."""
        service = self.services[name]
        self._wait(f"{name} is healthy", lambda: self.is_healthy(service))

    def wait_for_anything_to_end(self) -> None:
        """Returns when a service has ended that should run on."""
        while all(process.poll() is None or name == "migrate" for name, process in self._running.items()):
            sleep(0.5)

    def stop_one(self, name: str) -> None:
        """As the file says: its signal, its time. Raises Fault when it does not end well by itself."""
        service, process = self.services[name], self._running.pop(name)
        if process.poll() is None:
            process.send_signal(getattr(signal, service.stop_signal))
        try:
            status = process.wait(service.stop_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Fault(f"{name} did not stop within {service.stop_seconds} s") from None
        if status:
            raise Fault(f"{name} ended with {status}\n{self.said(name)}")

    def stop(self) -> list[str]:
        """Everything in the opposite order; the names in the order in which they ended."""
        ended = []
        for name in [name for name in reversed(self.services) if name in self._running]:
            self.stop_one(name)
            ended.append(name)
        return ended

    def kill(self) -> None:
        """Whatever still runs, after a fault; asked first, because children of what is killed would stay."""
        for process in reversed(self._running.values()):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()

    # ---- questions

    def is_healthy(self, service: Service) -> bool:
        """What the file or the image asks."""
        process = self._running[service.name]
        if process.poll() is not None:
            raise Fault(f"{service.name} ended with {process.returncode}\n{self.said(service.name)}")
        if not service.target:
            return self.database.is_ready(service.health)
        if service.target == "proxy":
            return _answers(self._of_proxy(service.health[-1]))
        words = self._program_words(service.health)
        return subprocess.run(words, env=self._environment(service), check=False, timeout=20).returncode == 0

    def command(self, *words: str, typed: str = "") -> str:
        """`docker compose run web …`: what it prints. Raises Fault."""
        service = self.services["web"]
        entrance = service.command[: service.command.index("serve")]
        done = subprocess.run(
            [*self._program_words(entrance), *words],
            env=self._environment(service),
            cwd=self.folder,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode:
            raise Fault(f"{' '.join(words)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def said(self, name: str) -> str:
        """What a service wrote, its end."""
        file = self.logs / f"{name}.log"
        return file.read_text(encoding="utf-8", errors="replace")[-4000:] if file.exists() else ""

    # ---- each kind

    def _prepare(self) -> None:
        for name in ("logs", "secrets", "data", "cache"):
            (self.folder / name).mkdir()
        (self.folder / "secrets" / "database_password").write_text(secrets.token_urlsafe(24) + "\n", encoding="utf-8")
        self_signed(["localhost", HERE], self.certificate, self.folder / "secrets" / "certificate_key")
        self.database.make(self._environment(self.services["database"]))

    def _start_database(self, service: Service) -> "subprocess.Popen[bytes]":
        process = self.database.start(service.command, self.logs / f"{service.name}.log")
        self._running[service.name] = process
        self._wait("the database answers", lambda: self.is_healthy(service))
        if not (self.folder / "database" / "made").exists():
            self.database.create(service.environment)
            (self.folder / "database" / "made").touch()
        return process

    def _start_program(self, service: Service) -> "subprocess.Popen[bytes]":
        with (self.logs / f"{service.name}.log").open("ab") as said:
            return subprocess.Popen(
                self._program_words(service.command),
                env=self._environment(service),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    def _start_proxy(self, service: Service) -> "subprocess.Popen[bytes]":
        self.command("static", str(self.folder / "static-root"))
        values = self._environment(service) | {
            "PIAOJUE_HTTP2": nginx.http2(),
            **{name: f"{HERE}:{port}" for name, port in self._proxy_ports.items()},
        }
        main_file = nginx.lay_out(self.folder, values)
        for name in ("etc", "tmp", "cache", "logs", "secrets"):
            nginx.hand_over(self.folder / name)
        checked = nginx.check(main_file)
        if checked.returncode:
            raise Fault(checked.stderr)
        return nginx.start(main_file, self.logs / f"{service.name}.log")

    def _environment(self, service: Service) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIAOJUE_", "PG"))}
        return clean | {name: self._translated(value) for name, value in service.environment.items()}

    def _program_words(self, words: Sequence[str]) -> list[str]:
        return [sys.executable if word == "python" else self._translated(word) for word in words]

    def _translated(self, value: str) -> str:
        if value in self._exactly:
            return self._exactly[value]
        for name, here in self._within.items():
            value = value.replace(name, here)
        return value

    def _of_proxy(self, url: str) -> str:
        return f"{self.plain_url}{urlsplit(url).path}"

    # ---- waiting

    def _wait_for(self, service: Service, condition: str) -> None:
        if condition == "service_completed_successfully":
            status = self._running[service.name].wait(PATIENCE)
            if status:
                raise Fault(f"{service.name} ended with {status}\n{self.said(service.name)}")
        elif condition == "service_healthy":
            self.wait_healthy(service.name)

    def _wait(self, what: str, is_so: Callable[[], bool]) -> None:
        deadline = monotonic() + PATIENCE
        while not is_so():
            if monotonic() > deadline:
                logs = "\n".join(self.said(name) for name in self._running)
                raise Fault(f"waited in vain: {what}\n{logs}")
            sleep(0.25)


def _answers(url: str) -> bool:
    parts: Mapping[str, object] = urlsplit(url)._asdict()
    connection = HTTPConnection(str(parts["netloc"]), timeout=3)
    try:
        connection.request("GET", str(parts["path"]))
        return connection.getresponse().status < 400
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
