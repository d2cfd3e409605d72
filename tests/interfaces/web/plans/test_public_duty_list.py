"""The published duty list as residents see it: nothing before its publication, then the plans in force."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from application.implementation import adjusting
from domain.projects.adjustment_facts import AdjustmentKind
from interfaces.composition import House
from tests.support.planned import NUMBER, YEAR, Planned, planned
from tests.support.stores import Clock, by
from tests.support.visitors import Visitor

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

PAGE = "/jz/2026/duty-list"


def test_residents_see_published_plans_alone_and_every_change_of_them(
    visitor: Visitor, house: House, clock: Clock
) -> None:
    clock.set(YEAR, 2, 20, 9)
    year = planned(house.office)
    year.file(0)
    year.file(1, safeguards="")
    _wait(house)
    assert visitor.open(PAGE).status == 404
    year.publish(0)
    _wait(house)
    shown = visitor.open(PAGE)
    assert NUMBER in shown.words
    assert "改造点位 10 处" in shown.words
    assert "乙" not in shown.heading + shown.document.xpath("string(//h2)")
    assert len(shown.content) < 30_000
    _log(year)
    _wait(house)
    assert "改造点位 9 处" in visitor.open(PAGE).words


def _log(year: Planned) -> None:
    target = year.card().targets[0]
    plan = year.plan(targets=(replace(target, amount=Decimal(9)),))
    kind = AdjustmentKind.CHANGE
    adjusting.propose_adjustment(year.office, by(year.clerk), year.projects[0], uuid4(), kind, plan, "征不下来")


def _wait(house: House) -> None:
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
