"""The kinds and stages of remarks in words."""

from domain.projects.remark import RemarkKind, RemarkStage
from interfaces.web._base.language import Lazy, lazy

REMARK_KINDS: dict[str, Lazy] = {
    RemarkKind.SUPPORT.value: lazy("支持"),
    RemarkKind.SUGGESTION.value: lazy("改进建议"),
    RemarkKind.QUESTION.value: lazy("询问"),
    RemarkKind.OBJECTION.value: lazy("反对"),
}

REMARK_STAGES: dict[str, Lazy] = {
    RemarkStage.OPEN.value: lazy("待答复"),
    RemarkStage.ANSWERED.value: lazy("已答复"),
    RemarkStage.SENT_BACK.value: lazy("退回重答"),
    RemarkStage.ACCEPTED.value: lazy("已认可"),
    RemarkStage.TAKEN_BACK.value: lazy("已撤回"),
}
