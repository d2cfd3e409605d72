"""What refusals about the four asks say."""

from domain.asks.ask import AskAlreadyIssued, AskInWrongStage, AskNotOpen
from domain.shared import Refused
from interfaces.public.projects.timeline import ASKS
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web._base.shown import day
from interfaces.web.asks.words import STAGES


def _not_open(refused: Refused) -> str:
    if not isinstance(refused, AskNotOpen):
        raise TypeError(type(refused).__name__)
    return _("这一问从 %(day)s 起才能答复。", day=day(refused.opens_on))


def _wrong_stage(refused: Refused) -> str:
    if not isinstance(refused, AskInWrongStage):
        raise TypeError(type(refused).__name__)
    return _("这一问现在是“%(stage)s”，不能这样办理。请刷新页面查看。", stage=STAGES[refused.stage])


def _already_issued(refused: Refused) -> str:
    if not isinstance(refused, AskAlreadyIssued):
        raise TypeError(type(refused).__name__)
    return _("%(year)s 年的“%(kind)s”已经发出。", year=refused.year, kind=ASKS[refused.kind])


SENTENCES = {
    "AskNotOpen": _not_open,
    "AskInWrongStage": _wrong_stage,
    "AskAlreadyIssued": _already_issued,
}

REASONS = {
    "ends_before_start": lazy("结束日期早于开始日期。"),
    "percent": lazy("请填写 0 到 100 之间的整数。"),
    "negative": lazy("不能小于零。"),
    "other_kind": lazy("答复的种类不对，请重新打开页面。"),
}

FIELDS = {
    "call_from": lazy("征集开始日期"),
    "call_until": lazy("征集结束日期"),
    "channels": lazy("征集渠道"),
    "percent": lazy("形象进度"),
    "funds_spent": lazy("已支出资金"),
    "milestones": lazy("完成的节点"),
    "inspections": lazy("视察次数"),
    "results": lazy("完成情况"),
    "completion": lazy("完成等次"),
    "due_on": lazy("截止日期"),
}

KINDS = {"ask": lazy("这一问")}
