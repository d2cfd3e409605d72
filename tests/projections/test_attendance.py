"""Who is at a session: counts by delegation, names, and cards drawn."""

from collections.abc import Iterator
from uuid import UUID, uuid4, uuid5

import pytest
from sqlalchemy import Engine, event

from application import check_in as desk
from application import congress as commands
from application.history.history import History
from application.history.recorded import Recorded
from application.office import Office
from domain.accounts.permissions import Actor, Role
from domain.congress.roll import DelegateEntry
from domain.congress.session import CardDrawn, CardDrawUndone, CheckInUndone, DelegateCheckedIn, attendance_stream
from projections.attendance import (
    PROJECTION,
    attendee,
    attendees,
    cards_drawn,
    cards_of,
    latest,
    presence,
)
from projections.reading import showing
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from tests.support import polls
from tests.support.stores import by, granted

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
POLL = UUID("00000000-0000-5000-8000-000000009011")


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_reading(database_url)
    yield engine
    engine.dispose()


def shown(history: History, reading: Engine) -> Engine:
    Followers(history, reading, [PROJECTION]).catch_up()
    return reading


def held(office: Office, delegates: int = 12) -> tuple[UUID, Actor, list[DelegateEntry], UUID]:
    congress, clerk = polls.founded(office)
    entries = polls.roll_of(office, clerk, congress, delegates)
    return congress, clerk, entries, polls.convened(office, clerk, congress, office.today())


def test_attendance_is_counted_by_delegation(office: Office, history: History, reading: Engine) -> None:
    congress, clerk, entries, session = held(office)
    for one in entries[:5]:
        desk.check_in(office, by(clerk), session, one.delegate)
    desk.undo_check_in(office, by(clerk), session, entries[0].delegate)
    with shown(history, reading).connect() as conn:
        counted = presence(conn, congress, session)
        elsewhere = presence(conn, congress, uuid4())
    assert [tuple(one) for one in counted] == [("城西代表团", 6, 2), ("城东代表团", 6, 2)]
    assert [one.absent for one in counted] == [4, 4]
    assert sum(one.present for one in elsewhere) == 0


def test_names_are_found_present_or_not(office: Office, history: History, reading: Engine) -> None:
    congress, clerk, entries, session = held(office)
    desk.check_in(office, by(clerk), session, entries[0].delegate)
    with shown(history, reading).connect() as conn:
        found = attendees(conn, congress, session, named="代表1")
        assert [one.name for one in found] == ["代表1", "代表10", "代表11", "代表12"]
        assert [one.is_present for one in found] == [True, False, False, False]
        assert [one.number for one in attendees(conn, congress, session, named="0010")] == ["0010"]
        assert len(attendees(conn, congress, session, delegation="城东代表团", limit=3)) == 3
        assert attendees(conn, congress, session, named="%") == []
        known = attendee(conn, congress, session, entries[0].delegate)
        assert known is not None
        assert known.at == office.now()
        assert attendee(conn, uuid4(), session, entries[0].delegate) is None


@ONE_STORE
def test_each_desk_sees_whom_it_checked_in_last(office: Office, history: History, reading: Engine) -> None:
    congress, clerk, entries, session = held(office)
    other = granted(Role.VENUE, congress)
    for one in entries[:3]:
        desk.check_in(office, by(clerk), session, one.delegate)
    desk.check_in(office, by(other), session, entries[3].delegate)
    with shown(history, reading).connect() as conn:
        assert [one.name for one in latest(conn, congress, session, by=clerk.account, limit=2)] == ["代表3", "代表2"]
        assert [one.name for one in latest(conn, congress, session)] == ["代表4", "代表3", "代表2", "代表1"]


@ONE_STORE
def test_the_roll_is_followed_when_it_changes(office: Office, history: History, reading: Engine) -> None:
    congress, clerk, entries, session = held(office)
    commands.end_office(office, by(clerk), congress, entries[0].delegate)
    new = DelegateEntry(delegate=uuid4(), number="0100", name="补选", delegation="城南代表团")
    commands.add_delegate(office, by(clerk), congress, new)
    with shown(history, reading).connect() as conn:
        assert [tuple(one) for one in presence(conn, congress, session)] == [
            ("城东代表团", 6, 0),
            ("城西代表团", 5, 0),
            ("城南代表团", 1, 0),
        ]


def burst(history: History, office: Office, congress: UUID, session: UUID, entries: list[DelegateEntry]) -> None:
    """Everybody comes and draws; some check-ins and draws are taken back and made again, all within a minute."""
    told: list[Recorded] = []
    for place, one in enumerate(entries):
        stream = attendance_stream(session, one.delegate)
        who = {"congress": congress, "session": session, "delegate": one.delegate}
        facts: list[object] = [DelegateCheckedIn(**who)]
        if place % 7 == 0:
            facts += [CheckInUndone(**who), DelegateCheckedIn(**who)]
        facts.append(CardDrawn(**who, poll=POLL))
        if place % 5 == 0:
            facts.append(CardDrawUndone(**who, poll=POLL))
        if place % 10 == 0:
            facts.append(CheckInUndone(**who))
        told += [Recorded(stream, version, office.now(), None, fact) for version, fact in enumerate(facts, 1)]
    history.append(told, seen={})


@pytest.mark.parametrize("batch", [500, 7])
def test_a_burst_at_the_doors_is_counted_right_in_any_batches(
    office: Office, history: History, reading: Engine, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(showing, "BATCH", batch)
    congress, _clerk, entries, session = held(office, 100)
    burst(history, office, congress, session, entries)
    with shown(history, reading).connect() as conn:
        assert sum(one.present for one in presence(conn, congress, session)) == 90
        assert cards_drawn(conn, congress, session) == {POLL: 80}
        assert cards_of(conn, congress, session, entries[1].delegate) == {POLL}
        assert cards_of(conn, congress, session, entries[5].delegate) == set()


@ONE_STORE
def test_a_burst_of_check_ins_is_one_statement(office: Office, history: History, reading: Engine) -> None:
    congress, _clerk, entries, session = held(office, 300)
    shown(history, reading)
    facts = [
        (uuid5(session, one.number), DelegateCheckedIn(congress=congress, session=session, delegate=one.delegate))
        for one in entries
    ]
    history.append([Recorded(stream, 1, office.now(), None, fact) for stream, fact in facts], seen={})
    statements: list[str] = []
    event.listen(reading, "before_cursor_execute", lambda *given: statements.append(str(given[2])))
    with shown(history, reading).connect() as conn:
        assert sum(one.present for one in presence(conn, congress, session)) == 300
    assert sum(statement.startswith("INSERT INTO attendance_present") for statement in statements) == 1
