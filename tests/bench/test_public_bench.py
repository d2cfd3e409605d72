"""Public pages as a hall full of phones asks for them: from the real server, through everything that lies around it."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from os import getuid, sysconf
from pathlib import Path
from time import perf_counter, sleep

import pytest
from httpx2 import Client, TransportError

from application.office import system_clock
from application.private import sign_ins
from interfaces.composition import open_house
from interfaces.settings import Settings
from interfaces.web._base.areas import COOKIE_PATHS
from interfaces.web._base.tokens import SIGN_IN_COOKIE
from tests.bench.conftest import Say
from tests.e2e.servers import ServerProcess, serving
from tests.support import load
from tests.support.browser import ROOT
from tests.support.demonstration import account_of, told
from tests.support.ports import free_port

pytestmark = pytest.mark.bench

REQUESTS, CONNECTIONS = 20_000, 32
HELLO = ("-m", "uvicorn", "tests.bench.hello:app", "--no-access-log", "--log-level", "warning")
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
WRK = shutil.which("wrk")
OFFICE = ("/staff/donghe", "/staff/donghe/projects", "/staff/donghe/asks", "/staff/donghe/delegates")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demonstration, told and closed."""
    folder = tmp_path_factory.mktemp("public-bench")
    told(f"sqlite:///{folder}/piaojue.db", folder).close()
    return f"sqlite:///{folder}/piaojue.db"


@pytest.fixture(scope="module")
def server(url: str) -> Iterator[ServerProcess]:
    with serving(url, _folder(url)) as running:
        yield running


@pytest.fixture(scope="module")
def page(server: ServerProcess) -> str:
    """The address of a project that was adopted."""
    with Client(base_url=server.url) as client:
        codes = [one["code"] for one in client.get("/donghe/2026.json").json()["projects"]]
    return f"/p/{codes[0]}"


def test_public_pages_beside_a_bare_endpoint(server: ServerProcess, page: str, tmp_path: Path, say: Say) -> None:
    with Client(base_url=server.url) as client:
        tag = client.get(page).headers["etag"]
    with serving("sqlite://", tmp_path, HELLO) as bare:
        hello = _measured(say, "bare endpoint", bare, load.get("/"))
    asked = {
        "project page": load.get(page),
        "project page, gzip": load.get(page, accept_encoding="gzip"),
        "project page, 304": load.get(page, if_none_match=tag),
        "home": load.get("/"),
        "annual list": load.get("/donghe/2026"),
        "annual list, JSON": load.get("/donghe/2026.json"),
    }
    for name, request in asked.items():
        taken = _measured(say, name, server, request)
        say(f"  to the bare endpoint, in processor time: {taken / hello:.1f}")


@pytest.mark.skipif(WRK is None, reason="wrk is not on this machine")
def test_public_page_with_wrk(server: ServerProcess, page: str, say: Say) -> None:
    words = [str(WRK), "-t1", f"-c{CONNECTIONS}", "-d3s", server.url + page]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert rate is not None, said
    say(f"project page, wrk: {float(rate[1]):,.0f}/s")


@pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine")
def test_public_page_behind_nginx(server: ServerProcess, page: str, tmp_path: Path, say: Say) -> None:
    with Client(base_url=server.url) as client:
        (tmp_path / "page.html").write_bytes(client.get(page).content)
    with _nginx(tmp_path, server.port) as port:
        load.hammer([port], [load.get(page)] * 50, 4)
        for name, path in (("static file of the same size", "/page.html"), ("project page, kept by nginx", page)):
            done = load.hammer([port], [load.get(path)] * REQUESTS, CONNECTIONS)
            assert done.statuses == {200: REQUESTS}
            say(f"nginx, one process, {name}: {done.rate:,.0f}/s, p99 {done.wait_of(0.99):.1f} ms")


