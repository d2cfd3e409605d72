"""Ballots over HTTP into the box and onto the disk, beside what plain psycopg does with the same rows."""

import json
import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import uuid4

import psycopg
import pytest

from application.history.box_facts import stored
from application.polls import cards as card_commands
from domain.polls.ballot import ballot_stream, packed
from domain.polls.card import CardId
from domain.polls.poll import Sealing
from interfaces.composition import open_house
from interfaces.settings import Settings
from tests.bench.conftest import Say, durable_store
from tests.e2e.phones import filled_in
from tests.e2e.sealed import seat_at_once
from tests.e2e.servers import serving
from tests.support import load
from tests.support.polls import prepared
from tests.support.sealing import guarded

pytestmark = pytest.mark.bench

ITEMS = tuple(f"民生实事项目之{number}" for number in range(1, 13))
WARMING_UP, FEW, MANY = 500, 3_000, 20_000
"""How many ballots are cast into a box of their own; a hall is never the first that a server hears of."""


@pytest.mark.parametrize(
    ("store", "processes", "connections"), [("postgres", 1, 64), ("postgres", 2, 256), ("sqlite", 1, 64)]
)
def test_ballots(
    store: str, processes: int, connections: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Say
) -> None:
    monkeypatch.setattr(card_commands, "MOST_CARDS", MANY)
    rates = {}
    with durable_store(store, tmp_path) as url:
        plain = _plain_psycopg(url) if store == "postgres" else {}
        halls = {ballots: _ballots_to_cast(url, tmp_path, ballots) for ballots in (WARMING_UP, FEW, MANY)}
        with serving(url, tmp_path, processes=str(processes)) as server:
            for ballots, requests in halls.items():
                done = load.hammer([server.port], requests, connections)
                assert done.statuses == {200: ballots}
                rates[ballots] = done.rate
                say(
                    f"{ballots:,} ballots, {store}, {processes} process(es), {connections} connections:"
                    f" {done.rate:,.0f}/s, p50 {done.wait_of(0.5):.0f} ms, p99 {done.wait_of(0.99):.0f} ms"
                    f" (the load itself {done.own_seconds / ballots * 1e6:.0f} µs each)"
                )
    say(f"  {MANY:,} to {FEW:,} ballots: {rates[MANY] / rates[FEW]:.2f}")
    for way, rate in plain.items():
        say(f"  plain psycopg on the same server, storage only, {way}: {rate:,.0f}/s, ratio {rates[MANY] / rate:.2f}")


TURNS, IN_A_TURN = 6, 1_000
"""Sealed and unsealed ballots are cast in turns, so that a busy machine is busy for both."""


@pytest.mark.parametrize("store", ["postgres", "sqlite"])
def test_sealing_costs_the_server_nothing(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Say
) -> None:
    """The server sees bytes of another length, nothing more: its processor time a ballot says so on a busy machine."""
    monkeypatch.setattr(card_commands, "MOST_CARDS", MANY)
    rates: dict[Sealing, list[float]] = {kind: [] for kind in Sealing}
    spent: dict[Sealing, float] = dict.fromkeys(Sealing, 0.0)
    with durable_store(store, tmp_path) as url:
        warm = _ballots_to_cast(url, tmp_path, WARMING_UP)
        halls = {kind: _ballots_to_cast(url, tmp_path, TURNS * IN_A_TURN, kind, kind.value) for kind in Sealing}
        with serving(url, tmp_path) as server:
            load.hammer([server.port], warm, 64)
            for turn in range(TURNS):
                for kind in list(Sealing)[:: -1 if turn % 2 else 1]:
                    before = _processor_seconds(server.number)
                    done = load.hammer([server.port], halls[kind][turn * IN_A_TURN : (turn + 1) * IN_A_TURN], 64)
                    spent[kind] += _processor_seconds(server.number) - before
                    assert done.statuses == {200: IN_A_TURN}
                    rates[kind].append(done.rate)
    for kind in Sealing:
        each = spent[kind] / TURNS / IN_A_TURN * 1e6
        say(f"{store}, {kind.value}: median {median(rates[kind]):,.0f}/s, server's processor {each:.0f} µs a ballot")
    ratio = median(rates[Sealing.SEALED]) / median(rates[Sealing.UNSEALED])
    cost = spent[Sealing.SEALED] / spent[Sealing.UNSEALED]
    say(f"  sealed to unsealed: rate {ratio:.2f}, processor {cost:.2f}")


def _processor_seconds(process: int) -> float:
    """User and system time so far, from the kernel."""
    after_name = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _plain_psycopg(url: str) -> dict[str, float]:
    """The limits: the same rows without a server in front, a gate, or anybody who asks for a receipt."""
    rows = [_row() for _ in range(2_400)]
    insert = "INSERT INTO plain_ballot VALUES (%s, %s, %s, %s)"
    with closing(psycopg.connect(url)) as plain:
        plain.execute("CREATE TABLE plain_ballot (id uuid PRIMARY KEY, version bigint, topic text, state bytea)")
        plain.commit()

        def one_by_one(some: Sequence[tuple[object, ...]]) -> None:
            for row in some:
                plain.execute(insert, row, prepare=True)
                plain.commit()

        def in_batches(some: Sequence[tuple[object, ...]]) -> None:
            for start in range(0, len(some), 50):
                with plain.cursor() as cursor:
                    cursor.executemany(insert, some[start : start + 50])
                plain.commit()

        rates = {"one row a commit": _rate(one_by_one, rows[:400]), "50 rows a commit": _rate(in_batches, rows[400:])}
        plain.execute("DROP TABLE plain_ballot")
        plain.commit()
    return rates


def _ballots_to_cast(
    url: str, folder: Path, ballots: int, sealing: Sealing = Sealing.UNSEALED, slug: str = ""
) -> list[bytes]:
    """A poll that is open, and a request for each of its cards."""
    house = open_house(Settings(data=folder, database_url=url))
    try:
        hall = prepared(
            house.office,
            house.box,
            delegates=ballots,
            spare_cards=0,
            projects=ITEMS,
            slug=slug or f"b{ballots}",
            sealing=sealing,
        )
        if sealing is Sealing.SEALED:
            guarded(hall)
        hall.release()
        seat_at_once(hall)
        hall.open()
        said = filled_in(hall, hall.cards)
    finally:
        house.close()
    return [load.post("/v/cast", json.dumps(ballot).encode()) for ballot in said.values()]


def _rate(do: Callable[[Sequence[tuple[object, ...]]], None], rows: Sequence[tuple[object, ...]]) -> float:
    started = perf_counter()
    do(rows)
    return len(rows) / (perf_counter() - started)


def _row() -> tuple[object, ...]:
    ballot = packed(secrets.token_bytes(48), form=secrets.token_hex(32))
    event = stored(ballot_stream(uuid4(), CardId(secrets.token_hex(32))), ballot)
    return event.originator_id, event.originator_version, event.topic, event.state
