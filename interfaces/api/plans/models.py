"""What is shown of implementation plans and the duty list."""

from datetime import date
from uuid import UUID

from pydantic import Field

from domain.projects.adjustment_facts import Departure
from domain.projects.plan import ImplementationPlan, PlanGap
from interfaces.api._base.models import Money, Shown
from interfaces.api.candidates.models import ID, TargetShown
from interfaces.web.plans.desk import ListedPlan
from interfaces.web.plans.words import departure_said, gap_said
from projections.plans import Publication


class MilestoneShown(Shown):
    """A dated step."""

    number: int = Field(description="序号，按日期。", examples=[1])
    name: str = Field(description="节点。", examples=["主体完工"])
    due_on: date = Field(description="到哪一天。", examples=["2026-06-30"])
    percent: Money = Field(description="累计进度，百分数。", examples=["60"])


class UnitDutyShown(Shown):
    """What a unit has to do."""

    unit_name: str = Field(description="责任单位。", examples=["市公安局"])
    words: str = Field(description="做什么。", examples=["施工期间疏导交通"])
    due_on: date | None = Field(description="到哪一天；没有为 null。", examples=["2026-06-30"])


class AnnualShown(Shown):
    """What is reached in one year."""

    year: int = Field(description="年度。", examples=[2026])
    funds: Money = Field(description="当年资金，单位元。", examples=["247000000"])
    words: str = Field(description="完成到什么程度。", examples=["完成主体工程"])


class PlanContent(Shown):
    """A plan."""

    lead_unit: UUID | None = Field(description="牵头单位的标识；不在单位名录里为 null。", examples=[ID])
    lead_unit_name: str = Field(description="牵头单位。", examples=["市住建局"])
    assisting_units: list[str] = Field(description="配合单位。", examples=[["市财政局"]])
    responsible: str = Field(description="责任人。", examples=["李强"])
    duty_phone: str = Field(description="值班电话。", examples=["0471-5550102"])
    targets: list[TargetShown] = Field(description="年度目标。")
    place: str = Field(description="实施地点。", examples=["新城区"])
    starts_on: date | None = Field(description="开工日期；没有为 null。", examples=["2026-03-15"])
    deadline: date | None = Field(description="完成时限；没有为 null。", examples=["2026-11-30"])
    total_funds: Money | None = Field(description="总投资，单位元；没有为 null。", examples=["504000000"])
    year_funds: Money | None = Field(description="当年投资，单位元；没有为 null。", examples=["247000000"])
    safeguards: str = Field(description="保障措施。", examples=["专班每周调度。"])
    milestones: list[MilestoneShown] = Field(description="时间节点。")
    duties: list[UnitDutyShown] = Field(description="责任分工。")
    annual: list[AnnualShown] = Field(description="年度节点。")


class PlanGapShown(Shown):
    """What keeps a plan from being published."""

    field: str = Field(description="哪一项。", examples=["safeguards"])
    code: str = Field(description="哪里不对，给程序看的固定用词。", examples=["missing"])
    detail: str = Field(description="给人看的话。", examples=["还没有填写"])


class DepartureShown(Shown):
    """In what a plan departs from what was adopted."""

    field: str = Field(description="哪一项，给程序看的固定用词。", examples=["target"])
    name: str = Field(description="年度目标的名称；别的为空。", examples=["雨水管网"])
    percent: Money | None = Field(description="变化的百分数；不是数字的为 null。", examples=["-40.00"])
    detail: str = Field(description="给人看的话。", examples=["年度目标“雨水管网”由42公里改为30公里（−28.57%）"])


