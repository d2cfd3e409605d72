"""Rule 19 (when reports are due) and what a report needs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.projects import reporting
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.implementation import Implementation, NotUnderWay, PlanNotPublished, evolve, known
from domain.projects.implementation_facts import (
    MilestoneReached,
    MilestoneTakenBack,
    ProgressReported,
    ReportApproved,
    ReportSentBack,
)
from domain.projects.lights import FOUR_COLOURS
from domain.projects.periods import (
    ProgressRules,
    Rhythm,
    adopt_progress_rules,
    days_late,
    due_dates,
    dues_since,
    evolve_rules,
    period_of,
)
from domain.projects.reporting import Progress
from domain.shared import Invalid, Missing, Money, NotFound
from tests.domain.projects.test_adjustment import DECIDED, proposed
from tests.support.given import given
from tests.support.implementing import CONGRESS, FILED, PUBLISHED, DaysOff

DUE, LATER = date(2026, 6, 22), date(2026, 9, 21)
TODAY = date(2026, 6, 20)
R1, R2 = UUID(int=21), UUID(int=22)
GIVEN = Progress(percent=Decimal(40), funds_spent=Money(Decimal(2_000_000)), words="管网完成四成")
UNDER_WAY = (FILED, PUBLISHED)
Decide = Callable[[Implementation | None], object]


def report(due_on: date = DUE, of: UUID = R1, **other: Any) -> Decide:
    return lambda state: reporting.report_progress(state, of, due_on, replace(GIVEN, **other), TODAY)


def reported(due_on: date = DUE, of: UUID = R1, percent: int = 40) -> ProgressReported:
    return ProgressReported(
        report=of,
        due_on=due_on,
        on=TODAY,
        percent=Decimal(percent),
        funds_spent=GIVEN.funds_spent,
        words=GIVEN.words,
    )


def test_rule_19_quarterly_reports_are_due_on_the_20th_or_the_next_working_day() -> None:
    dragon_boat = DaysOff(holidays={date(2026, 6, 19)})
    assert due_dates(2026, ProgressRules(title="办法"), dragon_boat) == (
        date(2026, 3, 20),
        date(2026, 6, 22),
        date(2026, 9, 21),
        date(2026, 12, 21),
    )


def test_rule_19_a_make_up_working_day_is_one() -> None:
    assert due_dates(2026, ProgressRules(title="办法"), DaysOff(make_up={date(2026, 9, 20)}))[2] == date(2026, 9, 20)


def test_rule_19_a_report_on_03_21_is_one_day_late() -> None:
    assert days_late(date(2026, 3, 20), date(2026, 3, 21)) == 1
    assert days_late(date(2026, 3, 20), date(2026, 3, 19)) == 0


def test_monthly_reports_are_due_every_month() -> None:
    rules = ProgressRules(title="办法", rhythm=Rhythm.MONTHLY, report_day=5)
    dues = due_dates(2026, rules, DaysOff())
    assert [due.month for due in dues] == list(range(1, 13))
    assert period_of(dues, date(2026, 5, 6)) == date(2026, 6, 5)
    assert period_of(dues, date(2026, 12, 30)) == dues[-1]
    assert period_of((), date(2026, 12, 30)) is None


def test_rules_of_progress_are_versioned_and_checked() -> None:
    first = adopt_progress_rules(None, CONGRESS, ProgressRules(title="办法"), TODAY)
    current = evolve_rules(None, first)
    assert adopt_progress_rules(current, CONGRESS, ProgressRules(title="新办法"), TODAY).version == 2
    with pytest.raises(Missing):
        adopt_progress_rules(None, CONGRESS, ProgressRules(title=" "), TODAY)
    with pytest.raises(Invalid):
        adopt_progress_rules(None, CONGRESS, ProgressRules(title="办法", report_day=29), TODAY)


def test_a_new_rhythm_makes_nobody_late_for_the_days_before_it() -> None:
    begun, june, calendar = date(2026, 2, 10), date(2026, 6, 10), DaysOff()
    monthly = ProgressRules(title="按月", rhythm=Rhythm.MONTHLY)
    adopted = evolve_rules(None, adopt_progress_rules(None, CONGRESS, monthly, june))
    assert dues_since(begun, 2026, monthly, calendar, june)[:2] == (date(2026, 2, 20), date(2026, 3, 20))
    assert dues_since(begun, 2026, adopted.rules, calendar, june) == (date(2026, 6, 22),)
    lit = replace(adopted.rules, lights=FOUR_COLOURS)
    again = adopt_progress_rules(adopted, CONGRESS, lit, date(2026, 7, 1))
    assert again.rules.since == june, "other lights change no due day"
    quarterly = adopt_progress_rules(None, CONGRESS, ProgressRules(title="办法"), june)
    assert quarterly.rules.since is None, "the rules that held anyway"


def test_a_report_counts_until_it_is_sent_back() -> None:
    given(*UNDER_WAY, evolve=evolve).when(report()).then(reported())
    state = known(given(*UNDER_WAY, reported(), evolve=evolve).state)
    assert state.actual_percent(TODAY) == 40
    assert state.actual_percent(date(2026, 12, 1)) == 40, "a missed report keeps the last actual (rule 22)"
    assert known(evolve(state, ReportSentBack(report=R1, reason="缺照片", on=TODAY))).actual_percent(TODAY) == 0


def test_a_report_names_the_milestones_it_reaches_once() -> None:
    reached = MilestoneReached(number=1, name="节点1", on=TODAY)
    given(*UNDER_WAY, evolve=evolve).when(report(reached=(1, 1))).then(reported(), reached)
    given(*UNDER_WAY, reached, evolve=evolve).when(report(reached=(1,))).refused(reporting.MilestoneAlreadyReached)
    given(*UNDER_WAY, evolve=evolve).when(report(reached=(7,))).refused(NotFound, kind="milestone")


def test_a_milestone_is_reached_on_a_day_that_has_come_and_can_be_taken_back() -> None:
    under_way = given(*UNDER_WAY, evolve=evolve)
    under_way.when(lambda state: reporting.reach_milestone(state, 1, date(2026, 6, 21), today=TODAY)).refused(
        Invalid, reason="in_the_future"
    )
    reached = MilestoneReached(number=1, name="节点1", on=TODAY)
    back = MilestoneTakenBack(number=1, name="节点1", reason="未通水", on=TODAY)
    given(*UNDER_WAY, reached, evolve=evolve).when(
        lambda state: reporting.take_back_milestone(state, 1, "未通水", TODAY)
    ).then(back)
    assert known(given(*UNDER_WAY, reached, back, evolve=evolve).state).reached == ()
    under_way.when(lambda state: reporting.take_back_milestone(state, 1, "未通水", TODAY)).refused(NotFound)


def test_a_report_is_given_again_until_it_is_approved() -> None:
    approved = ReportApproved(report=R1, on=TODAY)
    given(*UNDER_WAY, reported(), evolve=evolve).when(report(of=R2, percent=Decimal(45))).then(
        reported(of=R2, percent=45)
    )
    given(*UNDER_WAY, reported(), approved, evolve=evolve).when(report(of=R2)).refused(reporting.ReportClosed)
    given(*UNDER_WAY, reported(), approved, evolve=evolve).when(
        lambda state: reporting.send_back_report(state, R1, "缘由", TODAY)
    ).refused(reporting.ReportClosed)
    given(*UNDER_WAY, evolve=evolve).when(lambda state: reporting.approve_report(state, R1, TODAY)).refused(NotFound)


def test_a_percent_that_falls_is_explained() -> None:
    falling = given(*UNDER_WAY, reported(percent=60), evolve=evolve)
    falling.when(report(LATER, R2)).refused(Missing, fields=("problems",))
    assert falling.when(report(LATER, R2, problems="返工")).facts


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"percent": Decimal(101)}, "percent"),
        ({"percent": Decimal(-1)}, "percent"),
        ({"percent": Decimal("40.001")}, "percent"),
        ({"funds_spent": Decimal(-1)}, "funds_spent"),
    ],
)
def test_a_report_holds_possible_figures(other: dict[str, Any], field: str) -> None:
    given(*UNDER_WAY, evolve=evolve).when(report(**other)).refused(Invalid, field=field)


def test_only_a_project_under_way_is_reported_on() -> None:
    given(FILED, evolve=evolve).when(report()).refused(PlanNotPublished)
    suspended = (proposed(AdjustmentKind.SUSPENSION), DECIDED)
    given(*UNDER_WAY, *suspended, evolve=evolve).when(report()).refused(NotUnderWay, standing="suspended")
    given(*UNDER_WAY, evolve=evolve).when(report(words=" ")).refused(Missing, fields=("words",))


def test_rule_22_what_outlasts_its_plan_is_judged_by_its_last_report_whenever_that_came() -> None:
    afterwards = date(2027, 3, 22)
    late = given(FILED, PUBLISHED, reported(percent=80), reported(afterwards, R2, percent=100), evolve=evolve)
    assert known(late.state).actual_percent(date(2027, 4, 1)) == 100
    crossing = replace(FILED.plan, deadline=date(2027, 6, 30))
    across = given(
        replace(FILED, plan=crossing),
        replace(PUBLISHED, plan=crossing),
        reported(percent=80),
        reported(afterwards, R2, percent=30),
        evolve=evolve,
    )
    assert known(across.state).actual_percent(date(2026, 12, 31)) == 80
    assert known(across.state).actual_percent(date(2027, 4, 1)) == 30, "rule 21: the year that is running"
