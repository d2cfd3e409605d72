"""The hash tree over the history: the same on both stores, after an export, and whatever it was grown by."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest

from application.history.history import History, open_history
from application.history.recorded import Recorded
from application.history.transfer import fill_history, filling, history_lines, snapshot
from application.history.tree import HASHES, HistoryTree, proofs_for
from application.history.tree_leaf import leaf_of, row_of
from application.history.tree_store import TILE
from domain.accounts.account import AccountEnabled
from domain.checkpoints.tree import ProofInvalid, leaf_hash, root_of, tree_hash, verify_consistency, verify_inclusion
from domain.shared import CHINA, NotFound
from tests.support.many_facts import fill

AT = datetime(2026, 1, 20, 9, tzinfo=CHINA)
THREE_TILES_AND_MORE = 3 * TILE + 77


def exported_leaves(url: str) -> list[bytes]:
    """The lines of facts in an export, as anybody would take them out."""
    with snapshot(url) as taken:
        lines = b"".join(history_lines(taken, AT)).splitlines()
    return [line for line in lines if line.startswith(b'{"position":')]


@pytest.fixture
def tree(history: History) -> HistoryTree:
    return HistoryTree(history.tree_store)


@pytest.fixture
def elsewhere(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/elsewhere/piaojue.db"


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_the_root_is_that_of_the_lines_of_an_export(history: History, database_url: str, algorithm: str) -> None:
    fill(database_url, THREE_TILES_AND_MORE)
    tree = HistoryTree(history.tree_store, algorithm)
    assert tree.follow() == THREE_TILES_AND_MORE
    leaves = exported_leaves(database_url)
    for size in (0, 1, 2, TILE - 1, TILE, TILE + 1, 2 * TILE, THREE_TILES_AND_MORE):
        assert tree.root(size) == tree_hash(leaves[:size], HASHES[algorithm]), size


def test_an_imported_history_has_the_same_tree(history: History, database_url: str, elsewhere: str) -> None:
    fill(database_url, 30)
    with snapshot(database_url) as taken:
        content = b"".join(history_lines(taken, AT))
    with filling(elsewhere) as into:
        fill_history(into, iter(content.splitlines(keepends=True)))
    other = open_history(elsewhere)
    trees = HistoryTree(history.tree_store), HistoryTree(other.tree_store)
    assert [tree.follow() for tree in trees] == [30, 30]
    assert trees[0].root(30) == trees[1].root(30)
    other.close()


def test_growing_by_steps_of_any_size_ends_in_the_same_tree(
    history: History, database_url: str, tree: HistoryTree
) -> None:
    size = 0
    for more in (1, 1, 254, 1, 300, 212, 7):
        fill(database_url, more, after=size)
        size += more
        assert tree.follow() == size
    leaves = [leaf_hash(leaf) for leaf in exported_leaves(database_url)]
    assert [tree.root(one) for one in range(size + 1)] == [root_of(leaves[:one]) for one in range(size + 1)]
    assert HistoryTree(history.tree_store).size() == size


def test_every_event_is_proven_in_every_checkpoint_that_holds_it(
    history: History, database_url: str, tree: HistoryTree
) -> None:
    fill(database_url, 520)
    tree.follow()
    leaves = [leaf_hash(leaf) for leaf in exported_leaves(database_url)]
    for size in (1, 255, 256, 257, 400, 512, 513, 520):
        positions = list(range(1, size + 1, 1 if size < 10 else 37))
        for proven in proofs_for(history, positions, size):
            assert proven.index == proven.position - 1
            assert proven.leaf_hash == leaves[proven.index]
            verify_inclusion(proven.leaf_hash, proven.index, size, proven.proof, root_of(leaves[:size]))


def test_any_size_is_proven_to_continue_an_earlier_one(database_url: str, tree: HistoryTree) -> None:
    fill(database_url, 520)
    tree.follow()
    for first in (1, 2, 100, 255, 256, 257, 511, 512, 519, 520):
        for second in (size for size in (257, 512, 513, 520) if size >= first):
            proof = tree.consistency(first, second)
            verify_consistency(first, second, proof, tree.root(first), tree.root(second))


def test_positions_may_skip_numbers(history: History, database_url: str, tree: HistoryTree) -> None:
    fill(database_url, 10)
    fill(database_url, 300, after=5000)
    fill(database_url, 5, after=9000)
    assert tree.follow() == 315
    assert [tree.index_of(position) for position in (10, 5001, 5300, 9001)] == [9, 10, 309, 310]
    assert [tree.last_position(size) for size in (0, 1, 10, 11, 310, 311, 315)] == [0, 1, 10, 5001, 5300, 9001, 9005]
    for nowhere in (0, 11, 4999, 5301, 9000, 9006, 10**9):
        with pytest.raises(NotFound):
            tree.index_of(nowhere)


def test_nothing_is_proven_beyond_the_tree(history: History, database_url: str, tree: HistoryTree) -> None:
    fill(database_url, 20)
    tree.follow()
    fill(database_url, 20, after=20)
    with pytest.raises(NotFound):
        proofs_for(history, [21], 20)
    assert tree.size() == 20
    with pytest.raises(NotFound):
        tree.root(41)
    with pytest.raises(NotFound):
        tree.consistency(5, 41)
    assert tree.size() == 40
    with pytest.raises(NotFound):
        proofs_for(history, [21], 20)
    with pytest.raises(ProofInvalid):
        tree.consistency(0, 20)


def test_two_that_follow_at_once_do_not_spoil_each_other(history: History, database_url: str) -> None:
    fill(database_url, 300)
    one, other = HistoryTree(history.tree_store), HistoryTree(history.tree_store)
    edge = history.tree_store.edge("sha256")
    one.follow()
    assert not history.tree_store.grow("sha256", 0, edge)
    assert other.follow() == 300
    assert other.root(300) == tree_hash(exported_leaves(database_url))


def test_what_is_recorded_by_the_office_is_in_the_tree(history: History, tree: HistoryTree) -> None:
    stream = uuid4()
    recorded = [Recorded(stream, 1, AT, None, AccountEnabled())]
    position = history.append(recorded, seen={stream: 0})
    assert tree.follow() == 1
    assert [proven.position for proven in proofs_for(history, [position], 1)] == [position]


def test_no_two_rows_share_a_leaf() -> None:
    stream = "00000000-0000-5000-8000-0000000000bb"
    state = b'{"v":1,"at":"2026-01-20T09:00:00+08:00","by":null,"fact":{}}'
    honest = (1, stream, 1, "accounts.account-enabled", state)
    moved = json.loads(state)
    others = [
        (2, *honest[1:]),
        (1, stream.replace("bb", "bc"), *honest[2:]),
        (1, stream.upper(), *honest[2:]),
        (1, stream, 2, *honest[3:]),
        (1, stream, "1", *honest[3:]),
        (1, stream, 1, "accounts.account-disabled", state),
        (1, stream, 1, 'accounts.account-enabled","v":1,"at":"2026-01-20T09:00:00+08:00', b'{"by":null,"fact":{}}'),
        (1, stream, 1, b"accounts.account-enabled", state),
        (*honest[:4], b"!" + state[1:]),
        (*honest[:4], state[1:]),
        (*honest[:4], state.decode()),
        (*honest[:4], json.dumps(moved).encode()),
        (*honest[:4], None),
    ]
    leaves = {leaf_of(row_of(*row)) for row in [honest, *others]}
    assert len(leaves) == len(others) + 1
    assert sum(leaf.startswith(b"{") for leaf in leaves) == 6


def test_the_program_in_the_paper_computes_the_root(history: History, database_url: str, tmp_path: Path) -> None:
    fill(database_url, 300)
    with snapshot(database_url) as taken:
        (tmp_path / "export.jsonl").write_bytes(b"".join(history_lines(taken, AT)))
    paper = (Path(__file__).parents[3] / "docs/checkpoints.md").read_text(encoding="utf-8")
    program = paper.partition("```python\n")[2].partition("```")[0]
    for size in (1, 255, 300):
        words = [sys.executable, "-c", program, str(tmp_path / "export.jsonl"), str(size)]
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
        assert said == HistoryTree(history.tree_store).root(size).hex()
