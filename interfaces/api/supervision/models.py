"""What is sent and shown of groups, inspections and notes."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from domain.supervision.duty import WITHIN, DutyOrder
from domain.supervision.group import LARGEST
from domain.supervision.inspecting import (
    LONGEST_PLACE,
    LONGEST_TITLE,
    MOST_FINDINGS,
    MOST_PROJECTS,
    MOST_SITES,
)
from domain.supervision.inspection import InspectionKind, InspectionPlan, InspectionStage, Site
from domain.supervision.note import MOST_PHOTOS, NoteStage
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Day, Flag, Id, Money, Shown, Whole
from interfaces.api.deliberation.models import WRITTEN

ID = "0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"

TheInspection = Annotated[UUID, Path(description="视察调研的标识。", examples=[ID])]
TheNote = Annotated[UUID, Path(description="监督记录的标识。", examples=[ID])]
TheFile = Annotated[UUID, Path(description="照片的标识。", examples=[ID])]
Words = Annotated[str, Field(pattern=WRITTEN, max_length=5000)]
Reason = Annotated[str, Field(pattern=LINE, max_length=500)]
Days = Annotated[Whole, Field(ge=1, le=250)]
Degrees = Annotated[Money, Field(max_digits=7, decimal_places=4)]


class GroupBody(Asked):
    """Who watches the project."""

    name: str = Field(pattern=LINE, max_length=80, description="小组名称。", examples=["老旧小区改造代表小组"])
    leader: Id = Field(description="组长，须是成员。", examples=[ID])
    members: tuple[Id, ...] = Field(
        min_length=1, max_length=LARGEST, description="成员，须在代表名册上；组长也在内。", examples=[[ID]]
    )


class ReasonBody(Asked):
    """Why."""

    reason: Reason = Field(description="原因。", examples=["项目已经验收。"])


class MembershipShown(Shown):
    """Somebody's time in a group."""

    delegate: UUID = Field(description="代表的标识。", examples=[ID])
    joined_on: date = Field(description="加入日期。", examples=["2026-03-02"])
    left_on: date | None = Field(description="退出日期；还在小组为 null。", examples=[None])


class GroupShown(Shown):
    """A delegate group."""

    project: UUID = Field(description="项目的标识。", examples=[ID])
    year: int = Field(description="哪一年的项目。", examples=[2026])
    name: str = Field(description="小组名称。", examples=["老旧小区改造代表小组"])
    leader: UUID = Field(description="组长。", examples=[ID])
    formed_on: date = Field(description="建立日期。", examples=["2026-03-02"])
    memberships: list[MembershipShown] = Field(description="成员，已退出的也在内。")


class SiteBody(Asked):
    """A place to be seen."""

    name: str = Field(pattern=LINE, max_length=80, description="点位。", examples=["青山路 12 号院"])
    place: str = Field(default="", pattern=MAYBE_LINE, max_length=80, description="地点。", examples=["青山路中段"])
    project: Id | None = Field(default=None, description="属于哪个项目。", examples=[None])


class PlanBody(Asked):
    """An inspection to be."""

    title: str = Field(pattern=LINE, max_length=LONGEST_TITLE, description="名称。", examples=["老旧小区改造视察"])
    kind: InspectionKind = Field(
        description="inspection 视察，survey 专题调研，unannounced 暗访，group 代表小组活动。", examples=["inspection"]
    )
    on: Day = Field(description="日期。", examples=["2026-05-19"])
    projects: tuple[Id, ...] = Field(
        min_length=1, max_length=MOST_PROJECTS, description="项目，须已列入年度清单。", examples=[[ID]]
    )
    sites: tuple[SiteBody, ...] = Field(default=(), max_length=MOST_SITES, description="点位。")
    gather: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=LONGEST_PLACE,
        description="集合时间和地点。",
        examples=["8:30 机关院内"],
    )
    leader: Id | None = Field(default=None, description="带队代表。", examples=[None])
    members: tuple[Id, ...] = Field(min_length=1, max_length=1000, description="参加的代表。", examples=[[ID]])
    focus: str = Field(default="", pattern=LINES, max_length=5000, description="重点。", examples=["汛前能否用上"])
    draw: Id | None = Field(default=None, description="点位由哪次抽点产生。", examples=[None])

    def plan(self) -> InspectionPlan:
        """As the domain knows it."""
        sites = tuple(Site(name=one.name, place=one.place, project=one.project) for one in self.sites)
        kept = {name: getattr(self, name) for name in type(self).model_fields if name != "sites"}
        return InspectionPlan(**kept, sites=sites)


