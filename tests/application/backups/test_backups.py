"""Backups: whole and online, restored into either kind of store, and never from a file with a fault."""

import io
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from uuid import UUID, uuid4, uuid5

import pytest
from sqlalchemy import select

from application.accounts import COMMAND_LINE, open_account
from application.backups.archive import BOX, HISTORY, MANIFEST, PRIVATE, BrokenBackup
from application.backups.private_rows import PASSING, carried, rows_in
from application.backups.restoring import restore
from application.backups.taking import BackupExists, NoRoom, take, verify
from application.history.box import Box, open_box
from application.history.history import open_history
from application.history.transfer_checks import BrokenFile, NotEmpty
from application.office import By, Office
from application.private import notes, sign_ins, slips, uploads
from application.private.metadata import metadata
from application.private.store import PrivateStore, open_private
from application.private.uploads import Upload
from domain.accounts.permissions import Grant, Role
from domain.polls.ballot import CardUsed, Receipt, VoidReason, packed
from domain.polls.card import CardId
from domain.shared import Refused
from tests.support.postgres import Server
from tests.support.stores import Clock, by

POLLS = UUID("00000000-0000-5000-8000-0000000000b0")
OPEN, CLOSED = uuid5(POLLS, "open"), uuid5(POLLS, "closed")


