"""When an overdue duty goes up by itself: read with whose rules they are, adopted anew."""

from typing import Annotated

from fastapi import Depends
from pydantic import Field

from application.supervision import duty_rules as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.supervision.duty import EscalationStep
from domain.supervision.duty_rules import LONGEST_WAIT, DutyRules, DutyRung, duty_rules_stream
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Whole
from interfaces.api._base.operations import operations
from projections import congress_directory

router = operations("duties", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

PATH = "/congresses/{slug}/duty-rules"
Keeper = Annotated[At, Depends(needing(Act.KEEP_SUPERVISION))]


class RungBody(Asked):
    """One step that takes itself."""

    step: EscalationStep = Field(
        description="从催办起依次：`reminded` 催办，`pressed` 督办，`reported` 提级督办。", examples=["reminded"]
    )
    after: Whole = Field(ge=1, le=LONGEST_WAIT, description="逾期满多少个工作日。", examples=[1])
    to: str = Field(default="", pattern=MAYBE_LINE, max_length=200, description="送谁；催办可空。", examples=[""])


class DutyRulesBody(Asked):
    """The steps, and by which decision."""

    rungs: list[RungBody] = Field(
        max_length=len(EscalationStep), description="自动登记的步骤，从催办起不能跳过；没有列出的由办公室人工登记。"
    )
    decision: str = Field(pattern=LINE, max_length=200, description="依据。", examples=["主任会议第40次会议"])


class DutyRulesShown(DutyRulesBody):
    """What counts here."""

    decision: str = Field(description="依据；通用规则为空。", examples=["主任会议第40次会议"])
    congress: str | None = Field(description="是哪个大会的规则（地址中的名称）；通用规则为 null。", examples=["qc"])
    version: int = Field(description="第几版；通用规则为 0。", examples=[1])


@router.get(PATH, summary="交办事项督办规则", description="没有自己的规则时沿用最近的上级的；都没有时是通用规则。")
def rules(here: OfficeReader) -> DutyRulesShown:
    """The rules in force, and whose they are."""
    here.shows(duty_rules_stream(here.congress.id))
    return _shown(here)


@router.put(PATH, summary="启用新的督办规则", description="以后的逾期按它办；已经登记的不变。")
def adopt_rules(here: Keeper, body: DutyRulesBody) -> DutyRulesShown:
    """The next version of this congress's own rules."""
    wanted = DutyRules(rungs=tuple(DutyRung(step=one.step, after=one.after, to=one.to) for one in body.rungs))
    by = here.by(duty_rules_stream(here.congress.id))
    here.done(commands.adopt_duty_rules(here.house.office, by, here.congress.id, wanted, body.decision))
    return rules(here)


def _shown(here: At) -> DutyRulesShown:
    known = commands.duty_rules_for(here.house.office, here.congress.id)
    with here.house.reading.connect() as connection:
        whose = congress_directory.congresses_named(connection, [known.congress]) if known.congress else []
    return DutyRulesShown(
        rungs=[RungBody(step=one.step, after=one.after, to=one.to) for one in known.rules.rungs],
        decision=known.decision,
        congress=whose[0].slug if whose else None,
        version=known.version,
    )
