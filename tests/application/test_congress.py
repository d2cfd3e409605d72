"""Founding congresses, their units and sessions: who may, and what the record says afterwards."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from application import congress as commands
from application.office import Office
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import congress as congresses
from domain.congress import session as sessions
from domain.congress.congress import Congress, Level, SlugTaken, UnitExists, WrongParent
from domain.congress.session import Session, SessionExists, SessionInUse, session_id
from domain.shared import Missing, NotFound, NotPermitted
from tests.support import polls
from tests.support.stores import Clock, by, granted

ADMINISTRATOR = granted(Role.ADMINISTRATOR)
ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def found(office: Office, slug: str = "jiangzhou", *, parent: UUID | None = None, level: Level = Level.CITY) -> UUID:
    congress = uuid4()
    commands.found_congress(
        office,
        by(ADMINISTRATOR),
        congress,
        name="江州市人民代表大会",
        short_name="江州市人大",
        slug=slug,
        level=level,
        term=17,
        parent=parent,
    )
    return congress


def state(office: Office, congress: UUID) -> Congress:
    known = office.state_of(congress, congresses.evolve)
    assert known is not None
    return known


def clerk(*congress: UUID) -> Actor:
    return Actor(account=uuid4(), name="周文书", grants=tuple(Grant(role=Role.STAFF, congress=one) for one in congress))


def convene(office: Office, who: Actor, congress: UUID, number: int = 5, key: str | None = None) -> UUID:
    today = office.today()
    commands.convene_session(
        office,
        by(who, key),
        congress,
        number=number,
        title=f"第{number}次会议",
        year=today.year,
        starts_on=today,
        ends_on=today + timedelta(days=3),
    )
    return session_id(congress, 17, number)


def session(office: Office, stream: UUID) -> Session:
    known = office.state_of(stream, sessions.evolve)
    assert known is not None
    return known


def test_a_congress_is_founded_with_a_district_under_it(office: Office) -> None:
    city = found(office)
    district = found(office, "donghe", parent=city, level=Level.COUNTY)
    assert (state(office, district).parent, state(office, district).term) == (city, 17)


def test_an_address_is_taken_once(office: Office) -> None:
    found(office)
    with pytest.raises(SlugTaken):
        found(office)


@ONE_STORE
def test_a_parent_must_be_there_and_stand_above(office: Office) -> None:
    with pytest.raises(NotFound):
        found(office, "donghe", parent=uuid4(), level=Level.COUNTY)
    city = found(office)
    with pytest.raises(WrongParent):
        found(office, "other", parent=city, level=Level.CITY)


@ONE_STORE
def test_only_administrators_found_and_describe(office: Office) -> None:
    city = found(office)
    staff = clerk(city)
    with pytest.raises(NotPermitted):
        commands.found_congress(
            office, by(staff), uuid4(), name="甲", short_name="", slug="jia", level=Level.COUNTY, term=1, parent=city
        )
    with pytest.raises(NotPermitted):
        commands.describe_congress(office, by(staff), city, name="甲", short_name="", term=1)
    commands.describe_congress(office, by(ADMINISTRATOR), city, name="江州市人大", short_name="", term=18)
    assert state(office, city).term == 18


@ONE_STORE
def test_the_administrator_of_one_congress_describes_no_other(office: Office) -> None:
    city, other = found(office), found(office, "other")
    own = granted(Role.ADMINISTRATOR, city)
    commands.describe_congress(office, by(own), city, name="江州", short_name="", term=17)
    with pytest.raises(NotPermitted):
        commands.describe_congress(office, by(own), other, name="江州", short_name="", term=17)


def test_pasted_units_are_added_once_each(office: Office) -> None:
    city = found(office)
    staff = by(clerk(city))
    commands.add_units(office, staff, city, [("水务局", "12345"), ("教育局", ""), ("水务局", "")])
    commands.add_units(office, by(staff.actor), city, [("教育局", ""), ("民政局", "")])
    assert [unit.name for unit in state(office, city).units.values()] == ["水务局", "教育局", "民政局"]


@ONE_STORE
def test_pasting_only_known_units_records_nothing(office: Office) -> None:
    city = found(office)
    staff = clerk(city)
    position = commands.add_units(office, by(staff), city, [("水务局", "")])
    assert commands.add_units(office, by(staff), city, [("水务局", "")]) == position


def test_a_form_sent_twice_adds_its_units_once(office: Office) -> None:
    city = found(office)
    form = by(clerk(city), "form")
    first = commands.add_units(office, form, city, [("水务局", ""), ("教育局", "")])
    assert commands.add_units(office, form, city, [("水务局", ""), ("教育局", "")]) == first
    assert len(state(office, city).units) == 2


@ONE_STORE
def test_five_hundred_units_are_pasted_in_a_moment(office: Office) -> None:
    city = found(office)
    commands.add_units(office, by(clerk(city)), city, [(f"单位{number}", "") for number in range(500)])
    assert len(state(office, city).units) == 500


@ONE_STORE
def test_a_unit_is_changed_and_withdrawn_by_staff_of_its_congress(office: Office) -> None:
    city, other = found(office), found(office, "other")
    staff = clerk(city)
    commands.add_units(office, by(staff), city, [("水务局", ""), ("教育局", "")])
    water, schools = state(office, city).units
    with pytest.raises(UnitExists):
        commands.change_unit(office, by(staff), city, water, "教育局", "")
    commands.withdraw_unit(office, by(staff), city, schools)
    assert state(office, city).units[schools].withdrawn
    with pytest.raises(NotPermitted):
        commands.withdraw_unit(office, by(clerk(other)), city, water)
    with pytest.raises(NotFound):
        commands.change_unit(office, by(clerk(other)), other, water, "水利局", "")


def test_a_session_of_a_number_is_convened_once_in_a_term(office: Office) -> None:
    city = found(office)
    staff = clerk(city)
    convened = convene(office, staff, city, 5, key="form")
    assert (session(office, convened).number, session(office, convened).term) == (5, 17)
    with pytest.raises(SessionExists):
        convene(office, staff, city, 5)
    convene(office, staff, city, 5, key="form")
    convene(office, staff, city, 6)
    calendar = office.state_of(sessions.calendar_stream(city), sessions.evolve_calendar)
    assert calendar == (session_id(city, 17, 5), session_id(city, 17, 6))


@ONE_STORE
def test_a_session_follows_the_term_of_its_congress(office: Office) -> None:
    city = found(office)
    commands.describe_congress(office, by(ADMINISTRATOR), city, name="江州市人大", short_name="", term=18)
    convene(office, clerk(city), city, 1)
    assert session(office, session_id(city, 18, 1)).term == 18


@ONE_STORE
def test_a_session_is_moved_until_its_candidate_list_is_published(office: Office, clock: Clock) -> None:
    city = found(office)
    staff = clerk(city)
    convened = convene(office, staff, city)
    change = {"title": "第五次会议", "year": clock.now.year, "starts_on": date(2026, 2, 1), "ends_on": date(2026, 2, 3)}
    commands.reschedule_session(office, by(staff), convened, **change)  # type: ignore[arg-type]  # the values fit by name
    assert session(office, convened).starts_on == date(2026, 2, 1)
    polls.published(office, staff, city, convened, clock.now.year, ["城区排水"], clock.now.date())
    with pytest.raises(SessionInUse):
        commands.reschedule_session(office, by(staff), convened, **change)  # type: ignore[arg-type]  # as above


@ONE_STORE
def test_staff_of_another_congress_convene_nothing_here(office: Office) -> None:
    city, other = found(office), found(office, "other")
    convened = convene(office, clerk(city), city)
    with pytest.raises(NotPermitted):
        convene(office, clerk(other), city, 6)
    with pytest.raises(NotPermitted):
        commands.reschedule_session(
            office,
            by(clerk(other)),
            convened,
            title="甲",
            year=2026,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 2, 1),
        )
    with pytest.raises(NotFound):
        commands.reschedule_session(
            office,
            by(clerk(city)),
            uuid4(),
            title="甲",
            year=2026,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 2, 1),
        )


@ONE_STORE
def test_a_session_needs_a_title(office: Office) -> None:
    city = found(office)
    with pytest.raises(Missing):
        commands.convene_session(
            office,
            by(clerk(city)),
            city,
            number=1,
            title="",
            year=2026,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 2, 1),
        )
