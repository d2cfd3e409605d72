"""Stores as the first release left them (commit f54cf85): an administrator, a member of staff, two polls' boxes.

The dumps in tests/data/first-release were written by SQLite's iterdump and by pg_dump 15 --inserts.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid5

import psycopg

DUMPS = Path(__file__).parents[1] / "data" / "first-release"
LOGIN, PASSWORD = "wangmin", "abcd efgh 1234"
OPEN, CLOSED = uuid5(UUID(int=0), "open"), uuid5(UUID(int=0), "closed")
FACTS = 11


def laid_out(database_url: str) -> None:
    """Fills a store where nothing is yet."""
    if database_url.startswith("sqlite:///"):
        history = Path(database_url.removeprefix("sqlite:///"))
        for dump in ("piaojue", "piaojue-box", "piaojue-private"):
            file = history.with_name(history.stem + dump.removeprefix("piaojue") + ".db")
            with closing(sqlite3.connect(file)) as connection:
                connection.executescript((DUMPS / f"{dump}.sql").read_text(encoding="utf-8"))
        return
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute((DUMPS / "postgres.sql").read_bytes())
