"""The demonstration: the city 青城市 with two districts and a street council, as it stands today.

The city is in the middle of its session, its poll ready to open; the district 东河区 has voted and its
projects are under way; 西河区 gathers candidates; the street's council has just been set up. Everything
comes about by the commands people give, and every date counts from the day the story is told.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from application import congress as congress_commands
from application import projects
from domain.accounts.login import delegate_login
from domain.accounts.permissions import Actor, Role
from domain.congress.congress import Level
from domain.congress.roll import DelegateEntry
from domain.polls.card import Secret
from domain.polls.card_set import SetName
from interfaces.demo import asks, ceremony
from interfaces.demo.session_day import SessionDay
from interfaces.demo.town_hall import TownHall, candidates_in, delegates_in, role, unit_names_in

TERM = 16
CITY_ATTENDING = 314
CITY_CARDS = 330
UNDER_WAY_FROM = (7, 20)
"""From this day on the district's projects of the same year have something to show; before, last year's have."""

DISTRICT_SUPPORT = (0.97, 0.93, 0.95, 0.89, 0.91, 0.83, 0.77, 0.86, 0.68, 0.43)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the one who tries the demonstration needs: the live cards on the table."""

    city: UUID
    poll: UUID
    cards: tuple[Secret, ...]
    set_name: SetName
    session_title: str
    poll_title: str
    shares: tuple[str, ...]
    """Of the city's poll: two of them open its box."""
    scrutineers: tuple[str, ...]
    """Their sign-in names, the chief's first."""


def tell(hall: TownHall, today: date) -> Told:
    """Makes the whole demonstration; the hall's clock must not have passed the beginning."""
    year = today.year if (today.month, today.day) >= UNDER_WAY_FROM else today.year - 1
    city, city_staff = _city(hall)
    district = _district(hall, city, year, today)
    _west_district(hall, city, today)
    _street(hall, district)
    return _city_in_session(hall, city, city_staff, today)


def beginning(today: date) -> date:
    """The first day of the story."""
    year = today.year if (today.month, today.day) >= UNDER_WAY_FROM else today.year - 1
    return date(year - 1, 11, 10)


def _city(hall: TownHall) -> tuple[UUID, Actor]:
    city = _found(hall, "青城市人民代表大会", "青城市人大", "qingcheng", Level.CITY, None)
    staff = hall.person("qc-office", "王敏", role(Role.STAFF, city))
    hall.person("qc-gov", "李涛", role(Role.GOVERNMENT, city))
    hall.person("qc-venue", "张蕾", role(Role.VENUE, city))
    hall.person("qc-audit", "沈静", role(Role.AUDITOR, city))
    return city, staff


def _district(hall: TownHall, city: UUID, year: int, today: date) -> UUID:
    district = _found(hall, "东河区人民代表大会", "东河区人大", "donghe", Level.COUNTY, city)
    staff = hall.person("dh-office", "陈静", role(Role.STAFF, district))
    government = hall.person("dh-gov", "周凯", role(Role.GOVERNMENT, district))
    hall.person("qc-upper", "何伟", role(Role.UPPER_READER, district), role(Role.UPPER_READER, city))
    _units(hall, staff, district, "donghe-candidates.csv")
    units = hall.units_of(district)
    housing = hall.person("dh-zhujian", "陈立新", role(Role.DEPARTMENT, district, units["住房和城乡建设局"]))
    roll = _roll(hall, staff, district, "donghe-delegates.csv")
    voting_on = date(year, 1, 16)
    day = SessionDay(
        hall=hall,
        congress=district,
        term=TERM,
        number=5,
        title="东河区第十六届人民代表大会第五次会议",
        year=year,
        voting_on=voting_on,
        staff=staff,
        roll=roll,
    )
    hall.clock.turn_to(voting_on - timedelta(days=40))
    day.convene()
    hall.clock.turn_to(voting_on - timedelta(days=12))
    candidates = candidates_in("donghe-candidates.csv", units, year)
    listed = day.list_candidates(candidates, "大会主席团第一次会议通过")
    profile = day.adopt_profile("per_item_majority", 8, "大会主席团第一次会议通过")
    hall.clock.turn_to(voting_on)
    codes = day.print_cards(SetName(colour="绿色", word="松", number=1), len(roll) + 5)
    title = f"{year}年民生实事项目票决"
    poll = day.prepare(profile, 1, title, dict(zip(listed, candidates, strict=True)))
    scrutineers = day.approve_scrutineers(poll, roll[10:13])
    shares = ceremony.seal(hall, poll, scrutineers)
    day.release_cards(poll, scrutineers)
    present = roll[: len(roll) - 5]
    day.check_in(present, poll, staff)
    day.void_left_over(poll, codes[len(present) :])
    day.vote(poll, codes[: len(present)], DISTRICT_SUPPORT)
    ceremony.open_twice(hall, poll, scrutineers, shares)
    day.declare(poll, scrutineers, f"东人公〔{year}〕3号")
    asks.answer_the_year(hall, district, year, today, staff=staff, government=government, department=housing)
    return district


