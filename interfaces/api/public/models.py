"""What everybody may know."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from domain.asks.answers import Completion
from domain.congress.congress import Level
from domain.projects.lights import Cause, Colour
from domain.projects.project import Stage
from interfaces.api._base.models import Money, Shown
from interfaces.public.projects.standing import Shown as Standing
from projections.congress_directory import ListedCongress
from projections.public_page import PublicPage
from projections.voted_list import VotedList, VotedProject

_CODE = "7K2M9QXA"


class PublicCongress(Shown):
    """A congress."""

    slug: str = Field(description="在地址中的用词。", examples=["qingcheng"])
    name: str = Field(description="全称。", examples=["青城市人民代表大会"])
    short_name: str = Field(description="简称。", examples=["青城市"])
    level: Level = Field(description="层级。", examples=["city"])
    parent: str | None = Field(description="上级大会在地址中的用词；没有则为 null。", examples=[None])
    years: list[int] = Field(description="有年度清单的年份，新的在前。", examples=[[2026, 2025]])


class Votes(Shown):
    """How a project was voted."""

    votes_for: int = Field(description="赞成票。", examples=[301])
    against: int = Field(description="反对票。", examples=[8])
    abstain: int = Field(description="弃权票。", examples=[4])


class Light(Shown):
    """How a project stands against its published plan today."""

    colour: Colour = Field(description="灯色，按亮灯办法自动计算。", examples=["green"])
    cause: Cause = Field(description="亮这个灯的原因。", examples=["difference"])
    words: str = Field(description="灯的含义，给人看的话。", examples=["正常推进"])
    reason: str = Field(description="原因的说明；没有则为空。", examples=["比计划慢 3 个百分点"])
    percent: Decimal = Field(description="当年经审核的实际进度，百分比；还没有报告的为 0。", examples=["82"])
    planned_percent: Decimal = Field(description="今天的计划进度，百分比。", examples=["85.3"])


class PublicProject(Shown):
    """A project of a voted list."""

    code: str = Field(description="公开短码，印在二维码下面。", examples=[_CODE])
    number: int | None = Field(description="在清单中的序号；未列入的为 null。", examples=[1])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    category: str = Field(description="类别。", examples=["城市更新"])
    content: str = Field(description="建设内容。", examples=["改造老旧小区 30 个。"])
    place: str = Field(description="地点。", examples=["青城市"])
    lead_unit: str = Field(description="牵头单位。", examples=["市住建局"])
    total_funds: Money | None = Field(description="总投资，单位元；未填写则为 null。", examples=["504000000"])
    beneficiary_count: int | None = Field(description="受益人数；未填写则为 null。", examples=[93000])
    finishes_on: date | None = Field(description="完成日期；未填写则为 null。", examples=["2026-12-31"])
    votes: Votes | None = Field(description="得票；票决办法不公布票数的为 null。")
    light: Light | None = Field(description="今天的灯；实施计划公布以前为 null。")


class YearList(Shown):
    """The annual voted list of a congress."""

    congress: str = Field(description="大会在地址中的用词。", examples=["qingcheng"])
    year: int = Field(description="年份。", examples=[2026])
    notice_number: str = Field(description="公告文号。", examples=["青人大公告〔2026〕1号"])
    announced_on: date = Field(description="公告日期。", examples=["2026-01-24"])
    total_funds: Money = Field(description="总投资之和，单位元。", examples=["5040000000"])
    projects: list[PublicProject] = Field(description="列入清单的项目，按序号。")


class Outcome(Shown):
    """What became of one candidate."""

    code: str = Field(description="公开短码。", examples=[_CODE])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    outcome: Literal["adopted", "below_quota", "not_passed"] = Field(
        description="列入；达到通过票数但名次在应选数之后；未达到通过票数。", examples=["adopted"]
    )
    number: int | None = Field(description="在清单中的序号；未列入的为 null。", examples=[1])
    rank: int | None = Field(description="名次；不公布票数的为 null。", examples=[1])
    votes: Votes | None = Field(description="得票；票决办法不公布票数的为 null。")


class Result(Shown):
    """A declared result."""

    congress: str = Field(description="大会在地址中的用词。", examples=["qingcheng"])
    year: int = Field(description="年份。", examples=[2026])
    notice_number: str = Field(description="公告文号。", examples=["青人大公告〔2026〕1号"])
    announced_on: date = Field(description="公告日期。", examples=["2026-01-24"])
    all_delegates: int | None = Field(description="全体代表。", examples=[327])
    attending: int | None = Field(description="到会代表。", examples=[314])
    needed: int | None = Field(description="通过所需的赞成票；不公布票数或没有最低票数的为 null。", examples=[164])
    outcomes: list[Outcome] = Field(description="各候选项目：先列入的，再未列入的。")


class Progress(Shown):
    """The last progress the office approved."""

    percent: float = Field(description="完成百分比。", examples=[60])
    funds_spent: Money = Field(description="已支出资金，单位元。", examples=["302000000"])
    on: date = Field(description="报告日期。", examples=["2026-07-10"])


class Target(Shown):
    """What the project is to bring, in numbers."""

    name: str = Field(description="名称。", examples=["改造小区"])
    amount: Decimal = Field(description="数量。", examples=["30"])
    unit: str = Field(description="计量单位。", examples=["个"])


class TimelineLine(Shown):
    """One line of a project's way."""

    on: date = Field(description="日期。", examples=["2026-01-24"])
    kind: str = Field(description="种类，给程序看的固定用词。", examples=["adopted"])
    heading: str = Field(description="属于哪一问；没有则为空。", examples=[""])
    said: str = Field(description="发生了什么，用话说。", examples=["经代表票决列入年度清单，第 1 项。"])
    more: list[str] = Field(description="报告人的补充。", examples=[[]])


