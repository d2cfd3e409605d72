"""The asks after a vote: who answers, what is sent back, what residents see, what is overdue."""

from uuid import UUID

import pytest

from application.congress import add_units
from domain.accounts.permissions import Role
from domain.asks.ask import AskKind, ask_id
from domain.shared import project_code
from interfaces.composition import House
from projections.congress_register import units_of
from tests.support.declared import declared
from tests.support.polls import UNIT, Hall
from tests.support.stores import Clock, by
from tests.support.visitors import SignedIn, Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def hall(house: House) -> Hall:
    return declared(house)


@pytest.fixture
def unit(hall: Hall, house: House) -> UUID:
    with house.reading.connect() as connection:
        return next(one.id for one in units_of(connection, hall.congress) if one.name == UNIT)


def progress(hall: Hall, number: int = 1) -> UUID:
    return ask_id(hall.congress, 2026, AskKind.PROGRESS, hall.projects[number - 1])


def test_the_declaration_issues_a_result_and_two_asks_a_project(hall: Hall, signed_in: SignedIn) -> None:
    words = signed_in(Role.STAFF, hall.congress).open("/staff/jz/asks").words
    assert "年初问结果0/1" in words
    assert "年中问进展0/3" in words
    assert "年底问总结0/3" in words


def test_ask_2_is_filled_in_from_the_declared_poll(hall: Hall, signed_in: SignedIn, clock: Clock) -> None:
    clock.set(2026, 1, 25)
    staff = signed_in(Role.STAFF, hall.congress)
    address = f"/staff/jz/asks/{ask_id(hall.congress, 2026, AskKind.RESULT)}"
    assert "发出 / 收回 12 / 12" in staff.open(address).words
    page = staff.send(f"{address}/answer", remarks="已抄送政府办")
    assert page.said == "答复已提交。"
    assert "列入 3" in page.words


def test_an_ask_opens_on_its_first_day(hall: Hall, unit: UUID, signed_in: SignedIn, clock: Clock) -> None:
    clock.set(2026, 5, 31)
    page = signed_in(Role.DEPARTMENT, hall.congress, unit=unit).open(f"/unit/jz/asks/{progress(hall)}")
    assert "2026年6月1日 起可以答复" in page.words
    clock.set(2026, 6, 1)
    page = signed_in(Role.DEPARTMENT, hall.congress, unit=unit).open(f"/unit/jz/asks/{progress(hall)}")
    assert f"/unit/jz/asks/{progress(hall)}/answer" in page.forms()


def test_residents_read_an_answer_after_it_was_approved(
    hall: Hall, unit: UUID, signed_in: SignedIn, visitor: Visitor, clock: Clock
) -> None:
    clock.set(2026, 6, 20)
    officer, staff = signed_in(Role.DEPARTMENT, hall.congress, unit=unit), signed_in(Role.STAFF, hall.congress)
    own, theirs = f"/unit/jz/asks/{progress(hall)}", f"/staff/jz/asks/{progress(hall)}"
    public = f"/p/{project_code(hall.projects[0])}"
    officer.open(own)
    page = officer.send(f"{own}/answer", percent="101", funds_spent="很多", milestones="")
    assert page.status == 422
    assert len(page.errors) >= 2
    officer.send(f"{own}/answer", percent="44", funds_spent="500", milestones="完成四处")
    assert "44%" not in visitor.open(public).words
    staff.open(theirs)
    assert staff.send(f"{theirs}/send-back", reason="请写明地点").said == "已退回重报。"
    assert "请写明地点" in officer.open("/unit/jz").words
    officer.open(own)
    officer.send(f"{own}/answer", percent="44", funds_spent="500", milestones="完成城东四处")
    staff.open(theirs)
    assert staff.send(f"{theirs}/approve").said == "已认可，项目公开页已更新。"
    words = visitor.open(public).words
    assert "44%" in words
    assert "完成城东四处" in words
    assert "请写明地点" not in words


def test_overdue_asks_stand_on_the_first_page_of_the_office(hall: Hall, signed_in: SignedIn, clock: Clock) -> None:
    clock.set(2026, 7, 20)
    page = signed_in(Role.STAFF, hall.congress).open("/staff/jz")
    assert "3 件“年中问进展”15 天内到期" in page.words
    assert "1 件“年初问结果”逾期未答" in page.words
    assert "四问 · 年初问结果0/12026年2月7日截止，逾期 163 天" in page.words
    clock.set(2026, 8, 3)
    page = signed_in(Role.STAFF, hall.congress).open("/staff/jz")
    assert "3 件“年中问进展”逾期未答" in page.words


def test_another_units_asks_are_not_found(hall: Hall, house: House, signed_in: SignedIn) -> None:
    house.followers.wait_for(add_units(house.office, by(hall.clerk), hall.congress, [("市教育局", "")]))
    with house.reading.connect() as connection:
        other = next(one.id for one in units_of(connection, hall.congress) if one.name == "市教育局")
    stranger = signed_in(Role.DEPARTMENT, hall.congress, unit=other)
    assert stranger.open(f"/unit/jz/asks/{progress(hall)}").status == 404
    assert "现在没有需要答复的事项" in stranger.open("/unit/jz").words
