"""Rule profiles as they are sent and shown: every field of a 票决办法 as data."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from domain.polls.profile import Profile
from domain.polls.profile_check import ProfileFaults
from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import (
    BlankItem,
    EvaluationRules,
    Form,
    GradeRule,
    LateArrivals,
    MaxFor,
    Option,
    PassBase,
    Publication,
    RuleProfile,
    ScoreBand,
    ScrutineerRule,
    Shortfall,
    TieAtCut,
)
from domain.shared import Invalid, Refused
from interfaces.api._base.models import LINE, Asked, Day, Flag, Id, Money, Shown, Whole
from interfaces.web._base.forms import WrongFields

ID = "0f0e6a3e-8a55-5d0c-9d53-6a1f0c7e2b11"
SHARE = r"^[0-9]{1,6}(/[0-9]{1,6}|\.[0-9]{1,6})?$"

TheProfile = Annotated[UUID, Path(description="票决办法的标识。", examples=[ID])]


class ThresholdBody(Asked):
    """A share and whether it must be reached or exceeded."""

    fraction: str = Field(pattern=SHARE, description="分数或小数。", examples=["2/3"])
    operator: Operator = Field(description="`>` 超过，`>=` 不少于。", examples=[">="])

    def value(self) -> Threshold:
        """As the rules hold it."""
        return Threshold(fraction=self.fraction, operator=self.operator)


class OptionBody(Asked):
    """One answer of an evaluation ballot."""

    id: str = Field(pattern=LINE, max_length=40, description="选项的代号。", examples=["satisfied"])
    name: str = Field(pattern=LINE, max_length=40, description="选项的名称。", examples=["满意"])
    score: Money = Field(ge=0, le=1000, max_digits=8, decimal_places=4, description="分值。", examples=["100"])


class GradeBody(Asked):
    """A grade and what earns it."""

    grade: str = Field(pattern=LINE, max_length=40, description="等次的代号。", examples=["satisfied"])
    name: str = Field(pattern=LINE, max_length=40, description="等次的名称。", examples=["满意"])
    of: tuple[Annotated[str, Field(pattern=LINE, max_length=40)], ...] = Field(
        default=(), max_length=10, description="计入的选项代号。", examples=[["satisfied"]]
    )
    threshold: ThresholdBody | None = Field(default=None, description="达到多少；最后一个等次没有。")


class BandBody(Asked):
    """A line of the grade table over mean scores."""

    at_least: Money = Field(ge=0, le=1000, max_digits=8, decimal_places=4, description="不低于。", examples=["85"])
    name: str = Field(pattern=LINE, max_length=40, description="名称。", examples=["优秀"])


class EvaluationBody(Asked):
    """What an evaluation adds to the rules."""

    options: tuple[OptionBody, ...] = Field(max_length=10, description="选项，按票面的次序。")
    grades: tuple[GradeBody, ...] = Field(default=(), max_length=10, description="等次，从高到低。")
    base: PassBase = Field(default=PassBase.ALL_DELEGATES, description="等次的计算基数。", examples=["all_delegates"])
    score_bands: tuple[BandBody, ...] = Field(default=(), max_length=10, description="分数线，从高到低。")

    def value(self) -> EvaluationRules:
        """As the rules hold it."""
        return EvaluationRules(
            options=tuple(Option(id=one.id, name=one.name, score=one.score) for one in self.options),
            grades=tuple(
                GradeRule(
                    grade=one.grade,
                    name=one.name,
                    of=one.of,
                    threshold=one.threshold.value() if one.threshold else None,
                )
                for one in self.grades
            ),
            base=self.base,
            score_bands=tuple(ScoreBand(at_least=one.at_least, name=one.name) for one in self.score_bands),
        )


class RulesBody(Asked):
    """All fields of the rules; what is left out is as most congresses have it."""

    title: str = Field(pattern=LINE, max_length=100, description="名称。", examples=["青城市民生实事项目票决办法"])
    form: Form = Field(default=Form.PER_ITEM, description="表决方式。", examples=["per_item"])
    quota: Annotated[Whole, Field(ge=1, le=500)] | None = Field(description="应选数；null 为不限名额。", examples=[10])
    min_surplus_rate: Money = Field(
        default=RuleProfile(title="", quota=None).min_surplus_rate,
        ge=0,
        le=10,
        max_digits=8,
        decimal_places=6,
        description="最低差额率。",
        examples=["0.10"],
    )
    allow_equal: Flag = Field(default=False, description="是否允许等额。", examples=[False])
    quorum: ThresholdBody = Field(
        default=ThresholdBody(fraction="2/3", operator=Operator.AT_LEAST), description="法定人数。"
    )
    pass_base: PassBase = Field(default=PassBase.ALL_DELEGATES, description="计票基数。", examples=["all_delegates"])
    pass_operator: Operator = Field(default=Operator.OVER, description="`>` 超过，`>=` 不少于。", examples=[">"])
    pass_fraction: str = Field(default="1/2", pattern=SHARE, description="通过线。", examples=["1/2"])
    blank_item: BlankItem = Field(default=BlankItem.ABSTAIN, description="未填的项目。", examples=["abstain"])
    max_for: MaxFor = Field(default=MaxFor.NONE, description="赞成的个数。", examples=["none"])
    tie_at_cut: TieAtCut = Field(
        default=TieAtCut.SECOND_BALLOT, description="末位得票相同时。", examples=["second_ballot"]
    )
    shortfall: Shortfall = Field(default=Shortfall.CLOSE, description="名额不足时。", examples=["close"])
    publication: Publication = Field(
        default=Publication.FULL_COUNTS, description="公布范围。", examples=["full_counts"]
    )
    min_group_size: Whole = Field(default=10, ge=0, le=10_000, description="最小分组。", examples=[10])
    pre_reading_days: Whole = Field(default=7, ge=0, le=365, description="提前送达天数。", examples=[7])
    unsealed_allowed: Flag = Field(default=False, description="是否允许未密封的表决。", examples=[True])
    late_arrivals: LateArrivals = Field(default=LateArrivals.PAPER, description="迟到的代表。", examples=["paper"])
    hall_word: Flag = Field(default=False, description="提交选票是否要输入会场屏幕上的数字。", examples=[False])
    scrutineers: ScrutineerRule = Field(
        default=ScrutineerRule.DELEGATES, description="谁可以监票。", examples=["delegates"]
    )
    evaluation: EvaluationBody | None = Field(default=None, description="测评规则；表决为 null。", examples=[None])

    def value(self) -> RuleProfile:
        """As the domain knows it."""
        plain = {name: getattr(self, name) for name in type(self).model_fields if name not in ("quorum", "evaluation")}
        evaluation = self.evaluation.value() if self.evaluation else None
        return RuleProfile(**plain, quorum=self.quorum.value(), evaluation=evaluation)


class Adopting(Asked):
    """The session's decision."""

    session: Id = Field(description="通过办法的会议。", examples=[ID])
    on: Day = Field(description="通过的日期。", examples=["2026-01-20"])
    decision: str = Field(pattern=LINE, max_length=300, description="会议的决定。", examples=["大会第一次全体会议通过"])
    version: Whole = Field(ge=1, le=10_000, description="通过的是第几稿。", examples=[1])