class ReplyBody(Asked):
    """Whether the delegate comes."""

    coming: Flag = Field(description="能否参加。", examples=[True])
    words: str = Field(
        default="", pattern=MAYBE_LINE, max_length=LONGEST_PLACE, description="不能参加的原因，须写明。", examples=[""]
    )


class OrderBody(Asked):
    """To whom a problem is given."""

    unit: Id = Field(description="负责整改的单位。", examples=[ID])
    words: Words = Field(description="要整改什么。", examples=["井盖没有复位，请立即复位。"])
    working_days: Days = Field(default=WITHIN, description="几个工作日内答复。", examples=[15])

    def order(self, project: UUID | None) -> DutyOrder:
        """As the domain knows it."""
        return DutyOrder(unit=self.unit, words=self.words, working_days=self.working_days, project=project)


class FindingBody(Asked):
    """One thing found."""

    words: Words = Field(description="内容。", examples=["井盖没有复位"])
    is_problem: Flag = Field(description="是不是问题；否则是好的做法。", examples=[True])
    project: Id | None = Field(default=None, description="属于哪个项目。", examples=[None])
    note: Id | None = Field(default=None, description="来自代表的哪条记录。", examples=[None])
    order: OrderBody | None = Field(default=None, description="交给哪个单位整改；不交办不填。")


class CorrectionBody(Asked):
    """A conclusion put right."""

    held_on: Day = Field(description="实际日期。", examples=["2026-05-19"])
    attended: tuple[Id, ...] = Field(min_length=1, max_length=1000, description="到场的代表。", examples=[[ID]])
    words: Words = Field(description="视察意见，办公室和代表可见。", examples=["总体进展好。"])
    public_words: str = Field(
        default="", pattern=LINES, max_length=5000, description="向居民公开的内容；空为不公开。", examples=[""]
    )


class ConclusionBody(CorrectionBody):
    """What came of an inspection."""

    findings: tuple[FindingBody, ...] = Field(default=(), max_length=MOST_FINDINGS, description="发现的情况。")


class ReplyShown(Shown):
    """What a delegate said."""

    delegate: UUID = Field(description="代表。", examples=[ID])
    coming: bool = Field(description="能否参加。", examples=[True])
    words: str = Field(description="不能参加的原因。", examples=[""])


class FindingShown(Shown):
    """One thing found."""

    id: UUID = Field(description="标识。", examples=[ID])
    words: str = Field(description="内容。", examples=["井盖没有复位"])
    is_problem: bool = Field(description="是不是问题。", examples=[True])
    project: UUID | None = Field(description="属于哪个项目。", examples=[None])
    duty: UUID | None = Field(description="交办的交办事项；没有交办为 null。", examples=[None])
    note: UUID | None = Field(description="来自代表的哪条记录。", examples=[None])


class SiteShown(Shown):
    """A place to be seen."""

    name: str = Field(description="点位。", examples=["青山路 12 号院"])
    place: str = Field(description="地点。", examples=["青山路中段"])
    project: UUID | None = Field(description="属于哪个项目。", examples=[None])


