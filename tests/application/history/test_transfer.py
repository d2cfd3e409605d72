"""The history leaves one store as a file and enters another byte for byte, or not at all."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from uuid import UUID, uuid4, uuid5

import pytest

from application.checkpoint_key import CheckpointKey
from application.checkpoints import make_checkpoint
from application.checkpoints_audit import audit
from application.history.history import History, open_history
from application.history.recorded import Recorded
from application.history.transfer import fill_history, filling, history_lines, snapshot
from application.history.transfer_checks import BrokenFile, NotEmpty
from application.office import Office
from domain.accounts.account import AccountActivated, AccountEnabled, AccountOpened
from domain.shared import CHINA
from tests.support.postgres import Server
from tests.support.stores import Clock, by

AT = datetime(2026, 1, 20, 9, tzinfo=CHINA)
PEOPLE = UUID("00000000-0000-5000-8000-0000000000aa")


@pytest.fixture(params=["sqlite", "postgres"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A second store where nothing is yet, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/other/piaojue.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.fresh_database() as url:
        yield url


def someone(office: Office, name: str) -> UUID:
    """Two facts in a stream, with a fact of another stream between them."""
    stream = uuid5(PEOPLE, name)
    office.record(by(key=f"{name}/open"), lambda desk: desk.add(stream, AccountOpened(login=name, name=f"{name} 女士")))
    office.record(by(key=f"{name}/odd“{name}"), lambda desk: desk.add(uuid4(), AccountEnabled()))

    def enable(desk: object) -> None:
        desk.load(stream, lambda _, fact: fact)  # type: ignore[attr-defined]  # a desk
        desk.add(stream, AccountActivated(slip=stream))  # type: ignore[attr-defined]  # as above

    office.record(by(key=f"{name}/enable"), enable)
    return stream


def exported(url: str) -> bytes:
    with snapshot(url) as taken:
        return b"".join(history_lines(taken, AT))


def imported(url: str, content: bytes) -> None:
    with filling(url) as into:
        fill_history(into, iter(content.splitlines(keepends=True)))


def test_every_fact_comes_byte_for_byte_at_its_place_into_either_kind_of_store(
    office: Office, database_url: str, other_url: str, clock: Clock
) -> None:
    for name in ("a", "b", "c"):
        someone(office, name)
    written = exported(database_url)
    imported(other_url, written)
    assert exported(other_url) == written
    there = open_history(other_url)
    try:
        assert there.select(0, 100) == office.history.select(0, 100)
        again = Office(there, clock)
        last = there.last_position()
        assert someone(again, "a") == uuid5(PEOPLE, "a")
        assert there.last_position() == last
        someone(again, "d")
        assert there.select(last, 100)[0].position > last
    finally:
        there.close()


def test_positions_go_on_after_the_last_even_when_later_ones_were_given_and_lost(
    office: Office, database_url: str, other_url: str, clock: Clock
) -> None:
    someone(office, "a")
    imported(other_url, exported(database_url))
    there = open_history(other_url)
    try:
        last = there.last_position()
        there.append([Recorded(uuid4(), 1, AT, None, AccountEnabled())], seen={})
        assert there.last_position() == last + 1
    finally:
        there.close()


def test_the_lines_are_a_header_facts_keys_and_a_seal(office: Office, database_url: str) -> None:
    stream = someone(office, "a")
    written = exported(database_url)
    header, *lines, seal = [json.loads(line) for line in written.splitlines()]
    assert header == {
        "format": "piaojue-history",
        "format_version": 2,
        "release": header["release"],
        "at": "2026-01-20T09:00:00+08:00",
    }
    assert lines[0] == {
        "position": 1,
        "stream": str(stream),
        "version": 1,
        "name": "accounts.account-opened",
        "v": 1,
        "at": "2026-01-20T09:00:00+08:00",
        "by": lines[0]["by"],
        "fact": {"login": "a", "name": "a 女士"},
    }
    assert [line["key"] for line in lines[3:]] == ["a/enable", "a/odd“a", "a/open"]
    before, _, _ = written.rstrip(b"\n").rpartition(b"\n")
    assert seal == {"facts": 3, "keys": 3, "sha256": sha256(before + b"\n").hexdigest(), "checkpoints": 0}


def test_an_export_is_the_moment_at_which_it_began(office: Office, database_url: str) -> None:
    someone(office, "a")
    with snapshot(database_url) as taken:
        someone(office, "b")
        content = b"".join(history_lines(taken, AT))
    assert b'{"facts":3,"keys":3,' in content
    assert b'"login":"b"' not in content


def test_only_an_empty_history_is_filled(office: Office, database_url: str) -> None:
    someone(office, "a")
    content = exported(database_url)
    with pytest.raises(NotEmpty) as refused:
        imported(database_url, content)
    assert refused.value.store == "history"
    assert exported(database_url) == content


def _line(number: int, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        lines[number - 1] = change(lines[number - 1])
        return b"".join(lines)

    return changed


def _swapped(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    lines[1], lines[2] = lines[2], lines[1]
    return b"".join(lines)


FAULTS: dict[str, tuple[Callable[[bytes], bytes], int, str]] = {
    "an empty file": (lambda _: b"", 1, "not_ours"),
    "another file": (lambda _: b"name,number\n1,2\n", 1, "not_ours"),
    "another JSON Lines file": (lambda _: b'{"format":"x","format_version":1,"release":"","at":""}\n', 1, "not_ours"),
    "a newer format": (_line(1, lambda line: line.replace(b'"format_version": 2', b'"format_version": 3')), 1, "newer"),
    "a swapped pair": (_swapped, 3, "order"),
    "a missing first version": (_line(2, lambda line: line.replace(b'"version":1', b'"version":2')), 2, "gap"),
    "a missing middle": (
        lambda content: b"".join(line for at, line in enumerate(content.splitlines(keepends=True)) if at != 1),
        3,
        "gap",
    ),
    "a fact of a later release": (
        _line(3, lambda line: line.replace(b"accounts.account-enabled", b"accounts.account-exalted")),
        3,
        "unknown_fact",
    ),
    "a later version of a fact": (_line(3, lambda line: line.replace(b'"v":1', b'"v":9')), 3, "unknown_fact"),
    "a fact with a field missing": (_line(2, lambda line: line.replace(b'"login":"a",', b"")), 2, "fact"),
    "a line that is no JSON": (_line(4, lambda line: line[:40] + b"\n"), 4, "json"),
    "a line with a field more": (_line(2, lambda line: line.replace(b'"v":1', b'"v":1,"x":1')), 2, "json"),
    "fields in another spelling": (_line(2, lambda line: line.replace(b'"position":1', b'"position": 1')), 2, "json"),
    "a time without zone": (_line(2, lambda line: line.replace(b"+08:00", b"")), 2, "json"),
    "a key of nothing": (_line(5, lambda line: line.replace(b'"position":3', b'"position":4')), 5, "key"),
    "a key twice": (lambda content: content.replace(b'"a/odd\xe2\x80\x9ca"', b'"a/enable"'), 6, "order"),
    "a changed letter": (_line(2, lambda line: line.replace("女士".encode(), "先生".encode())), 8, "seal"),
    "a changed seal": (_line(8, lambda line: line.replace(b'"facts":3', b'"facts":2')), 8, "seal"),
    "something after the seal": (lambda content: content + b"\n", 9, "after_seal"),
    "a missing seal": (lambda content: content[: content.rindex(b'{"facts"')], 8, "cut"),
    "a cut in the middle of a line": (lambda content: content[:-400], 5, "cut"),
}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_with_one_fault_names_the_line_and_changes_nothing(
    fault: str, office: Office, database_url: str, other_url: str
) -> None:
    someone(office, "a")
    content = exported(database_url)
    change, line, reason = FAULTS[fault]
    assert change(content) != content
    with pytest.raises(BrokenFile) as refused:
        imported(other_url, change(content))
    assert (refused.value.line, refused.value.reason) == (line, reason)
    imported(other_url, content)
    assert exported(other_url) == content


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_fact_that_this_release_does_not_know_is_not_exported(history: History, database_url: str) -> None:
    stored = {"v": 1, "at": "2026-01-20T09:00:00+08:00", "by": None, "fact": {}}
    with history.recorder.page() as page:
        page._cursor.execute(  # type: ignore[union-attr]  # SQLite's
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?,1,'later.fact',?)",
            (uuid4().hex, json.dumps(stored, separators=(",", ":")).encode()),
        )
    with pytest.raises(BrokenFile) as refused:
        exported(database_url)
    assert (refused.value.line, refused.value.reason) == (2, "unknown_fact")


def test_twenty_thousand_facts_a_second_go_out_and_in(history: History, database_url: str, other_url: str) -> None:
    """A floor that a busy machine still passes; docs/operations/data.md has the figures."""
    for part in range(20):
        facts = [
            Recorded(uuid5(PEOPLE, f"{part}/{n}"), 1, AT, PEOPLE, AccountOpened(login=f"p{part}-{n}", name="代表"))
            for n in range(500)
        ]
        history.append(facts, seen={})
    started = perf_counter()
    content = exported(database_url)
    out = 10_000 / (perf_counter() - started)
    started = perf_counter()
    imported(other_url, content)
    into = 10_000 / (perf_counter() - started)
    assert min(out, into) > 5_000, (out, into)
    print(f"facts a second: out {out:,.0f}, into {into:,.0f}")  # noqa: T201  # shown by pytest -s


def test_checkpoints_travel_with_the_history_and_hold_in_the_other_store(
    office: Office, database_url: str, other_url: str, clock: Clock
) -> None:
    key = CheckpointKey.new("rd.example.cn/history")
    for name in ("a", "b"):
        someone(office, name)
        make_checkpoint(office.history, key, clock.now)
    imported(other_url, exported(database_url))
    assert exported(other_url) == exported(database_url)
    other = open_history(other_url)
    try:
        assert other.tree_store.checkpoints() == office.history.tree_store.checkpoints()
        assert make_checkpoint(other, key, clock.now) == other.tree_store.checkpoints()[-1]
        with other.tree_store.reading() as reading:
            assert audit(reading, [key.verifier()]).findings == []
    finally:
        other.close()


def test_a_checkpoint_in_another_order_or_shape_is_not_taken_over(
    office: Office, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    someone(office, "a")
    make_checkpoint(office.history, CheckpointKey.new("rd.example.cn/history"), clock.now)
    *before, checkpoint, seal = exported(database_url).splitlines(keepends=True)
    for lines in (
        [*before, checkpoint, checkpoint, seal],
        [*before[:-1], checkpoint, before[-1], seal],
        [*before, checkpoint.replace(b'"size":3', b'"size":"3"'), seal],
        [*before, checkpoint.replace(b'"size":3', b'"size":4'), seal],
        [*before, seal],
    ):
        with pytest.raises(BrokenFile):
            imported(f"sqlite:///{tmp_path}/fresh/piaojue.db", b"".join(lines))
