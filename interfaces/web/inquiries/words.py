"""Kinds and stages of inquiries and hearings in words."""

from domain.supervision.inquiry import InquiryKind, InquiryStage
from interfaces.web._base.language import Lazy, lazy

INQUIRY_KINDS: dict[str, Lazy] = {
    InquiryKind.INQUIRY.value: lazy("专题询问"),
    InquiryKind.HEARING.value: lazy("听证会"),
}

INQUIRY_STAGES: dict[str, Lazy] = {
    InquiryStage.PLANNED.value: lazy("已安排"),
    InquiryStage.HELD.value: lazy("已举行"),
    InquiryStage.CANCELLED.value: lazy("已取消"),
}

TAGS = {InquiryStage.PLANNED.value: "info", InquiryStage.HELD.value: "ok", InquiryStage.CANCELLED.value: "idle"}
