"""The end of projects: acceptance, completion, look-backs."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from pydantic import Field

from application.implementation import closing as commands
from application.implementation.closing import Inspected, LookedAt
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.asks.answers import Completion
from domain.projects.implementation import implementation_stream
from domain.projects.reporting import MOST_PHOTOS
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.files import FileShown, attached_shown, sent_document, sent_photos
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Day, Flag, Id, Shown, Whole
from interfaces.api._base.operations import operations
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.candidates.models import TheProject
from interfaces.api.progress.models import ID, ReasonBody, Words
from interfaces.api.progress.routes import Reader
from interfaces.web.candidates.papers import keeping
from interfaces.web.progress.closing import accepted_paper
from interfaces.web.progress.desk import known_row
from interfaces.web.progress.views import due_look_back
from projections.progress_board import BoardRow
from projections.progress_board.rows import Acceptance

router = operations("closing", read=Scope.IMPLEMENTATION_READ, write=Scope.IMPLEMENTATION_WRITE)

PATH = "/congresses/{slug}/projects/{project}/closing"
Keeper = Annotated[At, Depends(needing(Act.KEEP_IMPLEMENTATION))]


class AcceptanceBody(Asked):
    """An acceptance."""

    on: Day = Field(description="验收日期，不晚于今天。", examples=["2026-11-18"])
    body: str = Field(pattern=LINE, max_length=200, description="验收单位。", examples=["市住建局"])
    number: str = Field(
        default="", pattern=MAYBE_LINE, max_length=100, description="文号。", examples=["验〔2026〕1号"]
    )
    words: str = Field(default="", pattern=LINES, max_length=5000, description="验收意见。", examples=["质量合格。"])
    document: Id | None = Field(default=None, description="先上传的验收文件的标识，可以没有。", examples=[ID])


class CompletionBody(Asked):
    """How the project ended its year."""

    completion: Completion = Field(description="完成情况。", examples=["completed"])
    words: str = Field(
        default="", pattern=LINES, max_length=5000, description="说明；没有完成的必须写。", examples=[""]
    )
    carried_to: Whole | None = Field(
        default=None, ge=2000, le=2100, description="结转到哪一年；结转下年时必须写。", examples=[None]
    )


class LookBackBody(Asked):
    """A look-back."""

    nth: Whole = Field(ge=1, le=3, description="完成后第几年。", examples=[1])
    on: Day = Field(description="查看日期，不晚于今天。", examples=["2027-11-10"])
    in_use: Flag = Field(description="建成的是否正常使用。", examples=[True])
    findings: Words = Field(description="看到什么。", examples=["设施完好。"])
    measures: str = Field(
        default="", pattern=LINES, max_length=2000, description="措施；没有正常使用的必须写。", examples=[""]
    )
    photos: tuple[Id, ...] = Field(
        default=(), max_length=MOST_PHOTOS, description="先上传的照片的标识。", examples=[[ID]]
    )


class AcceptanceShown(Shown):
    """The acceptance that stands."""

    on: date = Field(description="验收日期。", examples=["2026-11-18"])
    body: str = Field(description="验收单位。", examples=["市住建局"])
    number: str = Field(description="文号。", examples=["验〔2026〕1号"])
    words: str = Field(description="验收意见。", examples=["质量合格。"])
    documents: list[FileShown] = Field(description="验收文件。")


class LookBackShown(Shown):
    """A look-back."""

    nth: int = Field(description="完成后第几年。", examples=[1])
    on: date = Field(description="查看日期。", examples=["2027-11-10"])
    in_use: bool = Field(description="是否正常使用。", examples=[True])
    findings: str = Field(description="看到什么。", examples=["设施完好。"])
    measures: str = Field(description="措施。", examples=[""])
    photos: list[UUID] = Field(description="照片的标识。", examples=[[ID]])


class ClosingShown(Shown):
    """The end of a project."""

    acceptance: AcceptanceShown | None = Field(description="验收；没有为 null。")
    completion: Completion | None = Field(description="年底完成情况；没有登记为 null。", examples=["completed"])
    completion_words: str = Field(description="说明。", examples=[""])
    carried_to: int | None = Field(description="结转到哪一年。", examples=[None])
    look_backs: list[LookBackShown] = Field(description="回头看。")
    next_look_back: int | None = Field(description="接下来是第几次回头看；没有为 null。", examples=[1])
    next_look_back_due_on: date | None = Field(description="应在哪一天以前。", examples=["2027-11-18"])


@router.get(PATH, summary="验收、完成情况和回头看")
def one(here: Reader, project: TheProject) -> ClosingShown:
    """With the look-back that comes next."""
    here.shows(implementation_stream(project))
    return _shown(known_row(here.house, here.place, project), here.house.office.today())


@router.post(f"{PATH}/accept", summary="登记验收", description="节点全部完成以后才能验收。")
def accept(here: Keeper, project: TheProject, body: AcceptanceBody) -> ClosingShown:
    """Of the finished work."""
    known_row(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    with keeping(here.house, by, here.congress.id, sent_document(here, body.document), "acceptance") as paper:
        documents = (paper,) if paper else ()
        inspected = Inspected(on=body.on, body=body.body, number=body.number, words=body.words, documents=documents)
        position = commands.accept_project(here.house.office, by, project, inspected)
    here.done(position)
    return one(here, project)


@router.get(f"{PATH}/document", summary="验收文件", **file_of(PDF))
def document(here: OfficeReader, project: TheProject) -> Response:
    """Of the acceptance that stands."""
    return accepted_paper(here.house, here.place, project)


@router.post(f"{PATH}/undo", summary="撤销验收")
def undo(here: Keeper, project: TheProject, body: ReasonBody) -> ClosingShown:
    """It does not hold."""
    known_row(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    here.done(commands.undo_acceptance(here.house.office, by, project, body.reason))
    return one(here, project)


@router.post(f"{PATH}/complete", summary="登记完成情况", description="再登记一次，以后一次为准。")
def complete(here: Keeper, project: TheProject, body: CompletionBody) -> ClosingShown:
    """At the end of the year."""
    known_row(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    position = commands.record_completion(here.house.office, by, project, body.completion, body.words, body.carried_to)
    here.done(position)
    return one(here, project)


@router.post(f"{PATH}/look-back", summary="登记回头看", description="完成后连续三年，每年一次。")
def look_back(here: Keeper, project: TheProject, body: LookBackBody) -> ClosingShown:
    """Whether what was built still does its work."""
    known_row(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    looked = LookedAt(
        on=body.on,
        in_use=body.in_use,
        findings=body.findings,
        measures=body.measures,
        photos=sent_photos(here, body.photos),
    )
    made = here.house.office.new_id(by, "look-back")
    here.done(commands.look_back(here.house.office, by, project, made, body.nth, looked))
    return one(here, project)


def _accepted(of: Acceptance) -> AcceptanceShown:
    return AcceptanceShown(
        on=of.on, body=of.body, number=of.number, words=of.words, documents=attached_shown(of.documents)
    )


def _shown(row: BoardRow, today: date) -> ClosingShown:
    coming, ended, accepted = due_look_back(row, today), row.completion, row.accepted
    return ClosingShown(
        acceptance=_accepted(accepted) if accepted else None,
        completion=ended.completion if ended else None,
        completion_words=ended.words if ended else "",
        carried_to=ended.carried_to if ended else None,
        look_backs=[
            LookBackShown(
                nth=back.nth,
                on=back.on,
                in_use=back.in_use,
                findings=back.findings,
                measures=back.measures,
                photos=[one.file for one in back.photos],
            )
            for back in row.look_backs
        ],
        next_look_back=coming.nth if coming else None,
        next_look_back_due_on=coming.due_on if coming else None,
    )
