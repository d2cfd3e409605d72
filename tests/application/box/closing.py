"""A process that closes a box and dies without a word at the point it was told.

`python closing.py URL POLL POINT`.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[3]))

from eventsourcing.sqlite import SQLiteCursor

from application.history import box_postgres, box_sqlite
from application.history.box import open_box

STORES: tuple[Any, ...] = (box_sqlite.SQLiteBoxStore, box_postgres.PostgresBoxStore)
MODULES: tuple[Any, ...] = (box_sqlite, box_postgres)


def die(*_: object, **__: object) -> None:
    os._exit(9)


def dying_after(step: str) -> None:
    for store in STORES:
        as_it_is = getattr(store, step)

        def and_die(*said: object, as_it_is: Any = as_it_is) -> None:
            as_it_is(*said)
            die()

        setattr(store, step, and_die)


def dying_before_the_copy_is_committed() -> None:
    """The fresh table has taken the old one's place, in a transaction that is still open."""
    for module in MODULES:
        module.totals = die


def dying_between_vacuum_and_checkpoint() -> None:
    """SQLite only: the log still holds what was written."""
    library = SQLiteCursor.execute

    def execute(cursor: SQLiteCursor, statement: str, *said: object) -> None:
        if statement.startswith("PRAGMA wal_checkpoint"):
            die()
        library(cursor, statement, *said)

    setattr(SQLiteCursor, "execute", execute)  # noqa: B010  # an assignment to a method would not type-check


POINTS: dict[str, Callable[[], None]] = {
    "the gate closed": lambda: dying_after("close_gate"),
    "the copy was made": dying_before_the_copy_is_committed,
    "the copy was committed": lambda: dying_after("lay_in_order"),
    "vacuum": dying_between_vacuum_and_checkpoint,
    "everything was done": lambda: dying_after("wipe"),
}

if __name__ == "__main__":
    url, poll, point = sys.argv[1:]
    box = open_box(url)
    POINTS[point]()
    box.close(UUID(poll))
