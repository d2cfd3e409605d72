"""Ten years of sixty congresses, twenty projects each with forty timeline entries: every page, asked for by one client.

./run bench tests/bench/test_scale_bench.py
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from os import sysconf
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Final
from uuid import UUID, uuid5

import pytest
from httpx2 import Client

from application.office import system_clock
from application.private import sign_ins
from domain.accounts.permissions import Grant, Role
from domain.asks.ask import AskKind, ask_id
from domain.shared import project_code
from interfaces.composition import House, open_house
from interfaces.demo.scale.bodies import bodies
from interfaces.demo.scale.vote import Vote
from interfaces.demo.scale.work import Work
from interfaces.demo.scale.years import Size, fill
from interfaces.settings import Settings
from interfaces.web._base.areas import COOKIE_PATHS
from interfaces.web._base.discovery import all_routes
from interfaces.web._base.tokens import SIGN_IN_COOKIE
from tests.bench.conftest import Say, durable_store
from tests.e2e.servers import ServerProcess, serving
from tests.support import visitors

pytestmark = pytest.mark.bench

SIZE = Size(today=date(2026, 11, 22))
YEAR = 2025
"""A year that is over: everything has happened in it."""

TIMES, WARMING = 40, 4
DICTIONARY, DICTIONARY_SECONDS = "/staff/gy/proposals", 4
"""Where the first visitor of a process makes it read the dictionary for near duplicates, in the background."""
LONGEST, LONGEST_MATRIX = 150, 300
"""Milliseconds at the 95th percentile, from the product's own promise."""

_FILE: Final = re.compile(r"\.\w+$|/events$|/photos/|/live|/document$")
_PLACE: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
_LIVE: Final = ("{secret}", "{file}", "{photo}", "{upload}", "{part}", "{size}")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The history is written in bulk; nothing of it has been projected yet."""
    folder = tmp_path_factory.mktemp("scale-bench")
    with durable_store(request.param, folder) as url:
        fill(url, SIZE)
        yield url, folder


def test_every_page_of_a_city_in_full_size(filled: tuple[str, Path], say: Say) -> None:
    url, folder = filled
    with closing(open_house(Settings(data=folder, database_url=url), follow=False)) as house, ExitStack() as opened:
        started = perf_counter()
        house.followers.catch_up()
        say(f"{url.partition(':')[0]}: all read models filled in {perf_counter() - started:,.0f} s")
        server = opened.enter_context(serving(url, folder))
        slow = measured(server, _token(house), say)
        say(f"{url.partition(':')[0]}: {len(slow)} pages above their bound: {', '.join(slow) or 'none'}")


def measured(server: ServerProcess, token: str, say: Say) -> list[str]:
    """Every page by its p95, the slowest first; returns those above their bound."""
    taken: dict[str, tuple[float, float, float]] = {}
    with _client(server, {SIGN_IN_COOKIE: token}) as client:
        client.get(DICTIONARY)
        sleep(DICTIONARY_SECONDS)
        for path in _pages():
            began = _processor(server)
            times = _times(client, path)
            if times:
                worked = (_processor(server) - began) * 1000 / (TIMES + WARMING)
                taken[path] = (quantiles(times, n=20)[-1], median(times), worked)
    for path, (p95, middle, worked) in sorted(taken.items(), key=lambda one: -one[1][0]):
        say(f"p95 {p95:6.1f} ms, median {middle:6.1f} ms, processor {worked:5.1f} ms  {path}")
    say(f"{len(taken)} pages")
    bound = {path: LONGEST_MATRIX if "/matrix" in path else LONGEST for path in taken}
    return [path for path, (p95, _, _) in taken.items() if p95 > bound[path]]


def _processor(server: ServerProcess) -> float:
    """Seconds of a processor that the server's processes have used; it hardly depends on what else goes on."""
    used = 0
    for number in (server.number, *server.children()):
        words = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        used += int(words[11]) + int(words[12])
    return used / sysconf("SC_CLK_TCK")


def _times(client: Client, path: str) -> list[float]:
    """Milliseconds, one request after the other; nothing for a page that there is not for this one."""
    taken = []
    for _ in range(WARMING + TIMES):
        started = perf_counter()
        answer = client.get(path)
        taken.append((perf_counter() - started) * 1000)
        assert answer.status_code < 500, (path, answer.status_code)
        if answer.status_code != 200:
            return []
    return taken[WARMING:]


def _pages() -> list[str]:
    """Every page whose address can be filled from what there is."""
    found = []
    for route in all_routes():
        path = str(getattr(route, "path", ""))
        if "GET" not in (getattr(route, "methods", None) or ()) or _FILE.search(path) or path.startswith("/static"):
            continue
        if not any(live in path for live in _LIVE):
            area = path.split("/")[1]
            filled = _PLACE.sub(lambda place, area=area: _value(place.group(1), area), path)  # type: ignore[misc]
            if "{" not in filled:
                found.append(filled)
    return [*dict.fromkeys(found), f"/gy/{YEAR}?filter=", f"/staff/gy/matrix?years={YEAR}"]


def _value(name: str, area: str) -> str:
    """What stands in a place of an address: units look at the first district, everybody else at the city."""
    body = bodies(2, SIZE.first_year)[1 if area == "unit" else 0]
    vote = Vote(body, YEAR)
    work = Work(vote, 5)
    known: dict[str, str | UUID | int] = {
        "slug": body.slug,
        "year": YEAR,
        "project": work.project,
        "code": project_code(work.project),
        "poll": vote.poll,
        "session": vote.session,
        "profile": body.profile,
        "unit": body.units[0][0],
        "delegate": body.delegate(0),
        "ask": ask_id(body.id, YEAR, AskKind.PROGRESS, work.project),
        "report_id": uuid5(work.project, "report 6"),
        "adjustment": uuid5(work.project, "adjustment"),
        "meeting": uuid5(body.id, f"meeting {YEAR}/4"),
        "position": 1000,
        "kind": "analysis",
        "first_year": YEAR - 2,
        "last_year": YEAR,
    }
    return str(known.get(name, "{" + name + "}"))


@contextmanager
def _client(server: ServerProcess, cookies: dict[str, str]) -> Iterator[Client]:
    with Client(base_url=server.url, timeout=60) as client:
        for name, value in cookies.items():
            for where in COOKIE_PATHS:
                client.cookies.set(name, value, path=where)
        yield client


def _token(house: House) -> str:
    """Somebody with every kind of desk."""
    city, district = bodies(2, SIZE.first_year)
    grants = [
        Grant(role=Role.STAFF, congress=city.id),
        Grant(role=Role.AUDITOR, congress=city.id),
        Grant(role=Role.DEPARTMENT, congress=district.id, unit=district.units[0][0]),
        Grant(role=Role.DELEGATE, congress=city.id, delegate=city.delegate(0)),
    ]
    return sign_ins.begin(house.private, visitors.account(house, *grants), system_clock())
