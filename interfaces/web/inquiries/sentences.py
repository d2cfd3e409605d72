"""What refusals about inquiries and hearings say."""

from domain.shared import Refused
from domain.supervision.inquiring import InquiryInWrongStage, QuestionsTakenUntil
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web._base.shown import day
from interfaces.web.inquiries.words import INQUIRY_STAGES


def _wrong_stage(refused: Refused) -> str:
    if not isinstance(refused, InquiryInWrongStage):
        raise TypeError(type(refused).__name__)
    return _("这次会议现在是“%(stage)s”，不能这样办理。请刷新页面查看。", stage=INQUIRY_STAGES[refused.stage])


def _until(refused: Refused) -> str:
    if not isinstance(refused, QuestionsTakenUntil):
        raise TypeError(type(refused).__name__)
    return _("会议在 %(day)s 举行，会前提问已经截止。", day=day(refused.on))


SENTENCES = {
    "InquiryInWrongStage": _wrong_stage,
    "QuestionsTakenUntil": _until,
}

FIELDS = {
    "topic": lazy("议题"),
    "units": lazy("应询单位"),
    "delegates": lazy("询问代表"),
    "speaker": lazy("询问人"),
    "respondent": lazy("答复人"),
    "conclusion": lazy("会议情况和结论"),
    "attending": lazy("到会人数"),
    "background": lazy("背景和目的"),
    "presiding": lazy("主持人"),
    "others": lazy("其他参加人员"),
    "starts_at": lazy("开始时间"),
}

KINDS = {
    "inquiry": lazy("这次询问或听证"),
    "inquiry_question": lazy("这一问题"),
}
