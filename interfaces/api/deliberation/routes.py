"""Deliberation: remarks of delegations, questions of delegates, answers of units, what is printed of them."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from application import deliberation as commands
from application.deliberation import Said
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.projects import project as projects
from domain.projects.deliberation import closing_stream, deliberation_stream
from domain.shared import NotFound
from interfaces.api._base.callers import At, CandidateReader, Here, OfficeReader, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.candidates.models import TheProject, TheYear
from interfaces.api.deliberation.models import (
    AnswerBody,
    AssignmentBody,
    CorrectionBody,
    QuestionBody,
    ReasonBody,
    RemarkBody,
    RemarkShown,
    TheRemark,
    YearSummary,
    project_shown,
    shown,
)
from interfaces.web.delegate.waiting import may_read, own_delegation
from interfaces.web.deliberation import papers, views
from interfaces.web.deliberation.desk import answered_by_me, closed_by, is_answered_by
from projections import deliberation
from projections.deliberation import RemarkRow

router = operations("deliberation", read=Scope.DELIBERATION_READ, write=Scope.DELIBERATION_WRITE)

CONGRESS = "/congresses/{slug}"
ONE = f"{CONGRESS}/remarks/{{remark}}"
YEAR = f"{CONGRESS}/deliberation/{{year}}"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Answering = Annotated[At, Depends(needing(Act.ANSWER_REMARKS))]
Keeper = Annotated[At, Depends(needing(Act.RECORD_REMARKS))]
Year = Annotated[int, Query(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])]
Draft = Annotated[bool, Query(description="由现在的候选项目做成征求意见稿。", examples=[False])]


@router.get(f"{CONGRESS}/remarks", summary="审议意见和提问")
def remarks(here: OfficeReader, paging: Paged, year: Year) -> Page[RemarkShown]:
    """Everything of a year, in the order of recording."""
    with here.house.reading.connect() as connection:
        rows = deliberation.remarks_of(connection, here.congress.id, year)
    return paging.part(here.told, rows, lambda row: row.remark, lambda row: _shown(here, row))


@router.get(f"{CONGRESS}/own-remarks", summary="要本单位答复的", description="政府办公室看到全部。")
def own(here: Answering, paging: Paged, year: Year) -> Page[RemarkShown]:
    """What the unit of the account is to answer."""
    rows = answered_by_me(here.house, here.place, year)
    return paging.part(here.told, rows, lambda row: row.remark, lambda row: _shown(here, row))


@router.get(f"{CONGRESS}/questions", summary="代表提问", description="会前提问和答复，全体代表可见。")
def questions(here: CandidateReader, paging: Paged, year: Year) -> Page[RemarkShown]:
    """What delegates asked."""
    with here.house.reading.connect() as connection:
        rows = deliberation.remarks_of(connection, here.congress.id, year, is_question=True)
    return paging.part(here.told, rows, lambda row: row.remark, lambda row: _shown(here, row))


@router.get(
    ONE, summary="一条意见或提问", description="办公室、承办单位、本代表团的代表可以读；代表提问全体代表可以读。"
)
def one(here: Here, remark: TheRemark) -> RemarkShown:
    """One remark."""
    here.shows(_stream(_known(here, remark)))
    return _shown(here, _known(here, remark))


@router.post(f"{CONGRESS}/projects/{{project}}/remarks", status_code=201, summary="登记审议意见")
def record(here: Here, project: TheProject, body: RemarkBody) -> RemarkShown:
    """The office for any delegation, a delegate for the own."""
    by = here.by()
    made = here.house.office.new_id(by, "remark")
    said = Said(kind=body.kind, words=body.words, delegation=body.delegation or "", on=body.on)
    _made(here, commands.record_remark(here.house.office, by, _of_here(here, project), made, said), made)
    return one(here, made)


@router.post(f"{CONGRESS}/projects/{{project}}/questions", status_code=201, summary="代表提问")
def ask(here: Here, project: TheProject, body: QuestionBody) -> RemarkShown:
    """In the own name."""
    by = here.by()
    made = here.house.office.new_id(by, "question")
    _made(here, commands.ask_question(here.house.office, by, _of_here(here, project), made, body.words), made)
    return one(here, made)


@router.put(ONE, summary="更正意见", description="答复以前可以更正。")
def correct(here: Here, remark: TheRemark, body: CorrectionBody) -> RemarkShown:
    """Words, kind and day."""
    row = _known(here, remark)
    said = Said(kind=body.kind, words=body.words, on=body.on)
    here.done(commands.correct_remark(here.house.office, here.by(_stream(row)), row.project, remark, said))
    return one(here, remark)


@router.post(f"{ONE}/take-back", summary="撤回意见")
def take_back(here: Here, remark: TheRemark, body: ReasonBody) -> RemarkShown:
    """Before it is answered."""
    row = _known(here, remark)
    here.done(commands.take_back_remark(here.house.office, here.by(_stream(row)), row.project, remark, body.reason))
    return one(here, remark)


@router.post(f"{ONE}/assign", summary="交办意见")
def assign(here: Keeper, remark: TheRemark, body: AssignmentBody) -> RemarkShown:
    """To a unit, by a day."""
    row = _known(here, remark)
    by = here.by(_stream(row))
    here.done(commands.assign_remark(here.house.office, by, row.project, remark, body.unit, body.due_on))
    return one(here, remark)


@router.post(f"{ONE}/answer", summary="答复意见", description="认可以前可以重新答复。")
def answer(here: Answering, remark: TheRemark, body: AnswerBody) -> RemarkShown:
    """By the unit, or for it."""
    row = _known(here, remark)
    here.done(commands.answer_remark(here.house.office, here.by(_stream(row)), row.project, remark, body.words))
    return one(here, remark)


@router.post(f"{ONE}/send-back", summary="退回答复")
def send_back(here: Here, remark: TheRemark, body: ReasonBody) -> RemarkShown:
    """The office, or the delegate who said it."""
    row = _known(here, remark)
    here.done(commands.send_back_answer(here.house.office, here.by(_stream(row)), row.project, remark, body.reason))
    return one(here, remark)


@router.post(f"{ONE}/accept", summary="认可答复")
def accept(here: Here, remark: TheRemark) -> RemarkShown:
    """The office, or the delegate who said it."""
    row = _known(here, remark)
    here.done(commands.accept_answer(here.house.office, here.by(_stream(row)), row.project, remark))
    return one(here, remark)


@router.get(YEAR, summary="审议意见统计")
def summary(here: OfficeReader, year: TheYear) -> YearSummary:
    """The year's candidates with what was said about each, counted."""
    here.shows(closing_stream(here.congress.id, year))
    with here.house.reading.connect() as connection:
        found = views.by_project(connection, here.congress.id, year, here.house.office.today())
    closed = closed_by(here.house, here.place, year)
    return YearSummary(
        year=year, closed_by=closed.value if closed else None, projects=[project_shown(one) for one in found]
    )


