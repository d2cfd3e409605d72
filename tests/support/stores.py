"""What commands are tested with: a clock that is set by hand, people, and keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID, uuid5

from application.office import By
from domain.accounts.permissions import Actor, Grant, Role
from domain.shared import CHINA

ACCOUNTS = UUID("5d0c6a52-0000-5000-8000-000000000001")
_numbers: Iterator[int] = count(1)


@dataclass
class Clock:
    """The time of a test: it stands still until it is moved."""

    now: datetime = datetime(2026, 1, 20, 9, 0, tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **duration: float) -> None:
        """Moves on, e.g. `clock.forward(minutes=5)`."""
        self.now += timedelta(**duration)

    def set(self, year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> None:
        """A moment in China."""
        self.now = datetime(year, month, day, hour, minute, tzinfo=CHINA)


def furnish(database_url: str, data: Path) -> None:
    """Makes every table of an installation."""
    from interfaces.composition import open_house  # noqa: PLC0415  # most tests that use a clock need no edge
    from interfaces.settings import Settings  # noqa: PLC0415

    open_house(Settings(data=data, database_url=database_url), Clock()).close()


def actor(name: str = "王工", *grants: Grant) -> Actor:
    """The same person for the same name."""
    return Actor(account=uuid5(ACCOUNTS, name), name=name, grants=grants)


def granted(role: Role, congress: UUID | None = None, *, name: str | None = None, **of: UUID) -> Actor:
    """Somebody with one role in one congress, e.g. `granted(Role.DELEGATE, congress, delegate=d)`."""
    grant = Grant(role=role, congress=congress, **of)
    return actor(name or f"{role.value} of {congress}", grant)


def by(who: Actor | None = None, key: str | None = None) -> By:
    """Asks as this person; without a key each call is a command of its own."""
    return By(actor=who or actor(), key=key or f"key {next(_numbers)}")
