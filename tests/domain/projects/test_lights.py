"""Rule 22: lights are computed, in their order, from the difference in points."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.projects.lights import (
    DEFAULT,
    FOUR_COLOURS,
    SCHEMES,
    Band,
    Cause,
    Colour,
    Course,
    LightRules,
    band_of,
    checked_lights,
    judged_year,
    light,
    planned_percent,
)
from domain.projects.plan import AnnualMilestone, plan_gaps
from domain.shared import Invalid, Missing
from tests.support.implementing import PLAN, YEAR, milestone, plan

HALF = plan(milestones=(milestone(1, date(2026, 7, 1), 50),))
MIDDLE = date(2026, 7, 1)
DAYS = st.dates(min_value=date(2025, 6, 1), max_value=date(2028, 6, 1))


def course(actual: str, **other: object) -> Course:
    return replace(Course(plan=HALF, year=YEAR, actual=Decimal(actual), reached=(1,)), **other)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("actual", "colour"),
    [
        ("100", Colour.GREEN),
        ("46", Colour.GREEN),
        ("45", Colour.GREEN),
        ("44.99", Colour.YELLOW),
        ("40", Colour.YELLOW),
        ("35", Colour.YELLOW),
        ("34.99", Colour.RED),
        ("34", Colour.RED),
    ],
)
def test_rule_22_planned_50(actual: str, colour: Colour) -> None:
    shown = light(course(actual), DEFAULT, MIDDLE)
    assert (shown.planned, shown.colour, shown.cause) == (Fraction(50), colour, Cause.DIFFERENCE)
    assert shown.difference == Fraction(actual) - 50


def test_rule_22_the_order_of_the_causes() -> None:
    late = MIDDLE + timedelta(days=1)
    everything = course("50", reached=(), accepted=True, suspended=True, terminated=True)
    assert (light(everything, DEFAULT, late).colour, light(everything, DEFAULT, late).cause) == (
        Colour.BLACK,
        Cause.TERMINATED,
    )
    suspended = replace(everything, terminated=False)
    assert light(suspended, DEFAULT, late).colour is Colour.GREY
    accepted = replace(suspended, suspended=False)
    assert light(accepted, DEFAULT, late).colour is Colour.BLUE
    overdue = light(replace(accepted, accepted=False), DEFAULT, late)
    assert (overdue.colour, overdue.cause, overdue.milestone) == (
        Colour.RED,
        Cause.MILESTONE_OVERDUE,
        HALF.milestones[0],
    )
    on_the_day = light(course("50", reached=()), DEFAULT, MIDDLE)
    assert on_the_day.cause is Cause.DIFFERENCE, "due today is not overdue"


@for_all(day=DAYS)
def test_the_planned_line_rises_within_a_year_and_stays_between_0_and_100(day: date) -> None:
    now, later = planned_percent(PLAN, YEAR, day), planned_percent(PLAN, YEAR, day + timedelta(days=1))
    assert 0 <= now <= later <= 100


@for_all(
    percents=st.lists(st.integers(0, 100), min_size=0, max_size=6),
    gaps=st.lists(st.integers(1, 40), min_size=6, max_size=6),
    day=DAYS,
)
def test_the_planned_line_goes_through_every_milestone(percents: list[int], gaps: list[int], day: date) -> None:
    due, steps = date(2026, 3, 1), []
    for number, (percent, gap) in enumerate(zip(sorted(percents), gaps, strict=False), start=1):
        due += timedelta(days=gap)
        steps.append(milestone(number, due, percent))
    made = plan(milestones=tuple(steps), deadline=date(2026, 12, 31))
    assert plan_gaps(made, YEAR) == ()
    for step in steps:
        assert planned_percent(made, YEAR, step.due_on) == step.percent
    assert planned_percent(made, YEAR, date(2026, 12, 31)) == 100
    assert 0 <= planned_percent(made, YEAR, day) <= 100


def test_between_milestones_the_plan_is_linear() -> None:
    step = plan(milestones=(milestone(1, date(2026, 5, 1), 20), milestone(2, date(2026, 5, 11), 70)))
    assert planned_percent(step, YEAR, date(2026, 5, 4)) == 35
    assert planned_percent(step, YEAR, date(2026, 2, 1)) == 0
    assert planned_percent(step, YEAR, date(2027, 1, 1)) == 100
    assert planned_percent(plan(milestones=(), deadline=None), YEAR, MIDDLE) == 0


def test_rule_21_each_year_of_a_crossing_project_is_planned_from_0_to_100() -> None:
    crossing = plan(
        deadline=date(2027, 6, 30),
        milestones=(milestone(1, date(2026, 7, 1), 60), milestone(2, date(2027, 3, 1), 50)),
        annual=(AnnualMilestone(year=2026, funds=PLAN.year_funds or 0, words="主体"),),  # type: ignore[arg-type]  # plans of tests have funds
    )
    assert planned_percent(crossing, YEAR, date(2026, 12, 31)) == 100
    assert planned_percent(crossing, YEAR, date(2027, 1, 1)) == 0
    assert planned_percent(crossing, YEAR, date(2027, 3, 1)) == 50
    assert planned_percent(crossing, YEAR, date(2028, 3, 1)) == 100
    assert [judged_year(crossing, YEAR, date(year, 5, 1)) for year in (2025, 2026, 2027, 2030)] == [
        2026,
        2026,
        2027,
        2027,
    ]


@for_all(difference=st.fractions(min_value=-100, max_value=100), scheme=st.sampled_from(sorted(SCHEMES)))
def test_every_difference_has_one_colour_in_every_scheme(difference: Fraction, scheme: str) -> None:
    rules = checked_lights(SCHEMES[scheme])
    found = band_of(rules, difference)
    better = rules.bands[: rules.bands.index(found)]
    assert all(band.at_least is not None and difference < band.at_least for band in better)
    assert found.at_least is None or difference >= found.at_least


def test_a_scheme_of_ones_own_is_checked() -> None:
    def bands(*limits: int | None) -> LightRules:
        colours = tuple(Colour)
        return LightRules(
            bands=tuple(
                Band(colour=colours[n], words="词", at_least=None if limit is None else Decimal(limit))
                for n, limit in enumerate(limits)
            )
        )

    assert checked_lights(bands(5, -5, None)) == bands(5, -5, None)
    for wrong, reason in (
        (bands(5, -5), "last_band_open"),
        (bands(None), "last_band_open"),
        (bands(None, 5, None), "last_band_open"),
        (bands(-5, 5, None), "bands_fall"),
        (bands(5, 5, None), "bands_fall"),
        (bands(101, None), "band_limit"),
    ):
        with pytest.raises(Invalid) as refused:
            checked_lights(wrong)
        assert refused.value.reason == reason
    twice = replace(FOUR_COLOURS, bands=(FOUR_COLOURS.bands[0], replace(FOUR_COLOURS.bands[3], colour=Colour.GREEN)))
    with pytest.raises(Invalid, match="colour_repeated"):
        checked_lights(twice)
    with pytest.raises(Missing):
        checked_lights(replace(DEFAULT, bands=(*DEFAULT.bands[:2], replace(DEFAULT.bands[2], words=" "))))
