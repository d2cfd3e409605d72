"""The four asks in words: stages, addressees, what a window is counted from."""

from typing import Final

from domain.asks.answers import Completion
from domain.asks.ask import AskStage
from domain.asks.next_year import MatterKind
from domain.asks.rules import Addressee, AskKind, CountedFrom
from interfaces.public.projects.timeline import ASKS, COMPLETIONS
from interfaces.web._base.language import Lazy, lazy

STAGES: Final[dict[str, Lazy]] = {
    AskStage.ISSUED.value: lazy("待答复"),
    AskStage.ANSWERED.value: lazy("已答复，待认可"),
    AskStage.SENT_BACK.value: lazy("退回重报"),
    AskStage.APPROVED.value: lazy("已认可"),
    AskStage.WITHDRAWN.value: lazy("已撤回"),
}

ADDRESSEES: Final[dict[Addressee, Lazy]] = {
    Addressee.GOVERNMENT: lazy("政府办公室"),
    Addressee.OFFICE: lazy("人大办公室"),
    Addressee.LEAD_UNITS: lazy("各项目牵头单位"),
}

COUNTED_FROM: Final[dict[CountedFrom, Lazy]] = {
    CountedFrom.YEAR: lazy("按日历"),
    CountedFrom.SESSION: lazy("从会议闭幕算起"),
}

MATTERS: Final[dict[MatterKind, Lazy]] = {
    MatterKind.LEFTOVER: lazy("遗留事项"),
    MatterKind.PROPOSAL: lazy("对下一年的建议"),
    MatterKind.LESSON: lazy("经验教训"),
}

KINDS: Final[dict[AskKind, Lazy]] = {kind: ASKS[kind.value] for kind in AskKind}
SHORT_KINDS: Final[dict[AskKind, Lazy]] = {
    AskKind.PLAN: lazy("问计划"),
    AskKind.RESULT: lazy("问结果"),
    AskKind.PROGRESS: lazy("问进展"),
    AskKind.SUMMARY: lazy("问总结"),
}

ENDINGS: Final[dict[Completion, Lazy]] = {one: COMPLETIONS[one.value] for one in Completion}

LABELS: Final[dict[AskKind, dict[str, Lazy]]] = {
    AskKind.PLAN: {
        "call_from": lazy("征集开始日期"),
        "call_until": lazy("征集结束日期"),
        "channels": lazy("征集渠道"),
        "proposals_received": lazy("收到建议（件）"),
        "draft_candidates": lazy("初步候选项目（个）"),
        "funds": lazy("资金安排"),
        "party_review_on": lazy("党委研究日期"),
        "rule_profile_draft": lazy("票决办法草案"),
        "training": lazy("培训安排"),
    },
    AskKind.RESULT: {
        "all_delegates": lazy("全体代表"),
        "attending": lazy("到会"),
        "issued": lazy("发出"),
        "returned": lazy("收回"),
        "candidates": lazy("候选项目"),
        "quota": lazy("应选"),
        "adopted": lazy("列入"),
        "notice_number": lazy("公告文号"),
        "duty_list_on": lazy("责任清单印发日期"),
        "remarks": lazy("说明"),
    },
    AskKind.PROGRESS: {
        "percent": lazy("形象进度"),
        "funds_spent": lazy("已支出资金"),
        "milestones": lazy("完成的节点"),
        "problems": lazy("困难和问题"),
        "adjustments": lazy("需要调整的事项"),
        "inspections": lazy("视察次数"),
        "photos": lazy("现场照片"),
    },
    AskKind.SUMMARY: {
        "completion": lazy("完成等次"),
        "results": lazy("完成情况"),
        "evaluation": lazy("测评结果"),
        "leftovers": lazy("遗留事项"),
        "lessons": lazy("经验教训"),
        "proposals": lazy("对下一年的建议"),
    },
}
"""What each answer says, in the order of its form."""
