"""Words about proposals: their outcomes, the reasons for declining, where they are handed to."""

from typing import Final

from domain.proposals.proposal import DeclineReason, Outcome, ProposalForm, TransferTo
from domain.proposals.support import SupportSource
from interfaces.web._base.language import Lazy, lazy
from projections.proposal_register import OPEN

OUTCOMES: Final[dict[str, Lazy]] = {
    Outcome.BECAME_CANDIDATE: lazy("成为候选"),
    Outcome.MERGED: lazy("合并"),
    Outcome.TRANSFERRED: lazy("转办"),
    Outcome.RESERVE: lazy("储备"),
    Outcome.DECLINED: lazy("不采纳"),
}
STATES: Final[dict[str, Lazy]] = {**OUTCOMES, OPEN: lazy("待办")}
"""As lists and filters say it; every proposal is in exactly one (rule 18)."""

TAGS: Final[dict[str, str]] = {
    OPEN: "info",
    Outcome.BECAME_CANDIDATE: "ok",
    Outcome.MERGED: "idle",
    Outcome.TRANSFERRED: "idle",
    Outcome.RESERVE: "warn",
    Outcome.DECLINED: "idle",
}
"""How a state is drawn; its word always stands beside."""

FORMS: Final[dict[str, Lazy]] = {ProposalForm.PERSON: lazy("个人建议"), ProposalForm.UNIT: lazy("单位建议")}

DECLINE_REASONS: Final[dict[str, Lazy]] = {
    DeclineReason.NEGATIVE_LIST: lazy("在负面清单之内"),
    DeclineReason.OUTSIDE_POWERS: lazy("不属于本级职权"),
    DeclineReason.ALREADY_PLANNED: lazy("已有计划安排"),
    DeclineReason.CONDITIONS_LACKING: lazy("条件还不具备"),
    DeclineReason.NOT_WITHIN_THE_YEAR: lazy("当年不能见效"),
    DeclineReason.BEYOND_MEANS: lazy("超出财力"),
    DeclineReason.UNCLEAR: lazy("内容不明确"),
    DeclineReason.OTHER: lazy("其他原因"),
}

TRANSFERS: Final[dict[str, Lazy]] = {
    TransferTo.HOTLINE: lazy("12345 热线"),
    TransferTo.UNIT: lazy("有关单位"),
    TransferTo.CONGRESS: lazy("其他大会"),
}

SUPPORT_SOURCES: Final[dict[str, Lazy]] = {
    SupportSource.ONLINE: lazy("网上附议"),
    SupportSource.PAPER: lazy("书面签名"),
}
