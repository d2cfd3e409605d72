"""What is sent and shown of inquiries and hearings."""

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Path
from pydantic import Field

from application.supervision.inquiries import InquiryDraft
from domain.supervision.inquiry import InquiryKind, InquiryStage
from interfaces.api._base.files import FileShown, SentDocuments, files_shown
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Day, Id, Shown, Whole
from interfaces.api.deliberation.models import Words
from interfaces.api.duties.models import PROJECT, UNIT
from projections.inquiries import InquiryRow, QuestionRow

ID: Final = "8b2e4d61-7c5f-5e93-a1d0-3f9c8e7b6a52"
DELEGATE: Final = "9f61c2de-0b77-5c44-8f10-2a64f1f1c003"

TheInquiry = Annotated[UUID, Path(description="询问或听证的标识。", examples=[ID])]
TheQuestion = Annotated[UUID, Path(description="问题或陈述的标识。", examples=[ID])]
Text = Annotated[str, Field(pattern=LINES, max_length=5000)]
MaybeLine = Annotated[str, Field(pattern=MAYBE_LINE, max_length=200)]
Line = Annotated[str, Field(pattern=LINE, max_length=200)]


class PlanBody(Asked):
    """When, where, what about, who asks and who answers."""

    topic: Line = Field(description="议题。", examples=["老旧小区改造推进情况"])
    on: Day = Field(description="日期。", examples=["2026-07-10"])
    place: Line = Field(description="地点。", examples=["机关三楼会议室"])
    starts_at: MaybeLine = Field(default="", description="开始时间，可以为空。", examples=["09:00"])
    presiding: MaybeLine = Field(default="", description="主持人，可以为空。", examples=["常委会副主任"])
    projects: list[Id] = Field(default_factory=list, max_length=50, description="涉及的项目。", examples=[[PROJECT]])
    delegates: list[Id] = Field(default_factory=list, max_length=300, description="询问代表。", examples=[[DELEGATE]])
    others: MaybeLine = Field(default="", description="其他参加人员，不写居民姓名。", examples=["居民代表 8 名"])
    units: list[Id] = Field(min_length=1, max_length=50, description="应询单位。", examples=[[UNIT]])
    background: Text = Field(default="", description="背景和目的，可以为空。", examples=["汛期积水点整改偏慢。"])

    def draft(self) -> InquiryDraft:
        """The plan."""
        told: dict[str, Any] = self.model_dump()
        told |= {name: tuple(told[name]) for name in ("projects", "delegates", "units")}
        told.pop("kind", None)
        return InquiryDraft(**told)


class NewInquiryBody(PlanBody):
    """The same with its kind."""

    kind: InquiryKind = Field(description="inquiry 专题询问，hearing 听证会。", examples=["inquiry"])


class QuestionBody(Asked):
    """A question, or what was said."""

    words: Words = Field(description="问题或陈述。", examples=["什么时候改完？"])
    delegate: Id | None = Field(
        default=None, description="询问代表；代表自己提问时不填。不是代表为 null，并写明 speaker。", examples=[DELEGATE]
    )
    speaker: MaybeLine = Field(default="", description="不是代表时写明，不写居民姓名。", examples=["居民代表"])
    unit: Id | None = Field(default=None, description="问哪个单位；全部应询单位为 null。", examples=[UNIT])


class NotedAnswerBody(Asked):
    """An answer of the day."""

    respondent: MaybeLine = Field(default="", description="答复人。", examples=["市水务局局长"])
    words: Words = Field(description="答复。", examples=["十一月底前全部完成。"])


class HoldingBody(Asked):
    """How it went."""

    on: Day = Field(description="举行日期，不晚于今天。", examples=["2026-07-10"])
    conclusion: Words = Field(description="会议情况和结论。", examples=["推进总体有力，道路恢复滞后。"])
    attending: Annotated[Whole, Field(ge=1, le=100_000)] | None = Field(
        default=None, description="到会人数；不详为 null。", examples=[46]
    )
    documents: SentDocuments = ()


class QuestionShown(Shown):
    """A question with its answer."""

    id: UUID = Field(description="标识。", examples=[ID])
    delegate: UUID | None = Field(description="询问代表；不是代表为 null。", examples=[DELEGATE])
    speaker: str = Field(description="不是代表时是谁。", examples=[""])
    unit_name: str = Field(description="问哪个单位；全部则为空。", examples=["市水务局"])
    words: str = Field(description="问题或陈述。", examples=["什么时候改完？"])
    respondent: str = Field(description="答复人。", examples=["市水务局局长"])
    answer: str = Field(description="答复；还没有则为空。", examples=["十一月底前全部完成。"])


class InquiryShown(Shown):
    """An inquiry or a hearing."""

    id: UUID = Field(description="标识。", examples=[ID])
    kind: InquiryKind = Field(description="inquiry 专题询问，hearing 听证会。", examples=["inquiry"])
    stage: InquiryStage = Field(description="进行到哪一步。", examples=["planned"])
    topic: str = Field(description="议题。", examples=["老旧小区改造推进情况"])
    on: date = Field(description="日期。", examples=["2026-07-10"])
    starts_at: str = Field(description="开始时间。", examples=["09:00"])
    place: str = Field(description="地点。", examples=["机关三楼会议室"])
    presiding: str = Field(description="主持人。", examples=["常委会副主任"])
    projects: list[UUID] = Field(description="涉及的项目。", examples=[[PROJECT]])
    delegates: list[UUID] = Field(description="询问代表。", examples=[[DELEGATE]])
    others: str = Field(description="其他参加人员。", examples=["居民代表 8 名"])
    units: list[str] = Field(description="应询单位。", examples=[["市水务局"]])
    background: str = Field(description="背景和目的。", examples=[""])
    attending: int | None = Field(description="到会人数。", examples=[46])
    conclusion: str = Field(description="会议情况和结论。", examples=[""])
    documents: list[FileShown] = Field(description="纪要的附件。")
    cancelled_because: str = Field(description="取消理由。", examples=[""])
    questions: list[QuestionShown] = Field(description="问题和答复；列表里为空，逐个读取时给出。")


def shown(row: InquiryRow, projects: list[UUID], questions: list[QuestionRow]) -> InquiryShown:
    """One of them."""
    return InquiryShown(
        id=row.inquiry,
        kind=InquiryKind(row.kind),
        stage=InquiryStage(row.stage),
        topic=row.topic,
        on=row.on,
        starts_at=row.starts_at,
        place=row.place,
        presiding=row.presiding,
        projects=projects,
        delegates=[UUID(one) for one in row.delegates],
        others=row.others,
        units=row.unit_names,
        background=row.background,
        attending=row.attending,
        conclusion=row.conclusion,
        documents=files_shown(row.files),
        cancelled_because=row.cancelled_because,
        questions=[
            QuestionShown(
                id=one.question,
                delegate=one.delegate,
                speaker=one.speaker,
                unit_name=one.unit_name,
                words=one.words,
                respondent=one.respondent,
                answer=one.answer,
            )
            for one in questions
        ],
    )