class ProjectPage(Shown):
    """A project as residents see it."""

    code: str = Field(description="公开短码。", examples=[_CODE])
    congress: str = Field(description="大会在地址中的用词。", examples=["qingcheng"])
    year: int = Field(description="年份。", examples=[2026])
    stage: Stage = Field(description="阶段。", examples=["adopted"])
    number: int | None = Field(description="序号；没有则为 null。", examples=[1])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    category: str = Field(description="类别。", examples=["城市更新"])
    purpose: str = Field(description="目的。", examples=["改善居住条件。"])
    content: str = Field(description="建设内容。", examples=["改造老旧小区 30 个。"])
    place: str = Field(description="地点。", examples=["青城市"])
    targets: list[Target] = Field(description="建设规模。")
    total_funds: Money | None = Field(description="总投资，单位元；未填写则为 null。", examples=["504000000"])
    beneficiaries: str = Field(description="受益群众。", examples=["老旧小区居民"])
    beneficiary_count: int | None = Field(description="受益人数；未填写则为 null。", examples=[93000])
    starts_on: date | None = Field(description="开工日期；未填写则为 null。", examples=["2026-03-01"])
    finishes_on: date | None = Field(description="完成日期；未填写则为 null。", examples=["2026-12-31"])
    lead_unit: str = Field(description="牵头单位。", examples=["市住建局"])
    duty_phone: str | None = Field(description="值班电话；没有则为 null。", examples=["0471-1234567"])
    progress: Progress | None = Field(description="最近一次经审核或者认可的进展；还没有则为 null。")
    light: Light | None = Field(description="今天的灯；实施计划公布以前为 null。")
    completion: Completion | None = Field(description="年底报告的完成情况；还没有则为 null。", examples=[None])
    updated_on: date = Field(description="最近更新的日期。", examples=["2026-07-12"])
    address: str = Field(description="给人看的页面。", examples=[f"https://rd.example.cn/p/{_CODE}"])
    timeline: list[TimelineLine] = Field(description="经过，新的在前。")


def project_of(voted: VotedProject, announced: VotedList, now: Standing | None) -> PublicProject:
    """A project of the list; votes only where the rule profile lets them be published."""
    return PublicProject(
        code=voted.code,
        number=voted.number,
        name=voted.name,
        category=voted.category,
        content=voted.content,
        place=voted.place,
        lead_unit=voted.lead_unit,
        total_funds=voted.total_funds,
        beneficiary_count=voted.beneficiary_count,
        finishes_on=voted.finishes_on,
        votes=votes_of(voted, announced),
        light=light_of(now),
    )


def light_of(now: Standing | None) -> Light | None:
    """The light, once the plan is published."""
    if now is None:
        return None
    return Light(
        colour=now.colour,
        cause=now.cause,
        words=now.status.words,
        reason=now.status.reason,
        percent=now.last.percent,
        planned_percent=now.planned,
    )


def progress_of(page: PublicPage, now: Standing | None) -> Progress | None:
    """The last progress that was checked: of the year that counts, else what was answered to the ask."""
    last = now.last if now else None
    if last is not None and last.on is not None and last.spent is not None:
        return Progress(percent=float(last.percent), funds_spent=last.spent, on=last.on)
    return Progress(**page.progress) if page.progress else None


def outcome_of(voted: VotedProject, announced: VotedList) -> Outcome:
    """What became of a candidate (rule 7: a majority below the cut is said, too)."""
    is_adopted = voted.stage == Stage.ADOPTED
    return Outcome(
        code=voted.code,
        name=voted.name,
        outcome="adopted" if is_adopted else "below_quota" if voted.passed else "not_passed",
        number=voted.number if is_adopted else None,
        rank=voted.rank if announced.full_counts else None,
        votes=votes_of(voted, announced),
    )


def votes_of(voted: VotedProject, announced: VotedList) -> Votes | None:
    """The votes, where they may be published."""
    if not announced.full_counts or voted.votes_for is None or voted.against is None or voted.abstain is None:
        return None
    return Votes(votes_for=voted.votes_for, against=voted.against, abstain=voted.abstain)


def congress_of(congress: ListedCongress, slugs: dict[object, str], years: list[int]) -> PublicCongress:
    """A congress with the years it has lists for."""
    return PublicCongress(
        slug=congress.slug,
        name=congress.name,
        short_name=congress.short_name,
        level=Level(congress.level),
        parent=slugs.get(congress.parent),
        years=years,
    )
