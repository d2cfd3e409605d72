"""A congress with a unit and a roll of five, founded at once."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from domain.congress import congress as congresses
from domain.congress import roll as rolls
from domain.congress.congress import Level, SlugTakenBy, UnitAdded
from domain.congress.roll import DelegateEntry
from interfaces.composition import House
from tests.support.stores import by


@dataclass(frozen=True)
class Body:
    """A congress of the tests."""

    id: UUID
    slug: str
    unit: UUID
    delegates: dict[str, UUID]


def found(house: House, slug: str, name: str) -> Body:
    """Founds a congress and takes in its roll."""
    congress, unit, import_id = uuid4(), uuid4(), uuid4()
    founded = congresses.found_congress(name=name, short_name=name, slug=slug, level=Level.CITY, term=16)
    named = UnitAdded(unit=unit, name="交通运输局")
    house.office.change(
        by(), congresses.slug_stream(slug), congresses.evolve_slug, lambda _: SlugTakenBy(slug=slug, congress=congress)
    )
    house.office.change(by(), congress, congresses.evolve, lambda _: (founded, named))
    entries = [
        DelegateEntry(
            delegate=rolls.delegate_id(import_id, f"{number:03}"), number=f"{number:03}", name=who, delegation=where
        )
        for number, (who, where) in enumerate(
            (
                ("阿古拉", "第一代表团"),
                ("欧阳海燕", "第一代表团"),
                ("张丽", "第一代表团"),
                ("李建国", "第二代表团"),
                ("陈晓", "第二代表团"),
            ),
            start=1,
        )
    ]
    position = house.office.change(
        by(),
        rolls.roll_stream(congress),
        rolls.evolve,
        lambda roll: rolls.import_delegates(roll, congress, import_id, "名册.xlsx", entries),
    )
    house.followers.wait_for(position)
    return Body(congress, slug, unit, {entry.name: entry.delegate for entry in entries})
