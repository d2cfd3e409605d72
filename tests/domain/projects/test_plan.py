"""Rule 19 (what a plan needs) and rule 21 (what makes a project cross years)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.projects import planning
from domain.projects.adjustment import departures
from domain.projects.implementation import evolve
from domain.projects.implementation_facts import PlanPublished, PlanSentBack
from domain.projects.plan import (
    AnnualMilestone,
    PlanFault,
    PlanGap,
    PlanIncomplete,
    completion_rate,
    plan_gaps,
    plan_of,
)
from domain.projects.project import Stage, WrongStage
from domain.shared import Missing, Money, NotFound
from tests.support.given import given
from tests.support.implementing import ADOPTED, CARD, FILED, PLAN, PROJECT, PUBLISHED, YEAR, milestone, plan

TODAY = date(2026, 2, 10)


def yuan(millions: int) -> Money:
    return Money(Decimal(millions) * 1_000_000)


CROSSING = plan(
    total_funds=yuan(382),
    year_funds=yuan(247),
    deadline=date(2027, 9, 30),
    annual=(AnnualMilestone(year=2026, funds=yuan(247), words="主体完工"),),
)


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("lead_unit_name", ""),
        ("targets", ()),
        ("deadline", None),
        ("total_funds", None),
        ("year_funds", None),
        ("safeguards", "  "),
    ],
)
def test_rule_19_a_plan_without_lead_unit_targets_deadline_funds_or_safeguards_is_not_published(
    field: str, empty: object
) -> None:
    gappy = replace(FILED, plan=plan(**{field: empty}))
    outcome = given(gappy, evolve=evolve).when(lambda state: planning.publish_plan(state, TODAY))
    assert isinstance(outcome.refusal, PlanIncomplete)
    assert PlanGap(field=field, fault=PlanFault.MISSING) in outcome.refusal.gaps


def test_a_complete_plan_comes_into_force() -> None:
    given(FILED, evolve=evolve).when(lambda state: planning.publish_plan(state, TODAY)).then(
        PlanPublished(plan=PLAN, on=TODAY)
    )
    assert plan_gaps(PLAN, YEAR) == ()


def test_only_an_adopted_project_has_a_plan() -> None:
    for stage in set(Stage) - {Stage.ADOPTED}:
        elsewhere = replace(ADOPTED, stage=stage)
        with pytest.raises(WrongStage):
            planning.file_plan(None, elsewhere, PROJECT, PLAN, TODAY)
    given(evolve=evolve).when(lambda state: planning.file_plan(state, None, PROJECT, PLAN, TODAY)).refused(NotFound)


def test_a_plan_is_filed_anew_until_it_is_published() -> None:
    again = plan(safeguards="另一种保障")
    filed = planning.file_plan(None, ADOPTED, PROJECT, PLAN, TODAY)
    assert filed.adopted == plan_of(CARD, YEAR)
    state = given(FILED, PlanSentBack(reason="缺少分工", on=TODAY), evolve=evolve)
    state.when(lambda now: planning.publish_plan(now, TODAY)).refused(planning.NoPlanFiled)
    state.when(lambda now: planning.file_plan(now, ADOPTED, PROJECT, again, TODAY)).then(replace(filed, plan=again))
    given(FILED, PUBLISHED, evolve=evolve).when(
        lambda now: planning.file_plan(now, ADOPTED, PROJECT, again, TODAY)
    ).refused(planning.PlanAlreadyPublished)
    given(FILED, evolve=evolve).when(lambda now: planning.send_back_plan(now, " ", TODAY)).refused(Missing)


def test_rule_20_begins_with_the_plan_what_was_voted_cannot_be_planned_away() -> None:
    smaller = plan(targets=(replace(PLAN.targets[0], amount=Decimal(600)),))
    outcome = given(replace(FILED, plan=smaller), evolve=evolve).when(lambda now: planning.publish_plan(now, TODAY))
    outcome.refused(planning.PlanDepartsFromVote, departures=departures(PLAN, smaller))


def test_rule_21_a_project_that_crosses_years_is_judged_on_its_annual_milestone() -> None:
    rate = completion_rate(CROSSING, 2026, yuan(241))
    assert rate is not None
    assert round(float(rate * 100), 1) == 97.6
    assert round(241 / 382 * 100, 1) == 63.1, "what it is not judged on"
    assert plan_gaps(CROSSING, YEAR) == ()


def test_rule_21_without_an_annual_milestone_a_project_cannot_cross_years() -> None:
    missing = PlanGap(field="annual", fault=PlanFault.ANNUAL_MILESTONE_MISSING, value="2026")
    assert plan_gaps(replace(CROSSING, annual=()), YEAR) == (missing,)
    wordless = (replace(CROSSING.annual[0], words=" "),)
    assert plan_gaps(replace(CROSSING, annual=wordless), YEAR) == (missing,)
    assert plan_gaps(replace(CROSSING, deadline=date(2026, 12, 31)), YEAR) == (
        PlanGap(field="annual", fault=PlanFault.ANNUAL_OUTSIDE, value="2026"),
    )


def test_annual_milestones_add_up_and_agree_with_the_plan() -> None:
    later = AnnualMilestone(year=2027, funds=yuan(136), words="全部完工")
    found = plan_gaps(replace(CROSSING, annual=(*CROSSING.annual, later)), YEAR)
    assert [gap.fault for gap in found] == [PlanFault.ANNUAL_ABOVE_TOTAL]
    other = (replace(CROSSING.annual[0], funds=yuan(200)),)
    assert [gap.fault for gap in plan_gaps(replace(CROSSING, annual=other), YEAR)] == [PlanFault.ANNUAL_FUNDS_DIFFER]


def test_milestones_lie_within_the_plan_and_rise() -> None:
    def faults(*milestones: object) -> list[PlanFault]:
        return [gap.fault for gap in plan_gaps(plan(milestones=milestones), YEAR)]

    first, second = milestone(1, date(2026, 5, 1), 40), milestone(2, date(2026, 6, 1), 30)
    assert faults(first, second) == [PlanFault.MILESTONES_FALL]
    assert faults(first, replace(second, number=1, percent=Decimal(50))) == [PlanFault.MILESTONE_REPEATED] * 2
    assert faults(milestone(1, date(2026, 2, 28), 0)) == [PlanFault.MILESTONE_OUTSIDE]
    assert faults(milestone(1, date(2026, 12, 1), 100)) == [PlanFault.MILESTONE_OUTSIDE]
    assert faults(milestone(1, date(2026, 5, 1), 101)) == [PlanFault.MILESTONE_OUT_OF_RANGE]
    assert faults(replace(first, name=" ")) == [PlanFault.MISSING]


def test_money_and_days_of_a_plan_fit_together() -> None:
    def faults(**other: object) -> list[PlanFault]:
        return [gap.fault for gap in plan_gaps(plan(**other, milestones=()), YEAR)]

    assert faults(total_funds=yuan(5)) == [PlanFault.YEAR_ABOVE_TOTAL]
    assert faults(total_funds=yuan(0), year_funds=yuan(0)) == [PlanFault.NOT_POSITIVE]
    assert faults(deadline=date(2026, 2, 1)) == [PlanFault.DEADLINE_BEFORE_START]
