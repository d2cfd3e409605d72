"""The rules of the four asks: read with whose they are, adopted anew."""

from typing import Annotated

from fastapi import Depends
from pydantic import Field

from application import asks as commands
from application.asks.rules import RulesInForce
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.asks.rules import (
    Addressee,
    AskKind,
    AskRule,
    AskRules,
    CountedFrom,
    EscalationStep,
    Question,
    WindowDay,
    evolve_rules,
    rules_stream,
)
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import LINE, Asked, Flag, Whole
from interfaces.api._base.operations import operations
from projections import congress_directory

router = operations("asks", read=Scope.ASKS_READ, write=Scope.ASKS_WRITE)

PATH = "/congresses/{slug}/ask-rules"
Issuer = Annotated[At, Depends(needing(Act.ISSUE_ASK))]


class DayBody(Asked):
    """A day of a window."""

    counted_from: CountedFrom = Field(
        default=CountedFrom.YEAR, description="`year` 按日历，`session` 从会议闭幕算起。", examples=["year"]
    )
    years: Whole = Field(default=0, ge=-1, le=1, description="比项目年度早或晚几年。", examples=[0])
    month: Whole = Field(default=1, ge=1, le=12, description="月。", examples=[6])
    day: Whole = Field(default=1, ge=1, le=31, description="日。", examples=[1])
    days: Whole = Field(default=0, ge=0, le=366, description="闭幕后第几天。", examples=[0])


class QuestionBody(Asked):
    """A question of the congress's own."""

    words: str = Field(pattern=LINE, max_length=200, description="问题。", examples=["群众怎样参与？"])
    required: Flag = Field(default=False, description="是否必填。", examples=[False])


class RuleBody(Asked):
    """One of the four asks."""

    kind: AskKind = Field(description="`plan` `result` `progress` `summary`。", examples=["progress"])
    opens: DayBody = Field(description="从哪天起答复。")
    due: DayBody = Field(description="答复期限。")
    to: list[Addressee] = Field(
        min_length=1,
        max_length=3,
        description="由谁答复：`government` `office` `lead_units`。",
        examples=[["lead_units"]],
    )
    required: list[str] = Field(default=[], max_length=10, description="另外必填的字段。", examples=[["problems"]])
    questions: list[QuestionBody] = Field(default=[], max_length=10, description="附加问题。", examples=[[]])


class StepBody(Asked):
    """One step up."""

    after: Whole = Field(ge=1, le=250, description="逾期满多少个工作日。", examples=[3])
    to: str = Field(pattern=LINE, max_length=60, description="提至谁。", examples=["主任会议"])


class RulesBody(Asked):
    """All four, what follows when they are overdue, and by which decision."""

    rules: list[RuleBody] = Field(min_length=4, max_length=4, description="四问各一条。")
    escalation: list[StepBody] = Field(default=[], max_length=5, description="督办层级，从低到高。")
    rework_days: Whole = Field(default=5, ge=1, le=250, description="退回重报的工作日。", examples=[5])
    decision: str = Field(pattern=LINE, max_length=200, description="依据。", examples=["主任会议第40次会议"])

    def value(self) -> AskRules:
        """As the domain knows it; the four in their order."""
        by_kind = {one.kind: one for one in self.rules}
        return AskRules(
            rules=tuple(_rule(by_kind.get(kind, self.rules[0]), kind) for kind in AskKind),
            escalation=tuple(EscalationStep(after=step.after, to=step.to) for step in self.escalation),
            rework_days=self.rework_days,
        )


class RulesShown(RulesBody):
    """What counts here."""

    congress: str | None = Field(description="是哪个大会的规则（地址中的名称）；通用规则为 null。", examples=["qc"])
    version: int = Field(description="第几版；通用规则为 0。", examples=[1])


@router.get(PATH, summary="四问规则", description="本大会没有自己的规则时，沿用最近的上级的；都没有时是通用规则。")
def rules(here: OfficeReader) -> RulesShown:
    """The rules in force, and whose they are."""
    here.shows(rules_stream(here.congress.id))
    return _shown(here, commands.rules_for(here.house.office, here.congress.id))


@router.put(PATH, summary="启用新的四问规则", description="以后发出的按它办；已经发出的不变。")
def adopt(here: Issuer, body: RulesBody) -> RulesShown:
    """The next version of this congress's own rules."""
    by = here.by(rules_stream(here.congress.id))
    here.done(commands.adopt_ask_rules(here.house.office, by, here.congress.id, body.value(), body.decision))
    return rules(here)


def _rule(body: RuleBody, kind: AskKind) -> AskRule:
    return AskRule(
        kind=kind,
        opens=WindowDay(**body.opens.model_dump()),
        due=WindowDay(**body.due.model_dump()),
        to=tuple(dict.fromkeys(body.to)),
        required=tuple(dict.fromkeys(body.required)),
        questions=tuple(Question(code="", words=one.words, required=one.required) for one in body.questions),
    )


def _shown(here: At, known: RulesInForce) -> RulesShown:
    with here.house.reading.connect() as connection:
        whose = congress_directory.congresses_named(connection, [known.congress]) if known.congress else []
    adopted = here.house.office.state_of(rules_stream(known.congress), evolve_rules) if known.congress else None
    return RulesShown(
        rules=[_rule_shown(rule) for rule in known.rules.rules],
        escalation=[StepBody(after=step.after, to=step.to) for step in known.rules.escalation],
        rework_days=known.rules.rework_days,
        decision=adopted.decision if adopted else "通用规则",
        congress=whose[0].slug if whose else None,
        version=known.version,
    )


def _rule_shown(rule: AskRule) -> RuleBody:
    return RuleBody(
        kind=rule.kind,
        opens=_day_shown(rule.opens),
        due=_day_shown(rule.due),
        to=list(rule.to),
        required=list(rule.required),
        questions=[QuestionBody(words=one.words, required=one.required) for one in rule.questions],
    )


def _day_shown(day: WindowDay) -> DayBody:
    return DayBody(counted_from=day.counted_from, years=day.years, month=day.month, day=day.day, days=day.days)
