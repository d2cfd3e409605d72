"""Cells of plans in the ways offices write them, and what is read back as it was told."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.projects.plan import AnnualMilestone, Milestone, UnitDuty
from domain.shared import Money
from interfaces.tables import plan_cells
from interfaces.tables.cells import CellRefused
from interfaces.tables.faults import Reason

WORDS = st.text(st.sampled_from("主体完工验收管网泵站公里一二三ABC12"), min_size=1, max_size=12)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
PERCENTS = st.decimals(0, 100, places=2)


@pytest.mark.parametrize(
    "written",
    [
        "2026-06-30 主体完工 60%",
        "2026年6月30日前 主体完工（60%）",
        "2026/6/30，主体完工 60％",
        "2026.6.30：主体完工60%",
    ],
)
def test_milestones_are_read_as_offices_write_them(written: str) -> None:
    wanted = Milestone(number=1, name="主体完工", due_on=date(2026, 6, 30), percent=Decimal(60))
    assert plan_cells.milestones(written) == (wanted,)


@given(st.lists(st.tuples(DAYS, WORDS.filter(lambda one: not one[-1].isdigit()), PERCENTS), max_size=6))
def test_milestones_are_read_back_as_they_are_told(steps: list[tuple[date, str, Decimal]]) -> None:
    ordered = sorted(steps, key=lambda one: (one[0], one[2]))
    found = tuple(
        Milestone(number=number, name=name, due_on=due_on, percent=percent)
        for number, (due_on, name, percent) in enumerate(ordered, 1)
    )
    assert plan_cells.milestones(";".join(plan_cells.milestones_told(found))) == found


@given(st.lists(st.tuples(WORDS, WORDS, st.none() | DAYS), max_size=5))
def test_duties_are_read_back_as_they_are_told(duties: list[tuple[str, str, date | None]]) -> None:
    found = tuple(UnitDuty(unit_name=unit, words=words, due_on=due_on) for unit, words, due_on in duties)
    assert plan_cells.duties("\n".join(plan_cells.duties_told(found))) == found


def test_rule_21_annual_milestones_are_read_in_ten_thousands_or_hundred_millions() -> None:
    found = plan_cells.annual_milestones("2027年=13500万元：全部完工；2026年：2.47亿元，完成主体")
    assert found == (
        AnnualMilestone(year=2026, funds=Money(Decimal(247_000_000)), words="完成主体"),
        AnnualMilestone(year=2027, funds=Money(Decimal(135_000_000)), words="全部完工"),
    )
    assert plan_cells.annual_milestones("\n".join(plan_cells.annual_told(found))) == found


@pytest.mark.parametrize(
    ("meaning", "written", "reason"),
    [
        (plan_cells.milestones, "六月底完工", Reason.NOT_A_MILESTONE),
        (plan_cells.milestones, "2026-02-30 完工 100%", Reason.NOT_A_MILESTONE),
        (plan_cells.duties, "公安局疏导交通", Reason.NOT_A_DUTY),
        (plan_cells.annual_milestones, "今年完成主体", Reason.NOT_AN_ANNUAL),
        (plan_cells.office_phone, "13800138000", Reason.NOT_AN_OFFICE_PHONE),
        (plan_cells.office_phone, "值班 138 0013 8000", Reason.NOT_AN_OFFICE_PHONE),
    ],
)
def test_what_is_unclear_is_refused(meaning: object, written: str, reason: Reason) -> None:
    assert callable(meaning)
    with pytest.raises(CellRefused) as refused:
        meaning(written)
    assert refused.value.reason is reason


def test_the_telephones_of_an_office_are_taken() -> None:
    assert plan_cells.office_phone("0471-5550102、12345") == "0471-5550102、12345"
