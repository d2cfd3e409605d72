"""What refusals about remarks, questions and answers say."""

from domain.projects.deliberation import RemarkInWrongStage, RemarksAreClosed
from domain.shared import Refused
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web.deliberation.words import REMARK_STAGES


def _closed(refused: Refused) -> str:
    if not isinstance(refused, RemarksAreClosed):
        raise TypeError(type(refused).__name__)
    if refused.closed_by == "vote":
        return _("%(year)s 年的候选项目已经交付票决，不再收审议意见和提问。", year=refused.year)
    return _("%(year)s 年的审议意见已经截止，不再收审议意见和提问。", year=refused.year)


def _wrong_stage(refused: Refused) -> str:
    if not isinstance(refused, RemarkInWrongStage):
        raise TypeError(type(refused).__name__)
    return _("这一条现在是“%(stage)s”，不能这样办理。请刷新页面查看。", stage=REMARK_STAGES[refused.stage])


SENTENCES = {
    "RemarksAreClosed": _closed,
    "RemarkInWrongStage": _wrong_stage,
    "RemarksNotClosed": lazy("%(year)s 年的审议意见没有截止，不用恢复。"),
}

REASONS = {
    "known": lazy("这一条已经登记过。"),
    "passed": lazy("这一天已经过去。"),
    "in_future": lazy("这一天还没有到。"),
}

FIELDS = {
    "kind": lazy("种类"),
    "remark": lazy("审议意见"),
    "answer": lazy("答复"),
    "question": lazy("提问"),
}

KINDS = {"remark": lazy("这条意见")}
