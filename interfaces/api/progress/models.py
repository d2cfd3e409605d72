"""What is sent and shown of projects under way: lights, reports, milestones, difficulties, meetings, urging."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from domain.asks.answers import Completion
from domain.files import Attached
from domain.projects.implementation import Standing
from domain.projects.implementation_facts import UrgingLevel
from domain.projects.lights import Cause, Colour
from domain.projects.reporting import MOST_PHOTOS
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Day, Id, Money, Shown, Whole
from interfaces.api.deliberation.models import WRITTEN
from interfaces.web.progress.views import ShownProject, Step
from projections.progress_board import DifficultyRow, MeetingRow, ReportRow

ID = "0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"

TheReport = Annotated[UUID, Path(description="填报的标识。", examples=[ID])]
TheNumber = Annotated[int, Path(ge=1, le=999, description="节点的序号。", examples=[1])]
TheFile = Annotated[UUID, Path(description="照片的标识。", examples=[ID])]
TheDifficulty = Annotated[UUID, Path(description="难题的标识。", examples=[ID])]
Words = Annotated[str, Field(pattern=WRITTEN, max_length=2000)]
Percent = Annotated[Money, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Yuan = Annotated[Money, Field(ge=0, max_digits=17, decimal_places=2)]


class ReachedBody(Asked):
    """A milestone and its day."""

    number: Whole = Field(ge=1, le=999, description="节点的序号。", examples=[1])
    on: Day | None = Field(default=None, description="完成日期；不填为今天。", examples=["2026-03-16"])


class ReportBody(Asked):
    """A progress report."""

    due_on: Day = Field(description="这一期的应报日期。", examples=["2026-03-20"])
    percent: Percent = Field(description="形象进度，百分数；跨年度项目为占当年年度节点的百分数。", examples=["46"])
    funds_spent: Yuan = Field(description="当年累计完成资金，单位元。", examples=["5400000"])
    words: Words = Field(description="进展情况，审核后公开。", examples=["主体施工过半。"])
    problems: str = Field(
        default="", pattern=LINES, max_length=2000, description="存在问题；进度比上次低时必须写明。", examples=[""]
    )
    reached: tuple[ReachedBody, ...] = Field(default=(), max_length=50, description="新完成的节点。")
    photos: tuple[Id, ...] = Field(
        default=(), max_length=MOST_PHOTOS, description="先上传的照片的标识。", examples=[[ID]]
    )


class ReasonBody(Asked):
    """Why something is sent or taken back."""

    reason: Words = Field(description="理由。", examples=["请补充监理签字。"])


class DayBody(Asked):
    """A day."""

    on: Day = Field(description="完成日期，不晚于今天。", examples=["2026-03-16"])


class DifficultyBody(Asked):
    """A difficulty."""

    words: Words = Field(description="什么难题。", examples=["燃气管线权属不清。"])
    needs: str = Field(default="", pattern=LINES, max_length=2000, description="请求怎样解决。", examples=["请协调。"])


class ResolutionBody(Asked):
    """How it was settled."""

    words: Words = Field(description="怎样解决的。", examples=["权属已明确。"])


class DecisionBody(Asked):
    """What a meeting decided on one difficulty."""

    project: Id = Field(description="项目的标识。", examples=[ID])
    difficulty: Id = Field(description="难题的标识。", examples=[ID])
    words: Words = Field(description="议定了什么。", examples=["由市水务局牵头，月底前迁完。"])
    unit_name: str = Field(
        default="", pattern=MAYBE_LINE, max_length=100, description="落实单位。", examples=["市水务局"]
    )
    due_on: Day | None = Field(default=None, description="办结期限。", examples=["2026-04-20"])


class MeetingBody(Asked):
    """A meeting of the leading group."""

    year: Whole = Field(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])
    title: str = Field(pattern=LINE, max_length=200, description="会议名称。", examples=["领导小组第二次会议"])
    held_on: Day = Field(description="召开日期，不晚于今天。", examples=["2026-04-02"])
    chair: str = Field(
        default="", pattern=MAYBE_LINE, max_length=100, description="主持人职务。", examples=["常务副市长"]
    )
    words: str = Field(default="", pattern=LINES, max_length=5000, description="会议内容。", examples=[""])
    decisions: tuple[DecisionBody, ...] = Field(
        default=(), max_length=50, description="议定事项，要么全部登记，要么都不。"
    )
    document: Id | None = Field(default=None, description="先上传的会议纪要的标识，可以没有。", examples=[ID])


class UrgingBody(Asked):
    """One step of escalation."""

    level: UrgingLevel = Field(description="督办方式，只能相同或者加码。", examples=["reminder"])
    words: Words = Field(description="督办内容，牵头单位看得到。", examples=["请尽快填报。"])
    due_on: Day | None = Field(default=None, description="要求办结日期。", examples=["2026-04-10"])


class LightShown(Shown):
    """The light of a project on this day."""

    colour: Colour = Field(description="颜色，由系统计算。", examples=["yellow"])
    cause: Cause = Field(description="为什么。", examples=["difference"])
    words: str = Field(description="办法里叫什么。", examples=["进度偏慢"])
    reason: str = Field(description="给人看的理由。", examples=["比计划慢 10 个百分点"])


class MilestoneShown(Shown):
    """A milestone of the plan in force."""

    number: int = Field(description="序号。", examples=[1])
    name: str = Field(description="名称。", examples=["全面开工"])
    due_on: date = Field(description="应完成的日期。", examples=["2026-04-30"])
    percent: Decimal = Field(description="到这一天的计划进度，百分数。", examples=["40"])
    reached_on: date | None = Field(description="完成日期；没有完成为 null。", examples=[None])
    days_late: int = Field(description="逾期或者晚完成的天数。", examples=[0])


class UrgingShown(Shown):
    """One step of escalation."""

    level: UrgingLevel = Field(description="督办方式。", examples=["reminder"])
    on: date = Field(description="日期。", examples=["2026-04-02"])
    words: str = Field(description="内容。", examples=["请尽快填报。"])
    due_on: date | None = Field(description="要求办结日期。", examples=["2026-04-10"])


class ProjectLine(Shown):
    """An adopted project on the board."""

    id: UUID = Field(description="项目的标识。", examples=[ID])
    year: int = Field(description="哪一年的项目。", examples=[2026])
    number: int | None = Field(description="在年度清单上的号。", examples=[1])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    lead_unit: str = Field(description="牵头单位。", examples=["市住建局"])
    plan_stage: str = Field(description="计划到哪一步：空、filed、sent_back、published。", examples=["published"])
    standing: Standing = Field(description="在实施、暂缓还是终止。", examples=["under_way"])
    light: LightShown | None = Field(description="亮灯；计划公布以前为 null。")
    actual: Decimal = Field(description="形象进度，百分数。", examples=["46"])
    planned: Decimal = Field(description="今天的计划进度，百分数，一位小数。", examples=["50"])
    funds: Decimal | None = Field(description="当年计划资金，单位元；跨年度的为年度节点的资金。", examples=["12000000"])
    spent: Decimal = Field(description="当年累计完成资金，单位元。", examples=["5400000"])
    missing: list[date] = Field(description="过期没有填报的应报日期。", examples=[[]])
    next_due_on: date | None = Field(description="下一次应报日期。", examples=["2026-06-22"])
    open_difficulties: int = Field(description="没有解决的难题。", examples=[0])
    accepted_on: date | None = Field(description="验收日期。", examples=[None])
    completion: Completion | None = Field(description="年底完成情况。", examples=[None])


class ProjectShown(ProjectLine):
    """One project with its milestones and how it was urged."""

    milestones: list[MilestoneShown] = Field(description="节点。")
    urged: list[UrgingShown] = Field(description="督办记录。")


class ReportShown(Shown):
    """A progress report."""

    id: UUID = Field(description="标识。", examples=[ID])
    project: UUID = Field(description="项目的标识。", examples=[ID])
    due_on: date = Field(description="应报日期。", examples=["2026-03-20"])
    given_on: date = Field(description="报送日期。", examples=["2026-03-21"])
    days_late: int = Field(description="逾期几天。", examples=[1])
    percent: Decimal = Field(description="形象进度，百分数。", examples=["46"])
    funds_spent: Decimal = Field(description="当年累计完成资金，单位元。", examples=["5400000"])
    words: str = Field(description="进展情况。", examples=["主体施工过半。"])
    problems: str = Field(description="存在问题。", examples=[""])
    photos: list[UUID] = Field(description="照片的标识。", examples=[[ID]])
    stage: str = Field(description="到哪一步：given、sent_back、approved、replaced。", examples=["given"])
    reason: str = Field(description="退回理由。", examples=[""])
    checked_on: date | None = Field(description="审核日期。", examples=[None])


class DecisionShown(Shown):
    """What a meeting decided."""

    meeting: UUID = Field(description="会议的标识。", examples=[ID])
    title: str = Field(description="会议名称。", examples=["领导小组第二次会议"])
    held_on: date = Field(description="召开日期。", examples=["2026-04-02"])
    words: str = Field(description="议定了什么。", examples=["由市水务局牵头。"])
    unit_name: str = Field(description="落实单位。", examples=["市水务局"])
    due_on: date | None = Field(description="办结期限。", examples=["2026-04-20"])


class DifficultyShown(Shown):
    """A difficulty."""

    id: UUID = Field(description="标识。", examples=[ID])
    project: UUID = Field(description="项目的标识。", examples=[ID])
    project_name: str = Field(description="项目名称。", examples=["老旧小区改造"])
    raised_on: date = Field(description="提出日期。", examples=["2026-04-01"])
    words: str = Field(description="什么难题。", examples=["燃气管线权属不清。"])
    needs: str = Field(description="请求怎样解决。", examples=["请协调。"])
    decisions: list[DecisionShown] = Field(description="领导小组议定的。")
    resolved_on: date | None = Field(description="解决日期。", examples=[None])
    resolved_by: str = Field(description="怎样解决的。", examples=[""])


class MeetingShown(Shown):
    """A meeting of the leading group."""

    id: UUID = Field(description="标识。", examples=[ID])
    title: str = Field(description="会议名称。", examples=["领导小组第二次会议"])
    held_on: date = Field(description="召开日期。", examples=["2026-04-02"])
    chair: str = Field(description="主持人。", examples=["常务副市长"])
    words: str = Field(description="会议内容。", examples=[""])
    minutes: str = Field(description="会议纪要的文件名；没有则为空。", examples=["会议纪要.pdf"])


def line(one: ShownProject) -> dict[str, object]:
    """The fields of a board line."""
    row, light = one.row, one.light
    return {
        "id": row.project,
        "year": row.year,
        "number": row.number,
        "name": row.name,
        "lead_unit": row.lead_unit_name,
        "plan_stage": row.plan_stage,
        "standing": Standing(row.standing),
        "light": LightShown(colour=light.colour, cause=light.cause, words=one.words, reason=one.reason)
        if light
        else None,
        "actual": one.actual,
        "planned": one.planned,
        "funds": row.funds(one.today),
        "spent": row.spent(one.today),
        "missing": list(one.missing),
        "next_due_on": one.coming,
        "open_difficulties": row.open_difficulties,
        "accepted_on": row.accepted.on if row.accepted else None,
        "completion": row.completion.completion if row.completion else None,
    }


def milestone(step: Step) -> MilestoneShown:
    """A milestone on this day."""
    of = step.milestone
    return MilestoneShown(
        number=of.number,
        name=of.name,
        due_on=of.due_on,
        percent=of.percent,
        reached_on=step.reached_on,
        days_late=step.late,
    )


def project_shown(one: ShownProject) -> ProjectShown:
    """A project with its milestones."""
    urged = [
        UrgingShown(level=UrgingLevel(step.level), on=step.on, words=step.words, due_on=step.due_on)
        for step in one.row.urged
    ]
    return ProjectShown.model_validate({**line(one), "milestones": [milestone(s) for s in one.steps], "urged": urged})


def report_shown(row: ReportRow, days_late: int) -> ReportShown:
    """A report."""
    return ReportShown(
        id=row.report,
        project=row.project,
        due_on=row.due_on,
        given_on=row.given_on,
        days_late=days_late,
        percent=row.percent,
        funds_spent=row.spent,
        words=row.words,
        problems=row.problems,
        photos=_files(row.photos),
        stage=row.stage,
        reason=row.reason,
        checked_on=row.checked_on,
    )


def difficulty_shown(row: DifficultyRow) -> DifficultyShown:
    """A difficulty."""
    return DifficultyShown(
        id=row.difficulty,
        project=row.project,
        project_name=row.project_name,
        raised_on=row.raised_on,
        words=row.words,
        needs=row.needs,
        decisions=[DecisionShown(**one._asdict()) for one in row.decisions],
        resolved_on=row.resolved_on,
        resolved_by=row.resolved_by,
    )


def meeting_shown(row: MeetingRow) -> MeetingShown:
    """A meeting."""
    same = {name: getattr(row, name) for name in ("title", "held_on", "chair", "words", "minutes")}
    return MeetingShown(id=row.meeting, **same)


def _files(photos: tuple[Attached, ...]) -> list[UUID]:
    return [one.file for one in photos]
