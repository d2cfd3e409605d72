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
    "SessionUnknown": lazy("这一问的期限从会议闭幕算起，%(year)s 年的结果还没有宣布。请填写截止日期。"),
    "NotBelow": lazy("%(name)s不在本大会之下，不能向它提问。"),
    "OpenedAlready": lazy("这份总结的事项已经转入下一年建议，不会再转一次。"),
}

REASONS = {
    "ends_before_start": lazy("结束日期早于开始日期。"),
    "percent": lazy("请填写 0 到 100 之间的整数。"),
    "negative": lazy("不能小于零。"),
    "other_kind": lazy("答复的种类不对，请重新打开页面。"),
    "too_many_photos": lazy("照片最多 %(value)s 张。"),
    "not_as_declared": lazy("与已宣布的票决结果不一致。请重新打开页面，数字会自动取自票决结果。"),
    "no_such_question": lazy("没有这个附加问题。"),
    "no_such_matter": lazy("答复里没有这一件，请刷新页面。"),
    "matter_repeated": lazy("同一件不能转两次。"),
    "ask_due_in_the_past": lazy("不能早于今天。"),
    "not_overdue": lazy("还没有到期，可以先催办。"),
    "counted_differently": lazy("开始和截止要么都按日历，要么都从会议闭幕算起。"),
    "too_many_rules": lazy("最多 %(value)s 条。"),
    "steps_not_rising": lazy("各级的工作日要从少到多，在 1 到 250 之间。"),
}

FIELDS = {
    "below": lazy("向谁提问"),
    "call_from": lazy("征集开始日期"),
    "call_until": lazy("征集结束日期"),
    "channels": lazy("征集渠道"),
    "proposals_received": lazy("收到建议（件）"),
    "draft_candidates": lazy("初步候选项目（个）"),
    "funds": lazy("资金安排"),
    "party_review_on": lazy("党委研究日期"),
    "rule_profile_draft": lazy("票决办法草案"),
    "training": lazy("培训安排"),
    "percent": lazy("形象进度"),
    "funds_spent": lazy("已支出资金"),
    "milestones": lazy("完成的节点"),
    "problems": lazy("困难和问题"),
    "adjustments": lazy("需要调整的事项"),
    "inspections": lazy("视察次数"),
    "results": lazy("完成情况"),
    "leftovers": lazy("遗留事项"),
    "lessons": lazy("经验教训"),
    "completion": lazy("完成等次"),
    "counts": lazy("各等次项目数"),
    "due_on": lazy("截止日期"),
    "duty_list_on": lazy("责任清单印发日期"),
    "remarks": lazy("说明"),
    "matters": lazy("转入下一年的事项"),
    "escalation": lazy("督办层级"),
    "rework_days": lazy("退回重报的工作日"),
}

KINDS = {"ask": lazy("这一问")}
