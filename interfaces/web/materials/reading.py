"""Who has read a material or the candidates' cards, among the delegates it was sent to."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from domain.projects import candidate_list as lists
from interfaces.composition import House
from interfaces.web._base.asking import Place
from projections import materials, reading_receipts, roll
from projections.materials import MaterialRow, ReminderRow
from projections.roll import ListedDelegate


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationReading:
    """How far one delegation has read."""

    name: str
    read: int
    total: int
    unread: tuple[ListedDelegate, ...]

    @property
    def percent(self) -> int:
        """Of its delegates who have read, whole per cent."""
        return self.read * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Readership:
    """How far those whom something was sent to have read it, by delegation in the order of the roll."""

    delegations: tuple[DelegationReading, ...]
    reminder: ReminderRow | None = None

    @property
    def read(self) -> int:
        """Delegates who have read."""
        return sum(one.read for one in self.delegations)

    @property
    def total(self) -> int:
        """Delegates it was sent to."""
        return sum(one.total for one in self.delegations)

    @property
    def percent(self) -> int:
        """Of all it was sent to who have read, whole per cent."""
        return self.read * 100 // self.total if self.total else 0

    @property
    def unread(self) -> tuple[ListedDelegate, ...]:
        """Everybody who has not."""
        return tuple(delegate for one in self.delegations for delegate in one.unread)

    def may_be_reminded(self, today: date) -> bool:
        """Once a day, while somebody has not read."""
        return self.read < self.total and (self.reminder is None or self.reminder.on < today)


def of_material(conn: Connection, material: MaterialRow) -> Readership:
    """The readers of a material's newest edition."""
    delegates, _n = roll.delegates_of(conn, material.congress)
    read = materials.readers_of(conn, material.material, material.latest.edition)
    addressed = (one for one in delegates if material.is_for(one.delegation))
    return readership(addressed, read.keys(), _reminder(conn, material.congress, material.material))


def of_all(conn: Connection, congress: UUID, found: Iterable[MaterialRow]) -> dict[UUID, Readership]:
    """The readers of many materials."""
    delegates, _n = roll.delegates_of(conn, congress)
    reminders = {one.about: one for one in materials.reminders_of(conn, congress)}
    made: dict[UUID, Readership] = {}
    for material in found:
        read = materials.readers_of(conn, material.material, material.latest.edition)
        made[material.material] = readership(
            (one for one in delegates if material.is_for(one.delegation)),
            read.keys(),
            reminders.get(material.material),
        )
    return made


def of_cards(house: House, here: Place, year: int) -> Readership | None:
    """The readers of all cards of the published list, None while none is out."""
    stream = lists.list_stream(here.congress.id, year)
    listed = house.office.state_of(stream, lists.evolve)
    if listed is None or not listed.published:
        return None
    cards = [one.project for one in listed.candidates]
    with house.reading.connect() as conn:
        delegates, _n = roll.delegates_of(conn, here.congress.id)
        readers = reading_receipts.readers_of(conn, here.congress.id, year, cards)
        reminder = _reminder(conn, here.congress.id, stream)
    done = {one.delegate for one in readers if one.cards >= len(cards)}
    return readership(delegates, done, reminder)


def readership(addressed: Iterable[ListedDelegate], done: Collection[UUID], reminder: ReminderRow | None) -> Readership:
    """By delegation, in the order the delegates come in."""
    grouped: dict[str, list[ListedDelegate]] = {}
    for delegate in addressed:
        grouped.setdefault(delegate.delegation, []).append(delegate)
    parts = []
    for name, members in grouped.items():
        unread = tuple(one for one in members if one.id not in done)
        parts.append(DelegationReading(name=name, read=len(members) - len(unread), total=len(members), unread=unread))
    return Readership(delegations=tuple(parts), reminder=reminder)


def _reminder(conn: Connection, congress: UUID, about: UUID) -> ReminderRow | None:
    return next((one for one in materials.reminders_of(conn, congress) if one.about == about), None)
