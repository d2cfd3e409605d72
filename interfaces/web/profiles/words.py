"""The values of a rule profile as people say them."""

from typing import Final

from domain.polls.reckoning import Operator
from domain.polls.rules import (
    BlankItem,
    Form,
    LateArrivals,
    MaxFor,
    PassBase,
    Publication,
    ScrutineerRule,
    Shortfall,
    TieAtCut,
)
from interfaces.web._base.language import Lazy, lazy

FORMS: Final[dict[Form, Lazy]] = {
    Form.PER_ITEM: lazy("逐项表决：每个项目选赞成、反对或弃权"),
    Form.CHOOSE: lazy("选择式：在不超过应选数的项目上打勾"),
    Form.GRADE: lazy("测评：每个项目选一个评价等次"),
}
SHORT_FORMS: Final[dict[str, Lazy]] = {
    Form.PER_ITEM.value: lazy("逐项表决"),
    Form.CHOOSE.value: lazy("选择式"),
    Form.GRADE.value: lazy("满意度测评"),
}
OPERATORS: Final[dict[Operator, Lazy]] = {
    Operator.OVER: lazy("超过（不含本数）"),
    Operator.AT_LEAST: lazy("不少于（含本数）"),
}
BASES: Final[dict[PassBase, Lazy]] = {
    PassBase.ALL_DELEGATES: lazy("全体代表"),
    PassBase.ATTENDING: lazy("实到代表"),
    PassBase.RETURNED: lazy("收回的表决票"),
    PassBase.VALID_MARKS: lazy("该项目的有效票"),
    PassBase.NONE: lazy("不设通过线，只比较得票多少"),
}
BLANKS: Final[dict[BlankItem, Lazy]] = {
    BlankItem.ABSTAIN: lazy("计为弃权"),
    BlankItem.INVALID: lazy("该项目计为无效"),
    BlankItem.NOT_PRESSED: lazy("单列“未按键”（按键表决器）"),
    BlankItem.BLANK: lazy("单列“空白”"),
}
MAX_FOR: Final[dict[MaxFor, Lazy]] = {
    MaxFor.NONE: lazy("不限制赞成的个数"),
    MaxFor.QUOTA: lazy("赞成不得超过应选数，超过则整张票无效"),
}
TIES: Final[dict[TieAtCut, Lazy]] = {
    TieAtCut.SECOND_BALLOT: lazy("就得票相同的项目再次投票"),
    TieAtCut.PRESIDIUM_DECIDES: lazy("由主席团决定"),
    TieAtCut.ADMIT_ALL: lazy("得票相同的全部列入"),
}
SHORTFALLS: Final[dict[Shortfall, Lazy]] = {
    Shortfall.CLOSE: lazy("名额空缺，不再补选"),
    Shortfall.SECOND_BALLOT: lazy("就未通过的项目再次投票"),
    Shortfall.STANDING_COMMITTEE: lazy("交常委会决定"),
}
PUBLICATIONS: Final[dict[Publication, Lazy]] = {
    Publication.FULL_COUNTS: lazy("公布每个项目的得票数"),
    Publication.ADOPTED_ONLY: lazy("只公布列入的项目"),
}
LATE: Final[dict[LateArrivals, Lazy]] = {
    LateArrivals.PAPER: lazy("用纸质票表决"),
    LateArrivals.NOT_IN_THIS_POLL: lazy("不参加本次表决"),
}
SCRUTINEERS: Final[dict[ScrutineerRule, Lazy]] = {
    ScrutineerRule.DELEGATES: lazy("代表担任，不来自候选项目的责任单位，经全体会议通过"),
    ScrutineerRule.ORGANISING_OFFICES: lazy("由组织评议的机构工作人员担任"),
}