@router.post(f"{YEAR}/close", summary="截止意见", description="不再收审议意见和提问；答复可以继续。")
def close(here: Keeper, year: TheYear) -> YearSummary:
    """No more remarks."""
    by = here.by(closing_stream(here.congress.id, year))
    here.done(commands.close_remarks(here.house.office, by, here.congress.id, year))
    return summary(here, year)


@router.post(f"{YEAR}/reopen", summary="恢复收集意见", description="交付票决以后不能恢复。")
def reopen(here: Keeper, year: TheYear) -> YearSummary:
    """Remarks again."""
    by = here.by(closing_stream(here.congress.id, year))
    here.done(commands.reopen_remarks(here.house.office, by, here.congress.id, year))
    return summary(here, year)


@router.get(f"{YEAR}/summary.docx", summary="审议意见综合（公文）", **file_of(DOCX))
def summary_docx(here: OfficeReader, year: TheYear) -> Response:
    """For the presidium."""
    return papers.summary_docx(here.house, here.place, year)


@router.get(f"{YEAR}/booklet.pdf", summary="候选项目册（PDF）", **file_of(PDF))
def booklet_pdf(here: OfficeReader, year: TheYear, *, draft: Draft = False) -> Response:
    """From the published list, or from the drafts."""
    return papers.booklet_pdf(here.house, here.place, year, draft=draft)


@router.get(f"{YEAR}/booklet.docx", summary="候选项目册（Word）", **file_of(DOCX))
def booklet_docx(here: OfficeReader, year: TheYear, *, draft: Draft = False) -> Response:
    """The same to be changed."""
    return papers.booklet_word(here.house, here.place, year, draft=draft)


def _known(here: At, remark: UUID) -> RemarkRow:
    """A remark that this caller may read. Raises NotFound."""
    with here.house.reading.connect() as connection:
        row = deliberation.remark_at(connection, remark)
        delegation = own_delegation(connection, here.place)
    if row is None or row.congress != here.congress.id or not _may_read(here, row, delegation):
        raise NotFound(kind="remark", id=str(remark))
    return row


def _may_read(here: At, row: RemarkRow, delegation: str) -> bool:
    if here.may(Act.READ_OFFICE) or is_answered_by(here.place, row):
        return True
    return here.may(Act.READ_CANDIDATES) and may_read(here.place, row, delegation)


def _of_here(here: At, project: UUID) -> UUID:
    """A project of this congress. Raises NotFound."""
    known = here.house.office.state_of(project, projects.evolve)
    if known is None or known.congress != here.congress.id:
        raise NotFound(kind="project", id=str(project))
    return project


def _made(here: At, position: int, remark: UUID) -> None:
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/remarks/{remark}")


def _stream(row: RemarkRow) -> UUID:
    return deliberation_stream(row.project, row.year)


def _shown(here: At, row: RemarkRow) -> RemarkShown:
    return shown(row, here.house.office.today())
