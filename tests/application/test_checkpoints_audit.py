"""The audit names what somebody with the database in their hands has changed, on both stores."""

import json
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest

from application.checkpoint_key import CheckpointKey
from application.checkpoints import make_checkpoint
from application.checkpoints_audit import Audited, Given, audit
from application.history.history import History
from application.history.tree import HistoryTree
from application.history.tree_findings import Finding, Kind
from domain.checkpoints.checkpoint import Algorithm, Checkpoint, text_of
from domain.checkpoints.note import VerifierKey, read_note
from tests.support.many_facts import START, fill
from tests.support.stores import Clock
from tests.support.vandal import Vandal

NAME = "rd.example.cn/history"
FIRST, SECOND, LAST = 100, 300, 600


@dataclass(kw_only=True)
class Kept:
    """A history of 640 events with three checkpoints, of which somebody outside has copies."""

    history: History
    key: CheckpointKey
    vandal: Vandal
    url: str
    copies: list[Given]
    algorithm: Algorithm

    def audit(self, *given: Given) -> Audited:
        with self.history.tree_store.reading() as reading:
            return audit(reading, self.keys, given)

    @property
    def keys(self) -> list[VerifierKey]:
        return [self.key.verifier()]

    def found(self, *given: Given) -> list[Finding]:
        return self.audit(*given).findings

    def kinds(self, *given: Given) -> list[Kind]:
        return [finding.kind for finding in self.found(*given)]

    def grow_anew(self) -> None:
        """Hides what was done: the stored hashes are made anew from what lies there now."""
        self.vandal("DELETE FROM tree_tiles")
        HistoryTree(self.history.tree_store, self.algorithm).follow()


@pytest.fixture
def algorithm() -> Algorithm:
    return Algorithm.SHA256


@pytest.fixture
def kept(history: History, database_url: str, clock: Clock, algorithm: Algorithm) -> Kept:
    key = CheckpointKey.new(NAME)
    copies, before = [], 0
    for size in (FIRST, SECOND, LAST):
        fill(database_url, size - before, after=before)
        made = make_checkpoint(history, key, clock.now, algorithm)
        assert made is not None
        copies.append(Given(name=f"printed-{size}.txt", note=read_note(made.note.encode())))
        before = size
    fill(database_url, 40, after=LAST)
    HistoryTree(history.tree_store, algorithm).follow()
    return Kept(
        history=history, key=key, vandal=Vandal(database_url), url=database_url, copies=copies, algorithm=algorithm
    )


def edited_state(kept: Kept, position: int, **changed: object) -> None:
    state = json.loads(kept.vandal.state_at(position)) | changed
    kept.vandal.write_state(position, json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode())


def test_nothing_is_found_where_nothing_was_changed(kept: Kept) -> None:
    audited = kept.audit(*kept.copies)
    assert audited.findings == []
    assert (audited.events, audited.checkpoints, audited.covered) == (640, 6, LAST)


@pytest.mark.parametrize("algorithm", [Algorithm.SM3])
def test_a_tree_with_sm3_is_audited_alike(kept: Kept) -> None:
    assert kept.found(*kept.copies) == []
    edited_state(kept, 150, fact={"name": "他人"})
    assert kept.found()[0].kind is Kind.EDITED


@pytest.mark.parametrize("position", [1, 257, 600, 630])
@pytest.mark.parametrize(
    "changed",
    [{"fact": {"name": "他人"}}, {"at": "2026-01-21T09:00:00+08:00"}, {"by": None}, {"v": 2}],
    ids=["state", "time", "account", "version of the fact"],
)
def test_an_event_that_was_edited_is_named(kept: Kept, changed: dict[str, object], position: int) -> None:
    edited_state(kept, position, **changed)
    first = kept.found()[0]
    assert (first.kind, first.position) == (Kind.EDITED, position)
    assert first.name.startswith("accounts.")
    assert first.stream
    assert first.at is not None
    assert first.at >= START


@pytest.mark.parametrize("column", ["originator_version = 11", "topic = 'accounts.account-enabled'"])
def test_an_event_with_another_name_or_version_is_named(kept: Kept, column: str) -> None:
    kept.vandal(f"UPDATE EVENTS SET {column} WHERE POSITION = 150")
    first = kept.found()[0]
    assert (first.kind, first.position) == (Kind.EDITED, 150)


