"""What supervision records, in words: inquiries and hearings, duties, volunteers, guidance visits."""

from collections.abc import Mapping
from typing import Final

from interfaces.web._base.language import Lazy, lazy
from interfaces.web.duties import words as duties
from interfaces.web.inquiries.words import INQUIRY_KINDS, INQUIRY_STAGES
from interfaces.web.visits.words import FINDING_STAGES, VISIT_STAGES
from interfaces.web.volunteers.words import OBSERVATION_KINDS, OBSERVATION_OUTCOMES

INQUIRY_FACTS: Final[dict[str, Lazy]] = {
    "supervision.duty-raised": lazy("交办事项"),
    "supervision.duty-changed": lazy("更正交办事项"),
    "supervision.duty-answered": lazy("答复交办事项"),
    "supervision.duty-sent-back": lazy("退回交办事项的答复"),
    "supervision.duty-approved": lazy("认可交办事项的答复"),
    "supervision.duty-escalated": lazy("催办或者督办"),
    "supervision.duty-withdrawn": lazy("撤销交办事项"),
    "supervision.duty-fell-overdue": lazy("交办事项逾期"),
    "supervision.duty-rules-adopted": lazy("交办事项督办规则启用"),
    "supervision.inquiry-planned": lazy("安排询问或者听证"),
    "supervision.inquiry-rearranged": lazy("更改询问或者听证的安排"),
    "supervision.inquiry-cancelled": lazy("取消询问或者听证"),
    "supervision.inquiry-question-put": lazy("登记询问或者陈述"),
    "supervision.inquiry-question-corrected": lazy("更正询问或者陈述"),
    "supervision.inquiry-question-dropped": lazy("删去询问或者陈述"),
    "supervision.inquiry-question-answered": lazy("登记会上答复"),
    "supervision.inquiry-held": lazy("登记询问或者听证的举行"),
    "supervision.volunteer-enlisted": lazy("登记义务监督员"),
    "supervision.volunteer-assigned": lazy("更改监督的项目"),
    "supervision.volunteer-released": lazy("义务监督员离任"),
    "supervision.volunteer-link-issued": lazy("发放专用链接"),
    "supervision.volunteer-link-revoked": lazy("收回专用链接"),
    "supervision.volunteer-forgotten": lazy("删除义务监督员的联系方式"),
    "supervision.observation-made": lazy("义务监督员反映情况"),
    "supervision.observation-settled": lazy("处理反映的情况"),
    "supervision.observation-photo-erased": lazy("删除反映的照片"),
    "supervision.visit-planned": lazy("安排督导"),
    "supervision.visit-rearranged": lazy("更改督导安排"),
    "supervision.visit-cancelled": lazy("取消督导"),
    "supervision.visit-held": lazy("登记督导情况"),
    "supervision.visit-finding-noted": lazy("提出督导意见"),
    "supervision.visit-finding-withdrawn": lazy("撤销督导意见"),
    "supervision.visit-finding-answered": lazy("答复督导意见"),
    "supervision.visit-finding-sent-back": lazy("退回对督导意见的答复"),
    "supervision.visit-finding-approved": lazy("认可对督导意见的答复"),
}

INQUIRY_FIELDS: Final[dict[str, Lazy]] = {
    "background": lazy("背景和目的"),
    "conclusion": lazy("结论"),
    "delegates": lazy("代表"),
    "duty": lazy("交办事项"),
    "files": lazy("附件"),
    "findings": lazy("督导意见"),
    "forgotten": lazy("已删除联系方式"),
    "held_on": lazy("举行日期"),
    "known": lazy("名单"),
    "link_until": lazy("专用链接有效期"),
    "members": lazy("人员"),
    "noted_late": lazy("已登记逾期的期限"),
    "origin": lazy("来源"),
    "others": lazy("其他参加人员"),
    "presiding": lazy("主持人"),
    "promised_on": lazy("承诺完成日期"),
    "questions": lazy("询问或者陈述"),
    "released": lazy("已离任"),
    "respondent": lazy("答复人"),
    "rungs": lazy("逾期督办的步骤"),
    "sent_back_because": lazy("退回理由"),
    "speaker": lazy("发言人"),
    "starts_at": lazy("开始时间"),
    "step": lazy("督办"),
    "topic": lazy("议题"),
    "units": lazy("单位"),
    "visited": lazy("督导对象"),
    "visited_name": lazy("督导对象名称"),
    "volunteer": lazy("义务监督员"),
}

INQUIRY_VALUES: Final[dict[str, Mapping[str, Lazy]]] = {
    "DutySource": duties.SOURCES,
    "DutyStage": duties.STAGES,
    "DutyOutcome": duties.OUTCOMES,
    "EscalationStep": duties.STEPS,
    "InquiryKind": INQUIRY_KINDS,
    "InquiryStage": INQUIRY_STAGES,
    "ObservationKind": OBSERVATION_KINDS,
    "ObservationOutcome": OBSERVATION_OUTCOMES,
    "VisitStage": VISIT_STAGES,
    "FindingStage": FINDING_STAGES,
}
