"""Special inquiries and hearings, and the duties they leave."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from application.supervision import inquiries as commands
from application.supervision.inquiries import Minutes, Question
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound, NotPermitted
from interfaces.api._base.callers import At, Here, OfficeReader, needing
from interfaces.api._base.files import sent_documents
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.deliberation.models import ReasonBody
from interfaces.api.duties.models import OrderBody, TheFile
from interfaces.api.duties.routes import order_of
from interfaces.api.inquiries.models import (
    HoldingBody,
    InquiryShown,
    NewInquiryBody,
    NotedAnswerBody,
    PlanBody,
    QuestionBody,
    TheInquiry,
    TheQuestion,
    shown,
)
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web.duties.files import keeping_all
from interfaces.web.inquiries.papers import DOCX, minutes_file
from interfaces.web.inquiries.routes import minutes_paper
from projections import inquiries

router = operations("inquiries", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

CONGRESS = "/congresses/{slug}"
ONE = f"{CONGRESS}/inquiries/{{inquiry}}"

Keeper = Annotated[At, Depends(needing(Act.KEEP_SUPERVISION))]
OfYear = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年；不填为全部。", examples=[2026])]


@router.get(f"{CONGRESS}/inquiries", summary="专题询问和听证会", description="代表也可以读。")
def listed(here: Here, paging: Paged, year: OfYear = None) -> Page[InquiryShown]:
    """Those of a congress, the latest first."""
    _require_reader(here)
    with here.house.reading.connect() as conn:
        rows = inquiries.inquiries_of(conn, here.congress.id, year=year)
        about = inquiries.projects_of(conn, [row.inquiry for row in rows])
    return paging.part(here.told, rows, lambda row: row.inquiry, lambda row: shown(row, about[row.inquiry], []))


@router.post(f"{CONGRESS}/inquiries", status_code=201, summary="安排专题询问或听证会")
def plan(here: Keeper, body: NewInquiryBody) -> InquiryShown:
    """On the plan."""
    by = here.by()
    made = here.house.office.new_id(by, "inquiry")
    position = commands.plan_inquiry(here.house.office, by, here.congress.id, made, body.kind, body.draft())
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/inquiries/{made}")
    return one(here, made)


@router.get(ONE, summary="一次专题询问或听证会", description="代表也可以读。")
def one(here: Here, inquiry: TheInquiry) -> InquiryShown:
    """One of them, with its questions."""
    _require_reader(here)
    here.shows(inquiry)
    with here.house.reading.connect() as conn:
        row = inquiries.inquiry_at(conn, inquiry)
        about = inquiries.projects_of(conn, [inquiry])[inquiry]
        asked = inquiries.questions_of(conn, inquiry)
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="inquiry", id=str(inquiry))
    return shown(row, about, asked)


@router.put(ONE, summary="更改安排", description="举行以前可以更改。")
def rearrange(here: Keeper, inquiry: TheInquiry, body: PlanBody) -> InquiryShown:
    """Another plan."""
    _known(here, inquiry)
    here.done(commands.rearrange_inquiry(here.house.office, here.by(inquiry), inquiry, body.draft()))
    return one(here, inquiry)


@router.post(f"{ONE}/cancel", summary="取消")
def cancel(here: Keeper, inquiry: TheInquiry, body: ReasonBody) -> InquiryShown:
    """Not held."""
    _known(here, inquiry)
    here.done(commands.cancel_inquiry(here.house.office, here.by(inquiry), inquiry, body.reason))
    return one(here, inquiry)


@router.post(f"{ONE}/questions", status_code=201, summary="提问", description="办公室登记，或者代表会前自己提问。")
def put(here: Here, inquiry: TheInquiry, body: QuestionBody) -> InquiryShown:
    """One more question."""
    _require_reader(here)
    _known(here, inquiry)
    by = here.by(inquiry)
    made = here.house.office.new_id(by, "question")
    position = commands.put_question(here.house.office, by, inquiry, made, _question(body))
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/inquiries/{inquiry}")
    return one(here, inquiry)


@router.put(f"{ONE}/questions/{{question}}", summary="更正问题", description="谁提的不能更改。")
def correct(here: Keeper, inquiry: TheInquiry, question: TheQuestion, body: QuestionBody) -> InquiryShown:
    """Put right."""
    _known(here, inquiry)
    here.done(commands.correct_question(here.house.office, here.by(inquiry), inquiry, question, _question(body)))
    return one(here, inquiry)


@router.post(f"{ONE}/questions/{{question}}/answer", summary="登记答复")
def answer(here: Keeper, inquiry: TheInquiry, question: TheQuestion, body: NotedAnswerBody) -> InquiryShown:
    """What was answered."""
    _known(here, inquiry)
    by = here.by(inquiry)
    here.done(commands.note_answer(here.house.office, by, inquiry, question, body.respondent, body.words))
    return one(here, inquiry)


@router.post(f"{ONE}/questions/{{question}}/drop", summary="删去问题", description="代表会前可以撤回自己的。")
def drop(here: Here, inquiry: TheInquiry, question: TheQuestion, body: ReasonBody) -> InquiryShown:
    """Left out."""
    _require_reader(here)
    _known(here, inquiry)
    here.done(commands.drop_question(here.house.office, here.by(inquiry), inquiry, question, body.reason))
    return one(here, inquiry)


@router.post(f"{ONE}/hold", summary="登记举行情况", description="再次登记为更正；不附文件的，已有的附件保留。")
def hold(here: Keeper, inquiry: TheInquiry, body: HoldingBody) -> InquiryShown:
    """How it went."""
    _known(here, inquiry)
    by, sent = here.by(inquiry), sent_documents(here, body.documents)
    with keeping_all(here.house, by, here.congress.id, sent, f"inquiry/{inquiry}") as files:
        before = commands.known_inquiry(here.house.office, inquiry).files
        minutes = Minutes(on=body.on, conclusion=body.conclusion, attending=body.attending, files=files or before)
        position = commands.hold_inquiry(here.house.office, by, inquiry, minutes)
    here.done(position)
    return one(here, inquiry)


@router.get(f"{ONE}/documents/{{file}}", summary="纪要的附件", **file_of(PDF))
def document(here: OfficeReader, inquiry: TheInquiry, file: TheFile) -> Response:
    """A file of the minutes."""
    return minutes_paper(here.house, here.place, inquiry, file)


@router.post(f"{ONE}/duties", status_code=201, summary="交办会上发现的问题")
def raise_duty(here: Keeper, inquiry: TheInquiry, body: OrderBody) -> InquiryShown:
    """A duty for a unit."""
    _known(here, inquiry)
    by = here.by(inquiry)
    duty = here.house.office.new_id(by, "duty")
    position = commands.raise_duty(here.house.office, by, inquiry, duty, order_of(body))
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/duties/{duty}")
    return one(here, inquiry)


@router.get(f"{ONE}/minutes.docx", summary="纪要（Word）", description="举行以前为方案。", **file_of(DOCX))
def minutes(here: OfficeReader, inquiry: TheInquiry) -> Response:
    """The minutes."""
    _known(here, inquiry)
    with speaking(CHINESE):
        return minutes_file(here.house, here.place, inquiry)


def _question(body: QuestionBody) -> Question:
    return Question(words=body.words, delegate=body.delegate, speaker=body.speaker, unit=body.unit)


def _require_reader(here: At) -> None:
    """The office and delegates. Raises NotPermitted."""
    if not (here.may(Act.READ_OFFICE) or here.may(Act.SUPERVISE)):
        raise NotPermitted(act=Act.READ_OFFICE.value)


def _known(here: At, inquiry: UUID) -> None:
    """One of this congress. Raises NotFound."""
    with here.house.reading.connect() as conn:
        row = inquiries.inquiry_at(conn, inquiry)
    if row is None or row.congress != here.congress.id:
        raise NotFound(kind="inquiry", id=str(inquiry))
