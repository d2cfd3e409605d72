"""What is known is filled into asks 3 and 4: the last report, milestones, open difficulties."""

from datetime import date
from uuid import UUID

import pytest

from application.implementation import reports
from application.office import Desk
from domain.accounts.permissions import Role
from domain.asks import ask as asks
from domain.asks.ask import AskIssued, AskKind, ask_id
from domain.shared import Year
from interfaces.composition import House
from tests.support import polls
from tests.support.planned import YEAR
from tests.support.stores import Clock, by
from tests.support.under_way import JUNE, UnderWay
from tests.support.visitors import SignedIn

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def issued(way: UnderWay, kind: AskKind) -> UUID:
    """The ask of the first project, to its lead unit."""
    opens_on, due_on = asks.window(kind, YEAR)
    ask, unit = ask_id(way.congress, YEAR, kind, way.first), way.units[polls.UNIT]
    about = {"congress": way.congress, "project": way.first, "unit": unit, "unit_name": polls.UNIT}
    fact = AskIssued(year=Year(YEAR), kind=kind, opens_on=opens_on, due_on=due_on, **about)  # type: ignore[arg-type]  # fields by name

    def decide(desk: Desk) -> None:
        desk.add(ask, fact)

    way.office.record(by(way.clerk), decide)
    return ask


def test_the_progress_of_the_board_stands_in_the_form(house: House, clock: Clock, signed_in: SignedIn) -> None:
    way = UnderWay(house.office, clock)
    progress, summary = issued(way, AskKind.PROGRESS), issued(way, AskKind.SUMMARY)
    way.report(JUNE, 46, date(YEAR, 6, 20))
    reports.reach_milestone(house.office, by(way.officer()), way.first, 1, date(YEAR, 6, 19))
    assert house.followers.wait_for(house.history.last_position())
    clock.set(YEAR, 6, 21)
    officer = signed_in(Role.DEPARTMENT, way.congress, unit=way.units[polls.UNIT])
    form = officer.open(f"/unit/jz/asks/{progress}").document
    value = {
        name: form.xpath(f"string(//*[@name='{name}']/@value)") for name in ("percent", "funds_spent", "inspections")
    }
    assert value == {"percent": "46", "funds_spent": "4.6", "inspections": "0"}
    milestones = form.xpath("string(//*[@name='milestones'])").strip()
    assert milestones == "已完成节点：全面开工（2026年6月19日）。\n正在施工。"
    clock.set(YEAR, 11, 2)
    officer = signed_in(Role.DEPARTMENT, way.congress, unit=way.units[polls.UNIT])
    results = officer.open(f"/unit/jz/asks/{summary}").document.xpath("string(//*[@name='results'])").strip()
    assert results == "截至2026年6月20日，形象进度 46%，本年支出 4.6 万元。正在施工。"
