"""A street under a city that calls for proposals, and a poll of its council; no typed word of it is a congress's.

`street = founded(office)` has a city with an open call, and a street with its own; `hall_of(street, house, …)`
prepares a vote of one of its meetings with the engine of the ballot.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from application.congress import add_units, found_congress
from application.office import Office
from application.polls import preparing
from application.projects import import_candidates, publish_list
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import roll as rolls
from domain.congress.congress import Level
from domain.polls.card_set import SetName
from domain.polls.poll import Sealing
from interfaces.composition import House
from tests.support import polls, proposals
from tests.support.polls import Hall
from tests.support.stores import by

MEMBERS = 30
_NAMES = "兰英芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂红玉梅春花海燕山"
GROUPS = ("第一小组", "第二小组", "第三小组")


@dataclass
class Street:
    """A street with its council, and the city above it."""

    office: Office
    city: UUID
    city_clerk: Actor
    congress: UUID
    clerk: Actor
    year: int
    sent: list[UUID] = field(default_factory=list)
    """Proposals that residents sent to the street."""


def founded(office: Office) -> Street:
    """A city with a call for next year, and under it a street with a call, a unit and three proposals."""
    city, city_clerk = polls.founded(office, "cz")
    street, year = uuid4(), office.today().year + 1
    administrator = Actor(
        account=uuid5(city, "administrator"), name="系统管理员", grants=(Grant(role=Role.ADMINISTRATOR, congress=None),)
    )
    found_congress(
        office,
        by(administrator),
        street,
        name="西街街道居民议事会",
        short_name="西街街道",
        slug="xj",
        level=Level.STREET,
        term=2,
        parent=city,
    )
    clerk = Actor(account=uuid4(), name="何文书", grants=(Grant(role=Role.STAFF, congress=street),))
    add_units(office, by(clerk), street, [("街道城管办", "8110")])
    for body, keeper in ((city, city_clerk), (street, clerk)):
        proposals.call(office, keeper, body, year)
    made = Street(office, city, city_clerk, street, clerk, year)
    calling = proposals.Calling(office, street, clerk, year, uuid4())
    made.sent = [calling.received(title) for title in ("北巷路灯", "老楼加装扶手", "菜场排水")]
    return made


def roll_table() -> bytes:
    """Thirty members in three groups, as a list with a council's own headings."""
    lines = ["成员编号,姓名,小组"]
    lines += [f"{number:03},林{name},{GROUPS[number % 3]}" for number, name in enumerate(_NAMES, 1)]
    return "\n".join(lines).encode()


def hall_of(street: Street, house: House, session: UUID, profile: UUID, names: tuple[str, ...]) -> Hall:
    """A poll of the meeting on these candidates, its cards printed, its scrutineers approved."""
    office, clerk = house.office, street.clerk
    roll = office.state_of(rolls.roll_stream(street.congress), rolls.evolve)
    assert roll is not None
    entries = list(roll.entries.values())
    import_id = uuid4()
    cards = [polls.candidate(name, number, street.year) for number, name in enumerate(names, 1)]
    import_candidates(office, by(clerk), street.congress, street.year, import_id, cards)
    listed = [uuid5(import_id, str(place)) for place in range(len(cards))]
    chosen = [(project, number) for number, project in enumerate(listed, 1)]
    sent_on = office.today() - timedelta(days=10)
    publish_list(office, by(clerk), street.congress, street.year, session, chosen, "第一次会议决定", sent_on)
    name = SetName(colour="蓝色", word="山茶", number=1)
    card_set, secrets = polls.print_set_of(office, clerk, session, entries, name, len(entries) + 2)
    poll = uuid4()
    preparing.prepare_poll(
        office,
        house.box,
        by(clerk),
        poll,
        session=session,
        profile=profile,
        card_set=card_set,
        title=f"{street.year}年实事选票",
        summaries={},
        sealing=Sealing.UNSEALED,
    )
    chief, *scrutineers = [entry.delegate for entry in entries[:3]]
    preparing.approve_scrutineers(office, by(clerk), poll, chief, scrutineers)
    hall = Hall(office, house.box, street.congress, session, poll, entries, listed, name, secrets, clerk, house.private)
    hall.release()
    return hall
