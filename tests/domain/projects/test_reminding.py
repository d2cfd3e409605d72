"""A report that is missing and a milestone that is overdue are reminded of by themselves, where the rules say so."""

from dataclasses import replace
from datetime import date

import pytest

from domain.asks.answers import Completion
from domain.congress.working_days import WorkingDays
from domain.projects.difficulty import urge
from domain.projects.implementation import Implementation, evolve
from domain.projects.implementation_facts import (
    CompletionRecorded,
    ImplementationFact,
    MilestoneReached,
    ProjectUrged,
    UrgingLevel,
)
from domain.projects.periods import ProgressRules, adopt_progress_rules
from domain.projects.plan import Milestone
from domain.projects.reminding import remind_of_late
from domain.shared import Invalid
from tests.domain.projects.test_reporting import reported
from tests.support.implementing import CONGRESS, FILED, PLAN, PUBLISHED

MARCH, JUNE = date(2026, 3, 20), date(2026, 6, 22)
STEP = Milestone(number=9, name="主体完工", due_on=date(2026, 8, 20), percent=PLAN.milestones[0].percent)
BEGUN = (
    replace(FILED, plan=replace(PLAN, milestones=(STEP,))),
    replace(PUBLISHED, plan=replace(PLAN, milestones=(STEP,))),
)
AFTER_3 = ProgressRules(title="办法", remind_after=3)
DAYS = WorkingDays()


def after(*facts: ImplementationFact) -> Implementation:
    state: Implementation | None = None
    for fact in (*BEGUN, *facts):
        state = evolve(state, fact)
    assert state is not None
    return state


def reminded(state: Implementation, today: date, rules: ProgressRules = AFTER_3) -> tuple[ProjectUrged, ...]:
    return remind_of_late(state, rules, DAYS, today)


def test_rule_19_march_is_reminded_of_on_the_third_working_day_after_the_20th_and_once() -> None:
    """2026-03-20 is a Friday: the third working day after it is Wednesday the 25th."""
    assert reminded(after(), date(2026, 3, 24)) == ()
    (fact,) = reminded(after(), date(2026, 3, 25))
    assert (fact.level, fact.on, fact.due_on) == (UrgingLevel.REMINDER, date(2026, 3, 25), None)
    assert "2026年3月20日前填报的进度至今没有填报" in fact.words
    assert reminded(after(fact), date(2026, 6, 20)) == (), "once for each day that passed"
    assert reminded(after(fact), date(2026, 6, 25))[0].on == date(2026, 6, 25), "June is missing too"


def test_a_report_in_time_needs_no_reminder_and_an_overdue_milestone_does() -> None:
    given = (reported(MARCH), reported(JUNE))
    assert reminded(after(*given), date(2026, 8, 24)) == ()
    (fact,) = reminded(after(*given), date(2026, 8, 25))
    assert "节点“主体完工”2026年8月20日到期没有完成" in fact.words
    done = MilestoneReached(number=9, name=STEP.name, on=date(2026, 8, 19))
    assert reminded(after(*given, done), date(2026, 8, 25)) == ()


def test_nobody_is_reminded_by_rules_that_leave_it_to_the_office_or_after_it_ended() -> None:
    late = date(2026, 8, 1)
    assert reminded(after(), late, ProgressRules(title="办法")) == ()
    ended = CompletionRecorded(completion=Completion.NOT_COMPLETED, words="没有做完", on=late)
    assert reminded(after(ended), late) == ()
    assert reminded(after(replace(ended, completion=Completion.CARRIED_OVER, carried_to=2027)), late)


def test_urging_never_goes_down_and_what_the_office_urged_for_itself_is_not_repeated() -> None:
    by_hand = ProjectUrged(level=UrgingLevel.REMINDER, words="请填报", on=date(2026, 3, 23))
    assert reminded(after(by_hand), date(2026, 4, 1)) == ()
    harder = replace(by_hand, level=UrgingLevel.SUPERVISION)
    assert reminded(after(harder), date(2026, 12, 31)) == (), "the next step is the office's"
    (fact,) = reminded(after(), date(2026, 3, 25))
    assert urge(after(fact), UrgingLevel.SUPERVISION, "限期填报", date(2026, 3, 30)).level is UrgingLevel.SUPERVISION


@pytest.mark.parametrize("days", [0, -1, 61])
def test_a_reminder_comes_within_the_quarter(days: int) -> None:
    with pytest.raises(Invalid, match="remind_after"):
        adopt_progress_rules(None, CONGRESS, replace(AFTER_3, remind_after=days), MARCH)
