"""Incidents and what is decided on them, as people say it."""

from typing import Final

from domain.polls.accounting import IncidentDecision, IncidentKind
from interfaces.web._base.language import Lazy, lazy

KINDS: Final[dict[IncidentKind, Lazy]] = {
    IncidentKind.UNUSED_CARD_HAS_BALLOT: lazy("交回的未用票卡已经投过票"),
    IncidentKind.OTHER: lazy("其他可能影响结果的情况"),
    IncidentKind.USED_BUT_NOT_VOTED: lazy("没有投过票的代表看到“票卡已使用”"),
}
DECISIONS: Final[dict[IncidentDecision, Lazy]] = {
    IncidentDecision.PROCEED: lazy("已查明，继续"),
    IncidentDecision.REPEAT: lazy("重新表决"),
}
