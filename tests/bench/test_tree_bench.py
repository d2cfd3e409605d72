"""The hash tree over 1,000,000 events: taking in, proving, auditing; beside it the bare hashing of the same run."""

from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time

import pytest

from application.checkpoint_key import CheckpointKey
from application.checkpoints import make_checkpoint
from application.checkpoints_audit import audit
from application.history.history import History, open_history
from application.history.tree import HistoryTree, proofs_for
from application.history.tree_leaf import leaf_of
from application.office import system_clock
from tests.bench.conftest import Say, durable_store
from tests.support.many_facts import fill

pytestmark = pytest.mark.bench

EVENTS, AT_ONCE, PROOFS = 1_000_000, 100_000, 1000


@pytest.mark.parametrize("store", ["sqlite", "postgres"])
def test_a_tree_over_a_million_events(store: str, tmp_path: Path, say: Say) -> None:
    with durable_store(store, tmp_path) as url:
        history = open_history(url)
        try:
            _grow(history, url, store, say)
            _add_one(history, url, store, say)
            _prove(history, store, say)
            _audit(history, store, say)
        finally:
            history.close()


def _grow(history: History, url: str, store: str, say: Say) -> None:
    took, tree = [], HistoryTree(history.tree_store)
    for before in range(0, EVENTS, AT_ONCE):
        fill(url, AT_ONCE, after=before)
        started = perf_counter()
        tree.follow()
        took.append(perf_counter() - started)
    say(
        f"{store}: the tree takes in {AT_ONCE / took[0]:,.0f} events/s at first, {AT_ONCE / took[-1]:,.0f} at a million"
        f" ({sum(took) / _bare(history):.1f} times bare hashing)"
    )


def _add_one(history: History, url: str, store: str, say: Say) -> None:
    """A checkpoint after one more event: what a declaration waits for."""
    key, took = CheckpointKey.new("bench.example/history"), []
    for number in range(30):
        fill(url, 1, after=EVENTS + number)
        started = perf_counter()
        make_checkpoint(history, key, system_clock())
        took.append(perf_counter() - started)
    say(f"{store}: a checkpoint over one event more in {1000 * sorted(took)[15]:.1f} ms")


def _prove(history: History, store: str, say: Say) -> None:
    positions = range(1, EVENTS, EVENTS // PROOFS)
    started = perf_counter()
    alone = proofs_for(history, [EVENTS // 3], EVENTS)
    one = perf_counter() - started
    started = perf_counter()
    many = proofs_for(history, positions, EVENTS)
    took = perf_counter() - started
    assert len(alone[0].proof) == 20
    say(f"{store}: one proof in {1000 * one:.1f} ms, {len(many)} together in {took:.2f} s")


def _audit(history: History, store: str, say: Say) -> None:
    started, worked = perf_counter(), process_time()
    with history.tree_store.reading() as reading:
        audited = audit(reading, [])
    took, worked = perf_counter() - started, process_time() - worked
    assert (audited.findings, audited.events) == ([], EVENTS + 30)
    bare = _bare(history)
    say(f"{store}: {audited.events:,} events audited in {took:.1f} s ({worked:.1f} s of a processor)")
    say(f"{store}: that is {took / bare:.1f} times reading and hashing them barely ({bare:.1f} s)")


def _bare(history: History) -> float:
    """Every event read, its leaf hashed once and the hash once more: less no tree could do."""
    started = perf_counter()
    with history.tree_store.reading() as reading:
        for row in reading.rows():
            sha256(sha256(leaf_of(row)).digest()).digest()
    return perf_counter() - started