def test_start_and_memory(url: str, say: Say) -> None:
    started = perf_counter()
    with serving(url, _folder(url)) as server, Client(base_url=server.url) as client:
        assert client.get("/").status_code == 200
        taken, busy = perf_counter() - started, _processor_seconds(server)
        say(f"start to first answer: {taken:.2f} s, of a processor {busy:.2f} s, {_megabytes(server):.0f} MB then")
        pages = _crawl(client)
        say(f"after {pages} public pages: {_megabytes(server):.0f} MB")
        _sign_in(url, client)
        for path in OFFICE:
            assert client.get(path).status_code == 200, path
        say(f"after {len(OFFICE)} pages of the office: {_megabytes(server):.0f} MB")


def _measured(say: Say, name: str, server: ServerProcess, request: bytes) -> float:
    """Prints the rate; returns processor seconds of the server for one request."""
    load.hammer([server.port], [request] * 200, CONNECTIONS)
    before = _processor_seconds(server)
    done = load.hammer([server.port], [request] * REQUESTS, CONNECTIONS)
    taken = (_processor_seconds(server) - before) / REQUESTS
    assert set(done.statuses) <= {200, 304}
    say(
        f"{name}: {done.rate:,.0f}/s, p50 {done.wait_of(0.5):.1f} ms, p99 {done.wait_of(0.99):.1f} ms,"
        f" {taken * 1e6:.0f} µs of a processor each (the load itself {done.own_seconds / REQUESTS * 1e6:.0f} µs)"
    )
    return taken


def _processor_seconds(server: ServerProcess) -> float:
    words = Path(f"/proc/{server.number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / sysconf("SC_CLK_TCK")


def _megabytes(server: ServerProcess) -> float:
    """Resident memory."""
    told = Path(f"/proc/{server.number}/status").read_text(encoding="utf-8")
    return int(told.partition("VmRSS:")[2].split()[0]) / 1024


def _crawl(client: Client) -> int:
    """Opens every page that the public home leads to, in both languages."""
    seen: set[str] = set()
    ahead = ["/"]
    while ahead:
        path = ahead.pop()
        if path in seen or not re.match(r"/(?!sign-in|static|language)", path):
            continue
        seen.add(path)
        text = client.get(path, follow_redirects=True).text
        client.get(path, params={"lang": "en"}, follow_redirects=True)
        ahead += re.findall(r'href="(/[^"#?]*)"', text)
    return len(seen)


def _sign_in(url: str, client: Client) -> None:
    with closing(open_house(Settings(data=_folder(url), database_url=url), follow=False)) as house:
        token = sign_ins.begin(house.private, account_of(house, "dh-office"), system_clock())
    for path in COOKIE_PATHS:
        client.cookies.set(SIGN_IN_COOKIE, token, path=path)


def _folder(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///")).parent


_CONFIGURATION = """
{user} worker_processes 1; daemon off; pid {folder}/pid; error_log stderr error;
events {{ worker_connections 512; }}
http {{
  access_log off; keepalive_requests 1000000; default_type text/html;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=piaojue_public:16m max_size=256m use_temp_path=off;
  upstream piaojue_web {{ server 127.0.0.1:{port}; keepalive 64; }}
  server {{
    listen 127.0.0.1:{own};
    set $piaojue_language zh-CN; set $piaojue_not_public ""; set $piaojue_varies_otherwise "";
    proxy_http_version 1.1;
    location = /page.html {{ root {folder}; }}
    location / {{ include {public}; }}
  }}
}}
"""


@contextmanager
def _nginx(folder: Path, port: int) -> Iterator[int]:
    """nginx before the server, keeping public pages as the deployment's configuration says; without its limits."""
    own, file = free_port(), folder / "nginx.conf"
    public = ROOT / "deploy" / "nginx" / "piaojue" / "public.conf"
    told = {"folder": folder, "port": port, "own": own, "public": public, "user": "" if getuid() else "user root;"}
    file.write_text(_CONFIGURATION.format(**told), encoding="utf-8")
    running = subprocess.Popen([str(NGINX), "-p", str(folder), "-c", str(file)])
    try:
        with Client(base_url=f"http://127.0.0.1:{own}") as client:
            _until_it_answers(client)
        yield own
    finally:
        running.terminate()
        running.wait(10)


def _until_it_answers(client: Client) -> None:
    for _ in range(50):
        try:
            client.get("/page.html")
        except TransportError:
            sleep(0.1)
        else:
            return