def test_an_event_put_into_another_stream_is_named(kept: Kept) -> None:
    other = uuid4()
    kept.vandal("UPDATE EVENTS SET originator_id = ? WHERE POSITION = 150", kept_identity(kept, str(other)))
    found = kept.found()
    assert (found[0].kind, found[0].position, found[0].stream) == (Kind.EDITED, 150, str(other))
    assert Kind.STREAM_GAP in {finding.kind for finding in found}


@pytest.mark.parametrize(("position", "other"), [(57, 58), (57, 290), (250, 260)])
def test_two_events_that_changed_places_are_named(kept: Kept, position: int, other: int) -> None:
    for here, there in ((position, 9000), (other, position), (9000, other)):
        kept.vandal.move(here, there)
    first = kept.found()[0]
    assert (first.kind, first.position, first.other) == (Kind.SWAPPED, position, other)


@pytest.mark.parametrize("number", [1, 3, 300])
def test_removed_events_are_named_by_the_one_behind_them(kept: Kept, number: int) -> None:
    kept.vandal("DELETE FROM EVENTS WHERE POSITION BETWEEN 57 AND ?", 56 + number)
    found = kept.found()
    assert (found[0].kind, found[0].position, found[0].number) == (Kind.REMOVED, 57 + number, number)
    assert Kind.STREAM_GAP in {finding.kind for finding in found}


def test_a_removed_event_shows_also_when_those_behind_were_renumbered(kept: Kept) -> None:
    kept.vandal("DELETE FROM EVENTS WHERE POSITION = 57")
    for position in range(58, 641):
        kept.vandal.move(position, position - 1)
    first = kept.found()[0]
    assert (first.kind, first.position) == (Kind.REMOVED, 57)


def test_events_removed_at_the_end_are_counted(kept: Kept) -> None:
    kept.vandal("DELETE FROM EVENTS WHERE POSITION > 590")
    found = kept.found()
    assert (found[0].kind, found[0].position, found[0].number) == (Kind.END_REMOVED, 590, 50)
    beyond = [finding for finding in found if finding.kind is Kind.CHECKPOINT_BEYOND]
    assert [(finding.number, finding.other) for finding in beyond] == [(3, LAST)]


def test_events_removed_at_the_end_show_against_a_checkpoint_from_outside(kept: Kept) -> None:
    kept.vandal("DELETE FROM EVENTS WHERE POSITION > 590")
    kept.vandal("DELETE FROM checkpoints WHERE size > 590")
    kept.vandal("DELETE FROM tree_tiles")
    HistoryTree(kept.history.tree_store).follow()
    found = kept.found(kept.copies[-1])
    beyond = [finding for finding in found if finding.kind is Kind.CHECKPOINT_BEYOND]
    assert [(finding.detail, finding.other, finding.position) for finding in beyond] == [("printed-600.txt", 600, 590)]


def test_an_event_put_between_others_is_named(kept: Kept) -> None:
    for position in range(640, 56, -1):
        kept.vandal.move(position, position + 5)
    state = kept.vandal.state_at(1)
    kept.vandal(
        "INSERT INTO EVENTS (POSITION, originator_id, originator_version, topic, state) VALUES (57, ?, 1, ?, ?)",
        *(kept_identity(kept, str(uuid4())), "accounts.account-opened", state),
    )
    assert kept.found()[0].position == 57
    for position in range(62, 646):
        kept.vandal.move(position, position - 4)
    first = kept.found()[0]
    assert (first.kind, first.position) == (Kind.INSERTED, 57)


def test_an_event_in_a_gap_of_positions_is_named(history: History, database_url: str, clock: Clock) -> None:
    fill(database_url, 10)
    fill(database_url, 10, after=20)
    key = CheckpointKey.new(NAME)
    make_checkpoint(history, key, clock.now)
    fill(database_url, 1, after=14)
    with history.tree_store.reading() as reading:
        found = audit(reading, [key.verifier()]).findings
    assert (found[0].kind, found[0].position, found[0].number) == (Kind.INSERTED, 15, 1)


