"""Who did what, when."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from application.history.history import History
from application.office import Office
from domain.accounts import account as accounts
from domain.accounts.account import AccountOpened, AccountRenamed, RoleGranted, SlipIssued, SlipPurpose
from domain.accounts.permissions import Actor, Role
from domain.asks.ask import AskKind, AskSentBack
from domain.congress import congress as congresses
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.congress.congress import Level, UnitAdded
from domain.congress.roll import DelegateEntry
from domain.congress.session import DelegateCheckedIn
from domain.polls.ballot import VoidReason
from domain.polls.poll import CardVoidingNoted
from domain.shared import project_code
from projections.audit_trail import PROJECTION, Asked, congress_of, entries, labels_of, subject_of
from projections.reading import showing
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from projections.reading.projection import Projection
from tests.support import facts
from tests.support.stores import Clock, actor, by
from tests.support.telling import Telling

QC, ROLL_IMPORT, SESSION, LI = (uuid4() for _ in range(4))
WANG, ZHAO = actor("王敏"), actor("赵强")


@pytest.fixture
def projection() -> Projection:
    return PROJECTION


def actor_of(account: UUID) -> Actor:
    return Actor(account=account, name="")


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
        ("accounts.account-opened", ZHAO.account, "李红"),
        ("congress.delegate-checked-in", ZHAO.account, "张丽"),
        ("congress.delegates-imported", WANG.account, "名册.xlsx"),
        ("congress.unit-added", WANG.account, "水务局"),
        ("congress.congress-founded", WANG.account, "青城市人大"),
    ]


def test_an_account_opened_for_a_congress_is_in_its_trail_and_once_in_the_whole_one(shown: Engine) -> None:
    with shown.connect() as connection:
        everything = entries(connection, Asked())
        assert len(everything) == 7
        (opened,) = [entry for entry in everything if entry.fact == "accounts.account-opened"]
        assert opened.congress == QC
        assert congress_of(connection, opened.position) == QC


def test_what_belongs_to_no_congress_is_in_the_whole_trail_alone(
    shown: Engine, office: Office, history: History
) -> None:
    opened = (AccountOpened(login="root", name="孙丽"), RoleGranted(role=Role.ADMINISTRATOR, congress=None))
    position = office.change(by(ZHAO), uuid4(), accounts.evolve, lambda _: opened)
    Followers(history, shown, [PROJECTION]).catch_up()
    with shown.connect() as connection:
        assert [entry.congress for entry in entries(connection, Asked(words="孙丽"))] == [None, None]
        assert congress_of(connection, position) is None
        assert entries(connection, Asked(congress=QC, words="孙丽")) == []


def test_the_opening_is_brought_over_when_its_role_comes_in_the_next_batch(
    office: Office, history: History, reading: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "BATCH", 1)
    opened = (AccountOpened(login="lihong", name="李红"), RoleGranted(role=Role.STAFF, congress=QC))
    office.change(by(ZHAO), LI, accounts.evolve, lambda _: opened)
    Followers(history, reading, [PROJECTION]).catch_up()
    with reading.connect() as connection:
        assert [entry.fact for entry in entries(connection, Asked(congress=QC, words="李红"))] == [
            "accounts.role-granted",
            "accounts.account-opened",
        ]


def test_the_trail_is_asked_by_person_kind_and_time(shown: Engine, clock: Clock) -> None:
    today = clock().replace(hour=0)
    with shown.connect() as connection:
        assert len(entries(connection, Asked(congress=QC, by=WANG.account))) == 3
        assert len(entries(connection, Asked(congress=QC, facts=["congress.unit-added"]))) == 1
        assert len(entries(connection, Asked(congress=QC, since=today))) == 4
        assert len(entries(connection, Asked(congress=QC, until=today))) == 3


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("张丽", ["congress.delegate-checked-in", "congress.delegates-imported"]),
        ("003", ["congress.delegate-checked-in", "congress.delegates-imported"]),
        ("水务", ["congress.unit-added"]),
        ("水", ["congress.unit-added"]),
        ("局", ["congress.unit-added"]),
        ("名册", ["congress.delegates-imported"]),
        ("李红 启用", []),
        ("ＬＩＨＯＮＧ", ["accounts.slip-issued", "accounts.role-granted", "accounts.account-opened"]),
        ("水城", []),
        ("%", None),
        ("_", None),
        ("", None),
    ],
)
def test_the_trail_is_searched_by_words(shown: Engine, words: str, found: list[str] | None) -> None:
    """Names, numbers and sign-in names; two characters or one; all words must come up; signs alone are no words."""
    with shown.connect() as connection:
        everything = [entry.fact for entry in entries(connection, Asked(congress=QC))]
        asked = Asked(congress=QC, words=words)
        assert [entry.fact for entry in entries(connection, asked)] == (everything if found is None else found)
        assert entries(connection, Asked(congress=uuid4(), words=words)) == []


def test_the_name_of_then_stays_and_both_names_are_found(
    shown: Engine, office: Office, history: History, clock: Clock
) -> None:
    def add(name: str) -> None:
        office.change(by(actor_of(LI)), QC, congresses.evolve, lambda _: UnitAdded(unit=uuid4(), name=name))

    add("教育局")
    office.change(by(ZHAO), LI, accounts.evolve, lambda _: AccountRenamed(name="李鸿"))
    add("民政局")
    Followers(history, shown, [PROJECTION]).catch_up()
    with shown.connect() as connection:
        asked = Asked(congress=QC, by=LI)
        assert [(entry.subject, entry.who) for entry in entries(connection, asked)] == [
            ("民政局", "李鸿"),
            ("教育局", "李红"),
        ]
        for name in ("李红", "李鸿"):
            found = entries(connection, Asked(congress=QC, words=name, facts=["congress.unit-added"]))
            assert {entry.subject for entry in found} == {"民政局", "教育局"}
        assert labels_of(connection, [LI, uuid4()]) == {LI: "李鸿"}


def test_everything_about_a_project_is_found_with_its_list_and_its_asks(telling: Telling) -> None:
    first, second = facts.project(1), facts.project(2)
    telling.tell(facts.drafted(1), facts.drafted(2), facts.listed(1), facts.published(1, 2))
    asked = facts.issued(AskKind.PROGRESS, 1)
    telling.tell(asked, (asked[0], AskSentBack(reason="没有照片", on=date(2026, 7, 1))))
    told = telling.ask(entries, Asked(congress=facts.CONGRESS, about=[first]))
    assert [(entry.fact, entry.subject) for entry in told] == [
        ("asks.ask-sent-back", "项目1"),
        ("asks.ask-issued", "项目1"),
        ("projects.candidate-list-published", "2026"),
        ("projects.project-listed", "项目1"),
        ("projects.candidate-drafted", "项目1"),
    ]
    assert len(telling.ask(entries, Asked(congress=facts.CONGRESS, about=[second]))) == 2
    assert [one.fact for one in telling.ask(entries, Asked(words="照片"))] == ["asks.ask-sent-back"]
    assert len(telling.ask(entries, Asked(words=project_code(first)))) == 5


def test_the_trail_goes_on_where_a_page_ended(shown: Engine) -> None:
    with shown.connect() as connection:
        everything = entries(connection, Asked(congress=QC))
        first = entries(connection, Asked(congress=QC), limit=4)
        rest = entries(connection, Asked(congress=QC), before=first[-1].position)
    assert first + rest == everything


def test_times_are_those_of_china_on_every_store(shown: Engine, clock: Clock) -> None:
    with shown.connect() as connection:
        assert entries(connection, Asked(congress=QC))[0].at == clock()


def test_a_subject_is_cut_rather_than_refused() -> None:
    assert subject_of(UnitAdded(unit=uuid4(), name="很" * 500)) == "很" * 200


def test_words_of_the_code_are_no_subject() -> None:
    assert subject_of(CardVoidingNoted(reason=VoidReason.SPOILED)) == ""
