"""How long each verifier takes with a record of 3,000 ballots, beside hashing and adding the same."""

import json
from collections.abc import Callable
from hashlib import sha256
from itertools import count
from pathlib import Path
from time import perf_counter

import pytest

from interfaces.record import verify_record
from interfaces.record.packing import packed, unpacked
from interfaces.record.verifying import verify
from tests.bench.conftest import Say
from tests.support.records import MadeUp, made_up

pytestmark = pytest.mark.bench

BALLOTS = 3000


def _large() -> MadeUp:
    """A valid poll with so many ballots at least in its box."""
    polls = (made_up(seed, delegates=2 * BALLOTS) for seed in count())
    return next(
        made for made in polls if made.poll.closed and made.poll.closed.ballots >= BALLOTS and made.poll.declared
    )


def test_verifying_a_record(say: Say, tmp_path: Path) -> None:
    made = _large()
    content = packed(made.files)
    path = tmp_path / "record.zip"
    path.write_bytes(content)
    ours = _seconds(lambda: verify(unpacked(content), content))
    alone = _seconds(lambda: verify_record.verify(path))
    limit = _seconds(lambda: _bare(made.files))
    ballots = made.poll.closed.ballots if made.poll.closed else 0
    say(
        f"verify a record of {ballots:,} ballots: piaojue verify {ours:.3f} s, verify_record.py {alone:.3f} s,"
        f" hashing and reading it once {limit:.3f} s, ratios {ours / limit:.1f} and {alone / limit:.1f}"
    )


def _bare(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        sha256(content).digest()
        if name.endswith(".json"):
            json.loads(content)
    level = [sha256(line).digest() for line in files["receipts.txt"].splitlines()]
    while len(level) > 1:
        level = [sha256(b"".join(level[at : at + 2])).digest() for at in range(0, len(level), 2)]


def _seconds(do: Callable[[], object]) -> float:
    """The best of three."""
    times = []
    for _ in range(3):
        started = perf_counter()
        do()
        times.append(perf_counter() - started)
    return min(times)
