"""What is sent of implementation plans and the duty list."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.projects.plan import AnnualMilestone, ImplementationPlan, Milestone, UnitDuty
from domain.shared import Money as Yuan
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Day, Id, Money, Whole
from interfaces.api.candidates.models import ID, NAME, TargetBody
from interfaces.tables.faults import sentence
from interfaces.tables.plan_cells import plain
from interfaces.tables.plans import read_typed_plan
from interfaces.web.plans.forms import UnreadablePlan

Funds = Annotated[Money, Field(max_digits=17, decimal_places=2)]
PHONE = r"^[0-9+() \-]{0,30}$"


class MilestoneBody(Asked):
    """A dated step."""

    name: str = Field(pattern=LINE, max_length=200, description="节点。", examples=["主体完工"])
    due_on: Day = Field(description="到哪一天。", examples=["2026-06-30"])
    percent: Money = Field(
        ge=0, le=100, max_digits=5, decimal_places=2, description="到那时的累计进度，百分数。", examples=["60"]
    )


class UnitDutyBody(Asked):
    """What a unit has to do."""

    unit_name: str = Field(pattern=LINE, max_length=100, description="责任单位。", examples=["市公安局"])
    words: str = Field(pattern=LINE, max_length=500, description="做什么。", examples=["施工期间疏导交通"])
    due_on: Day | None = Field(default=None, description="到哪一天；没有为 null。", examples=["2026-06-30"])


class AnnualBody(Asked):
    """What is reached in one year of a project that crosses years."""

    year: Whole = Field(ge=2000, le=2100, description="年度。", examples=[2026])
    funds: Funds = Field(ge=0, description="当年资金，单位元。", examples=["247000000"])
    words: str = Field(pattern=LINE, max_length=500, description="完成到什么程度。", examples=["完成主体工程"])


class PlanBody(Asked):
    """An implementation plan; it may have gaps until it is published."""

    lead_unit_name: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=100,
        description="牵头单位，写单位名录里的全称。",
        examples=["市住建局"],
    )
    assisting_units: tuple[Annotated[str, Field(pattern=NAME, max_length=100)], ...] = Field(
        default=(), max_length=20, description="配合单位。", examples=[["市财政局"]]
    )
    responsible: str = Field(default="", pattern=MAYBE_LINE, max_length=60, description="责任人。", examples=["李强"])
    duty_phone: str = Field(
        default="", pattern=PHONE, description="办公值班电话，会公开；不写个人手机。", examples=["0471-5550102"]
    )
    targets: tuple[TargetBody, ...] = Field(default=(), max_length=20, description="年度目标。")
    place: str = Field(default="", pattern=MAYBE_LINE, max_length=400, description="实施地点。", examples=["新城区"])
    starts_on: Day | None = Field(default=None, description="开工日期。", examples=["2026-03-15"])
    deadline: Day | None = Field(default=None, description="完成时限。", examples=["2026-11-30"])
    total_funds: Funds | None = Field(default=None, description="总投资，单位元。", examples=["504000000"])
    year_funds: Funds | None = Field(default=None, description="当年投资，单位元。", examples=["247000000"])
    safeguards: str = Field(
        default="", pattern=LINES, max_length=2000, description="保障措施。", examples=["专班每周调度。"]
    )
    milestones: tuple[MilestoneBody, ...] = Field(default=(), max_length=60, description="时间节点，次序不限。")
    duties: tuple[UnitDutyBody, ...] = Field(default=(), max_length=60, description="责任分工。")
    annual: tuple[AnnualBody, ...] = Field(
        default=(), max_length=10, description="年度节点；完成时限跨年度的至少有票决当年的。"
    )


class SendBackBody(Asked):
    """Why a plan goes back."""

    reason: str = Field(pattern=LINE, max_length=1000, description="理由。", examples=["请写明保障措施。"])


class PublicationBody(Asked):
    """Which plans come into force, with which document."""

    projects: tuple[Id, ...] = Field(min_length=1, max_length=200, description="哪些项目。", examples=[[ID]])
    number: str = Field(pattern=LINE, max_length=60, description="文号。", examples=["青人办发〔2026〕8号"])
    on: Day = Field(description="公布日期，不晚于今天。", examples=["2026-02-28"])
    issuer: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=60,
        description="发布单位（公文落款）；空为本级人大的办公室。",
        examples=["青城市人民政府办公室"],
    )


def plan_of_body(body: PlanBody, units: dict[str, UUID]) -> ImplementationPlan:
    """The plan, its cells read as a typed one's are. Raises UnreadablePlan."""
    simple = ("lead_unit_name", "responsible", "duty_phone", "place", "safeguards")
    values = {name: str(getattr(body, name)) for name in simple}
    values["assisting_units"] = ";".join(body.assisting_units)
    values["targets"] = ";".join(f"{one.name}={plain(one.amount)}{one.unit}" for one in body.targets)
    for name in ("starts_on", "deadline"):
        day: date | None = getattr(body, name)
        values[name] = day.isoformat() if day else ""
    for name in ("total_funds", "year_funds"):
        funds: Decimal | None = getattr(body, name)
        values[name] = "" if funds is None else plain(funds / 10_000)
    plan, faults = read_typed_plan(values, units)
    if faults:
        raise UnreadablePlan(said={field: sentence(fault) for field, fault in faults.items()})
    by_day = sorted(body.milestones, key=lambda one: (one.due_on, one.percent))
    return replace(
        plan,
        milestones=tuple(
            Milestone(number=number, name=one.name.strip(), due_on=one.due_on, percent=one.percent)
            for number, one in enumerate(by_day, 1)
        ),
        duties=tuple(
            UnitDuty(unit_name=one.unit_name.strip(), words=one.words.strip(), due_on=one.due_on) for one in body.duties
        ),
        annual=tuple(
            AnnualMilestone(year=one.year, funds=Yuan(one.funds), words=one.words.strip())
            for one in sorted(body.annual, key=lambda one: one.year)
        ),
    )
