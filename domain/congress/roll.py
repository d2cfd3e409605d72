"""The roll 代表名册: the delegates of a congress, grouped in delegations; N is their number."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID, uuid5

from domain.shared import Missing, NotFound, Refused

ROLLS = UUID("1c0a1c86-6f0f-5ff3-9d53-0d8d5a7a9b02")


class Gender(StrEnum):
    """As rolls print it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateEntry:
    """One line of the roll. `number` is the delegate's certificate number 代表证号, never a ballot card."""

    delegate: UUID
    number: str
    name: str
    delegation: str
    gender: Gender | None = None
    ethnicity: str = ""
    special_committee: bool = False
    unit: str = ""
    """The department a delegate works in; may bar from being a scrutineer (rule 14)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegatesImported:
    """A confirmed list was taken into the roll."""

    congress: UUID
    import_id: UUID
    source: str
    entries: tuple[DelegateEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportUndone:
    """An import was taken back; its delegates are no longer on the roll."""

    import_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateAdded:
    """One delegate was entered by hand."""

    congress: UUID
    entry: DelegateEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateCorrected:
    """A line of the roll was put right."""

    entry: DelegateEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegateLeft:
    """A delegate's office ended (resigned, recalled, moved away, died)."""

    delegate: UUID


RollFact = DelegatesImported | ImportUndone | DelegateAdded | DelegateCorrected | DelegateLeft


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """The delegates in office, and which import brought them."""

    entries: dict[UUID, DelegateEntry] = field(default_factory=dict)
    imports: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)

    @property
    def all_delegates(self) -> int:
        """N, the number of all delegates 全体代表."""
        return len(self.entries)

    @property
    def delegations(self) -> tuple[str, ...]:
        """The names of the delegations, in the order of the roll."""
        return tuple(dict.fromkeys(entry.delegation for entry in self.entries.values()))

    def admits(self, delegate: UUID) -> bool:
        """Whether this person is a delegate in office."""
        return delegate in self.entries


@dataclass(eq=False)
class NumberTaken(Refused):
    """Certificate numbers that are on the roll already, or twice in the list."""

    numbers: tuple[str, ...]


@dataclass(eq=False)
class ImportInUse(Refused):
    """The import cannot be undone: some of its delegates have checked in, signed in or read cards."""

    delegates: int


@dataclass(eq=False)
class DelegateInUse(Refused):
    """A delegate with a place in this year's record cannot be removed while it stands."""

    name: str


def roll_stream(congress: UUID) -> UUID:
    """The one roll of a congress."""
    return uuid5(ROLLS, str(congress))


def delegate_id(import_id: UUID, number: str) -> UUID:
    """The identity of a delegate; the import's own random id keeps numbers from being guessed back."""
    return uuid5(import_id, number)


def import_delegates(
    roll: Roll | None, congress: UUID, import_id: UUID, source: str, entries: Iterable[DelegateEntry]
) -> DelegatesImported:
    """Raises Missing for an empty list, NumberTaken for numbers that are in use or doubled."""
    listed = tuple(entries)
    if not listed:
        raise Missing(fields=("entries",))
    _refuse_taken(roll, listed)
    return DelegatesImported(congress=congress, import_id=import_id, source=source, entries=listed)


def undo_import(roll: Roll | None, import_id: UUID, used: Collection[UUID]) -> ImportUndone:
    """Takes an import back while nothing depends on it.

    `used` are the delegates who have checked in, drawn a card, activated an account or read a card.
    Raises NotFound for an unknown or undone import, ImportInUse.
    """
    if roll is None or import_id not in roll.imports:
        raise NotFound(kind="import", id=str(import_id))
    busy = set(roll.imports[import_id]) & set(used)
    if busy:
        raise ImportInUse(delegates=len(busy))
    return ImportUndone(import_id=import_id)


def add_delegate(roll: Roll | None, congress: UUID, entry: DelegateEntry) -> DelegateAdded:
    """Raises Missing or NumberTaken."""
    _refuse_incomplete(entry)
    _refuse_taken(roll, (entry,))
    return DelegateAdded(congress=congress, entry=entry)


def correct_delegate(roll: Roll | None, entry: DelegateEntry) -> DelegateCorrected:
    """Raises NotFound, Missing or NumberTaken."""
    if roll is None or not roll.admits(entry.delegate):
        raise NotFound(kind="delegate", id=str(entry.delegate))
    _refuse_incomplete(entry)
    others = replace(roll, entries={k: v for k, v in roll.entries.items() if k != entry.delegate})
    _refuse_taken(others, (entry,))
    return DelegateCorrected(entry=entry)


def end_office(roll: Roll | None, delegate: UUID) -> DelegateLeft:
    """Raises NotFound for somebody who is not on the roll."""
    if roll is None or not roll.admits(delegate):
        raise NotFound(kind="delegate", id=str(delegate))
    return DelegateLeft(delegate=delegate)


def evolve(roll: Roll | None, fact: RollFact) -> Roll:
    """The roll after one more fact."""
    roll = roll or Roll()
    match fact:
        case DelegatesImported():
            arrived = {entry.delegate: entry for entry in fact.entries}
            return replace(
                roll, entries={**roll.entries, **arrived}, imports={**roll.imports, fact.import_id: tuple(arrived)}
            )
        case ImportUndone():
            gone = set(roll.imports[fact.import_id])
            return replace(
                roll,
                entries=_without(roll.entries, gone),
                imports={k: v for k, v in roll.imports.items() if k != fact.import_id},
            )
        case DelegateAdded() | DelegateCorrected():
            return replace(roll, entries={**roll.entries, fact.entry.delegate: fact.entry})
        case DelegateLeft():
            return replace(roll, entries=_without(roll.entries, {fact.delegate}))


def _without(entries: dict[UUID, DelegateEntry], gone: Collection[UUID]) -> dict[UUID, DelegateEntry]:
    return {key: entry for key, entry in entries.items() if key not in gone}


def _refuse_incomplete(entry: DelegateEntry) -> None:
    required = {"number": entry.number, "name": entry.name, "delegation": entry.delegation}
    empty = tuple(name for name, value in required.items() if not value.strip())
    if empty:
        raise Missing(fields=empty)


def _refuse_taken(roll: Roll | None, entries: tuple[DelegateEntry, ...]) -> None:
    known = {entry.number for entry in roll.entries.values()} if roll else set()
    counted = Counter(entry.number for entry in entries)
    taken = tuple(number for number, times in counted.items() if times > 1 or number in known)
    if taken:
        raise NumberTaken(numbers=taken)
