"""The first urging that comes by itself: a report is missing or a milestone overdue, and nobody was reminded of it."""

from collections.abc import Iterator
from datetime import date

from domain.asks.answers import Completion
from domain.congress.working_days import WorkingDays
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.implementation import Implementation, ReportStage, Standing
from domain.projects.implementation_facts import ProjectUrged, UrgingLevel
from domain.projects.lights import overdue_milestones
from domain.projects.periods import ProgressRules, dues_since


def remind_of_late(
    state: Implementation | None, rules: ProgressRules, days: WorkingDays, today: date
) -> tuple[ProjectUrged, ...]:
    """One reminder once something is late by the working days of the rules; the newest such thing names it.

    Nothing where the rules leave it to the office, where the office has gone beyond reminding (urging goes up and
    never down), while work is suspended or after it ended, and where the last urging came after the day that passed:
    so that it can be decided as often as one likes.
    """
    if rules.remind_after is None or state is None or not _goes_on(state):
        return ()
    last = state.urged[-1] if state.urged else None
    if last is not None and last.level is not UrgingLevel.REMINDER:
        return ()
    late = _late(state, rules, days, today)
    ripe = [(day, words) for day, words in late if days.between(day, today) >= rules.remind_after]
    if not ripe or (last is not None and last.on > max(ripe)[0]):
        return ()
    return (ProjectUrged(level=UrgingLevel.REMINDER, words=max(ripe)[1], on=today),)


def _goes_on(state: Implementation) -> bool:
    """Also what is carried over goes on."""
    ended = state.completion is not None and state.completion.completion is not Completion.CARRIED_OVER
    by_plan = state.plan is not None and state.standing is Standing.UNDER_WAY
    return by_plan and state.accepted is None and not ended


def _late(state: Implementation, rules: ProgressRules, days: WorkingDays, today: date) -> Iterator[tuple[date, str]]:
    """What should have come, with its day; of reports those that fell due since the work was taken up again."""
    if state.plan is None or state.published_on is None:
        return
    resumed = [one.decided.on for one in state.adjustments if one.decided and one.kind is AdjustmentKind.RESUMPTION]
    counting = {one.given.due_on for one in state.reports if one.stage is not ReportStage.SENT_BACK}
    for due in dues_since(max([state.published_on, *resumed]), state.year, rules, days, today):
        if due < today and due not in counting:
            yield due, f"应于{_said(due)}前填报的进度至今没有填报，请尽快填报。"
    for milestone in overdue_milestones(state.plan, {one.number for one in state.reached}, today):
        yield milestone.due_on, f"节点“{milestone.name}”{_said(milestone.due_on)}到期没有完成，请尽快完成并报送原因。"


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
