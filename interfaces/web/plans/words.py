"""Plans, their gaps and adjustments in words of the office."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from domain.polls.places import DecidedBy
from domain.projects.adjustment_facts import AdjustedField, AdjustmentKind, Departure
from domain.projects.implementation import AdjustmentStage, Standing
from domain.projects.plan import PlanFault, PlanGap
from interfaces.tables.plan_cells import plain
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, money, percent

LABELS: Final[dict[str, Lazy]] = {
    "lead_unit_name": lazy("牵头单位"),
    "assisting_units": lazy("配合单位"),
    "responsible": lazy("责任人"),
    "duty_phone": lazy("值班电话"),
    "targets": lazy("年度目标"),
    "place": lazy("实施地点"),
    "starts_on": lazy("开工时间"),
    "deadline": lazy("完成时限"),
    "total_funds": lazy("总投资"),
    "year_funds": lazy("当年投资"),
    "safeguards": lazy("保障措施"),
    "milestones": lazy("时间节点"),
    "duties": lazy("责任分工"),
    "annual": lazy("年度节点"),
}

PLAN_STANDINGS: Final[dict[str, Lazy]] = {
    "none": lazy("待填报"),
    "filed": lazy("待公布"),
    "sent_back": lazy("退回修改"),
    "published": lazy("已公布"),
}
PLAN_TAGS: Final = {"none": "idle", "filed": "info", "sent_back": "warn", "published": "ok"}

STANDINGS: Final[dict[str, Lazy]] = {
    Standing.UNDER_WAY: lazy("实施中"),
    Standing.SUSPENDED: lazy("已暂缓"),
    Standing.TERMINATED: lazy("已终止"),
    "accepted": lazy("已验收"),
}

KINDS: Final[dict[str, Lazy]] = {
    AdjustmentKind.CHANGE: lazy("调整"),
    AdjustmentKind.SUSPENSION: lazy("暂缓"),
    AdjustmentKind.TERMINATION: lazy("终止"),
    AdjustmentKind.RESUMPTION: lazy("恢复"),
}

STAGES: Final[dict[str, Lazy]] = {
    AdjustmentStage.LOGGED: lazy("一般调整，已生效"),
    AdjustmentStage.PROPOSED: lazy("待决定"),
    AdjustmentStage.DECIDED: lazy("已生效，待向大会报告"),
    AdjustmentStage.TOLD: lazy("已生效，已向大会报告"),
    AdjustmentStage.REFUSED: lazy("没有同意"),
    AdjustmentStage.WITHDRAWN: lazy("已撤回"),
}
STAGE_TAGS: Final = {
    AdjustmentStage.LOGGED.value: "ok",
    AdjustmentStage.PROPOSED.value: "info",
    AdjustmentStage.DECIDED.value: "warn",
    AdjustmentStage.TOLD.value: "ok",
    AdjustmentStage.REFUSED.value: "idle",
    AdjustmentStage.WITHDRAWN.value: "idle",
}

BODIES: Final[dict[str, Lazy]] = {
    DecidedBy.STANDING_COMMITTEE: lazy("常委会"),
    DecidedBy.PRESIDIUM: lazy("主席团"),
}

_FAULTS: Final[dict[PlanFault, Lazy]] = {
    PlanFault.MISSING: lazy("还没有填写"),
    PlanFault.NOT_POSITIVE: lazy("应大于零"),
    PlanFault.YEAR_ABOVE_TOTAL: lazy("当年投资超过了总投资"),
    PlanFault.DEADLINE_BEFORE_START: lazy("完成时限早于开工时间"),
    PlanFault.MILESTONE_OUTSIDE: lazy("节点“%(value)s”不在开工时间和完成时限之间"),
    PlanFault.MILESTONE_OUT_OF_RANGE: lazy("节点“%(value)s”的进度应在 0 到 100 之间"),
    PlanFault.MILESTONES_FALL: lazy("节点“%(value)s”的进度比前一个节点低"),
    PlanFault.MILESTONE_REPEATED: lazy("节点“%(value)s”的序号重复"),
    PlanFault.ANNUAL_MILESTONE_MISSING: lazy("完成时限跨年度，要写明 %(value)s 年的年度节点"),
    PlanFault.ANNUAL_FUNDS_DIFFER: lazy("%(value)s 年的年度节点资金与当年投资不一致"),
    PlanFault.ANNUAL_ABOVE_TOTAL: lazy("各年度资金合计超过了总投资"),
    PlanFault.ANNUAL_OUTSIDE: lazy("%(value)s 年不在项目的实施年度之内，或者写了两次"),
}

_DEPARTED: Final[dict[AdjustedField, Lazy]] = {
    AdjustedField.TARGET: lazy("年度目标“%(name)s”"),
    AdjustedField.TOTAL_FUNDS: LABELS["total_funds"],
    AdjustedField.YEAR_FUNDS: LABELS["year_funds"],
    AdjustedField.PLACE: LABELS["place"],
    AdjustedField.LEAD_UNIT: LABELS["lead_unit_name"],
    AdjustedField.DEADLINE: LABELS["deadline"],
}
_MONEY: Final = (AdjustedField.TOTAL_FUNDS, AdjustedField.YEAR_FUNDS)


def gap_said(gap: PlanGap) -> str:
    """What is wrong, as it is said beside the field."""
    return _FAULTS[gap.fault].filled(value=gap.value)


def gaps_said(gaps: Iterable[PlanGap]) -> str:
    """All gaps in one line: 缺：保障措施；节点“完工”不在开工时间和完成时限之间."""
    told = list(gaps)
    missing = dict.fromkeys(str(LABELS[one.field]) for one in told if one.fault is PlanFault.MISSING)
    parts = [_("缺：%(fields)s", fields=_("、").join(missing))] if missing else []
    parts += [gap_said(one) for one in told if one.fault is not PlanFault.MISSING]
    return _("；").join(parts)


def departure_label(departure: Departure) -> str:
    """What departs: 年度目标“雨水管网”, 总投资."""
    return _DEPARTED[departure.field].filled(name=departure.name)


def departure_said(departure: Departure) -> str:
    """年度目标“雨水管网”由 1000米 改为 600米（−40%）."""
    before, after = (_value(departure, text) for text in (departure.before, departure.after))
    said = {"what": departure_label(departure), "before": before, "after": after}
    if departure.percent is None:
        return _("%(what)s由%(before)s改为%(after)s", **said)
    return _("%(what)s由%(before)s改为%(after)s（%(percent)s）", **said, percent=signed(departure.percent))


def departures_said(departures: Iterable[Departure]) -> str:
    """All in one line."""
    return _("；").join(departure_said(one) for one in departures)


def signed(value: Decimal) -> str:
    """+12.5%, −27.75%."""
    return f"{'−' if value < 0 else '+' if value > 0 else ''}{percent(abs(value))}"


def _value(departure: Departure, text: str) -> str:
    if not text:
        return _("（没有）")
    if departure.field in _MONEY:
        return money(Decimal(text))
    if departure.field is AdjustedField.DEADLINE:
        return day(date.fromisoformat(text))
    return text


def amount_said(amount: Decimal, unit: str) -> str:
    """42 公里."""
    return f"{plain(amount)} {unit}"
