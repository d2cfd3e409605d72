"""Ten years of sixty congresses, twenty projects each with forty timeline entries: every page, asked for by one client.

./run bench tests/bench/test_scale_bench.py

SCALE_DATA names a folder in which the city stays, so that it is made once and measured as often as one likes;
SCALE_TIMES says how often each page is asked for, SCALE_STORES on which stores (sqlite, postgres or both).
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date
from os import environ, sysconf
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time, sleep
from typing import Final, NamedTuple
from uuid import UUID, uuid5

import pytest
from httpx2 import Client

from application.history.transfer_checks import NotEmpty
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
from tests.bench.conftest import Say, durable_store, kept_store
from tests.e2e.servers import ServerProcess, serving
from tests.support import visitors

pytestmark = pytest.mark.bench

SIZE = Size(today=date(2026, 11, 22))
YEAR = 2025
"""A year that is over: everything has happened in it."""

TIMES, WARMING = int(environ.get("SCALE_TIMES", "40")), 4
STORES = tuple(environ.get("SCALE_STORES", "sqlite postgres").split())
KEPT = environ.get("SCALE_DATA")
DICTIONARY, DICTIONARY_SECONDS = "/staff/gy/proposals", 4
"""Where the first visitor of a process makes it read the dictionary for near duplicates, in the background."""
LONGEST, LONGEST_MATRIX = 150, 300
"""Milliseconds at the 95th percentile, from the product's own promise."""

_FILE: Final = re.compile(r"\.\w+$|/events$|/photos/|/live|/document$")
_PLACE: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
_LIVE: Final = ("{secret}", "{file}", "{photo}", "{upload}", "{part}", "{size}")


class Taken(NamedTuple):
    """Milliseconds of one page: the 95th percentile, the median, and what the server's processes worked."""

    p95: float
    median: float
    worked: float


def test_every_page_of_a_city_in_full_size(say: Say, tmp_path: Path) -> None:
    found = {store: _measured_on(store, Path(KEPT or tmp_path) / store, say) for store in STORES}
    say(f"p95, median, server's processor, in ms: {', '.join(found)}")
    pages = dict.fromkeys(path for of_store in found.values() for path in of_store)
    for path in sorted(pages, key=lambda path: -max(of_store[path].p95 for of_store in found.values())):
        told = "   ".join("{:6.1f} {:6.1f} {:6.1f}".format(*of_store[path]) for of_store in found.values())
        say(f"{told}   {path}")
    for store, of_store in found.items():
        slow = [path for path, taken in of_store.items() if taken.p95 > _bound(path)]
        say(f"{store}: {len(slow)} of {len(of_store)} pages above their bound: {', '.join(slow) or 'none'}")


def _measured_on(store: str, folder: Path, say: Say) -> dict[str, Taken]:
    """Every page there is. What an earlier run has left of history and read models is taken up."""
    with ExitStack() as opened:
        url = opened.enter_context(kept_store(store, folder) if KEPT else durable_store(store, folder))
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(NotEmpty):
            fill(url, SIZE)
        house = opened.enter_context(closing(open_house(Settings(data=folder, database_url=url), follow=False)))
        started, worked = perf_counter(), process_time()
        house.followers.catch_up()
        seconds = f"{perf_counter() - started:,.0f} s, {process_time() - worked:,.0f} s of a processor"
        say(f"{store}: read models filled in {seconds}")
        return measured(opened.enter_context(serving(url, folder)), _token(house))


def measured(server: ServerProcess, token: str) -> dict[str, Taken]:
    """Every page, one after the other."""
    taken: dict[str, Taken] = {}
    with _client(server, {SIGN_IN_COOKIE: token}) as client:
        client.get(DICTIONARY)
        sleep(DICTIONARY_SECONDS)
        for path in _pages():
            began = _processor(server)
            times = _times(client, path)
            if times:
                worked = (_processor(server) - began) * 1000 / (TIMES + WARMING)
                taken[path] = Taken(quantiles(times, n=20)[-1], median(times), worked)
    return taken


def _bound(path: str) -> int:
    return LONGEST_MATRIX if "/matrix" in path else LONGEST


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
