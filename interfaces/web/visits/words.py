"""Stages of guidance visits and of their findings in words."""

from domain.supervision.visit import FindingStage, VisitStage
from interfaces.web._base.language import Lazy, lazy

VISIT_STAGES: dict[str, Lazy] = {
    VisitStage.PLANNED.value: lazy("已安排"),
    VisitStage.HELD.value: lazy("已完成"),
    VisitStage.CANCELLED.value: lazy("已取消"),
}
VISIT_TAGS = {VisitStage.PLANNED.value: "info", VisitStage.HELD.value: "ok", VisitStage.CANCELLED.value: "idle"}

FINDING_STAGES: dict[str, Lazy] = {
    FindingStage.OPEN.value: lazy("待答复"),
    FindingStage.ANSWERED.value: lazy("待审核"),
    FindingStage.SENT_BACK.value: lazy("退回重办"),
    FindingStage.APPROVED.value: lazy("已认可"),
}
FINDING_TAGS = {
    FindingStage.OPEN.value: "idle",
    FindingStage.ANSWERED.value: "info",
    FindingStage.SENT_BACK.value: "warn",
    FindingStage.APPROVED.value: "ok",
}
