"""What the lines of a timeline say between the vote and the last look back."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from domain.projects.adjustment_facts import AdjustedField, AdjustmentKind
from domain.projects.implementation_facts import UrgingLevel
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, money, number, percent
from interfaces.web.polls.sequel import BODIES

Details = Mapping[str, Any]
Told = tuple[str, ...]
"""What happened, then more of it, a line each."""

ADJUSTED: Final[dict[str, Lazy]] = {
    AdjustmentKind.CHANGE.value: lazy("重大调整"),
    AdjustmentKind.SUSPENSION.value: lazy("暂缓实施"),
    AdjustmentKind.TERMINATION.value: lazy("终止实施"),
    AdjustmentKind.RESUMPTION.value: lazy("恢复实施"),
}

_FIELDS: Final[dict[str, Lazy]] = {
    AdjustedField.TOTAL_FUNDS.value: lazy("总投资"),
    AdjustedField.YEAR_FUNDS.value: lazy("年度投资"),
    AdjustedField.PLACE.value: lazy("地点"),
    AdjustedField.LEAD_UNIT.value: lazy("牵头单位"),
    AdjustedField.DEADLINE.value: lazy("完成时间"),
}

_URGINGS: Final[dict[str, Lazy]] = {
    UrgingLevel.REMINDER.value: lazy("提醒"),
    UrgingLevel.SUPERVISION.value: lazy("发出督办通知"),
    UrgingLevel.INTERVIEW.value: lazy("约谈负责人"),
    UrgingLevel.LEADING_GROUP.value: lazy("提请领导小组研究"),
}

_COMPLETIONS: Final[dict[str, Lazy]] = {
    "completed": lazy("年度任务完成。"),
    "basically_completed": lazy("年度任务基本完成。"),
    "not_completed": lazy("年度任务没有完成。"),
    "carried_over": lazy("结转下年继续实施。"),
}


def _plan_published(told: Details) -> Told:
    said = _("实施计划公布，%(unit)s牵头", unit=told["lead_unit"])
    if told["milestones"]:
        said += _("，分 %(n)s 个节点", n=told["milestones"])
    if told["deadline"]:
        said += _("，%(day)s前完成", day=_day(told["deadline"]))
    return (said + _("。"),)


def _milestone(told: Details) -> Told:
    return _("节点完成：%(name)s。", name=told["name"]), told["words"]


def _report(told: Details) -> Told:
    """三季度报告: the percent, the money, what the unit says."""
    spent = money(Decimal(told["funds_spent"]))
    said = _("完成 %(percent)s%%，已支出资金 %(spent)s。", percent=number(Decimal(told["percent"])), spent=spent)
    problems = _("困难和问题：%(problems)s", problems=told["problems"]) if told["problems"] else ""
    return said, told["words"], problems


def of_month(due_on: str | None) -> str:
    """Which report it is, by the day it was due: 9月进度报告."""
    return _("%(month)s月进度报告", month=date.fromisoformat(due_on).month) if due_on else _("进度报告")


def _report_sent_back(told: Details) -> Told:
    return _("%(report)s退回重报。", report=of_month(told["due_on"])), told["reason"]


def _report_approved(told: Details) -> Told:
    return (_("%(report)s审核通过，向居民公开。", report=of_month(told["due_on"])),)


def _difficulty_decided(told: Details) -> Told:
    who = told["unit"]
    if told["due_on"]:
        task = _("由%(unit)s于%(day)s前办理", unit=who, day=_day(told["due_on"])) if who else ""
    else:
        task = _("由%(unit)s办理", unit=who) if who else ""
    return _("%(meeting)s研究：%(words)s", meeting=told["title"], words=told["words"]), task


def _urged(told: Details) -> Told:
    due = _("要求%(day)s前办结", day=_day(told["due_on"])) if told["due_on"] else ""
    return _("%(step)s：%(words)s", step=_URGINGS[told["level"]], words=told["words"]), due


def _proposed(told: Details) -> Told:
    said = _("报请%(what)s，等待决定。", what=ADJUSTED[told["adjusted"]])
    return said, *map(_change, told["changes"]), told["reason"]


def _decided(told: Details) -> Told:
    by = {"who": BODIES[told["body"]], "number": told["number"]}
    said = _("%(who)s决定%(what)s（%(number)s）。", what=ADJUSTED[told["adjusted"]], **by)
    return said, *map(_change, told["changes"]), told["reason"]


def _refused(told: Details) -> Told:
    by = {"who": BODIES[told["body"]], "number": told["number"]}
    return _("%(who)s没有同意%(what)s（%(number)s）。", what=ADJUSTED[told["adjusted"]], **by), told["reason"]


def _informed(told: Details) -> Told:
    what = ADJUSTED[told["adjusted"]]
    return (_("%(what)s已向%(session)s报告。", what=what, session=told["session"]),)


def _change(change: list[str]) -> str:
    """改造点位：1,000 处 → 600 处（-40%）."""
    field, name, before, after = change
    named = name if field == AdjustedField.TARGET else str(_FIELDS[field])
    was, becomes = (_amount(field, one) for one in (before, after))
    share = _share(before, after) if field != AdjustedField.DEADLINE else ""
    return _("%(name)s：%(before)s → %(after)s%(share)s", name=named, before=was, after=becomes, share=share)


def _amount(field: str, text: str) -> str:
    if not text:
        return _("无")
    if field in (AdjustedField.TOTAL_FUNDS, AdjustedField.YEAR_FUNDS):
        return money(Decimal(text))
    if field == AdjustedField.DEADLINE:
        return _day(text)
    return text


def _share(before: str, after: str) -> str:
    """How much more or less, of what was; nothing where either is no number, or the units differ."""
    try:
        (was, *unit), (becomes, *other) = (one.split(" ", 1) for one in (before, after))
        part = (Decimal(becomes) - Decimal(was)) / Decimal(was) * 100
    except (InvalidOperation, ZeroDivisionError):
        return ""
    if unit != other or part == 0:
        return ""
    return _("（%(percent)s）", percent=("+" if part > 0 else "") + percent(part, 1))


def _accepted(told: Details) -> Told:
    by = {"body": told["body"], "number": told["number"]}
    said = _("%(body)s验收（%(number)s）。", **by) if told["number"] else _("%(body)s验收。", body=told["body"])
    return said, told["words"]


def _completed(told: Details) -> Told:
    said = str(_COMPLETIONS[told["completion"]])
    if told["carried_to"]:
        said = _("结转 %(year)s 年继续实施。", year=told["carried_to"])
    return said, told["words"]


def _look_back(told: Details) -> Told:
    use = _("正常使用") if told["in_use"] else _("没有正常使用")
    measures = _("措施：%(words)s", words=told["measures"]) if told["measures"] else ""
    return _("第 %(n)s 次回头看：%(use)s。", n=told["nth"], use=use), told["findings"], measures


def _with_reason(words: Lazy, name: str = "reason") -> Callable[[Details], Told]:
    return lambda told: (str(words), told[name])


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


TOLD: Final[dict[str, Callable[[Details], Told]]] = {
    "plan_filed": lambda _told: (_("责任单位报送实施计划。"),),
    "plan_sent_back": _with_reason(lazy("实施计划退回修改。")),
    "plan_published": _plan_published,
    "milestone": _milestone,
    "milestone_taken_back": lambda told: (_("撤回节点“%(name)s”的完成记录。", name=told["name"]), told["reason"]),
    "report": _report,
    "report_sent_back": _report_sent_back,
    "report_approved": _report_approved,
    "difficulty": lambda told: (
        _("提出困难：%(words)s", words=told["words"]),
        _("请求：%(needs)s", needs=told["needs"]) if told["needs"] else "",
    ),
    "difficulty_decided": _difficulty_decided,
    "difficulty_resolved": lambda told: (_("困难解决。"), told["words"]),
    "urged": _urged,
    "adjustment_logged": lambda told: (_("一般调整，已备案。"), *map(_change, told["changes"]), told["reason"]),
    "adjustment_proposed": _proposed,
    "adjustment_decided": _decided,
    "adjustment_refused": _refused,
    "adjustment_withdrawn": lambda told: (
        _("撤回报请的%(what)s。", what=ADJUSTED[told["adjusted"]]),
        told["reason"],
    ),
    "session_informed": _informed,
    "accepted": _accepted,
    "acceptance_undone": _with_reason(lazy("验收记录撤销。")),
    "completed": _completed,
    "look_back": _look_back,
}
