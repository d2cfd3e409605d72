"""The roll as lists show it: by delegation and number, with the imports that brought it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, event

from application import congress as commands
from application.history.history import History
from application.office import Office
from domain.accounts.permissions import Actor
from domain.congress.roll import DelegateEntry, Gender, delegate_id
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from projections.roll import PROJECTION, delegate_at, delegates_of, delegations_of, imports_of
from tests.support import polls
from tests.support.stores import by

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_reading(database_url)
    yield engine
    engine.dispose()


def shown(history: History, reading: Engine) -> Engine:
    Followers(history, reading, [PROJECTION]).catch_up()
    return reading


def entry(import_id: UUID, number: str, name: str, delegation: str, unit: str = "") -> DelegateEntry:
    return DelegateEntry(
        delegate=delegate_id(import_id, number),
        number=number,
        name=name,
        delegation=delegation,
        gender=Gender.FEMALE,
        ethnicity="汉族",
        special_committee=True,
        unit=unit,
    )


def bring(office: Office, clerk: Actor, congress: UUID, *lines: tuple[str, str, str]) -> UUID:
    import_id = uuid4()
    listed = [entry(import_id, *line) for line in lines]
    commands.import_delegates(office, by(clerk), congress, import_id, "名册.xlsx", listed)
    return import_id


def names(conn: Connection, congress: UUID, **of: str) -> list[str]:
    return [one.name for one in delegates_of(conn, congress, **of)[0]]  # type: ignore[arg-type]  # named filters only


LINES = (("0003", "丙", "西河区"), ("0001", "甲", "东河区"), ("10", "丁", "西河区"), ("0002", "乙", "东河区"))


def test_delegations_stand_in_the_order_of_the_roll_and_delegates_by_number(
    office: Office, history: History, reading: Engine
) -> None:
    congress, clerk = polls.founded(office)
    bring(office, clerk, congress, *LINES)
    with shown(history, reading).connect() as conn:
        assert [tuple(one) for one in delegations_of(conn, congress)] == [("西河区", 2), ("东河区", 2)]
        assert names(conn, congress) == ["丁", "丙", "甲", "乙"]


def test_delegates_are_found_by_parts_of_name_number_and_place_of_work(
    office: Office, history: History, reading: Engine
) -> None:
    congress, clerk = polls.founded(office)
    bring(office, clerk, congress, *LINES)
    commands.add_delegate(office, by(clerk), congress, entry(uuid4(), "0100", "甲乙", "东河区", "100%纯净水厂"))
    with shown(history, reading).connect() as conn:
        assert names(conn, congress, named="甲") == ["甲", "甲乙"]
        assert names(conn, congress, named="000") == ["丙", "甲", "乙"]
        assert names(conn, congress, named="100%") == ["甲乙"]
        assert names(conn, congress, named="%") == ["甲乙"]
        assert names(conn, congress, named="甲", delegation="西河区") == []
        assert delegates_of(conn, congress, limit=2, offset=1)[1] == 5


def test_an_undone_import_takes_its_delegates_and_stays_in_the_list(
    office: Office, history: History, reading: Engine
) -> None:
    congress, clerk = polls.founded(office)
    first = bring(office, clerk, congress, *LINES[:2])
    bring(office, clerk, congress, *LINES[2:])
    commands.undo_import(office, by(clerk), congress, first)
    with shown(history, reading).connect() as conn:
        assert names(conn, congress) == ["丁", "乙"]
        second, undone = imports_of(conn, congress)
    assert (undone.id, undone.delegates, undone.left, undone.undone_at) == (first, 2, 0, office.now())
    assert (second.delegates, second.left, second.undone_at, second.by) == (2, 2, None, clerk.account)


@ONE_STORE
def test_a_correction_keeps_the_delegates_place_on_the_roll(office: Office, history: History, reading: Engine) -> None:
    congress, clerk = polls.founded(office)
    bring(office, clerk, congress, *LINES)
    with shown(history, reading).connect() as conn:
        known = delegates_of(conn, congress, named="丙")[0][0]
    right = replace(entry(uuid4(), "0003", "丙丙", "西河区"), delegate=known.id, gender=None)
    commands.correct_delegate(office, by(clerk), congress, right)
    with shown(history, reading).connect() as conn:
        corrected = delegate_at(conn, congress, known.id)
        assert [one.name for one in delegations_of(conn, congress)] == ["西河区", "东河区"]
    assert corrected is not None
    assert (corrected.name, corrected.gender) == ("丙丙", None)


@ONE_STORE
def test_a_delegate_whose_office_ended_is_gone(office: Office, history: History, reading: Engine) -> None:
    congress, clerk = polls.founded(office)
    brought = bring(office, clerk, congress, *LINES)
    gone = delegate_id(brought, "0001")
    commands.end_office(office, by(clerk), congress, gone)
    with shown(history, reading).connect() as conn:
        assert delegate_at(conn, congress, gone) is None
        assert imports_of(conn, congress)[0].left == 3


@ONE_STORE
def test_each_congress_has_its_own_roll(office: Office, history: History, reading: Engine) -> None:
    congress, clerk = polls.founded(office)
    other, other_clerk = polls.founded(office, "other")
    brought = bring(office, clerk, congress, *LINES)
    bring(office, other_clerk, other, ("0001", "别处", "东河区"))
    with shown(history, reading).connect() as conn:
        assert names(conn, other) == ["别处"]
        assert delegate_at(conn, other, delegate_id(brought, "0001")) is None


def test_three_thousand_delegates_are_written_in_a_few_statements(
    office: Office, history: History, reading: Engine
) -> None:
    congress, clerk = polls.founded(office)
    bring(office, clerk, congress, *_many(3000))
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(reading, "before_cursor_execute", note)
    with shown(history, reading).connect() as conn:
        assert sum(one.delegates for one in delegations_of(conn, congress)) == 3000
    assert sum(statement.startswith("INSERT INTO roll_delegate") for statement in statements) <= 10


def _many(number: int) -> Sequence[tuple[str, str, str]]:
    return [(f"{one:05}", f"代表{one}", f"第{one % 30}代表团") for one in range(number)]
