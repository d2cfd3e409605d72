"""Backups 备份: that one was taken, when, and how large; the backup itself lies wherever it was carried."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

BACKUPS: Final = UUID("b7a5c3de-0f2b-5d0e-9a53-7c1c2d7f6e01")
"""The stream of the installation's backups."""

TOO_OLD: Final = timedelta(days=7)
"""After this long without a backup, administrators are reminded."""


class Way(StrEnum):
    """Who asked for it: a page, or the command line, which includes timers."""

    PAGE = "page"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupTaken:
    """Everything recorded up to `position` was written into a file and read back from it."""

    way: Way
    position: int
    facts: int
    ballots: int
    bytes: int
    sha256: str


def evolve(_last: BackupTaken | None, fact: BackupTaken) -> BackupTaken:
    """The newest one."""
    return fact


def is_due(last: datetime | None, first_fact: datetime | None, now: datetime) -> bool:
    """Whether there is something to lose and no backup of the last days; `first_fact` None: nothing is recorded."""
    since = last or first_fact
    return since is not None and now - since > TOO_OLD
