"""Rates beside a limit measured in the same run; nothing here passes or fails by the clock."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from time import perf_counter
from uuid import UUID

import pytest

from domain.polls.columns import add_up
from domain.polls.outcome import Turnout
from domain.polls.poll import PollItem
from domain.polls.profile import READY_MADE
from domain.polls.tally import tally
from interfaces.composition import House
from tests.support.demonstration import told

pytestmark = pytest.mark.bench

BALLOTS, ITEMS = 100_000, 20


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("bench")
    made = told(f"sqlite:///{folder / 'piaojue.db'}", folder)
    yield made
    made.close()


def seconds(do: Callable[[], object]) -> float:
    """The best of three."""
    best = float("inf")
    for _ in range(3):
        started = perf_counter()
        do()
        best = min(best, perf_counter() - started)
    return best


def test_tally(capsys: pytest.CaptureFixture[str]) -> None:
    chance = Random(1)
    marks = ("for", "for", "for", "against", "abstain", "")
    ballots = [tuple(chance.choices(marks, k=ITEMS)) for _ in range(BALLOTS)]
    profile = READY_MADE["per_item_majority"]
    items = [PollItem(id=str(n), name=f"项目{n}", project=UUID(int=n)) for n in range(1, ITEMS + 1)]
    turnout = Turnout(all_delegates=BALLOTS, attending=BALLOTS, issued=BALLOTS)
    ours = seconds(lambda: tally(profile, items, turnout, add_up(profile, [item.id for item in items], ballots)))
    limit = seconds(lambda: [Counter(column) for column in zip(*ballots, strict=True)])
    with capsys.disabled():
        print(f"\ntally {BALLOTS:,} x {ITEMS}: {ours:.2f} s, bare counting {limit:.2f} s, ratio {ours / limit:.2f}")
