"""Who did what, when."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from application.history.history import History
from application.office import Office
from domain.accounts import account as accounts
from domain.accounts.account import AccountOpened, RoleGranted, SlipIssued, SlipPurpose
from domain.accounts.permissions import Role
from domain.congress import congress as congresses
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.congress.congress import Level, UnitAdded
from domain.congress.roll import DelegateEntry
from domain.congress.session import DelegateCheckedIn
from domain.polls.ballot import VoidReason
from domain.polls.poll import CardVoidingNoted
from projections.audit_trail import PROJECTION, Asked, congress_of, entries, subject_of
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from tests.support.stores import Clock, actor, by

QC, ROLL_IMPORT, SESSION, LI = (uuid4() for _ in range(4))
WANG, ZHAO = actor("王敏"), actor("赵强")


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_reading(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def shown(office: Office, history: History, reading: Engine, clock: Clock) -> Engine:
    """王敏 founds a congress and its roll; the next day 赵强 checks a delegate in and opens an account."""
    founded = congresses.found_congress(name="青城市人大", short_name="青城", slug="qc", level=Level.CITY, term=16)
    office.change(by(WANG), QC, congresses.evolve, lambda _: (founded, UnitAdded(unit=uuid4(), name="水务局")))
    zhang = DelegateEntry(delegate=uuid4(), number="003", name="张丽", delegation="一团")
    office.change(
        by(WANG),
        rolls.roll_stream(QC),
        rolls.evolve,
        lambda roll: rolls.import_delegates(roll, QC, ROLL_IMPORT, "名册.xlsx", [zhang]),
    )
    clock.forward(days=1)
    office.change(
        by(ZHAO),
        sessions.attendance_stream(SESSION, zhang.delegate),
        sessions.evolve_attendance,
        lambda _: DelegateCheckedIn(congress=QC, session=SESSION, delegate=zhang.delegate),
    )
    opened = (
        AccountOpened(login="lihong", name="李红"),
        RoleGranted(role=Role.STAFF, congress=QC),
        SlipIssued(slip=uuid4(), purpose=SlipPurpose.ACTIVATION, expires_at=clock()),
    )
    office.change(by(ZHAO), LI, accounts.evolve, lambda _: opened)
    Followers(history, reading, [PROJECTION]).catch_up()
    return reading


def test_the_newest_comes_first_with_who_and_about_what(shown: Engine) -> None:
    with shown.connect() as connection:
        told = [(entry.fact, entry.by, entry.subject) for entry in entries(connection, Asked(congress=QC))]
    assert told == [
        ("accounts.slip-issued", ZHAO.account, "李红"),
        ("accounts.role-granted", ZHAO.account, "李红"),
        ("congress.delegate-checked-in", ZHAO.account, "张丽"),
        ("congress.delegates-imported", WANG.account, "名册.xlsx"),
        ("congress.unit-added", WANG.account, "水务局"),
        ("congress.congress-founded", WANG.account, "青城市人大"),
    ]


def test_what_belongs_to_no_congress_is_in_the_whole_trail(shown: Engine) -> None:
    with shown.connect() as connection:
        everything = entries(connection, Asked())
        assert len(everything) == 7
        (opened,) = [entry for entry in everything if entry.fact == "accounts.account-opened"]
        assert opened.congress is None
        assert congress_of(connection, opened.position) is None
        assert congress_of(connection, everything[0].position) == QC


def test_the_trail_is_asked_by_person_kind_and_time(shown: Engine, clock: Clock) -> None:
    today = clock().replace(hour=0)
    with shown.connect() as connection:
        assert len(entries(connection, Asked(congress=QC, by=WANG.account))) == 3
        assert len(entries(connection, Asked(congress=QC, facts=["congress.unit-added"]))) == 1
        assert len(entries(connection, Asked(congress=QC, since=today))) == 3
        assert len(entries(connection, Asked(congress=QC, until=today))) == 3


def test_the_trail_goes_on_where_a_page_ended(shown: Engine) -> None:
    with shown.connect() as connection:
        first = entries(connection, Asked(congress=QC), limit=4)
        rest = entries(connection, Asked(congress=QC), before=first[-1].position)
    assert [entry.fact for entry in rest] == ["congress.unit-added", "congress.congress-founded"]


def test_times_are_those_of_china_on_every_store(shown: Engine, clock: Clock) -> None:
    with shown.connect() as connection:
        assert entries(connection, Asked(congress=QC))[0].at == clock()


def test_a_subject_is_cut_rather_than_refused() -> None:
    assert subject_of(UnitAdded(unit=uuid4(), name="很" * 500)) == "很" * 200


def test_words_of_the_code_are_no_subject() -> None:
    assert subject_of(CardVoidingNoted(reason=VoidReason.SPOILED)) == ""
