"""What refusals about reports, milestones, difficulties, lights and the end of projects say."""

from domain.projects.closing import CompletionDoesNotFit
from domain.projects.difficulty import UrgingOutOfOrder
from domain.projects.implementation_facts import UrgingLevel
from domain.projects.reporting import ReportClosed
from domain.shared import Refused
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from interfaces.web.progress.words import REPORT_STAGES, URGINGS

_WHY: dict[str, Lazy] = {
    "not_accepted": lazy("“%(name)s”还没有通过验收，不能登记为完成。请先登记验收。"),
    "accepted": lazy("“%(name)s”已经通过验收，只能登记为完成。验收有误的，请先撤销验收。"),
    "terminated": lazy("“%(name)s”已经终止，只能登记为未完成。"),
    "recorded_complete": lazy("“%(name)s”已经登记为完成，不能撤销验收。"),
}


def _report_closed(refused: Refused) -> str:
    if not isinstance(refused, ReportClosed):
        raise TypeError(type(refused).__name__)
    stage = REPORT_STAGES[refused.stage]
    return _("%(day)s应报的进度现在是“%(stage)s”，不能这样办理。", day=day(refused.due_on), stage=stage)


def _out_of_order(refused: Refused) -> str:
    if not isinstance(refused, UrgingOutOfOrder):
        raise TypeError(type(refused).__name__)
    return _("上一次已经是“%(last)s”，不能退回到较轻的一级。", last=URGINGS[UrgingLevel(refused.last)])


def _does_not_fit(refused: Refused) -> str:
    if not isinstance(refused, CompletionDoesNotFit):
        raise TypeError(type(refused).__name__)
    return _WHY[refused.why].filled(name=refused.name)


SENTENCES = {
    "ReportClosed": _report_closed,
    "UrgingOutOfOrder": _out_of_order,
    "CompletionDoesNotFit": _does_not_fit,
    "MilestoneAlreadyReached": lazy("节点“%(name)s”已经登记为完成。"),
    "DifficultyClosed": lazy("这个难题已经解决：%(words)s"),
    "MeetingAlreadyRecorded": lazy("“%(title)s”已经登记过。"),
    "MilestonesOpen": lazy("“%(name)s”还有节点没有完成：%(milestones)s。全部完成后才能验收。"),
    "NotAccepted": lazy("“%(name)s”还没有验收。"),
    "LookedBackAlready": lazy("“%(name)s”第 %(nth)s 年的回头看已经登记过。"),
    "NotFinished": lazy("“%(name)s”还没有完成，完成以后才有回头看。"),
}

REASONS = {
    "progress_percent": lazy("请填写 0 到 100 之间的数，最多两位小数。"),
    "too_many_photos": lazy("照片太多（%(value)s 张）。"),
    "not_due": lazy("这一期还不用填报，或者没有这一期。"),
    "report_day": lazy("请填写 1 到 28。"),
    "remind_after": lazy("请填写 1 到 60 之间的工作日数，或者空着。"),
    "band_limit": lazy("界限要在 −100 到 100 之间。"),
    "last_band_open": lazy("至少要有两种灯；最后一种不填界限，其余的都要填。"),
    "bands_fall": lazy("界限要从高到低，一种比一种低。"),
    "colour_repeated": lazy("同一种颜色只能用一次。"),
    "later_year": lazy("要结转到以后的年份。"),
    "nth_look_back": lazy("回头看只有三次。"),
    "before_finish": lazy("早于完成的日期。"),
    "before_its_year": lazy("每年回头看一次，这一次要到 %(value)s 才开始。"),
    "due_before": lazy("期限不能早于当天。"),
}

FIELDS = {
    "percent": lazy("形象进度"),
    "funds_spent": lazy("当年累计完成资金"),
    "problems": lazy("存在问题"),
    "photos": lazy("照片"),
    "needs": lazy("请求"),
    "held_on": lazy("召开日期"),
    "body": lazy("验收单位"),
    "carried_to": lazy("结转到哪一年"),
    "nth": lazy("第几年"),
    "findings": lazy("看到什么"),
    "measures": lazy("措施"),
    "bands": lazy("按差距亮灯"),
    "report_day": lazy("每期几日报送"),
    "remind_after": lazy("逾期几个工作日自动催办"),
    "in_use": lazy("是否正常使用"),
}

KINDS = {
    "report": lazy("这次填报"),
    "milestone": lazy("这个节点"),
    "difficulty": lazy("这个难题"),
    "look_back": lazy("可以登记的回头看"),
}
