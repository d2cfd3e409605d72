"""Whoever has the database in their hands and changes what was recorded."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg


class Vandal:
    """Writes past the program, into either kind of database."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._embedded = database_url.startswith("sqlite:")
        self.events = "stored_events" if self._embedded else "office_events"
        self.position = "rowid" if self._embedded else "notification_id"

    def __call__(self, statement: str, *values: object, box: bool = False) -> list[Any]:
        """Runs a statement in which EVENTS and POSITION stand for the names of this database, `?` for a value."""
        words = statement.replace("EVENTS", self.events).replace("POSITION", self.position)
        if self._embedded:
            path = self._url.removeprefix("sqlite:///")
            with closing(
                sqlite3.connect(path.replace(".db", "-box.db") if box else path, isolation_level=None)
            ) as file:
                return file.execute(words, values).fetchall()
        with psycopg.connect(self._url, autocommit=True) as connection:
            done = connection.execute(words.replace("?", "%s").encode(), values)
            return done.fetchall() if done.description else []

    def state_at(self, position: int) -> bytes:
        """What is stored of an event."""
        return bytes(self("SELECT state FROM EVENTS WHERE POSITION = ?", position)[0][0])

    def write_state(self, position: int, state: bytes) -> None:
        """Puts something else there."""
        self("UPDATE EVENTS SET state = ? WHERE POSITION = ?", state, position)

    def move(self, position: int, to: int) -> None:
        """Gives an event another place."""
        self("UPDATE EVENTS SET POSITION = ? WHERE POSITION = ?", to, position)
