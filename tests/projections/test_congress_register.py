"""Units and sessions of a congress, as lists and choices show them."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from application import congress as commands
from application.history.history import History
from application.office import Office
from domain.accounts.permissions import Actor
from projections.congress_register import PROJECTION, session_at, sessions_of, units_of
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from tests.support import polls
from tests.support.stores import by


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_reading(database_url)
    yield engine
    engine.dispose()


def shown(history: History, reading: Engine) -> Engine:
    Followers(history, reading, [PROJECTION]).catch_up()
    return reading


def convene(office: Office, clerk: Actor, congress: UUID, number: int) -> None:
    commands.convene_session(
        office,
        by(clerk),
        congress,
        number=number,
        title=f"第{number}次会议",
        year=2026,
        starts_on=date(2026, 1, 20),
        ends_on=date(2026, 1, 24),
    )


def test_units_stand_in_the_order_of_adding_withdrawn_ones_last(
    office: Office, history: History, reading: Engine
) -> None:
    congress, clerk = polls.founded(office)
    commands.add_units(office, by(clerk), congress, [("水务局", "0477-8612345"), ("教育局", ""), ("民政局", "")])
    with shown(history, reading).connect() as conn:
        first, water, schools, welfare = units_of(conn, congress)
    commands.withdraw_unit(office, by(clerk), congress, water.id)
    commands.change_unit(office, by(clerk), congress, schools.id, "教育体育局", "12345")
    with shown(history, reading).connect() as conn:
        listed = units_of(conn, congress)
    assert [(unit.name, unit.withdrawn) for unit in listed] == [
        (first.name, False),
        ("教育体育局", False),
        (welfare.name, False),
        ("水务局", True),
    ]
    assert listed[1].duty_phone == "12345"


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_withdrawn_unit_is_back_once_it_is_changed(office: Office, history: History, reading: Engine) -> None:
    congress, clerk = polls.founded(office)
    with shown(history, reading).connect() as conn:
        unit = units_of(conn, congress)[0]
    commands.withdraw_unit(office, by(clerk), congress, unit.id)
    commands.change_unit(office, by(clerk), congress, unit.id, unit.name, "")
    with shown(history, reading).connect() as conn:
        assert [one.withdrawn for one in units_of(conn, congress)] == [False]


def test_sessions_are_listed_the_newest_first(office: Office, history: History, reading: Engine) -> None:
    congress, clerk = polls.founded(office)
    other, other_clerk = polls.founded(office, "other")
    for number in (4, 5):
        convene(office, clerk, congress, number)
    convene(office, other_clerk, other, 1)
    with shown(history, reading).connect() as conn:
        listed = sessions_of(conn, congress)
        assert session_at(conn, congress, listed[0].id) == listed[0]
        assert session_at(conn, other, listed[0].id) is None
        assert session_at(conn, congress, uuid4()) is None
    assert [session.number for session in listed] == [5, 4]
    assert listed[0].is_on(date(2026, 1, 24))
    assert not listed[0].is_on(date(2026, 1, 25))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_session_that_was_moved_shows_its_new_dates(office: Office, history: History, reading: Engine) -> None:
    congress, clerk = polls.founded(office)
    convene(office, clerk, congress, 5)
    with shown(history, reading).connect() as conn:
        session = sessions_of(conn, congress)[0]
    commands.reschedule_session(
        office,
        by(clerk),
        session.id,
        title="推迟的第五次会议",
        year=2026,
        starts_on=date(2026, 2, 3),
        ends_on=date(2026, 2, 5),
    )
    with shown(history, reading).connect() as conn:
        moved = sessions_of(conn, congress)[0]
    assert (moved.title, moved.starts_on, moved.number) == ("推迟的第五次会议", date(2026, 2, 3), 5)
