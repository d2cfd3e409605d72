"""What is sent and shown of duties."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from fastapi import Path
from pydantic import Field

from domain.supervision.duty import WITHIN, DutyOutcome, DutySource, DutyStage, EscalationStep
from domain.supervision.handling import LONGEST_TERM
from interfaces.api._base.files import FileShown, SentDocuments, files_shown
from interfaces.api._base.models import LINES, MAYBE_LINE, Asked, Day, Id, Shown, Whole
from interfaces.api.deliberation.models import Words
from interfaces.web.duties import views
from projections.duties import DutyRow, DutyStep

ID: Final = "2f7b1c90-6d3e-5a41-9b8c-7e6d5c4b3a29"
UNIT: Final = "4f16c9c2-a017-52b7-9d4b-f5491a8e542a"
PROJECT: Final = "0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"

TheFile = Annotated[UUID, Path(description="附件的标识。", examples=[ID])]
TheDuty = Annotated[UUID, Path(description="交办事项的标识。", examples=[ID])]
Reason = Annotated[str, Field(pattern=LINES, max_length=500)]
Term = Annotated[Whole, Field(ge=1, le=LONGEST_TERM)]


class OrderBody(Asked):
    """What is to be put right, by whom and how soon."""

    unit: Id = Field(description="承办单位的标识。", examples=[UNIT])
    words: Words = Field(description="要整改什么，一件只写一个问题。", examples=["三处积水点月底前改完。"])
    working_days: Term = Field(default=WITHIN, description="几个工作日内办理。", examples=[15])
    project: Id | None = Field(default=None, description="涉及的项目；不涉及为 null。", examples=[PROJECT])


class ChangeBody(Asked):
    """A duty put right."""

    unit: Id = Field(description="承办单位的标识。", examples=[UNIT])
    words: Words = Field(description="交办内容。", examples=["三处积水点月底前改完。"])
    due_on: Day = Field(description="办理期限；更改时不早于今天。", examples=["2026-07-15"])
    project: Id | None = Field(default=None, description="涉及的项目；不涉及为 null。", examples=[PROJECT])
    reason: Words = Field(description="更正或延期理由。", examples=["归口有误。"])


class AnswerBody(Asked):
    """What the unit did."""

    outcome: DutyOutcome = Field(
        description="办理结果：done 已整改到位，under_way 列入计划限期完成，explained 暂不能办。", examples=["done"]
    )
    words: Words = Field(description="做了什么、结果怎样。", examples=["三处都已改完。"])
    promised_on: Day | None = Field(default=None, description="under_way 时承诺的完成日期。", examples=["2026-09-30"])
    documents: SentDocuments = ()


class SendBackBody(Asked):
    """Why, and how long the unit has."""

    reason: Words = Field(description="退回理由。", examples=["没有写完成时间。"])
    working_days: Term = Field(default=WITHIN, description="几个工作日内重办。", examples=[5])


class ApprovalBody(Asked):
    """A remark on approving."""

    remark: Reason = Field(default="", description="认可意见，可以为空。", examples=["请按承诺完成。"])


class EscalationBody(Asked):
    """The next step."""

    step: EscalationStep = Field(
        description="下一步：reminded 催办，pressed 督办，reported 提级督办；逐级进行，督办以后须已逾期。",
        examples=["reminded"],
    )
    to: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=200,
        description="抄送或报送；催办可以为空。",
        examples=["市政府办公室"],
    )
    words: Reason = Field(default="", description="要求，可以为空。", examples=["请于一周内答复。"])


class WithdrawalBody(Asked):
    """Why it is not pursued."""

    reason: Words = Field(description="撤销理由。", examples=["与另一件重复。"])


class Duty(Shown):
    """A duty."""

    id: UUID = Field(description="标识。", examples=[ID])
    label: str = Field(description="编号。", examples=["交办〔2026〕3号"])
    year: int = Field(description="哪一年。", examples=[2026])
    source: DutySource = Field(description="来源。", examples=["inquiry"])
    origin: UUID = Field(description="来源事项的标识：询问、听证、视察、反映或者督导意见。", examples=[ID])
    origin_title: str = Field(description="来源事项。", examples=["老旧小区改造推进情况"])
    project: UUID | None = Field(description="涉及的项目。", examples=[PROJECT])
    unit: UUID = Field(description="承办单位的标识。", examples=[UNIT])
    unit_name: str = Field(description="承办单位。", examples=["市水务局"])
    words: str = Field(description="交办内容。", examples=["三处积水点月底前改完。"])
    raised_on: date = Field(description="交办日期。", examples=["2026-06-01"])
    due_on: date = Field(description="办理期限。", examples=["2026-06-23"])
    stage: DutyStage = Field(description="办理到哪一步。", examples=["open"])
    is_overdue: bool = Field(description="是否逾期：没有按期答复，或者没有按承诺完成。", examples=[False])
    outcome: DutyOutcome | None = Field(description="办理结果；还没有答复为 null。", examples=["done"])
    promised_on: date | None = Field(description="承诺完成日期。", examples=[None])
    answer: str = Field(description="答复；还没有则为空。", examples=["三处都已改完。"])
    answered_on: date | None = Field(description="答复日期。", examples=["2026-06-20"])
    documents: list[FileShown] = Field(description="历次答复的附件，先后为序；列表里为空，逐件读取时给出。")
    sent_back_because: str = Field(description="最近一次退回的理由。", examples=[""])
    escalation: EscalationStep | None = Field(description="催办、督办到哪一步；没有为 null。", examples=[None])
    closed_on: date | None = Field(description="认可或撤销的日期。", examples=[None])
    remark: str = Field(description="认可意见或撤销理由。", examples=[""])


def shown(row: DutyRow, today: date, steps: Iterable[DutyStep] = ()) -> Duty:
    """A duty on a day; with its steps, what went along with its answers."""
    return Duty(
        id=row.duty,
        label=views.label(row.year, row.number),
        year=row.year,
        source=DutySource(row.source),
        origin=row.origin,
        origin_title=row.origin_title,
        project=row.project,
        unit=row.unit,
        unit_name=row.unit_name,
        words=row.words,
        raised_on=row.raised_on,
        due_on=row.due_on,
        stage=DutyStage(row.stage),
        is_overdue=row.is_overdue(today),
        outcome=DutyOutcome(row.outcome) if row.outcome else None,
        promised_on=row.promised_on,
        answer=row.answer,
        answered_on=row.answered_on,
        documents=files_shown(one for step in steps for one in step.files),
        sent_back_because=row.sent_back_because,
        escalation=EscalationStep(row.step) if row.step else None,
        closed_on=row.closed_on,
        remark=row.remark,
    )
