"""When the last backups were taken, and whether another is due."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.accounts.account import AccountEnabled
from domain.backups.backup import BACKUPS, TOO_OLD, BackupTaken, Way
from projections import backup_shelf
from projections.reading.projection import Projection
from tests.support.telling import Telling


@pytest.fixture
def projection() -> Projection:
    return backup_shelf.PROJECTION


def backup(position: int) -> BackupTaken:
    return BackupTaken(
        way=Way.COMMAND, position=position, facts=position, ballots=2, bytes=1000 * position, sha256=f"{position:064x}"
    )


def test_the_newest_backup_stands_first(telling: Telling) -> None:
    telling.tell((BACKUPS, backup(1)), (BACKUPS, backup(2)))
    listed = telling.ask(backup_shelf.last_backups)
    assert [(one.reaches, one.bytes, one.way) for one in listed] == [(2, 2000, Way.COMMAND), (1, 1000, Way.COMMAND)]
    assert listed[0].at == telling.now
    assert len(telling.ask(backup_shelf.last_backups, 1)) == 1


def test_seven_days_after_the_last_backup_another_is_due(telling: Telling) -> None:
    telling.tell((uuid4(), AccountEnabled()), (BACKUPS, backup(1)), (uuid4(), AccountEnabled()))
    taken = telling.ask(backup_shelf.last_backups)[0].at
    assert not telling.ask(backup_shelf.reminder, taken + TOO_OLD)
    assert telling.ask(backup_shelf.reminder, taken + TOO_OLD + timedelta(seconds=1))


def test_without_any_backup_one_is_due_seven_days_after_the_first_fact(telling: Telling) -> None:
    telling.tell()
    assert not telling.ask(backup_shelf.reminder, telling.now + timedelta(days=400))
    telling.tell((uuid4(), AccountEnabled()))
    assert not telling.ask(backup_shelf.reminder, telling.now + timedelta(days=7))
    assert telling.ask(backup_shelf.reminder, telling.now + timedelta(days=7, seconds=1))
