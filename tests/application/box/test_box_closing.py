import random
import sqlite3
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from application.history.box import Box, open_box
from domain.polls.ballot import BoxClosed, BoxStillOpen, VoidReason, ballot_stream, box_root
from tests.support.ballots import ballot, card, receipt_of

CLOSING = Path(__file__).with_name("closing.py")
POINTS = ["the gate closed", "the copy was made", "the copy was committed", "vacuum", "everything was done"]


def box_file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///")).with_name("piaojue-box.db")


def filled(url: str, poll: UUID, order: list[int]) -> Box:
    box = open_box(url)
    box.prepare(poll)
    for n in order:
        if n % 10:
            box.cast(poll, card(n), ballot(n))
        else:
            box.void(poll, card(n), VoidReason.LEFT_OVER)
    return box


@pytest.mark.parametrize("point", POINTS)
def test_a_closing_that_died_is_ended_by_closing_again(database_url: str, point: str) -> None:
    poll = uuid4()
    with filled(database_url, poll, list(range(40))) as box:
        died = subprocess.run([sys.executable, str(CLOSING), database_url, str(poll), point], check=False)
        assert died.returncode in ({9, 0} if point == "vacuum" else {9})
        with pytest.raises(BoxClosed):
            box.cast(poll, card(99), ballot(99))
        receipts = sorted(receipt_of(ballot(n)) for n in range(40) if n % 10)
        assert box.close(poll) == box.close(poll)
        assert box.receipts(poll) == receipts
        assert (box.closing(poll).ballots, box.closing(poll).root) == (36, box_root(receipts))
    if database_url.startswith("sqlite"):
        assert not Path(f"{box_file(database_url)}-wal").exists()


def test_a_box_that_was_closed_but_not_laid_in_order_has_no_result_yet(database_url: str) -> None:
    poll = uuid4()
    with filled(database_url, poll, list(range(10))) as box:
        subprocess.run([sys.executable, str(CLOSING), database_url, str(poll), "the gate closed"], check=False)
        for look in (box.ballots, box.receipts, box.closing):
            with pytest.raises(BoxStillOpen):
                look(poll)


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_rows_lie_in_card_order_and_in_one_transaction_after_closing_postgres(database_url: str) -> None:
    poll = uuid4()
    order = random.Random(3).sample(range(500), 500)
    with filled(database_url, poll, order) as box, psycopg.connect(database_url) as looking:
        before = physical_order(looking, poll)
        box.close(poll)
        after = physical_order(looking, poll)
    streams = sorted(ballot_stream(poll, card(n)) for n in order)
    by_transaction = [stream for stream, _ in sorted(before, key=lambda row: int(row[1]))]
    assert by_transaction == [ballot_stream(poll, card(n)) for n in order]  # what must not remain
    assert [stream for stream, _ in after] == streams
    assert len({transaction for _, transaction in after}) == 1


def physical_order(looking: psycopg.Connection, poll: UUID) -> list[tuple[UUID, str]]:
    statement = sql.SQL("SELECT originator_id, xmin::text FROM {} ORDER BY ctid")
    rows = looking.execute(statement.format(sql.Identifier(f"box_{poll.hex}"))).fetchall()
    looking.rollback()
    return rows


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_after_closing_the_file_does_not_depend_on_the_order_of_arrival_sqlite(
    database_url: str, tmp_path: Path
) -> None:
    """The same ballots in two orders leave the same bytes, but for the counters of changes in the head."""
    poll = uuid4()
    numbers = list(range(600))
    files = []
    for seed in (1, 2):
        url = f"sqlite:///{tmp_path}/{seed}/piaojue.db"
        with filled(url, poll, random.Random(seed).sample(numbers, len(numbers))) as box:
            box.close(poll)
            assert Path(f"{box_file(url)}-wal").stat().st_size == 0
            files.append(bytearray(box_file(url).read_bytes()))
    for content in files:
        content[24:28] = content[92:96] = b"\0\0\0\0"  # file change counter, version valid for
    assert files[0] == files[1]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_no_row_number_no_free_page_no_readable_file_sqlite(database_url: str) -> None:
    poll = uuid4()
    with filled(database_url, poll, list(range(300))) as box:
        box.close(poll)
        looking = sqlite3.connect(box_file(database_url))
        for table in (f"box_{poll.hex}", "box_gate", "box_unused"):
            with pytest.raises(sqlite3.OperationalError, match="no such column"):
                looking.execute(f"SELECT rowid FROM {table}")
        assert looking.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert looking.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        looking.close()
        assert box_file(database_url).stat().st_mode & 0o077 == 0


ROW = [("originator_id", 1), ("originator_version", 2), ("topic", 3), ("state", 4)]
GATE = [("poll", 1), ("closed", 2), ("ballots", 3), ("root", 4)]
UNUSED = [("poll", 1), ("cards", 2)]


def test_no_column_of_the_box_holds_a_time_an_order_or_an_account(database_url: str) -> None:
    poll = uuid4()
    with filled(database_url, poll, list(range(20))) as box:
        while_open = columns_of(database_url)
        box.close(poll)
        there = {f"box_{poll.hex}": ROW, "box_gate": GATE, "box_unused": UNUSED}
        assert while_open == columns_of(database_url) == there


def columns_of(url: str) -> dict[str, list[tuple[str, int]]]:
    if url.startswith("sqlite"):
        looking = sqlite3.connect(box_file(url))
        rows = looking.execute(
            "SELECT m.name, c.name, c.cid + 1 FROM sqlite_master AS m, pragma_table_info(m.name) AS c"
            " WHERE m.type = 'table' ORDER BY m.name, c.cid"
        ).fetchall()
        looking.close()
    else:
        with psycopg.connect(url) as server:
            rows = server.execute(
                "SELECT table_name, column_name, ordinal_position FROM information_schema.columns"
                " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
            ).fetchall()
            assert server.execute("SELECT count(*) FROM pg_sequences").fetchone() == (0,)
            assert server.execute("SELECT count(*) FROM pg_trigger").fetchone() == (0,)
    columns: dict[str, list[tuple[str, int]]] = {}
    for table, column, place in rows:
        columns.setdefault(table, []).append((column, place))
    return columns
