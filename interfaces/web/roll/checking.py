"""A list of delegates while it is checked: read from the kept file, with every mistake, before anything is saved."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from application.private import uploads
from application.private.uploads import Upload
from domain.congress import roll as rolls
from domain.congress.roll import DelegateEntry, Roll
from interfaces.composition import House
from interfaces.tables.delegates import read_delegates
from interfaces.tables.faults import Fault
from interfaces.tables.reading import read_table
from interfaces.web._base.asking import Place

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedList:
    """What a file would bring: its good rows and its mistakes."""

    source: str
    entries: tuple[DelegateEntry, ...]
    faults: tuple[Fault, ...]
    known_delegations: tuple[str, ...]

    @property
    def delegations(self) -> list[tuple[str, int, bool]]:
        """Delegations of the good rows with their delegates, and whether they are new on the roll."""
        counted = Counter(entry.delegation for entry in self.entries)
        return [(name, number, name not in self.known_delegations) for name, number in counted.items()]

    @property
    def bad_rows(self) -> int:
        """Rows with at least one mistake."""
        return len({fault.row for fault in self.faults})


def keep(house: House, here: Place, upload: Upload) -> UUID:
    """Keeps a file that can be read. Raises UnreadableTable."""
    read_table(upload.content)
    return uploads.keep(house.private, here.actor.account, _purpose(here), upload, house.office.now())


def check(house: House, here: Place, upload: UUID, *, new_delegations: bool, import_id: UUID = NOBODY) -> CheckedList:
    """The kept file against the roll as it is now. Raises UploadForgotten.

    Delegations that the roll does not know are mistakes, unless the list is said to bring new ones or is the first.
    """
    kept = uploads.kept(house.private, here.actor.account, _purpose(here), upload, house.office.now())
    roll = house.office.state_of(rolls.roll_stream(here.congress.id), rolls.evolve) or Roll()
    entries, faults = read_delegates(
        read_table(kept.content),
        import_id=import_id,
        delegations=None if new_delegations else roll.delegations,
        taken={entry.number for entry in roll.entries.values()},
    )
    return CheckedList(source=kept.name, entries=entries, faults=faults, known_delegations=roll.delegations)


def _purpose(here: Place) -> str:
    return f"roll/{here.congress.id}"
