"""Checkpoints: signed when something is decided and daily, by one key, and never over a history that shrank."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from application.checkpoint_key import KEY_FILE, CheckpointKey, KeyPlace, read_private_key, verify
from application.checkpoints import HistoryShrank, KeyDiffers, Notary, make_checkpoint, read_checkpoint
from application.history.history import History
from application.history.recorded import Recorded
from application.history.tree import HASHES, HistoryTree
from domain.checkpoints.checkpoint import Algorithm, read_text
from domain.checkpoints.note import KeyUnreadable, NotSigned, VerifierKey, read_key, read_note, require_signed
from domain.checkpoints.sm3 import sm3
from domain.polls.poll import PollDeclared
from tests.support.facts import POLL
from tests.support.many_facts import fill
from tests.support.stores import Clock
from tests.support.vandal import Vandal
from tests.support.year import of

NAME = "rd.example.cn/history"
DECLARED = of(PollDeclared, adopted=())


@pytest.fixture
def key() -> CheckpointKey:
    return CheckpointKey.new(NAME)


@pytest.fixture
def notary(history: History, tmp_path: Path, clock: Clock) -> Notary:
    return Notary(history, KeyPlace(tmp_path, NAME), clock)


def sizes(history: History) -> list[int]:
    return [checkpoint.size for checkpoint in history.tree_store.checkpoints()]


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_checkpoint_says_and_signs_what_is_recorded(
    history: History, database_url: str, key: CheckpointKey, clock: Clock, algorithm: Algorithm
) -> None:
    fill(database_url, 300)
    made = make_checkpoint(history, key, clock.now, algorithm)
    assert made is not None
    assert (made.number, made.algorithm, made.size, made.position) == (1, algorithm.value, 300, 300)
    note = read_note(made.note.encode())
    assert require_signed(note, [read_key(made.key)], verify) == key.verifier(algorithm)
    said = read_text(note.text)
    assert (said.size, said.algorithm, said.at) == (300, algorithm, clock.now)
    assert said.root == HistoryTree(history.tree_store, algorithm).root(300)
    assert said.origin == (NAME if algorithm is Algorithm.SHA256 else f"{NAME}/sm3")


def test_nothing_is_signed_twice_and_nothing_where_nothing_is(
    history: History, database_url: str, key: CheckpointKey, clock: Clock
) -> None:
    assert make_checkpoint(history, key, clock.now) is None
    fill(database_url, 3)
    first = make_checkpoint(history, key, clock.now)
    clock.forward(days=2)
    assert make_checkpoint(history, key, clock.now) == first
    fill(database_url, 1, after=3)
    make_checkpoint(history, key, clock.now)
    assert sizes(history) == [3, 4]


def test_a_tree_of_another_hash_function_goes_on_beside_the_first(
    history: History, database_url: str, key: CheckpointKey, clock: Clock
) -> None:
    fill(database_url, 5)
    make_checkpoint(history, key, clock.now)
    make_checkpoint(history, key, clock.now, Algorithm.SM3)
    fill(database_url, 2, after=5)
    make_checkpoint(history, key, clock.now, Algorithm.SM3)
    kept = history.tree_store.checkpoints()
    assert [(one.number, one.algorithm, one.size) for one in kept] == [(1, "sha256", 5), (2, "sm3", 5), (3, "sm3", 7)]
    assert {read_checkpoint(one).origin for one in kept} == {NAME, f"{NAME}/sm3"}


def test_the_two_sm3_agree() -> None:
    for length in (*range(130), 1000):
        assert sm3(bytes(range(256)) * 4 + b"x" * length) == HASHES["sm3"](bytes(range(256)) * 4 + b"x" * length)


def test_a_history_that_shrank_is_not_signed(
    history: History, database_url: str, key: CheckpointKey, clock: Clock
) -> None:
    fill(database_url, 10)
    make_checkpoint(history, key, clock.now)
    vandal = Vandal(database_url)
    vandal("DELETE FROM tree_tiles")
    vandal("DELETE FROM EVENTS WHERE POSITION > 8")
    with pytest.raises(HistoryShrank):
        make_checkpoint(history, key, clock.now)
    fill(database_url, 5, after=20)
    with pytest.raises(HistoryShrank):
        make_checkpoint(history, key, clock.now)
    assert sizes(history) == [10]


def test_another_key_signs_only_when_it_is_said_to_follow(
    history: History, database_url: str, key: CheckpointKey, clock: Clock
) -> None:
    fill(database_url, 10)
    make_checkpoint(history, key, clock.now)
    fill(database_url, 1, after=10)
    other = CheckpointKey.new(NAME)
    with pytest.raises(KeyDiffers) as refused:
        make_checkpoint(history, other, clock.now)
    assert refused.value.former == str(key.verifier())
    made = make_checkpoint(history, other, clock.now, former=[read_key(refused.value.former)])
    assert made is not None
    assert made.key == str(other.verifier())


def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    place = KeyPlace(tmp_path, NAME)
    assert place.known() is None
    made = place.key()
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert str(KeyPlace(tmp_path, "another.name").key().verifier()) == str(made.verifier())
    given = CheckpointKey.new("given.example")
    assert str(KeyPlace(tmp_path, NAME, given.written()).key().verifier()) == str(given.verifier())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.removeprefix("PRIVATE+"), "form"),
        (lambda text: text[:-2], "base64"),
        (lambda text: text.replace("history", "other"), "id"),
        (lambda text: text.replace("rd.", "r d"), "name"),
        (lambda _: "PRIVATE+KEY+a+00000000+AAAA", "type"),
    ],
)
def test_a_key_that_was_copied_wrongly_is_not_taken(change: object, reason: str) -> None:
    text = CheckpointKey.new(NAME).written()
    with pytest.raises(KeyUnreadable) as refused:
        read_private_key(change(text))  # type: ignore[operator]  # a function of the table
    assert refused.value.reason == reason
    assert text.split("+", 4)[4] not in str(refused.value)


def test_a_declaration_is_signed_at_once(history: History, database_url: str, notary: Notary) -> None:
    fill(database_url, 4)
    notary.hear([DECLARED])
    assert sizes(history) == [4]
    fill(database_url, 1, after=4)
    notary.hear(["anything else"])
    assert sizes(history) == [4]


def test_what_cannot_be_signed_spoils_no_command(
    history: History, database_url: str, tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / KEY_FILE).write_text("no key")
    fill(database_url, 4)
    notary = Notary(history, KeyPlace(tmp_path, NAME), clock)
    with caplog.at_level(logging.ERROR, "piaojue.checkpoints"):
        notary.hear([DECLARED])
        notary.hear([DECLARED])
    assert [record.getMessage() for record in caplog.records] == [
        "no checkpoint could be made: the key cannot be read (form)"
    ]
    assert sizes(history) == []


def test_the_worker_signs_once_a_day(history: History, database_url: str, notary: Notary, clock: Clock) -> None:
    fill(database_url, 4)
    notary.catch_up()
    fill(database_url, 2, after=4)
    clock.forward(hours=2)
    notary.catch_up()
    assert sizes(history) == [4]
    assert HistoryTree(history.tree_store).size() == 6
    clock.now += timedelta(days=1)
    notary.catch_up()
    clock.now += timedelta(days=1)
    notary.catch_up()
    assert sizes(history) == [4, 6]


def test_the_worker_signs_what_a_process_that_died_could_not(
    history: History, database_url: str, notary: Notary, clock: Clock
) -> None:
    fill(database_url, 4)
    notary.catch_up()
    fill(database_url, 2, after=4)
    notary.catch_up()
    history.append([Recorded(POLL, 1, clock.now, None, DECLARED)], seen={POLL: 0})
    fill(database_url, 3, after=1000)
    notary.catch_up()
    notary.catch_up()
    assert sizes(history) == [4, 10]


def test_who_signs_is_told_from_who_says_to(key: CheckpointKey) -> None:
    note = key.sign("a\n1\nb\n", Algorithm.SHA256)
    same_id = VerifierKey(name=NAME, public=CheckpointKey.new(NAME).verifier().public)
    with pytest.raises(NotSigned) as refused:
        require_signed(note, [same_id], verify)
    assert refused.value.reason == "unknown_key"
