"""Supervision in words."""

from typing import Final

from domain.supervision.draw import DrawStage, Spread
from domain.supervision.inspection import InspectionKind, InspectionStage
from domain.supervision.note import NoteStage
from interfaces.web._base.language import Lazy, lazy
from projections.delegate_record import Deed

INSPECTION_KINDS: Final[dict[str, Lazy]] = {
    InspectionKind.INSPECTION.value: lazy("视察"),
    InspectionKind.SURVEY.value: lazy("专题调研"),
    InspectionKind.UNANNOUNCED.value: lazy("暗访"),
    InspectionKind.GROUP.value: lazy("代表小组活动"),
}
INSPECTION_STAGES: Final[dict[str, Lazy]] = {
    InspectionStage.PLANNED.value: lazy("未通知"),
    InspectionStage.TOLD.value: lazy("已通知代表"),
    InspectionStage.CONCLUDED.value: lazy("已形成意见"),
    InspectionStage.CANCELLED.value: lazy("已取消"),
}
INSPECTION_TAGS: Final[dict[str, str]] = {
    InspectionStage.PLANNED.value: "idle",
    InspectionStage.TOLD.value: "info",
    InspectionStage.CONCLUDED.value: "ok",
    InspectionStage.CANCELLED.value: "idle",
}
NOTE_STAGES: Final[dict[str, Lazy]] = {
    NoteStage.TAKEN.value: lazy("待处理"),
    NoteStage.HANDED_OVER.value: lazy("已交办"),
    NoteStage.SETTLED.value: lazy("已处理"),
    NoteStage.WITHDRAWN.value: lazy("已撤回"),
}
NOTE_TAGS: Final[dict[str, str]] = {
    NoteStage.TAKEN.value: "warn",
    NoteStage.HANDED_OVER.value: "info",
    NoteStage.SETTLED.value: "ok",
    NoteStage.WITHDRAWN.value: "idle",
}
SPREADS: Final[dict[str, Lazy]] = {
    Spread.POOL.value: lazy("从全部点位里抽"),
    Spread.PROJECT.value: lazy("每个项目各抽"),
}
DRAW_STAGES: Final[dict[str, Lazy]] = {
    DrawStage.ANNOUNCED.value: lazy("已公布承诺值"),
    DrawStage.CLOSED.value: lazy("点位名单已封闭"),
    DrawStage.DRAWN.value: lazy("已抽出"),
    DrawStage.GIVEN_UP.value: lazy("已放弃"),
}
DRAW_TAGS: Final[dict[str, str]] = {
    DrawStage.ANNOUNCED.value: "info",
    DrawStage.CLOSED.value: "warn",
    DrawStage.DRAWN.value: "ok",
    DrawStage.GIVEN_UP.value: "idle",
}
DEEDS: Final[dict[str, Lazy]] = {
    Deed.PROPOSED.value: lazy("提出建议"),
    Deed.REMARKED.value: lazy("提出审议意见"),
    Deed.ASKED.value: lazy("会前提问"),
    Deed.CARD.value: lazy("阅读候选项目"),
    Deed.MATERIAL.value: lazy("阅读会议材料"),
    Deed.SESSION.value: lazy("出席会议"),
    Deed.GROUP.value: lazy("参加代表小组"),
    Deed.INSPECTION.value: lazy("参加视察调研"),
    Deed.NOTE.value: lazy("现场监督记录"),
    Deed.INQUIRY.value: lazy("专题询问提问"),
}
"""What a delegate did, as the record and its tables head it."""
