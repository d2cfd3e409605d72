import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from application.history import box_facts
from application.history.book import BOOK
from application.history.box import Box, NotSecret, SecrecyFault, open_box
from application.history.box_secrecy import faults_of
from application.history.fact_book import UnregisteredFact
from domain.polls.ballot import BallotCast, CardVoided, VoidReason
from domain.shared import Refused
from tests.support.ballots import ballot, card, receipt_of
from tests.support.postgres import Server, own_server

QUIET = {
    "track_commit_timestamp": "off",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
}


def everything_that_happens(box: Box, poll: UUID) -> None:
    """Every kind of answer, conflicts among them."""
    for attempt in (
        lambda: box.cast(poll, card(1), ballot(1)),
        lambda: box.cast(poll, card(1), ballot(1)),
        lambda: box.cast(poll, card(1), ballot(2)),
        lambda: box.cast(poll, card(2), ballot(1)),
        lambda: box.void(poll, card(1), VoidReason.SPOILED),
        lambda: box.void(poll, card(3), VoidReason.SPOILED),
        lambda: box.cast(poll, card(3), ballot(3)),
        lambda: box.cast(uuid4(), card(4), ballot(4)),
        lambda: box.close(poll),
        lambda: box.cast(poll, card(5), ballot(5)),
    ):
        try:
            attempt()
        except Refused:
            continue


def test_no_log_line_holds_a_card_a_ballot_or_a_receipt(box: Box, poll: UUID, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        everything_that_happens(box, poll)
    for n in range(6):
        for secret in (card(n), ballot(n).ballot, receipt_of(ballot(n))):
            assert secret not in caplog.text


@pytest.fixture(scope="module")
def server_with_a_log() -> Iterator[Server]:
    with own_server() as server:
        yield server


def test_a_conflict_is_a_normal_answer_and_never_an_error_in_the_log_of_the_server(server_with_a_log: Server) -> None:
    poll = uuid4()
    with server_with_a_log.fresh_database() as url, open_box(url) as box:
        box.prepare(poll)
        everything_that_happens(box, poll)
    assert server_with_a_log.folder is not None
    log = (server_with_a_log.folder / "log").read_text(encoding="utf-8")
    assert "ready to accept connections" in log
    for trace in ("ERROR", "STATEMENT", "DETAIL", "deadlock", "box_"):
        assert trace not in log


def test_quiet_settings_have_no_fault() -> None:
    assert faults_of(QUIET) == ()


@pytest.mark.parametrize(
    ("setting", "value", "blocks"),
    [
        ("track_commit_timestamp", "on", True),
        ("log_statement", "all", True),
        ("log_statement", "mod", True),
        ("log_min_duration_statement", "1000", True),
        ("log_min_duration_sample", "0", True),
        ("log_transaction_sample_rate", "0.01", True),
        ("log_error_verbosity", "default", False),
        ("log_parameter_max_length_on_error", "-1", False),
    ],
)
def test_a_setting_that_writes_down_moments_or_values_is_a_fault(setting: str, value: str, blocks: bool) -> None:  # noqa: FBT001  # a case of the table
    (fault,) = faults_of(QUIET | {setting: value})
    assert (fault.setting, fault.value, fault.blocks) == (setting, value, blocks)
    assert fault.wanted == QUIET[setting]


def test_logged_statements_without_their_values_are_no_fault() -> None:
    assert faults_of(QUIET | {"log_statement": "all", "log_parameter_max_length": "0"}) == ()


def test_no_box_is_prepared_on_a_server_that_keeps_the_time_of_commits(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = SecrecyFault(setting="track_commit_timestamp", value="on", wanted="off", blocks=True)
    monkeypatch.setattr(box._store, "secrecy_faults", lambda: (fault,))
    with pytest.raises(NotSecret) as refusal:
        box.prepare(uuid4())
    assert refusal.value.settings == ("track_commit_timestamp",)


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_an_ordinary_account_of_a_server_that_logs_all_statements_gets_no_box(database_url: str) -> None:
    role = f"clerk_{uuid4().hex}"
    with psycopg.connect(database_url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        server.execute(sql.SQL("ALTER ROLE {} SET log_statement = 'all'").format(sql.Identifier(role)))
        try:
            with (
                open_box(database_url.replace("//postgres@", f"//{role}@")) as box,
                pytest.raises(NotSecret) as refusal,
            ):
                box.prepare(uuid4())
        finally:
            server.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    assert refusal.value.settings == ("log_statement",)


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_session_that_casts_waits_for_the_disk_and_hides_values(database_url: str) -> None:
    """Even though the server of these tests, like some in offices, is set to do neither."""
    with open_box(database_url) as box, box._store._transaction() as cursor:  # type: ignore[attr-defined]  # a look inside
        names = ["synchronous_commit", "log_parameter_max_length", "log_parameter_max_length_on_error"]
        rows = cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", (names,)).fetchall()
    assert {row["name"]: row["setting"] for row in rows} == dict(zip(names, ("on", "0", "0"), strict=True))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_file_of_the_box_waits_for_the_disk_and_overwrites_what_it_deletes(database_url: str, box: Box) -> None:
    with box._store._transaction(commit=False) as cursor:  # type: ignore[attr-defined]  # a look inside
        found = {}
        for pragma in ("synchronous", "secure_delete", "journal_mode"):
            cursor.execute(f"PRAGMA {pragma}")
            found[pragma] = cursor.fetchone()[0]
    assert found == {"synchronous": 2, "secure_delete": 1, "journal_mode": "wal"}


def test_a_row_holds_the_fact_under_its_stable_name_and_nothing_else(database_url: str, box: Box, poll: UUID) -> None:
    box.cast(poll, card(1), ballot(1))
    box.void(poll, card(2), VoidReason.SPOILED)
    statement = f"SELECT originator_version, topic, state FROM box_{poll.hex} ORDER BY topic"
    if database_url.startswith("sqlite"):
        with sqlite3.connect(Path(database_url.removeprefix("sqlite:///")).with_name("piaojue-box.db")) as file:
            rows = file.execute(statement).fetchall()
        file.close()
    else:
        with psycopg.connect(database_url) as server:
            rows = server.execute(statement.encode()).fetchall()
    first = ballot(1)
    assert rows == [
        (
            1,
            "polls.ballot-cast",
            f'{{"v":1,"fact":{{"ballot":"{first.ballot}","form":"{first.form}","key":null}}}}'.encode(),
        ),
        (1, "polls.card-voided", b'{"v":1,"fact":{"reason":"spoiled"}}'),
    ]


def test_facts_of_the_box_are_read_from_their_first_stored_shape() -> None:
    """What is stored today must be readable for ever, so these bytes may never change."""
    cast = b'{"v":1,"fact":{"ballot":"AAEC","form":"f0","key":"k0"}}'
    assert box_facts.fact_in("polls.ballot-cast", cast) == BallotCast(ballot="AAEC", form="f0", key="k0")
    assert box_facts.ballot_in(cast) == b"\x00\x01\x02"
    for reason in VoidReason:
        stored = b'{"v":1,"fact":{"reason":"%s"}}' % reason.value.encode()
        assert box_facts.fact_in("polls.card-voided", stored) == CardVoided(reason=reason)


@pytest.mark.parametrize("fact", [BallotCast, CardVoided])
def test_a_ballot_cannot_be_recorded_in_the_ordered_history(fact: type) -> None:
    with pytest.raises(UnregisteredFact):
        BOOK.entry_of(fact)
