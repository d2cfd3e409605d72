"""nginx with the delivered configuration, before a stand-in of the application that notes what reaches it."""

import gzip
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Any

import httpx2
import pytest

from deploy.by_hand import nginx
from deploy.by_hand.certificate import self_signed
from tests.support.ports import free_port

BALLOT_NAME = "ballot.piaojue.test"
PUBLIC_URL = "https://piaojue.test"
PATIENCE = 60


@dataclass
class Asked:
    """One request that came through."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass
class Application:
    """Answers like the application, as far as a web server in front can tell."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    version: str = "1"
    connections: list[socket.socket] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        """Listens again on the port it had."""

        class Handler(_Handler):
            application = self

        class Server(ThreadingHTTPServer):
            request_queue_size = 256  # a crowd finds room before the door

        self._server = Server(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Nothing listens afterwards, and kept connections are gone as well."""
        if self._server is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._server = None
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.connections.clear()

    def note(self, asked: Asked) -> None:
        with self._lock:
            self.asked.append(asked)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    @property
    def last(self) -> Asked:
        return self.asked[-1]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    application: Application

    def setup(self) -> None:
        super().setup()
        self.application.connections.append(self.connection)

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        self.application.note(
            Asked(self.command, self.path, {name.lower(): value for name, value in self.headers.items()})
        )
        if self.path.endswith("/breaks-off"):
            self.close_connection = True
            return
        tag = f'"{self.application.version}"'
        public = self.path.startswith(("/p/", "/qingcheng"))
        kept = {
            "Cache-Control": "public, no-cache" if public else "no-store",
            **({"ETag": tag, "Vary": "Accept-Language, Cookie"} if public else {}),
            **({"Set-Cookie": "a=b"} if "cookie" in self.path else {}),
            **({"Vary": "User-Agent"} if "browser" in self.path else {}),
            **({"Retry-After": "3"} if "full" in self.path else {}),
        }
        if public and self.headers.get("If-None-Match") == tag:
            self._send(304, kept, b"")
        else:
            self._send(503 if "full" in self.path else 200, kept, f"page {self.application.version}".encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815  # the standard library's names

    def log_message(self, *_values: Any) -> None:
        """A stand-in keeps no log."""


@dataclass
class Front:
    """A running nginx and what it wrote."""

    folder: Path
    client: httpx2.Client
    plain: httpx2.Client
    https_port: int
    application: Application

    @property
    def log(self) -> str:
        return (self.folder / "access.log").read_text(encoding="utf-8")

    @property
    def errors(self) -> str:
        return "".join(file.read_text(encoding="utf-8") for file in self.folder.glob("*error*.log"))

    def logs_settled(self, until: str = "") -> str:
        """What both logs say; a line comes a moment after its answer, and one that holds `until` is waited for."""
        deadline = monotonic() + PATIENCE
        sleep(0.05)
        while until not in (said := self.log + self.errors) and monotonic() < deadline:
            sleep(0.05)
        return said

    def kept_on_disk(self) -> bytes:
        """Everything in the folders that nginx writes into."""
        found = (path for name in ("tmp", "cache") for path in (self.folder / name).rglob("*") if path.is_file())
        return b"".join(path.read_bytes() for path in found if path.name != "nginx.pid")

    def under_ballot_name(self, method: str, path: str) -> httpx2.Response:
        return self.client.request(
            method, path, headers={"Host": BALLOT_NAME}, extensions={"sni_hostname": BALLOT_NAME}
        )


@pytest.fixture
def application() -> Iterator[Application]:
    stand_in = Application()
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def ballot_name() -> str:
    """Without a name of its own; tests may say otherwise."""
    return "ballot.invalid"


@pytest.fixture
def folder() -> Iterator[Path]:
    """pytest's own folders are root's alone, and nginx never is root here."""
    made = Path(tempfile.mkdtemp(prefix="piaojue-nginx-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def front(application: Application, ballot_name: str, folder: Path) -> Iterator[Front]:
    if shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin") is None:
        pytest.skip("no nginx; ./run test says so at its end, and fails for it where changes are checked")
    http_port, https_port = free_port(), free_port()
    static = folder / "static-root" / "static" / "css"
    static.mkdir(parents=True)
    (static / "office.0123456789ab.css").write_text("body{}", encoding="utf-8")
    (static / "office.0123456789ab.css.gz").write_bytes(gzip.compress(b"body{} /* squeezed */"))
    self_signed(["127.0.0.1", "piaojue.test", BALLOT_NAME], folder / "certificate.pem", folder / "key.pem")
    main_file = nginx.lay_out(folder, _values(folder, application, ballot_name, http_port, https_port))
    nginx.hand_over(folder)
    process = nginx.start(main_file, folder / "nginx-error.log")
    try:
        _wait_for(http_port, process, folder / "nginx-error.log")
        trusting = ssl.create_default_context(cafile=str(folder / "certificate.pem"))
        with (
            httpx2.Client(
                base_url=f"https://127.0.0.1:{https_port}", verify=trusting, timeout=PATIENCE, trust_env=False
            ) as client,
            httpx2.Client(base_url=f"http://127.0.0.1:{http_port}", timeout=PATIENCE, trust_env=False) as plain,
        ):
            yield Front(folder, client, plain, https_port, application)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _values(folder: Path, application: Application, ballot_name: str, http: int, https: int) -> dict[str, str]:
    return {
        "PIAOJUE_PUBLIC_URL": PUBLIC_URL,
        "PIAOJUE_BALLOT_NAME": ballot_name,
        "PIAOJUE_UPSTREAM": f"127.0.0.1:{application.port}",
        "PIAOJUE_HTTP_PORT": f"127.0.0.1:{http}",
        "PIAOJUE_HTTPS_PORT": f"127.0.0.1:{https}",
        "PIAOJUE_HTTP2": nginx.http2(),
        "PIAOJUE_CERTIFICATE": str(folder / "certificate.pem"),
        "PIAOJUE_CERTIFICATE_KEY": str(folder / "key.pem"),
        "PIAOJUE_STATIC_FOLDER": str(folder / "static-root"),
        "PIAOJUE_CACHE_FOLDER": str(folder / "cache" / "public"),
        "PIAOJUE_ACCESS_LOG": str(folder / "access.log"),
        "PIAOJUE_ERROR_LOG": str(folder / "site-error.log"),
    }


def _wait_for(port: int, process: "subprocess.Popen[bytes]", said: Path) -> None:
    deadline = monotonic() + PATIENCE
    with closing(httpx2.Client(trust_env=False)) as client:
        while True:
            try:
                client.get(f"http://127.0.0.1:{port}/-/alive")
            except httpx2.TransportError:
                assert process.poll() is None, said.read_text(encoding="utf-8")
                assert monotonic() < deadline, said.read_text(encoding="utf-8")
                sleep(0.02)
            else:
                return