class PlanShown(Shown):
    """The plan of an adopted project: in force, filed, or what the card that was voted on already says."""

    project: UUID = Field(description="项目的标识。", examples=[ID])
    number: int = Field(description="在年度票决清单中的序号。", examples=[1])
    name: str = Field(description="项目名称。", examples=["老旧小区改造"])
    year: int = Field(description="哪一年的项目。", examples=[2026])
    standing: str = Field(
        description="`none` 待填报、`filed` 待公布、`sent_back` 退回修改、`published` 已公布。", examples=["filed"]
    )
    implementation: str = Field(
        description="`under_way` 实施中、`suspended` 已暂缓、`terminated` 已终止。", examples=["under_way"]
    )
    sent_back_because: str = Field(description="退回理由；没有退回为空。", examples=[""])
    filed_on: date | None = Field(description="填报日期；没有填报为 null。", examples=["2026-02-10"])
    published_on: date | None = Field(description="公布日期；没有公布为 null。", examples=["2026-02-28"])
    gaps: list[PlanGapShown] = Field(description="公布以前还要补齐的。")
    departures: list[DepartureShown] = Field(description="填报的计划改变了票决内容的地方；有则不能公布。")
    plan: PlanContent = Field(description="现行的计划；没有公布的是填报的；没有填报的是票决时卡片上写明的。")


class PublicationShown(Shown):
    """The duty list or a supplement, as it was made known."""

    part: int = Field(description="第几次公布，1 是清单，以后是补充。", examples=[1])
    number: str = Field(description="文号。", examples=["青人办发〔2026〕8号"])
    published_on: date = Field(description="公布日期。", examples=["2026-02-28"])
    issuer: str = Field(description="发布单位；空为本级人大的办公室。", examples=["青城市人民政府办公室"])
    projects: list[UUID] = Field(description="哪些项目。", examples=[[ID]])


class DutyListShown(Shown):
    """The duty list of a year."""

    year: int = Field(description="哪一年的项目。", examples=[2026])
    publications: list[PublicationShown] = Field(description="公布和补充，按先后。")


class ImportedPlans(Shown):
    """Whose plans were filed."""

    projects: list[UUID] = Field(description="填报了计划的项目，按文件的次序。", examples=[[ID]])


def plan_shown(one: ListedPlan) -> PlanShown:
    """As it is shown."""
    row = one.row
    return PlanShown(
        project=one.project,
        number=one.number,
        name=one.name,
        year=one.year,
        standing=one.standing,
        implementation=row.standing if row else "under_way",
        sent_back_because=row.sent_back_because if row else "",
        filed_on=row.filed_on if row else None,
        published_on=row.published_on if row else None,
        gaps=gaps_shown(one.gaps),
        departures=[departure_shown(departure) for departure in one.departed],
        plan=content_shown(one.plan),
    )


def content_shown(plan: ImplementationPlan) -> PlanContent:
    """A plan's fields."""
    known = {name: getattr(plan, name) for name in PlanContent.model_fields}
    lines = {
        "targets": [TargetShown(name=one.name, amount=one.amount, unit=one.unit) for one in plan.targets],
        "assisting_units": list(plan.assisting_units),
        "milestones": [
            MilestoneShown(number=one.number, name=one.name, due_on=one.due_on, percent=one.percent)
            for one in plan.milestones
        ],
        "duties": [UnitDutyShown(unit_name=one.unit_name, words=one.words, due_on=one.due_on) for one in plan.duties],
        "annual": [AnnualShown(year=one.year, funds=one.funds, words=one.words) for one in plan.annual],
    }
    return PlanContent(**{**known, **lines})


def gaps_shown(gaps: tuple[PlanGap, ...]) -> list[PlanGapShown]:
    """In the language of the request."""
    return [PlanGapShown(field=gap.field, code=gap.fault.value, detail=gap_said(gap)) for gap in gaps]


def departure_shown(one: Departure) -> DepartureShown:
    """In the language of the request."""
    return DepartureShown(field=one.field.value, name=one.name, percent=one.percent, detail=departure_said(one))


def duty_list_shown(year: int, published: list[Publication]) -> DutyListShown:
    """As it is shown."""
    parts = [
        PublicationShown(
            part=part,
            number=one.number,
            published_on=one.published_on,
            issuer=one.issuer,
            projects=list(one.projects),
        )
        for part, one in enumerate(published, 1)
    ]
    return DutyListShown(year=year, publications=parts)
