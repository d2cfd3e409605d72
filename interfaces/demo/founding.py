"""Who there is in the demonstration: its bodies, each with its own look, and the people of their offices."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from application import congress as commands
from domain.accounts.permissions import Actor, Role
from domain.congress.congress import Level
from domain.congress.look import Colour
from domain.congress.roll import DelegateEntry
from interfaces.demo.town_hall import TownHall, delegates_in, role, unit_names_in

TERM: Final = 16


@dataclass(frozen=True, kw_only=True)
class Founding:
    """The bodies and the people who act for them."""

    city: UUID
    city_staff: Actor
    city_government: Actor
    district: UUID
    district_staff: Actor
    district_government: Actor
    west: UUID
    west_staff: Actor
    street: UUID
    street_staff: Actor

    @classmethod
    def begun(cls, hall: TownHall) -> "Founding":
        """Founds all bodies and opens the accounts of their offices."""
        city = _found(hall, "青城市人民代表大会", "青城市人大", "qingcheng", Level.CITY, None)
        district = _found(hall, "东河区人民代表大会", "东河区人大", "donghe", Level.COUNTY, city)
        west = _found(hall, "西河区人民代表大会", "西河区人大", "xihe", Level.COUNTY, city)
        street = _found(hall, "南店街道居民议事会", "南店街道", "nandian", Level.STREET, district)
        founded = cls(
            city=city,
            city_staff=hall.person("qc-office", "王敏", role(Role.STAFF, city)),
            city_government=hall.person("qc-gov", "李涛", role(Role.GOVERNMENT, city)),
            district=district,
            district_staff=hall.person("dh-office", "陈静", role(Role.STAFF, district)),
            district_government=hall.person("dh-gov", "周凯", role(Role.GOVERNMENT, district)),
            west=west,
            west_staff=hall.person("xh-office", "赵敏", role(Role.STAFF, west)),
            street=street,
            street_staff=hall.person("nd-office", "苏晴", role(Role.STAFF, street)),
        )
        hall.person("qc-venue", "张蕾", role(Role.VENUE, city))
        hall.person("qc-audit", "沈静", role(Role.AUDITOR, city))
        hall.person("qc-upper", "何伟", role(Role.UPPER_READER, district), role(Role.UPPER_READER, city))
        founded._dress(hall)
        return founded

    def _dress(self, hall: TownHall) -> None:
        looks = (
            (self.district, self.district_staff, "东河", Colour.PINE, "东河区人大常委会办公室 · 0471-5550101"),
            (self.street, self.street_staff, "南店", Colour.UMBER, "南店街道议事会办公室 · 0471-5550303"),
        )
        for congress, staff, emblem, colour, contact in looks:
            commands.choose_look(
                hall.office, hall.by(staff), congress, emblem=emblem, public_name="", colour=colour, contact=contact
            )


def add_units(hall: TownHall, staff: Actor, congress: UUID, candidates: str) -> dict[str, UUID]:
    """Enters the units that a table of candidates names as leading; returns them by name."""
    phones = (f"0471-55{number:05d}" for number in range(10001, 99999, 7))
    units = [(name, next(phones)) for name in unit_names_in(candidates)]
    commands.add_units(hall.office, hall.by(staff), congress, units)
    return hall.units_of(congress)


def import_roll(hall: TownHall, staff: Actor, congress: UUID, name: str) -> list[DelegateEntry]:
    """Imports a roll; returns its entries."""
    by = hall.by(staff)
    import_id = hall.office.new_id(by, "roll")
    entries = delegates_in(name, import_id)
    commands.import_delegates(hall.office, by, congress, import_id, name, entries)
    return entries


def _found(hall: TownHall, name: str, short_name: str, slug: str, level: Level, parent: UUID | None) -> UUID:
    by = hall.by(hall.administrator)
    congress = hall.office.new_id(by, "congress")
    commands.found_congress(
        hall.office, by, congress, name=name, short_name=short_name, slug=slug, level=level, term=TERM, parent=parent
    )
    return congress