class AdoptionShown(Shown):
    """By which session the rules were adopted."""

    session: UUID = Field(description="会议的标识。", examples=[ID])
    on: date = Field(description="日期。", examples=["2026-01-20"])
    decision: str = Field(description="决定。", examples=["大会第一次全体会议通过"])


class ListedProfile(Shown):
    """A profile as lists show it."""

    id: UUID = Field(description="标识。", examples=[ID])
    title: str = Field(description="名称。", examples=["青城市民生实事项目票决办法"])
    form: str = Field(description="表决方式。", examples=["per_item"])
    quota: int | None = Field(description="应选数；null 为不限名额。", examples=[10])
    version: int = Field(description="第几稿。", examples=[1])
    adopted_on: date | None = Field(description="通过日期；草案为 null。", examples=["2026-01-20"])


class ReadyMade(Shown):
    """Rules to start from."""

    name: str = Field(description="代号。", examples=["per_item_majority"])
    rules: RulesBody = Field(description="规则。")


class ProfileShown(Shown):
    """A profile with all its rules."""

    id: UUID = Field(description="标识。", examples=[ID])
    version: int = Field(description="第几稿。", examples=[1])
    adoption: AdoptionShown | None = Field(description="通过它的会议；草案为 null。")
    rules: RulesBody = Field(description="规则。")
    plain: list[str] = Field(
        description="用话说的规则，人数按本大会的名册。", examples=[["赞成票超过全体代表的二分之一为通过。"]]
    )


def rules_shown(rules: RuleProfile) -> RulesBody:
    """The rules as data again."""
    plain = {name: getattr(rules, name) for name in RulesBody.model_fields if name not in ("quorum", "evaluation")}
    quorum = ThresholdBody.model_construct(fraction=rules.quorum.fraction, operator=rules.quorum.operator)
    evaluation = _evaluation_shown(rules.evaluation) if rules.evaluation else None
    return RulesBody.model_construct(**plain, quorum=quorum, evaluation=evaluation)


def adoption_shown(profile: Profile) -> AdoptionShown | None:
    """The decision, where there is one."""
    adoption = profile.adoption
    return AdoptionShown(session=adoption.session, on=adoption.on, decision=adoption.decision) if adoption else None


def at_fields(refused: Refused) -> Refused:
    """The faults of rules at the fields of the body."""
    if not isinstance(refused, ProfileFaults):
        return refused
    return WrongFields(
        refusals=tuple(
            Invalid(field=one.field, reason=f"profile_{one.reason}", value=one.value) for one in refused.faults
        )
    )


def _evaluation_shown(rules: EvaluationRules) -> EvaluationBody:
    return EvaluationBody.model_construct(
        options=tuple(OptionBody.model_construct(id=one.id, name=one.name, score=one.score) for one in rules.options),
        grades=tuple(
            GradeBody.model_construct(
                grade=one.grade,
                name=one.name,
                of=one.of,
                threshold=ThresholdBody.model_construct(
                    fraction=one.threshold.fraction, operator=one.threshold.operator
                )
                if one.threshold
                else None,
            )
            for one in rules.grades
        ),
        base=rules.base,
        score_bands=tuple(BandBody.model_construct(at_least=one.at_least, name=one.name) for one in rules.score_bands),
    )