def _west_district(hall: TownHall, city: UUID, today: date) -> None:
    district = _found(hall, "西河区人民代表大会", "西河区人大", "xihe", Level.COUNTY, city)
    staff = hall.person("xh-office", "赵敏", role(Role.STAFF, district))
    hall.clock.turn_to(today - timedelta(days=30))
    _units(hall, staff, district, "donghe-candidates.csv")
    _roll(hall, staff, district, "xihe-delegates.csv")
    year = _year_of_city(today)
    by = hall.by(staff)
    drafts = candidates_in("donghe-candidates.csv", hall.units_of(district), year)[:4]
    with_gaps = [replace(drafts[0], purpose=""), replace(drafts[1], responsible="", sources=()), *drafts[2:]]
    projects.import_candidates(hall.office, by, district, year, hall.office.new_id(by, "candidates"), with_gaps)


def _street(hall: TownHall, district: UUID) -> None:
    council = _found(hall, "南店街道居民议事会", "南店街道", "nandian", Level.STREET, district)
    staff = hall.person("nd-office", "苏晴", role(Role.STAFF, council))
    _roll(hall, staff, council, "nandian-members.csv")


def _city_in_session(hall: TownHall, city: UUID, staff: Actor, today: date) -> Told:
    year = _year_of_city(today)
    hall.clock.turn_to(today - timedelta(days=28))
    _units(hall, staff, city, "qingcheng-candidates.csv")
    roll = _roll(hall, staff, city, "qingcheng-delegates.csv")
    day = SessionDay(
        hall=hall,
        congress=city,
        term=TERM,
        number=6,
        title="青城市第十六届人民代表大会第六次会议",
        year=year,
        voting_on=today,
        staff=staff,
        roll=roll,
    )
    day.convene()
    hall.clock.turn_to(today - timedelta(days=10))
    candidates = candidates_in("qingcheng-candidates.csv", hall.units_of(city), year)
    listed = day.list_candidates(candidates, "大会主席团第一次会议通过")
    profile = day.adopt_profile("per_item_majority", 10, "大会主席团第一次会议通过")
    _readers(hall, day, city, listed)
    hall.clock.turn_to(today, hour=0)
    name = SetName(colour="蓝色", word="山茶", number=1)
    codes = day.print_cards(name, CITY_CARDS)
    title = f"{year}年民生实事项目票决"
    poll = day.prepare(profile, 1, title, dict(zip(listed, candidates, strict=True)))
    may_scrutinise = [entry for entry in roll if not entry.unit]
    scrutineers = day.approve_scrutineers(poll, may_scrutinise[20:23])
    shares = ceremony.seal(hall, poll, scrutineers)
    day.release_cards(poll, scrutineers)
    day.check_in(roll[:CITY_ATTENDING], poll, staff)
    day.void_left_over(poll, codes[CITY_ATTENDING:])
    return Told(
        city=city,
        poll=poll,
        cards=tuple(codes[:CITY_ATTENDING]),
        set_name=name,
        session_title=day.title,
        poll_title=title,
        shares=shares,
        scrutineers=tuple(delegate_login("qingcheng", entry.number) for entry in may_scrutinise[20:23]),
    )


def _readers(hall: TownHall, day: SessionDay, city: UUID, listed: list[UUID]) -> None:
    """Some delegates have read every card, one has begun."""
    for place, cards in enumerate((listed, listed, listed, listed[:5])):
        reader = hall.delegate(day.staff, city, day.roll[place].delegate)
        for project in cards:
            projects.read_card(hall.office, hall.by(reader), project)


def _year_of_city(today: date) -> int:
    """A session late in the year votes on the next year's projects."""
    return (today + timedelta(days=60)).year


def _found(hall: TownHall, name: str, short_name: str, slug: str, level: Level, parent: UUID | None) -> UUID:
    by = hall.by(hall.administrator)
    congress = hall.office.new_id(by, "congress")
    congress_commands.found_congress(
        hall.office, by, congress, name=name, short_name=short_name, slug=slug, level=level, term=TERM, parent=parent
    )
    return congress


def _units(hall: TownHall, staff: Actor, congress: UUID, candidates: str) -> None:
    phones = (f"0471-55{number:05d}" for number in range(10001, 99999, 7))
    units = [(name, next(phones)) for name in unit_names_in(candidates)]
    congress_commands.add_units(hall.office, hall.by(staff), congress, units)


def _roll(hall: TownHall, staff: Actor, congress: UUID, name: str) -> list[DelegateEntry]:
    by = hall.by(staff)
    import_id = hall.office.new_id(by, "roll")
    entries = delegates_in(name, import_id)
    congress_commands.import_delegates(hall.office, by, congress, import_id, name, entries)
    return entries