@pytest.mark.parametrize("level", [0, 1])
def test_a_stored_hash_that_was_changed_is_named_and_the_events_are_right(kept: Kept, level: int) -> None:
    hashes = bytearray(kept.vandal("SELECT hashes FROM tree_tiles WHERE level = ? AND number = 0", level)[0][0])
    hashes[33] ^= 1
    kept.vandal("UPDATE tree_tiles SET hashes = ? WHERE level = ? AND number = 0", bytes(hashes), level)
    found = kept.found()
    assert [(finding.kind, finding.number, finding.other) for finding in found] == [(Kind.NODE, 1, level * 8)]
    assert found[0].position == (2 if level == 0 else 257)


@pytest.mark.parametrize("these", ["level >= 0", "level = 0 AND number = 1", "level = 0 AND number = 2"])
def test_stored_hashes_that_are_gone_are_named(kept: Kept, these: str) -> None:
    kept.vandal(f"DELETE FROM tree_tiles WHERE {these}")
    assert Kind.TILE_MISSING in kept.kinds()


@pytest.mark.parametrize(("position", "after", "upto"), [(57, 0, FIRST), (150, FIRST, SECOND), (599, SECOND, LAST)])
def test_an_event_edited_together_with_the_stored_hashes_lies_between_two_checkpoints(
    kept: Kept, position: int, after: int, upto: int
) -> None:
    edited_state(kept, position, fact={"name": "他人"})
    kept.grow_anew()
    first = kept.found()[0]
    assert (first.kind, first.position, first.other) == (Kind.SINCE_CHECKPOINT, after, upto)


def test_an_event_edited_together_with_its_own_hash_lies_under_one_node(kept: Kept) -> None:
    edited_state(kept, 400, fact={"name": "他人"})
    changed = kept.vandal("SELECT hashes FROM tree_tiles WHERE level = 0 AND number = 1")[0][0]
    kept_tiles = {row[0]: row[1] for row in kept.vandal("SELECT number, hashes FROM tree_tiles WHERE level = 1")}
    kept.grow_anew()
    for number, hashes in kept_tiles.items():
        kept.vandal("UPDATE tree_tiles SET hashes = ? WHERE level = 1 AND number = ?", bytes(hashes), number)
    assert kept.vandal("SELECT hashes FROM tree_tiles WHERE level = 0 AND number = 1")[0][0] != changed
    first = kept.found()[0]
    assert (first.kind, first.position, first.other) == (Kind.SINCE_CHECKPOINT, SECOND, 512)


def test_what_was_done_to_everything_shows_against_a_checkpoint_from_outside(kept: Kept, clock: Clock) -> None:
    edited_state(kept, 150, fact={"name": "他人"})
    kept.grow_anew()
    kept.vandal("DELETE FROM checkpoints")
    make_checkpoint(kept.history, kept.key, clock.now)
    assert kept.found() == []
    found = kept.found(*kept.copies)
    assert (found[0].kind, found[0].position, found[0].other) == (Kind.SINCE_CHECKPOINT, FIRST, SECOND)
    wrong = [finding.detail for finding in found if finding.kind is Kind.CHECKPOINT_ROOT]
    assert wrong == ["printed-300.txt", "printed-600.txt"]


def test_a_checkpoint_that_was_edited_is_named_and_the_events_are_not_blamed(kept: Kept) -> None:
    note = kept.vandal("SELECT note FROM checkpoints WHERE number = 2")[0][0]
    kept.vandal("UPDATE checkpoints SET note = ? WHERE number = 2", note.replace("\n300\n", "\n301\n"))
    assert kept.kinds() == [Kind.CHECKPOINT_SIGNATURE, Kind.CHECKPOINT_ROW, Kind.CHECKPOINT_ROOT]
    assert {finding.number for finding in kept.found()} == {2}


@pytest.mark.parametrize(
    "change", ["size = 299", "position = 299", "algorithm = 'sm3'", "at = '2026-01-19T09:00:00+08:00'"]
)
def test_columns_beside_a_checkpoint_say_what_it_says(kept: Kept, change: str) -> None:
    kept.vandal(f"UPDATE checkpoints SET {change} WHERE number = 2")
    assert kept.kinds() == [Kind.CHECKPOINT_ROW]


