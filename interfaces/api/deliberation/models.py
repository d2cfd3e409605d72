"""What is sent and shown of remarks, questions and their answers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from domain.projects.remark import RemarkKind, RemarkStage
from interfaces.api._base.models import LINE, Asked, Day, Id, Shown
from interfaces.web.deliberation.views import ProjectRemarks
from projections.deliberation import RemarkRow

ID = "7e1d2c3b-4a59-5b6c-8d7e-9f0a1b2c3d4e"
WRITTEN = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*[^\s\x00-\x1F\x7F][^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$"
"""Several lines in which something is written."""

TheRemark = Annotated[UUID, Path(description="意见或提问的标识。", examples=[ID])]
Words = Annotated[str, Field(pattern=WRITTEN, max_length=5000)]


class RemarkBody(Asked):
    """A delegation's remark."""

    kind: RemarkKind = Field(description="种类。", examples=["suggestion"])
    words: Words = Field(description="内容，一条只写一件事。", examples=["先治理学校周边的易涝点。"])
    delegation: str | None = Field(
        default=None,
        pattern=LINE,
        max_length=100,
        description="代表团，须在名册上；代表自己提时不填，记为本代表团的意见。",
        examples=["青山区代表团"],
    )
    on: Day | None = Field(default=None, description="提出日期；不填为今天。", examples=["2026-01-12"])


class CorrectionBody(Asked):
    """A remark put right."""

    kind: RemarkKind = Field(description="种类；代表提问始终是提问。", examples=["suggestion"])
    words: Words = Field(description="内容。", examples=["先治理学校周边的易涝点。"])
    on: Day = Field(description="提出日期。", examples=["2026-01-12"])


class QuestionBody(Asked):
    """A delegate's question."""

    words: Words = Field(description="问题，答复全体代表可见。", examples=["资金何时到位？"])


class AnswerBody(Asked):
    """An answer."""

    words: Words = Field(description="答复。", examples=["三月底前到位七成。"])


class ReasonBody(Asked):
    """Why something is taken or sent back."""

    reason: Words = Field(description="理由。", examples=["没有说明金额。"])


class AssignmentBody(Asked):
    """Who is to answer by when."""

    unit: Id = Field(description="承办单位的标识。", examples=["4f16c9c2-a017-52b7-9d4b-f5491a8e542a"])
    due_on: Day = Field(description="答复期限，不早于今天。", examples=["2026-01-17"])


class RemarkShown(Shown):
    """A remark or a question."""

    id: UUID = Field(description="标识。", examples=[ID])
    project: UUID = Field(description="候选项目的标识。", examples=["0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"])
    is_question: bool = Field(description="是否代表会前提问；否则是代表团的审议意见。", examples=[False])
    kind: RemarkKind = Field(description="种类。", examples=["suggestion"])
    delegation: str = Field(description="代表团。", examples=["青山区代表团"])
    delegate: UUID | None = Field(description="提出的代表；办公室登记的为 null。", examples=[None])
    words: str = Field(description="内容。", examples=["先治理学校周边的易涝点。"])
    on: date = Field(description="提出日期。", examples=["2026-01-12"])
    stage: RemarkStage = Field(description="办理到哪一步。", examples=["answered"])
    unit: UUID | None = Field(description="承办单位；还没有交办为 null。", examples=[None])
    unit_name: str = Field(description="承办单位名称。", examples=["市水务局"])
    due_on: date | None = Field(description="答复期限；不用答复为 null。", examples=["2026-01-17"])
    is_overdue: bool = Field(description="是否逾期未答复。", examples=[False])
    answer: str = Field(description="答复；还没有则为空。", examples=["已排在第一批。"])
    answered_by: str = Field(description="答复的单位；政府办公室或还没有答复则为空。", examples=["市水务局"])
    answered_on: date | None = Field(description="答复日期。", examples=["2026-01-15"])
    sent_back_because: str = Field(description="最近一次退回的理由。", examples=[""])
    taken_back_because: str = Field(description="撤回的理由。", examples=[""])


class ProjectSummary(Shown):
    """What was said about one candidate, counted."""

    project: UUID = Field(description="候选项目的标识。", examples=["0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"])
    number: int | None = Field(description="编号。", examples=[1])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    support: int = Field(description="支持几条。", examples=[2])
    suggestion: int = Field(description="建议几条。", examples=[3])
    question: int = Field(description="询问几条。", examples=[0])
    objection: int = Field(description="反对几条。", examples=[1])
    questions_of_delegates: int = Field(description="代表会前提问几条。", examples=[4])
    delegations: list[str] = Field(description="提出意见的代表团。", examples=[["青山区代表团"]])
    answered: int = Field(description="已答复几条。", examples=[5])
    waiting: int = Field(description="待答复几条。", examples=[2])
    overdue: int = Field(description="逾期几条。", examples=[0])


class YearSummary(Shown):
    """The year's remarks, counted."""

    year: int = Field(description="哪一年。", examples=[2026])
    closed_by: str | None = Field(
        description="已截止的原因：vote 交付票决，office 办公室截止；还在收集为 null。", examples=[None]
    )
    projects: list[ProjectSummary] = Field(description="逐项目。")


def shown(row: RemarkRow, today: date) -> RemarkShown:
    """A remark on a day."""
    return RemarkShown(
        id=row.remark,
        project=row.project,
        is_question=row.is_question,
        kind=RemarkKind(row.kind),
        delegation=row.delegation,
        delegate=row.delegate,
        words=row.words,
        on=row.said_on,
        stage=RemarkStage(row.stage),
        unit=row.unit,
        unit_name=row.unit_name,
        due_on=row.due_on,
        is_overdue=row.is_overdue(today),
        answer=row.answer,
        answered_by=row.answered_by_name,
        answered_on=row.answered_on,
        sent_back_because=row.sent_back_because,
        taken_back_because=row.taken_back_because,
    )


def project_shown(one: ProjectRemarks) -> ProjectSummary:
    """A candidate's counts."""
    return ProjectSummary(
        project=one.project,
        number=one.number,
        name=one.name,
        **one.kinds,
        questions_of_delegates=one.questions,
        delegations=list(one.delegations),
        answered=one.answered,
        waiting=one.waiting,
        overdue=one.overdue,
    )
