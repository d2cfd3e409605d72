"""Ready-made rule profiles to start from, modelled on published 票决办法; each is edited and adopted like any other."""

from dataclasses import replace
from decimal import Decimal

from domain.congress.congress import Level
from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import (
    BlankItem,
    EvaluationRules,
    Form,
    GradeRule,
    MaxFor,
    Option,
    PassBase,
    RuleProfile,
    ScoreBand,
    TieAtCut,
)

_HALF = "1/2"

_PER_ITEM = RuleProfile(title="差额票决办法（全体代表过半数，逐项表决）", quota=10)

_CHOOSE = replace(
    _PER_ITEM,
    title="差额票决办法（选择式，全体代表过半数）",
    form=Form.CHOOSE,
    max_for=MaxFor.QUOTA,
)

_OPEN = replace(
    _PER_ITEM,
    title="逐项票决办法（到会代表过半数即通过，不限名额）",
    quota=None,
    pass_base=PassBase.ATTENDING,
)

_COUNCIL = replace(
    _CHOOSE,
    title="居民议事会会商办法（得票多者列入）",
    quota=5,
    quorum=Threshold(fraction=_HALF, operator=Operator.OVER),
    pass_base=PassBase.NONE,
    tie_at_cut=TieAtCut.PRESIDIUM_DECIDES,
    min_group_size=5,
)

_COUNCIL_MAJORITY = replace(
    _PER_ITEM,
    title="居民议事会会商办法（三分之二以上成员到会，到会成员过半数通过）",
    quota=None,
    pass_base=PassBase.ATTENDING,
    tie_at_cut=TieAtCut.PRESIDIUM_DECIDES,
    min_group_size=5,
)

_EVALUATION = replace(
    _PER_ITEM,
    title="满意度测评办法（全体组成人员为基数）",
    form=Form.GRADE,
    quota=None,
    quorum=Threshold(fraction=_HALF, operator=Operator.OVER),
    pre_reading_days=0,
    blank_item=BlankItem.INVALID,
    evaluation=EvaluationRules(
        options=(
            Option(id="satisfied", score=Decimal(100), name="满意"),
            Option(id="basic", score=Decimal(60), name="基本满意"),
            Option(id="unsatisfied", score=Decimal(0), name="不满意"),
        ),
        grades=(
            GradeRule(
                grade="satisfied",
                of=("satisfied",),
                threshold=Threshold(fraction=_HALF, operator=Operator.AT_LEAST),
                name="满意",
            ),
            GradeRule(
                grade="basic",
                of=("satisfied", "basic"),
                threshold=Threshold(fraction=_HALF, operator=Operator.OVER),
                name="基本满意",
            ),
            GradeRule(grade="unsatisfied", name="不满意"),
        ),
        score_bands=(
            ScoreBand(at_least=Decimal(85), name="优秀"),
            ScoreBand(at_least=Decimal(75), name="良好"),
            ScoreBand(at_least=Decimal(60), name="合格"),
        ),
    ),
)

READY_MADE: dict[str, RuleProfile] = {
    "per_item_majority": _PER_ITEM,
    "choose_majority": _CHOOSE,
    "open_attending": _OPEN,
    "council_majority": _COUNCIL_MAJORITY,
    "council_plurality": _COUNCIL,
    "committee_evaluation": _EVALUATION,
}

OF_COUNCILS = ("council_majority", "council_plurality", "committee_evaluation")
"""Those in the words of a residents' council."""


def offered_to(level: str) -> dict[str, RuleProfile]:
    """What a body of this level may start from, the usual one first; a street what is in its council's words."""
    if level == Level.STREET:
        return {name: READY_MADE[name] for name in OF_COUNCILS}
    return {name: rules for name, rules in READY_MADE.items() if not name.startswith("council_")}
