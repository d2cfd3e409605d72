"""Stages, offices and colours as people say them."""

from typing import Final

from domain.polls.outcome import VoidBecause
from domain.polls.places import Again
from domain.polls.poll import PollStage, SignerRole
from domain.polls.preparing import Medium
from interfaces.web._base.language import Lazy, lazy

STAGES: Final[dict[PollStage, Lazy]] = {
    PollStage.PREPARED: lazy("准备中"),
    PollStage.OPEN: lazy("投票中"),
    PollStage.CLOSED: lazy("已截止，待计票"),
    PollStage.COUNTED: lazy("已计票，待签名、宣布"),
    PollStage.DECLARED: lazy("已宣布"),
    PollStage.CANCELLED: lazy("已取消"),
}
STAGE_KINDS: Final[dict[PollStage, str]] = {
    PollStage.PREPARED: "idle",
    PollStage.OPEN: "info",
    PollStage.CLOSED: "warn",
    PollStage.COUNTED: "warn",
    PollStage.DECLARED: "ok",
    PollStage.CANCELLED: "",
}
ROLES: Final[dict[SignerRole, Lazy]] = {
    SignerRole.CHIEF: lazy("总监票人"),
    SignerRole.SCRUTINEER: lazy("监票人"),
}
AGAIN: Final[dict[str, Lazy]] = {
    Again.TIE.value: lazy("再次票决"),
    Again.SHORTFALL.value: lazy("再次票决"),
    Again.REPEAT.value: lazy("重新表决"),
}
MEDIA: Final[dict[Medium, Lazy]] = {
    Medium.CARDS: lazy("票卡"),
    Medium.CARDS_AND_PAPER: lazy("票卡和纸质票"),
    Medium.PAPER: lazy("纸质票"),
    Medium.KEYPAD: lazy("表决器"),
}
VOID: Final[dict[str, Lazy]] = {
    VoidBecause.RETURNED_EXCEEDS_ISSUED.value: lazy(
        "收回的票多于发出的票，本次表决无效，不计算也不显示任何得票，须重新表决。"
    ),
    VoidBecause.QUORUM.value: lazy("到会代表不足法定人数，本次表决无效，不计算也不显示任何得票，须重新表决。"),
}
COLOURS: Final[tuple[tuple[str, Lazy], ...]] = (
    ("红色", lazy("红色")),
    ("蓝色", lazy("蓝色")),
    ("绿色", lazy("绿色")),
    ("橙色", lazy("橙色")),
    ("紫色", lazy("紫色")),
)
"""Stored as they are printed; a set printed in yellow would be hard to read, so orange stands for it."""

WORDS: Final = ("山茶", "玉兰", "海棠", "石榴", "丁香", "月季", "桂花", "木棉")
"""Offered one after another, so that sets are told apart without their colour too."""
