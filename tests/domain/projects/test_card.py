from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.projects.card import REQUIRED, CandidateCard, CardGap, FundSource, Gap, Target, gaps
from domain.shared import Money

COMPLETE = CandidateCard(
    number=1,
    name="城乡排水防洪提升",
    category="城市安全",
    purpose="消除城区易涝点",
    content="新建改造雨水管网42公里",
    targets=(Target(name="雨水管网", amount=Decimal(42), unit="公里"),),
    place="主城区",
    total_funds=Money(Decimal(504000000)),
    year_funds=Money(Decimal(504000000)),
    sources=(
        FundSource(name="本级财政", percent=Decimal(60)),
        FundSource(name="上级专项", percent=Decimal(40)),
    ),
    beneficiaries="易涝片区居民",
    beneficiary_count=186000,
    starts_on=date(2026, 3, 15),
    finishes_on=date(2026, 11, 30),
    lead_unit_name="水务局",
    responsible="王建国",
)


def test_a_complete_card_has_no_gap() -> None:
    assert gaps(COMPLETE) == ()


@pytest.mark.parametrize("field", REQUIRED)
def test_rule_16_a_missing_required_field_is_named(field: str) -> None:
    empty = replace(COMPLETE, **{field: getattr(CandidateCard(), field)})
    assert CardGap(field=field, gap=Gap.MISSING) in gaps(empty)


@pytest.mark.parametrize(
    ("first", "second", "told"), [("60", "30", "90"), ("60", "50", "110"), ("33.3", "66.6", "99.9")]
)
def test_fund_sources_must_add_up(first: str, second: str, told: str) -> None:
    sources = tuple(FundSource(name=name, percent=Decimal(p)) for name, p in (("本级", first), ("上级", second)))
    found = gaps(replace(COMPLETE, sources=sources))
    assert found == (CardGap(field="sources", gap=Gap.SOURCES_DO_NOT_ADD_UP, value=told),)


def test_rule_21_without_annual_targets_a_project_cannot_be_cross_year() -> None:
    card = replace(COMPLETE, cross_year=True, finishes_on=date(2027, 8, 20))
    assert gaps(card) == (CardGap(field="annual_targets", gap=Gap.NEEDS_ANNUAL_TARGETS),)
    assert gaps(replace(card, annual_targets="2026年完成管网55公里")) == ()


def test_a_finish_before_the_start_is_named() -> None:
    found = gaps(replace(COMPLETE, finishes_on=date(2025, 12, 20)))
    assert found == (CardGap(field="finishes_on", gap=Gap.FINISH_BEFORE_START, value="2025-12-20"),)


def test_a_project_that_ends_in_a_later_year_must_say_so() -> None:
    found = gaps(replace(COMPLETE, finishes_on=date(2027, 1, 10)))
    assert [gap.gap for gap in found] == [Gap.FINISH_IN_LATER_YEAR]


def test_this_years_funds_cannot_exceed_the_total() -> None:
    found = gaps(replace(COMPLETE, year_funds=Money(Decimal(504000001))))
    assert [(gap.field, gap.gap) for gap in found] == [("year_funds", Gap.YEAR_ABOVE_TOTAL)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(COMPLETE, number=0), "number"),
        (replace(COMPLETE, beneficiary_count=-1), "beneficiary_count"),
        (replace(COMPLETE, supporters=-1), "supporters"),
    ],
)
def test_counts_must_make_sense(wrong: CandidateCard, field: str) -> None:
    assert [gap.field for gap in gaps(wrong)] == [field]
