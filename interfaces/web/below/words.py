"""Stages of the year in words, as the upper level reads them."""

from typing import Final

from interfaces.web._base.language import Lazy, lazy
from interfaces.web.below.standing import YearStage

STAGES: Final[dict[YearStage, Lazy]] = {
    YearStage.NOT_BEGUN: lazy("未开始"),
    YearStage.CALL: lazy("征集"),
    YearStage.CANDIDATES: lazy("初定"),
    YearStage.DELIBERATION: lazy("审议"),
    YearStage.VOTE: lazy("票决"),
    YearStage.ADOPTED: lazy("已公告"),
}
