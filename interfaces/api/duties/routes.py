"""Duties 交办事项: lists, answers, sending back, approving, escalating. They are given where they were found."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from application.supervision import duties as commands
from application.supervision.duties import DutyAnswer, DutyPutRight
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound, NotPermitted
from domain.supervision.duty import DutyOrder
from interfaces.api._base.callers import At, Here, OfficeReader, needing
from interfaces.api._base.files import DocumentSent, SentDocument, keep_document, sent_documents
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, WORKBOOK, file_of
from interfaces.api.duties import rules
from interfaces.api.duties.models import (
    AnswerBody,
    ApprovalBody,
    ChangeBody,
    Duty,
    EscalationBody,
    OrderBody,
    SendBackBody,
    TheDuty,
    TheFile,
    WithdrawalBody,
    shown,
)
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web.duties import views, workbook
from interfaces.web.duties.desk import duties_for, is_answered_by, project_names
from interfaces.web.duties.files import answer_file, keeping_all
from interfaces.web.roll.views import as_workbook
from projections import duties
from projections.duties import DutyRow

router = operations("duties", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

CONGRESS = "/congresses/{slug}"
ONE = f"{CONGRESS}/duties/{{duty}}"

Keeper = Annotated[At, Depends(needing(Act.KEEP_SUPERVISION))]
Answering = Annotated[At, Depends(needing(Act.ANSWER_DUTY))]
router.routes.extend(rules.router.routes)
OfYear = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年；不填为全部。", examples=[2026])]


@router.get(f"{CONGRESS}/duties", summary="交办事项")
def listed(here: OfficeReader, paging: Paged, year: OfYear = None) -> Page[Duty]:
    """All of a congress."""
    with here.house.reading.connect() as conn:
        rows = duties.duties_of(conn, here.congress.id, year=year)
    return paging.part(here.told, rows, lambda row: row.duty, lambda row: _shown(here, row))


@router.get(f"{CONGRESS}/own-duties", summary="要本单位办理的", description="政府办公室看到全部。")
def own(here: Answering, paging: Paged) -> Page[Duty]:
    """What the unit of the account is to answer or has answered."""
    with here.house.reading.connect() as conn:
        rows = duties_for(conn, here.place)
    return paging.part(here.told, rows, lambda row: row.duty, lambda row: _shown(here, row))


@router.get(f"{CONGRESS}/duties.xlsx", summary="交办事项清单（Excel）", **file_of(WORKBOOK))
def saved(here: OfficeReader, year: OfYear = None) -> Response:
    """The list as a workbook."""
    with here.house.reading.connect() as conn:
        rows = duties.duties_of(conn, here.congress.id, year=year)
        names = project_names(conn, here.congress.id)
    with speaking(CHINESE):
        found = views.shown_all(rows, names, here.house.office.today())
        content = workbook.as_sheet(here.congress.name, year or 0, found)
    return as_workbook(content, f"交办事项清单-{year or '全部'}.xlsx")


@router.get(ONE, summary="一件交办事项", description="办公室和承办单位可以读。")
def one(here: Here, duty: TheDuty) -> Duty:
    """One duty."""
    here.shows(duty)
    row = _known(here, duty)
    with here.house.reading.connect() as conn:
        steps = duties.steps_of(conn, duty)
    return shown(row, here.house.office.today(), steps)


@router.get(f"{ONE}/documents/{{file}}", summary="答复的附件", **file_of(PDF))
def document(here: Here, duty: TheDuty, file: TheFile) -> Response:
    """A file of an answer."""
    return answer_file(here.house, _known(here, duty), file)


@router.post(
    f"{CONGRESS}/supervision-documents",
    status_code=201,
    summary="先上传文件",
    description="留存一小时；答复交办事项、登记专题询问和督导、答复督导意见时写明标识。",
)
def keep(here: Here, document_file: SentDocument) -> DocumentSent:
    """Looked through as on the pages; by the office and by whoever answers duties."""
    if not any(here.may(act) for act in (Act.ANSWER_DUTY, Act.KEEP_SUPERVISION, Act.VISIT_BELOW)):
        raise NotPermitted(act=Act.ANSWER_DUTY.value)
    return keep_document(here, document_file)


@router.put(ONE, summary="更正交办事项", description="答复以前可以更正，延长期限也在这里。")
def change(here: Keeper, duty: TheDuty, body: ChangeBody) -> Duty:
    """Words, unit, day, project."""
    _known(here, duty)
    right = DutyPutRight(unit=body.unit, words=body.words, due_on=body.due_on, project=body.project, reason=body.reason)
    here.done(commands.change_duty(here.house.office, here.by(duty), duty, right))
    return one(here, duty)


@router.post(f"{ONE}/answer", summary="答复交办事项", description="认可以前可以重新答复。")
def answer(here: Answering, duty: TheDuty, body: AnswerBody) -> Duty:
    """By the unit, or for it."""
    row, by = _known(here, duty), here.by(duty)
    with keeping_all(here.house, by, row.congress, sent_documents(here, body.documents), f"duty/{duty}") as files:
        said = DutyAnswer(words=body.words, outcome=body.outcome, promised_on=body.promised_on, files=files)
        position = commands.answer_duty(here.house.office, by, duty, said)
    here.done(position)
    return one(here, duty)


@router.post(f"{ONE}/send-back", summary="退回重办")
def send_back(here: Keeper, duty: TheDuty, body: SendBackBody) -> Duty:
    """For a better answer."""
    _known(here, duty)
    here.done(commands.send_back_duty(here.house.office, here.by(duty), duty, body.reason, body.working_days))
    return one(here, duty)


@router.post(f"{ONE}/approve", summary="认可答复")
def approve(here: Keeper, duty: TheDuty, body: ApprovalBody) -> Duty:
    """Takes the answer as good."""
    _known(here, duty)
    here.done(commands.approve_duty(here.house.office, here.by(duty), duty, body.remark))
    return one(here, duty)


@router.post(f"{ONE}/escalate", summary="催办、督办、提级督办")
def escalate(here: Keeper, duty: TheDuty, body: EscalationBody) -> Duty:
    """The next step."""
    _known(here, duty)
    by = here.by(duty)
    here.done(commands.escalate_duty(here.house.office, by, duty, body.step, to=body.to, words=body.words))
    return one(here, duty)


@router.post(f"{ONE}/withdraw", summary="撤销交办")
def withdraw(here: Keeper, duty: TheDuty, body: WithdrawalBody) -> Duty:
    """Not pursued any more."""
    _known(here, duty)
    here.done(commands.withdraw_duty(here.house.office, here.by(duty), duty, body.reason))
    return one(here, duty)


def order_of(body: OrderBody) -> DutyOrder:
    """A duty as it was asked for."""
    return DutyOrder(unit=body.unit, words=body.words, working_days=body.working_days, project=body.project)


def _shown(here: At, row: DutyRow) -> Duty:
    return shown(row, here.house.office.today())


def _known(here: At, duty: UUID) -> DutyRow:
    """A duty of this congress, for the office and for whom it is to be answered by. Raises NotFound."""
    with here.house.reading.connect() as conn:
        row = duties.duty_at(conn, duty)
    may = here.may(Act.READ_OFFICE) or (row is not None and is_answered_by(here.place, row))
    if row is None or row.congress != here.congress.id or not may:
        raise NotFound(kind="duty", id=str(duty))
    return row
