"""What refusals about duties say."""

from domain.shared import Refused
from domain.supervision.handling import DutyInWrongStage, DutyNotOverdue
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web._base.shown import day
from interfaces.web.duties.words import STAGES


def _wrong_stage(refused: Refused) -> str:
    if not isinstance(refused, DutyInWrongStage):
        raise TypeError(type(refused).__name__)
    return _("这一交办事项现在是“%(stage)s”，不能这样办理。请刷新页面查看。", stage=STAGES[refused.stage])


def _not_overdue(refused: Refused) -> str:
    if not isinstance(refused, DutyNotOverdue):
        raise TypeError(type(refused).__name__)
    return _("期限是 %(day)s，还没有逾期，只能催办；逾期后才能督办和提级督办。", day=day(refused.due_on))


SENTENCES = {
    "DutyInWrongStage": _wrong_stage,
    "DutyNotOverdue": _not_overdue,
    "NoHarderStep": lazy("已经提级督办，没有更高一级。"),
    "EscalationMovedOn": lazy("督办已经进到另一步。请刷新页面查看。"),
}

REASONS = {
    "more_than": lazy("最多 %(value)s 个。"),
    "working_days": lazy("请填写 1 到 250 之间的工作日数。"),
    "link_days": lazy("请选今天以后、400 天以内的日期。"),
    "step_left_out": lazy("要从催办起依次填写，不能跳过前面的一步。"),
    "attending": lazy("请填写到会的人数。"),
}

FIELDS = {
    "unit": lazy("承办单位"),
    "words": lazy("内容"),
    "working_days": lazy("办理期限"),
    "promised_on": lazy("承诺完成日期"),
    "files": lazy("附件"),
    "documents": lazy("附件"),
    "to": lazy("抄送"),
    "remark": lazy("意见"),
    "outcome": lazy("办理结果"),
    "rungs": lazy("逾期督办"),
    "decision": lazy("依据"),
}

KINDS = {"duty": lazy("这一交办事项")}
