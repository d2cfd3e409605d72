"""Adjustments: proposed, decided, refused, withdrawn, told to the next session."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Response
from pydantic import Field

from application.implementation import adjusting as commands
from application.implementation.adjusting import Decision
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.polls.places import DecidedBy
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.implementation import AdjustmentStage, implementation_stream
from domain.shared import Missing
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Day, Id, Money, Shown
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import file_of
from interfaces.api.candidates.models import ID, TheProject
from interfaces.api.plans.bodies import PlanBody, plan_of_body
from interfaces.api.plans.models import PlanContent, content_shown
from interfaces.api.plans.routes import Reader
from interfaces.web.adjustments import papers
from interfaces.web.adjustments.desk import known_adjustment, seen_adjustments, shown
from interfaces.web.plans.desk import listed_plan, units_by_name
from interfaces.web.plans.papers import DOCX
from projections import plans
from projections.plans import AdjustmentRow

router = operations("adjustments", read=Scope.IMPLEMENTATION_READ, write=Scope.IMPLEMENTATION_WRITE)

CONGRESS = "/congresses/{slug}"
ONE = f"{CONGRESS}/adjustments/{{adjustment}}"

TheAdjustment = Annotated[UUID, Path(description="调整的标识。", examples=[ID])]
MaybeYear = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年的项目；不写是全部。", examples=[2026])]
Proposer = Annotated[At, Depends(needing(Act.PROPOSE_ADJUSTMENT))]
Decider = Annotated[At, Depends(needing(Act.DECIDE_ADJUSTMENT))]


class ProposalBody(Asked):
    """What is asked for, and why."""

    kind: AdjustmentKind = Field(
        description="`change` 调整、`suspension` 暂缓、`termination` 终止、`resumption` 恢复。", examples=["change"]
    )
    reason: str = Field(pattern=LINES, min_length=1, max_length=2000, description="理由。", examples=["用地没有落实。"])
    plan: PlanBody | None = Field(default=None, description="调整以后的完整计划；不是调整的为 null。")


class DecisionBody(Asked):
    """The consent of the deciding body."""

    body: DecidedBy = Field(
        description="决定机关：`standing_committee` 常委会、`presidium` 主席团。", examples=["standing_committee"]
    )
    number: str = Field(pattern=LINE, max_length=60, description="决定文号。", examples=["青人常发〔2026〕11号"])
    notice_on: Day = Field(description="公布日期，不晚于今天。", examples=["2026-06-02"])


class RefusalBody(Asked):
    """The body did not consent."""

    body: DecidedBy = Field(description="决定机关。", examples=["standing_committee"])
    number: str = Field(default="", pattern=MAYBE_LINE, max_length=60, description="决定文号。", examples=[""])
    reason: str = Field(pattern=LINE, max_length=1000, description="理由。", examples=["资金已经安排。"])


class WithdrawalBody(Asked):
    """Why a proposal is taken back."""

    reason: str = Field(pattern=LINE, max_length=1000, description="理由。", examples=["用地已经落实。"])


class ToldBody(Asked):
    """What was told to which session."""

    session: Id = Field(description="会议的标识，公布以后召开的。", examples=[ID])
    adjustments: tuple[Id, ...] = Field(min_length=1, max_length=200, description="哪些调整。", examples=[[ID]])


class ComparedShown(Shown):
    """One thing that changes."""

    what: str = Field(description="什么。", examples=["年度目标“雨水管网”"])
    before: str = Field(description="原计划。", examples=["42 公里"])
    after: str = Field(description="改为。", examples=["30 公里"])
    step: Money | None = Field(description="本次变化的百分数；不是数字的为 null。", examples=["-28.57"])
    total: Money | None = Field(description="与票决或者上次决定相比的百分数；不是数字的为 null。", examples=["-28.57"])
    is_major: bool = Field(description="是否重大。", examples=[True])


class AdjustmentShown(Shown):
    """An adjustment with what became of it."""

    id: UUID = Field(description="标识。", examples=[ID])
    project: UUID = Field(description="项目的标识。", examples=[ID])
    name: str = Field(description="项目名称。", examples=["老旧小区改造"])
    year: int = Field(description="哪一年的项目。", examples=[2026])
    kind: AdjustmentKind = Field(description="种类。", examples=["change"])
    stage: AdjustmentStage = Field(
        description=(
            "`logged` 一般调整，已生效；`proposed` 待决定；`decided` 已生效，待向大会报告；"
            "`told` 已报告；`refused` 没有同意；`withdrawn` 已撤回。"
        ),
        examples=["proposed"],
    )
    reason: str = Field(description="理由。", examples=["用地没有落实。"])
    proposed_on: date = Field(description="提出日期。", examples=["2026-05-10"])
    changes: list[ComparedShown] = Field(description="改动，重大的在前。")
    plan: PlanContent | None = Field(description="调整以后的计划；不是调整的为 null。")
    body: DecidedBy | None = Field(description="决定机关；没有决定为 null。", examples=["standing_committee"])
    number: str = Field(description="决定文号；没有为空。", examples=["青人常发〔2026〕11号"])
    notice_on: date | None = Field(description="公布日期；没有为 null。", examples=["2026-06-02"])
    ended_because: str = Field(description="没有同意或者撤回的理由；没有为空。", examples=[""])
    session: UUID | None = Field(description="向哪次会议报告；没有为 null。", examples=[ID])
    told_on: date | None = Field(description="登记已报告的日期；没有为 null。", examples=["2027-01-20"])


@router.get(f"{CONGRESS}/adjustments", summary="调整、暂缓、终止和恢复", description="新的在前。")
def listed(here: Reader, paging: Paged, year: MaybeYear = None) -> Page[AdjustmentShown]:
    """Those the caller may see."""
    return paging.part(here.told, seen_adjustments(here.house, here.place, year), lambda row: row.adjustment, _shown)


@router.get(ONE, summary="一次调整")
def one(here: Reader, adjustment: TheAdjustment) -> AdjustmentShown:
    """With what changes."""
    here.shows(_stream(here, adjustment))
    return _shown(known_adjustment(here.house, here.place, adjustment))


@router.post(
    f"{CONGRESS}/projects/{{project}}/adjustments",
    status_code=201,
    summary="提出调整",
    description="一般调整立即生效（`logged`）；重大调整、暂缓、终止和恢复等待决定，决定公布以前仍按原计划执行。",
)
def propose(here: Proposer, project: TheProject, body: ProposalBody) -> AdjustmentShown:
    """Minor changes are in force at once."""
    listed_plan(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    adjustment = here.house.office.new_id(by, "adjustment")
    plan = plan_of_body(body.plan, units_by_name(here.house, here.place)) if body.plan is not None else None
    position = commands.propose_adjustment(here.house.office, by, project, adjustment, body.kind, plan, body.reason)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/adjustments/{adjustment}")
    return one(here, adjustment)


@router.post(f"{ONE}/decide", summary="登记同意的决定", description="从登记起按决定执行，并须向下次大会报告。")
def decide(here: Decider, adjustment: TheAdjustment, body: DecisionBody) -> AdjustmentShown:
    """With number and notice date."""
    row = known_adjustment(here.house, here.place, adjustment)
    by = here.by(implementation_stream(row.project))
    decision = Decision(body=body.body, number=body.number, notice_on=body.notice_on)
    here.done(commands.decide_adjustment(here.house.office, by, row.project, adjustment, decision))
    return one(here, adjustment)


@router.post(f"{ONE}/refuse", summary="登记没有同意", description="仍按原计划执行。")
def refuse(here: Decider, adjustment: TheAdjustment, body: RefusalBody) -> AdjustmentShown:
    """The old plan stays."""
    row = known_adjustment(here.house, here.place, adjustment)
    by = here.by(implementation_stream(row.project))
    decision = Decision(body=body.body, number=body.number)
    here.done(commands.refuse_adjustment(here.house.office, by, row.project, adjustment, decision, body.reason))
    return one(here, adjustment)


@router.post(f"{ONE}/withdraw", summary="撤回调整", description="决定以前可以撤回。")
def withdraw(here: Proposer, adjustment: TheAdjustment, body: WithdrawalBody) -> AdjustmentShown:
    """Taken back by whoever leads the project."""
    row = known_adjustment(here.house, here.place, adjustment)
    by = here.by(implementation_stream(row.project))
    here.done(commands.withdraw_adjustment(here.house.office, by, row.project, adjustment, body.reason))
    return one(here, adjustment)


@router.get(f"{CONGRESS}/session-duties", summary="待向下次大会报告的调整")
def session_duties(here: OfficeReader, paging: Paged) -> Page[AdjustmentShown]:
    """What no session was told of, the oldest notice first."""
    with here.house.reading.connect() as connection:
        rows = plans.session_duties(connection, here.congress.id)
    return paging.part(here.told, rows, lambda row: row.adjustment, _shown)


@router.post(f"{CONGRESS}/session-duties/tell", summary="登记已向大会报告", description="全部办理或者全部不办理。")
def tell(here: Decider, body: ToldBody) -> list[AdjustmentShown]:
    """All or none."""
    rows = [known_adjustment(here.house, here.place, adjustment) for adjustment in dict.fromkeys(body.adjustments)]
    if not rows:
        raise Missing(fields=("adjustments",))
    by = here.by(here.congress.id)
    told = [(row.project, row.adjustment) for row in rows]
    here.done(commands.inform_session(here.house.office, by, here.congress.id, body.session, told))
    return [_shown(known_adjustment(here.house, here.place, row.adjustment)) for row in rows]


@router.get(f"{CONGRESS}/session-duties/report.docx", summary="向下次大会的报告（公文）", **file_of(DOCX))
def report(here: OfficeReader) -> Response:
    """On everything that is still to be told."""
    return papers.report_docx(here.house, here.place)


@router.get(f"{ONE}/request.docx", summary="请示（公文）", **file_of(DOCX))
def request(here: Reader, adjustment: TheAdjustment) -> Response:
    """The lead unit's request for a decision."""
    return papers.request_docx(here.house, here.place, adjustment)


def _stream(here: At, adjustment: UUID) -> UUID:
    return implementation_stream(known_adjustment(here.house, here.place, adjustment).project)


def _shown(row: AdjustmentRow) -> AdjustmentShown:
    known = {name: getattr(row, name) for name in AdjustmentShown.model_fields if hasattr(row, name)}
    changes = [
        ComparedShown(
            what=line.label,
            before=line.before,
            after=line.after,
            step=line.step,
            total=line.total,
            is_major=line.is_major,
        )
        for line in shown(row).lines
    ]
    after = content_shown(row.after) if row.after is not None else None
    body = DecidedBy(row.body) if row.body else None
    return AdjustmentShown(**{**known, "id": row.adjustment, "changes": changes, "plan": after, "body": body})