class InspectionShown(Shown):
    """An inspection."""

    id: UUID = Field(description="标识。", examples=[ID])
    year: int = Field(description="哪一年的监督工作。", examples=[2026])
    title: str = Field(description="名称。", examples=["老旧小区改造视察"])
    kind: InspectionKind = Field(description="方式。", examples=["inspection"])
    stage: InspectionStage = Field(
        description="planned 未通知，told 已通知，concluded 已形成意见，cancelled 已取消。", examples=["told"]
    )
    is_told: bool = Field(description="现在的安排是否已经通知代表。", examples=[True])
    on: date = Field(description="安排的日期。", examples=["2026-05-19"])
    gather: str = Field(description="集合时间和地点。", examples=["8:30 机关院内"])
    focus: str = Field(description="重点。", examples=["汛前能否用上"])
    projects: list[UUID] = Field(description="项目。", examples=[[ID]])
    sites: list[SiteShown] = Field(description="点位。")
    draw: UUID | None = Field(description="点位由哪次抽点产生。", examples=[None])
    leader: UUID | None = Field(description="带队代表。", examples=[ID])
    members: list[UUID] = Field(description="安排参加的代表。", examples=[[ID]])
    replies: list[ReplyShown] = Field(description="代表的回复。")
    held_on: date | None = Field(description="实际日期；还没有形成意见为 null。", examples=[None])
    attended: list[UUID] = Field(description="到场的代表。", examples=[[ID]])
    words: str = Field(description="视察意见。", examples=[""])
    public_words: str = Field(description="向居民公开的内容。", examples=[""])
    findings: list[FindingShown] = Field(description="发现的情况。")
    cancelled_because: str = Field(description="取消的原因。", examples=[""])


class NoteBody(Asked):
    """What a delegate saw."""

    words: str = Field(
        default="",
        pattern=LINES,
        max_length=2000,
        description="看到什么；有照片而没有问题可以不写。",
        examples=["围挡倒了"],
    )
    is_problem: Flag = Field(description="有没有问题。", examples=[True])
    place: str = Field(
        default="", pattern=MAYBE_LINE, max_length=LONGEST_PLACE, description="地点。", examples=["青山路"]
    )
    longitude: Degrees | None = Field(default=None, ge=-180, le=180, description="经度。", examples=["111.7491"])
    latitude: Degrees | None = Field(default=None, ge=-90, le=90, description="纬度。", examples=["40.8414"])
    photos: tuple[Id, ...] = Field(
        default=(), max_length=MOST_PHOTOS, description="先上传的照片的标识。", examples=[[ID]]
    )
    seen_on: Day | None = Field(default=None, description="日期；不填为今天。", examples=["2026-05-19"])
    inspection: Id | None = Field(default=None, description="在哪次视察调研中。", examples=[None])


class NoteCorrectionBody(Asked):
    """A note put right."""

    words: str = Field(default="", pattern=LINES, max_length=2000, description="看到什么。", examples=["围挡倒了"])
    place: str = Field(
        default="", pattern=MAYBE_LINE, max_length=LONGEST_PLACE, description="地点。", examples=["青山路"]
    )
    is_problem: Flag = Field(description="有没有问题。", examples=[True])


class NoteShown(Shown):
    """A delegate's note."""

    id: UUID = Field(description="标识。", examples=[ID])
    project: UUID = Field(description="项目。", examples=[ID])
    delegate: UUID = Field(description="代表。", examples=[ID])
    inspection: UUID | None = Field(description="在哪次视察调研中。", examples=[None])
    seen_on: date = Field(description="日期。", examples=["2026-05-19"])
    words: str = Field(description="看到什么。", examples=["围挡倒了"])
    place: str = Field(description="地点。", examples=["青山路"])
    longitude: Decimal | None = Field(description="经度。", examples=[None])
    latitude: Decimal | None = Field(description="纬度。", examples=[None])
    is_problem: bool = Field(description="有没有问题。", examples=[True])
    stage: NoteStage = Field(
        description="taken 待处理（有问题的），handed_over 已交办，settled 已处理，withdrawn 已撤回。",
        examples=["taken"],
    )
    photos: list[UUID] = Field(description="照片的标识。", examples=[[ID]])