@pytest.fixture(params=["sqlite", "postgres"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A second store where nothing is yet, of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/other/piaojue.db"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.fresh_database() as url:
        yield url


@pytest.fixture
def private(database_url: str) -> Iterator[PrivateStore]:
    store = open_private(database_url)
    yield store
    store.close()


@pytest.fixture
def box(database_url: str) -> Iterator[Box]:
    with open_box(database_url) as opened:
        yield opened


@pytest.fixture
def other(other_url: str) -> Iterator[PrivateStore]:
    store = open_private(other_url)
    yield store
    store.close()


def card(number: int) -> CardId:
    return CardId(f"{number:064x}")


def cast(box: Box, poll: UUID, number: int) -> Receipt:
    return box.cast(poll, card(number), packed(number.to_bytes(40, "big"), form="f" * 64))


@pytest.fixture
def account(office: Office, private: PrivateStore, box: Box, clock: Clock) -> UUID:
    """An installation with an account, a slip, a note, an upload, a sign-in, an open and a closed box."""
    account = uuid4()
    command = By(actor=COMMAND_LINE, key="open")
    open_account(office, command, account, "chenjing", "陈静", Grant(role=Role.ADMINISTRATOR, congress=None))
    notes.write_note(private, account, POLLS, "会上要说的话")
    uploads.keep(private, account, "roll", Upload(name="名册.xlsx", content=bytes(range(256))), clock())
    sign_ins.begin(private, account, clock())
    for poll in (OPEN, CLOSED):
        box.prepare(poll)
        for number in range(5):
            cast(box, poll, number)
        box.void(poll, card(9), VoidReason.LEFT_OVER)
    box.close(CLOSED)
    return account


@pytest.fixture
def backup(account: UUID, database_url: str, private: PrivateStore, tmp_path: Path, clock: Clock) -> Path:
    file = tmp_path / "backup.zip"
    take(database_url, private, file, clock())
    return file


def test_everything_comes_back_in_either_kind_of_store(
    backup: Path, account: UUID, box: Box, other_url: str, other: PrivateStore, clock: Clock, office: Office
) -> None:
    manifest = restore(other_url, other, backup)
    assert (manifest.polls, manifest.ballots, manifest.voided) == (2, 10, 2)
    there = open_history(other_url)
    assert there.select(0, 100) == office.history.select(0, 100)
    there.close()
    assert notes.note(other, account, POLLS) == "会上要说的话"
    with open_box(other_url) as restored:
        assert restored.closing(CLOSED) == box.closing(CLOSED)
        assert restored.receipts(CLOSED) == box.receipts(CLOSED)
        assert restored.counts(OPEN) == box.counts(OPEN) == (5, 1)
        assert cast(restored, OPEN, 3) == box.receipt_of(OPEN, card(3))
        with pytest.raises(CardUsed):
            restored.cast(OPEN, card(3), packed(b"x" * 40, form="f" * 64))
        assert restored.is_void(OPEN, card(9))
        cast(restored, OPEN, 6)
        assert restored.close(OPEN).ballots == 6
    again = backup.with_name("again.zip")
    other_taken = take(other_url, other, again, clock())
    assert other_taken.manifest.parts[HISTORY] == manifest.parts[HISTORY]
    assert other_taken.manifest.parts[PRIVATE] == manifest.parts[PRIVATE]


def test_slips_still_work_and_everybody_signs_in_again(
    private: PrivateStore,
    account: UUID,
    database_url: str,
    other_url: str,
    other: PrivateStore,
    clock: Clock,
    tmp_path: Path,
) -> None:
    secret = slips.new_secret()
    slip = slips.KnownSlip(account=account, slip=uuid4(), expires_at=clock() + timedelta(days=30))
    slips.keep(private, [(slip, secret)])
    token = sign_ins.begin(private, account, clock())
    take(database_url, private, tmp_path / "b.zip", clock())
    restore(other_url, other, tmp_path / "b.zip")
    assert slips.find(other, secret, clock()) == slip
    endurance = sign_ins.Endurance(idle=timedelta(hours=4), longest=timedelta(hours=14))
    assert sign_ins.account_of(private, token, clock(), endurance) == account
    assert sign_ins.account_of(other, token, clock(), endurance) is None


def test_nothing_in_a_backup_follows_the_order_of_casting(
    account: UUID, box: Box, database_url: str, private: PrivateStore, tmp_path: Path, clock: Clock
) -> None:
    for number in (31, 17, 25, 11, 29):
        cast(box, OPEN, number)
    take(database_url, private, tmp_path / "b.zip", clock())
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        lines = archive.read(BOX).splitlines()
    for part in b"\n".join(lines).split(b'{"poll"')[1:]:
        rows = [line[11:47] for line in part.splitlines()[1:] if line.startswith(b'{"stream"')]
        assert rows == sorted(rows)


def test_no_password_of_a_signed_in_browser_is_in_a_backup(backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        assert b'private_sign_in"' not in archive.read(PRIVATE)
    assert {table.name for table in carried()} == set(metadata.tables) - PASSING
    assert set(metadata.tables) >= PASSING


def test_only_its_owner_reads_a_backup_and_no_other_file_is_ever_replaced(
    backup: Path, database_url: str, private: PrivateStore, clock: Clock
) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    content = backup.read_bytes()
    with pytest.raises(BackupExists):
        take(database_url, private, backup, clock())
    assert backup.read_bytes() == content
    assert [path.name for path in backup.parent.iterdir() if path.suffix in {".zip", ".part"}] == ["backup.zip"]


def test_a_full_disk_is_noticed_before_anything_is_written(
    account: UUID,
    database_url: str,
    private: PrivateStore,
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(NoRoom) as refused:
        take(database_url, private, tmp_path / "b.zip", clock())
    assert refused.value.needed > 30
    assert not list(tmp_path.glob("*.zip")) + list(tmp_path.glob(".*.part"))


def test_only_an_empty_installation_is_filled(
    backup: Path, account: UUID, database_url: str, private: PrivateStore
) -> None:
    with pytest.raises(NotEmpty):
        restore(database_url, private, backup)
    assert notes.note(private, account, POLLS) == "会上要说的话"


@pytest.mark.parametrize("what", ["box", "private"])
def test_a_box_or_an_account_of_its_own_is_enough_not_to_be_empty(
    what: str, backup: Path, other_url: str, other: PrivateStore
) -> None:
    if what == "box":
        with open_box(other_url) as there:
            there.prepare(uuid4())
    else:
        notes.write_note(other, uuid4(), POLLS, "别人的话")
    with pytest.raises(NotEmpty) as refused:
        restore(other_url, other, backup)
    assert refused.value.store == what
    _is_empty_of_facts(other_url)


def _is_empty_of_facts(url: str) -> None:
    history = open_history(url)
    assert history.last_position() == 0
    history.close()


Content = dict[str, bytes]


def _zip(content: Content, *, twice: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
        if twice:
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr(twice, content[twice])
    return made.getvalue()


def _without(name: str) -> Callable[[bytes, Content], bytes]:
    return lambda _, content: _zip({key: part for key, part in content.items() if key != name})


def _with(**parts: bytes) -> Callable[[bytes, Content], bytes]:
    return lambda _, content: _zip({**content, **parts})


def _bomb(_: bytes, content: Content) -> bytes:
    return _zip({**content, PRIVATE: b"0" * 30_000_000})


def _said(old: bytes, new: bytes) -> Callable[[bytes, Content], bytes]:
    return lambda _, content: _zip({**content, MANIFEST: content[MANIFEST].replace(old, new, 1)})


def _flipped(raw: bytes, _: Content) -> bytes:
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 0xFF]) + raw[middle + 1 :]


FAULTS: dict[str, tuple[Callable[[bytes, Content], bytes], str]] = {
    "nothing at all": (lambda _raw, _: b"", "not_a_zip"),
    "no zip": (lambda _raw, _: b"%PDF-1.7 not a backup", "not_a_zip"),
    "cut in the middle": (lambda raw, _: raw[: len(raw) // 2], "not_a_zip"),
    "the last byte missing": (lambda raw, _: raw[:-1], "not_a_zip"),
    "a foreign zip": (lambda _raw, _: _zip({"xl/workbook.xml": b"<x/>"}), "foreign"),
    "a manifest of something else": (_said(b"piaojue-backup", b"another-backup"), "foreign"),
    "a newer format": (_said(b'"format_version": 1', b'"format_version": 2'), "newer"),
    "a manifest that is no JSON": (_with(**{MANIFEST: b"{"}), "manifest"),
    "a manifest that is a list": (_with(**{MANIFEST: b"[]"}), "manifest"),
    "a manifest without parts": (_said(b'"parts"', b'"others"'), "manifest"),
    "a huge manifest": (_with(**{MANIFEST: os.urandom(80_000)}), "bomb"),
    "no history": (_without(HISTORY), "missing_part"),
    "no box": (_without(BOX), "missing_part"),
    "no private rows": (_without(PRIVATE), "missing_part"),
    "a part twice": (lambda _raw, content: _zip(content, twice=BOX), "double_part"),
    "a path out of the folder": (_with(**{"../../etc/cron.d/x": b"x"}), "unknown_part"),
    "an absolute path": (_with(**{"/etc/passwd": b"x"}), "unknown_part"),
    "a zip bomb": (_bomb, "bomb"),
    "another box": (lambda _raw, c: _zip({**c, BOX: b'{"polls":0,"ballots":0,"voided":0}\n'}), "sha256"),
    "another digest": (_said(b'"sha256": "', b'"sha256": "0'), "sha256"),
}


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_backup_with_a_fault_is_refused_in_one_word_and_changes_nothing(
    fault: str, backup: Path, other_url: str, other: PrivateStore
) -> None:
    raw = backup.read_bytes()
    with zipfile.ZipFile(backup) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    change, reason = FAULTS[fault]
    backup.write_bytes(change(raw, content))
    with pytest.raises(BrokenBackup) as refused:
        verify(backup)
    assert refused.value.reason == reason
    with pytest.raises(BrokenBackup) as refused:
        restore(other_url, other, backup)
    assert refused.value.reason == reason
    _is_empty_of_facts(other_url)
    backup.write_bytes(raw)
    restore(other_url, other, backup)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_flipped_byte_anywhere_is_found_or_means_nothing(backup: Path) -> None:
    raw, whole = backup.read_bytes(), verify(backup)
    found = 0
    for place in range(0, len(raw), max(1, len(raw) // 300)):
        changed = raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :]
        try:
            assert verify(io.BytesIO(changed)) == whole  # a byte of the times in the zip's own headers
        except (BrokenBackup, BrokenFile):
            found += 1
    assert found > 200


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_changed_ballot_with_right_digests_does_not_fit_its_closed_box(
    backup: Path, other_url: str, other: PrivateStore
) -> None:
    """Somebody who makes a whole new zip still has to make the root that the history has recorded."""
    with zipfile.ZipFile(backup) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    lines = content[BOX].splitlines(keepends=True)
    of_closed = next(at for at, line in enumerate(lines) if b'"closed":true' in line)
    ballot = next(at for at, line in enumerate(lines) if at > of_closed and b"ballot-cast" in line)
    lines[ballot] = lines[ballot].replace(b'"ballot":"A', b'"ballot":"B')
    content[BOX] = b"".join(lines)
    manifest = json.loads(content[MANIFEST])
    manifest["parts"][BOX]["sha256"] = sha256(content[BOX]).hexdigest()
    content[MANIFEST] = json.dumps(manifest).encode()
    backup.write_bytes(_zip(content))
    with pytest.raises(BrokenFile) as refused:
        restore(other_url, other, backup)
    assert refused.value.reason == "box"


def test_a_backup_under_load_holds_every_receipt_given_before_it_began(
    account: UUID,
    office: Office,
    box: Box,
    private: PrivateStore,
    database_url: str,
    other_url: str,
    other: PrivateStore,
    tmp_path: Path,
    clock: Clock,
) -> None:
    """Ballots are cast, commands recorded, a poll closed while it is written."""
    stop = Event()
    given: dict[int, Receipt] = {}

    def vote(first: int) -> None:
        number = first
        while not stop.is_set():
            given[number] = cast(box, OPEN, number)
            number += 4

    def work() -> None:
        number = 0
        while not stop.is_set():
            open_account(
                office,
                by(COMMAND_LINE),
                uuid4(),
                f"person{number}",
                "代表",
                Grant(role=Role.ADMINISTRATOR, congress=None),
            )
            notes.write_note(private, account, uuid5(POLLS, str(number)), "话")
            number += 1

    with ThreadPoolExecutor(6) as hall:
        running = [hall.submit(vote, 100 + n) for n in range(3)] + [hall.submit(work)]
        try:
            while len(given) < 60:
                stop.wait(0.01)
            before, position = dict(given), office.history.last_position()
            closing = hall.submit(_close_another, box)
            taken = take(database_url, private, tmp_path / "b.zip", clock())
            after = len(given)
            closing.result()
        finally:
            stop.set()
        for one in running:
            one.result()
    assert taken.manifest.position >= position
    restore(other_url, other, tmp_path / "b.zip")
    with open_box(other_url) as restored:
        for number, receipt in before.items():
            assert restored.receipt_of(OPEN, card(number)) == receipt
        assert len(before) + 5 <= restored.counts(OPEN).cast <= after + 10
        assert restored.close(OPEN).ballots == restored.counts(OPEN).cast
    there = open_history(other_url)
    reached = there.last_position()
    assert there.select(0, 10_000) == office.history.select(0, 10_000, upto=reached)
    there.close()


def _close_another(box: Box) -> None:
    """A box whose table is replaced while backups read: it is never found empty."""
    for number in range(5):
        poll = uuid5(POLLS, f"closing {number}")
        box.prepare(poll)
        for ballot in range(20):
            cast(box, poll, ballot)
        assert box.close(poll).ballots == 20


def test_a_box_that_closes_again_and_again_is_never_empty_in_a_backup(
    account: UUID, box: Box, private: PrivateStore, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    with ThreadPoolExecutor(1) as hall:
        closing = hall.submit(_close_another, box)
        for number in range(8):
            taken = take(database_url, private, tmp_path / f"{number}.zip", clock())
            with zipfile.ZipFile(tmp_path / f"{number}.zip") as archive:
                closed = [line for line in archive.read(BOX).splitlines() if b'"closed":true,"ballots":20' in line]
            assert taken.manifest.ballots >= 20 * len(closed) + 10
        closing.result()


def test_rows_of_a_later_release_are_named(backup: Path, other: PrivateStore, other_url: str) -> None:
    for line, detail in (
        (b'{"table":"private_later","row":{}}\n', "private_later"),
        (b'{"table":"private_note","row":{"later":1}}\n', "private_note.later"),
    ):
        with pytest.raises(BrokenFile) as refused:
            list(rows_in([line]))
        assert (refused.value.reason, refused.value.detail) == ("column", detail)
    with other.reading() as connection:
        assert connection.execute(select(*next(iter(carried())).primary_key)).first() is None


def test_every_fault_is_a_refusal() -> None:
    assert issubclass(BrokenBackup, Refused)
