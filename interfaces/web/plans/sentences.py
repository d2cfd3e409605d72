"""What refusals about plans, the duty list and adjustments say."""

from domain.projects.adjustment import AdjustmentClosed
from domain.projects.implementation import NotUnderWay
from domain.projects.plan import PlanIncomplete
from domain.projects.planning import PlanDepartsFromVote
from domain.shared import Refused
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web.plans.words import LABELS, STAGES, STANDINGS, departures_said, gaps_said


def _incomplete(refused: Refused) -> str:
    if not isinstance(refused, PlanIncomplete):
        raise TypeError(type(refused).__name__)
    return _("“%(name)s”的计划还不完整（%(gaps)s）。", name=refused.name, gaps=gaps_said(refused.gaps))


def _departs(refused: Refused) -> str:
    if not isinstance(refused, PlanDepartsFromVote):
        raise TypeError(type(refused).__name__)
    return _(
        "“%(name)s”的计划改变了票决的内容（%(what)s）。请先按票决的内容公布，再办理调整。",
        name=refused.name,
        what=departures_said(refused.departures),
    )


def _not_under_way(refused: Refused) -> str:
    if not isinstance(refused, NotUnderWay):
        raise TypeError(type(refused).__name__)
    return _("“%(name)s”%(standing)s，不能这样办理。", name=refused.name, standing=STANDINGS[refused.standing])


def _closed(refused: Refused) -> str:
    if not isinstance(refused, AdjustmentClosed):
        raise TypeError(type(refused).__name__)
    stage = STAGES[refused.stage]
    return _("“%(name)s”的这次调整现在是“%(stage)s”，不能这样办理。", name=refused.name, stage=stage)


SENTENCES = {
    "PlanIncomplete": _incomplete,
    "PlanDepartsFromVote": _departs,
    "NotUnderWay": _not_under_way,
    "AdjustmentClosed": _closed,
    "PlanAlreadyPublished": lazy("“%(name)s”的实施计划已经公布。要改动，请办理调整。"),
    "NoPlanFiled": lazy("“%(name)s”没有待公布的计划，可能还没有填报，或者已经退回。"),
    "PlanNotPublished": lazy("“%(name)s”的实施计划还没有公布，公布以后才能这样办理。"),
    "AdjustmentWaiting": lazy("“%(name)s”有一次调整还没有决定，决定以后再办理。"),
    "AlreadyOnDutyList": lazy("有 %(count)s 个项目已经在责任分解清单上，请刷新页面查看。"),
    "UnreadablePlan": lazy("有几处看不懂，请改正。"),
}

REASONS = {
    "unchanged": lazy("和现行计划一样，没有改动。"),
    "session_before_decision": lazy("这次会议在决定公布之前召开，请选以后的会议。"),
}

FIELDS = {
    **{name: LABELS[name] for name in ("duty_phone", "deadline", "safeguards", "duties", "annual")},
    "plan": lazy("调整后的计划"),
    "notice_on": lazy("公布日期"),
    "projects": lazy("项目"),
    "adjustments": lazy("调整事项"),
}

STATUS = {"UnreadablePlan": 422, "PlanIncomplete": 422, "PlanDepartsFromVote": 409}

KINDS = {
    "implementation": lazy("这个项目的实施计划"),
    "adjustment": lazy("这次调整"),
    "duty_list": lazy("责任分解清单"),
}
