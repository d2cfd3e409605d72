"""Makes an installation out of a backup, in a place where there is none."""

import operator
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

from application.backups import private_rows
from application.backups.archive import BOX, HISTORY, PRIVATE, Backup, Manifest, opened
from application.backups.taking import Told, check, nobody_listens, require_room, watched
from application.history.transfer import (
    box_lines,
    fill_box,
    fill_history,
    filling,
    history_lines,
    snapshot,
)
from application.history.transfer_box_format import BoxTally
from application.history.transfer_format import Tally
from application.private.store import PrivateStore
from domain.shared import Refused

T = TypeVar("T")


class RestoredOtherwise(Refused):
    """What was written does not read back as it stands in the backup; the disk or the database is not sound."""


def restore(database_url: str, private: PrivateStore, file: Path, told: Told = nobody_listens) -> Manifest:
    """Checks everything, fills the empty stores, reads them back. The read models are filled by whoever opens them.

    The stores are locked together and committed together; people sign in again. Raises BrokenBackup, BrokenFile,
    NotEmpty, NoRoom, NotAnswering, FilesNotAnswering or OSError when nothing was changed, and RestoredOtherwise when it
    was in vain.
    """
    with opened(file) as backup:
        check(backup, told)
        _require_room(database_url, backup.manifest)
        with (
            _placing(private) as placed,
            filling(database_url) as into,
            private.writing() as connection,
        ):
            into.require_empty_history()
            with backup.lines(BOX) as lines:
                fill_box(into, lines)
            with backup.lines(HISTORY) as lines:
                tally = Tally()
                fill_history(into, watched(lines, "restore", tally, backup.manifest.facts, told), tally)
            with backup.lines(PRIVATE) as lines:
                private_rows.fill(connection, lines, placed)
        _compare(database_url, private, backup)
        return backup.manifest


@contextmanager
def _placing(private: PrivateStore) -> Iterator[private_rows.Placed]:
    """Files that were put where they lie are taken away again when the stores are not filled."""
    placed = private_rows.Placed(private.files)
    try:
        yield placed
    except BaseException:
        placed.undo()
        raise


def _require_room(database_url: str, manifest: Manifest) -> None:
    """Tables, indexes and their logs take up to three times the size of the lines."""
    if database_url.startswith("sqlite:///"):
        folder = Path(database_url.removeprefix("sqlite:///")).parent
        require_room(folder, 3 * sum(part.bytes for part in manifest.parts.values()))


def _compare(database_url: str, private: PrivateStore, backup: Backup) -> None:
    """Everything is read back from the stores and compared with the backup line by line."""
    at = datetime.fromisoformat(backup.manifest.at)
    with snapshot(database_url) as taken, private_rows.seen(private, taken.exported) as connection:
        with backup.lines(BOX) as lines:
            _require_same(lines, box_lines(taken, BoxTally()))
        with backup.lines(HISTORY) as lines:
            _require_same(_facts_and_keys(lines), _facts_and_keys(history_lines(taken, at)))
        with backup.lines(PRIVATE) as lines:
            _require_same(
                private_rows.rows_in(lines),
                private_rows.rows_in(private_rows.lines_of(connection, private_rows.Counted(), private.files)),
                lambda theirs, ours: theirs[0] is ours[0] and theirs[1].items() <= ours[1].items(),
            )


def _require_same(theirs: Iterable[T], ours: Iterable[T], same: Callable[[T, T], bool] = operator.eq) -> None:
    """The columns that an older release did not know yet may have their defaults here."""
    for their, our in zip_longest(theirs, ours):
        if their is None or our is None or not same(their, our):
            raise RestoredOtherwise


def _facts_and_keys(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Without header and seal, which hold the time of the export."""
    return (line for line in lines if line.startswith((b'{"position":', b'{"key":', b'{"checkpoint":')))