@pytest.mark.parametrize(
    "change", ["note = 'nothing'", "at = 'yesterday'", "note = ''", "note = substr(note, 1, length(note) - 9)"]
)
def test_what_is_no_checkpoint_is_told(kept: Kept, change: str) -> None:
    kept.vandal(f"UPDATE checkpoints SET {change} WHERE number = 2")
    assert Kind.CHECKPOINT_UNREADABLE in kept.kinds()


def test_a_removed_checkpoint_is_told(kept: Kept) -> None:
    kept.vandal("DELETE FROM checkpoints WHERE number = 2")
    found = kept.found()
    assert [(finding.kind, finding.number, finding.other) for finding in found] == [(Kind.CHECKPOINT_MISSING, 2, 1)]


def test_a_checkpoint_signed_by_somebody_else_is_told(kept: Kept, clock: Clock) -> None:
    root = HistoryTree(kept.history.tree_store).root(SECOND)
    said = Checkpoint(origin=NAME, size=SECOND, root=root, at=clock.now)
    forged = CheckpointKey.new(NAME).sign(text_of(said), Algorithm.SHA256)
    kept.vandal("UPDATE checkpoints SET note = ? WHERE number = 2", str(forged))
    assert kept.kinds() == [Kind.CHECKPOINT_SIGNATURE]
    assert kept.kinds(replace(kept.copies[0], note=forged))[-1] is Kind.CHECKPOINT_SIGNATURE


def test_a_forged_checkpoint_does_not_make_events_suspicious(kept: Kept, clock: Clock) -> None:
    said = Checkpoint(origin=NAME, size=SECOND, root=b"\1" * 32, at=clock.now)
    forged = Given(name="forged.txt", note=CheckpointKey.new(NAME).sign(text_of(said), Algorithm.SHA256))
    assert kept.kinds(forged) == [Kind.CHECKPOINT_SIGNATURE, Kind.CHECKPOINT_ROOT]


def test_an_answer_without_its_event_is_told(kept: Kept) -> None:
    kept.vandal(
        "INSERT INTO command_keys (account, key, command, position) VALUES (?, 'k', 'c', 900)",
        kept_identity(kept, str(uuid4())),
    )
    assert [(finding.kind, finding.position) for finding in kept.found()] == [(Kind.KEY_WITHOUT_EVENT, 900)]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_positions_that_were_given_away_are_remembered_by_sqlite(kept: Kept) -> None:
    fill(kept.url, 5, after=640)
    kept.vandal("DELETE FROM EVENTS WHERE POSITION > 640")
    assert [(finding.kind, finding.position, finding.other) for finding in kept.found()] == [
        (Kind.POSITION_GIVEN, 640, 645)
    ]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [
        "originator_id = upper(originator_id)",
        "originator_version = 'six'",
        "topic = CAST(topic AS blob)",
        "state = CAST(state AS text)",
        "state = substr(state, 2)",
    ],
)
def test_a_row_that_the_program_never_writes_is_told(kept: Kept, change: str) -> None:
    kept.vandal(f"UPDATE EVENTS SET {change} WHERE POSITION = 57")
    assert kept.found()[0].position == 57
    assert Kind.ODD in kept.kinds()


def test_nothing_is_found_in_an_empty_history(history: History) -> None:
    with history.tree_store.reading() as reading:
        audited = audit(reading, [])
    assert (audited.findings, audited.events, audited.signed) == ([], 0, False)


def kept_identity(kept: Kept, identity: str) -> str:
    """As the database writes it."""
    return identity.replace("-", "") if kept.url.startswith("sqlite:") else identity


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_first_event_comes_first_whatever_else_is_wrong(kept: Kept) -> None:
    kept.vandal("UPDATE EVENTS SET state = replace(state, '代表', '他人') WHERE POSITION IN (57, 400)")
    kept.vandal("UPDATE checkpoints SET note = replace(note, '3', '4')")
    found = kept.found()
    assert [(finding.kind, finding.position) for finding in found[:2]] == [(Kind.ODD, 57), (Kind.ODD, 400)]
    assert found[0].at is not None
    assert [finding.kind for finding in found].count(Kind.ODD) == 2
