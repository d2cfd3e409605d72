"""What commands hand in to be written, and which of it can stand beside what is written already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol
from uuid import UUID

from eventsourcing.persistence import IntegrityError, StoredEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandKey:
    """The client-given key of a command, good for one account and one kind of command."""

    account: UUID
    key: str
    command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that was recorded earlier: its kind, and the position of its last fact."""

    command: str
    position: int


class Conflict(IntegrityError):
    """Something the command was decided on has moved: it must be decided afresh."""


@dataclass(eq=False, slots=True, kw_only=True)
class Filing:
    """The facts of one command, waiting to be written with those of others.

    `seen` are the versions of all streams the command was decided on (0: nothing there).
    """

    events: Sequence[StoredEvent]
    seen: Mapping[UUID, int]
    key: CommandKey | None
    ready: Event = field(default_factory=Event)
    leads: bool = False
    positions: Sequence[int] = ()
    refusal: BaseException | None = None

    def result(self) -> Sequence[int]:
        """The positions of the facts; raises what kept them from being written."""
        if self.refusal is not None:
            raise self.refusal
        return self.positions


class OpenPage(Protocol):
    """A writing transaction that holds off all other writers until it ends."""

    def versions(self, streams: Iterable[UUID]) -> dict[UUID, int]:
        """The last version of each stream, without those where nothing is."""
        ...

    def done(self, keys: Iterable[CommandKey]) -> dict[tuple[UUID, str], Done]:
        """What was recorded before under the keys, by account and key."""
        ...

    def append(self, events: Sequence[StoredEvent]) -> list[int]:
        """Writes the events and returns their positions."""
        ...

    def keep(self, keys: Sequence[tuple[CommandKey, int]]) -> None:
        """Writes the keys with the positions that answer them from now on."""
        ...


def enter(page: OpenPage, filings: Sequence[Filing]) -> None:
    """Writes every filing that stands and gives each of the others its own refusal.

    Nothing that could fail is left to the database, so one bad filing never spoils its neighbours.
    """
    accepted = _accepted(page, filings)
    events = [event for filing in accepted for event in filing.events]
    positions = iter(page.append(events) if events else ())
    for filing in accepted:
        filing.positions = [next(positions) for _ in filing.events]
    page.keep([(filing.key, filing.positions[-1]) for filing in accepted if filing.key and filing.positions])


def _accepted(page: OpenPage, filings: Sequence[Filing]) -> list[Filing]:
    streams = {UUID(str(event.originator_id)) for filing in filings for event in filing.events}
    versions = page.versions(streams.union(*(filing.seen for filing in filings)))
    taken = set(page.done(filing.key for filing in filings if filing.key))
    accepted: list[Filing] = []
    for filing in filings:
        moved = _moved(filing, versions, taken)
        if moved is not None:
            filing.refusal = moved
            continue
        accepted.append(filing)
        versions.update({UUID(str(event.originator_id)): event.originator_version for event in filing.events})
        if filing.key:
            taken.add((filing.key.account, filing.key.key))
    return accepted


def _moved(filing: Filing, versions: Mapping[UUID, int], taken: set[tuple[UUID, str]]) -> Conflict | None:
    if filing.key and (filing.key.account, filing.key.key) in taken:
        return Conflict("the command was recorded before")
    for stream, version in filing.seen.items():
        if versions.get(stream, 0) != version:
            return Conflict(f"stream {stream} has moved on from version {version}")
    reached: dict[UUID, int] = {}
    for event in filing.events:
        stream = UUID(str(event.originator_id))
        if event.originator_version != reached.get(stream, versions.get(stream, 0)) + 1:
            return Conflict(f"stream {stream} has no place for version {event.originator_version}")
        reached[stream] = event.originator_version
    return None
