"""Approvals of a candidate, one by one."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Response
from pydantic import Field

from application import approvals as commands
from domain.accounts.scopes import Scope
from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded
from domain.proposals.screening import ApprovalKind
from domain.shared import NotFound
from interfaces.api._base.callers import CandidateReader
from interfaces.api._base.files import sent_document
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Day, Id
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.candidates.models import ID, CandidateShown, TheProject, Withdrawal
from interfaces.api.candidates.routes import ONE, one
from interfaces.api.screening.documents import Recorder
from interfaces.web.candidates.desk import known_project
from interfaces.web.candidates.papers import keeping, paper_response

router = operations("screening", read=Scope.CANDIDATES_READ, write=Scope.CANDIDATES_WRITE)

TheApproval = Annotated[UUID, Path(description="审定意见的标识。", examples=[ID])]


class ApprovalBody(Asked):
    """What a body said."""

    kind: ApprovalKind = Field(description="审定环节。", examples=["departments"])
    body: str = Field(pattern=LINE, max_length=120, description="单位或者会议。", examples=["市财政局"])
    outcome: ApprovalOutcome = Field(description="结论。", examples=["consent"])
    number: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=60,
        description="文号或者纪要号；会议和合法性审查必填。",
        examples=["纪要第 42 号"],
    )
    on: Day = Field(description="日期。", examples=["2025-11-03"])
    words: str = Field(
        default="",
        pattern=LINES,
        max_length=2000,
        description="意见内容；修改后同意和不同意的必填。",
        examples=[""],
    )
    document: Id | None = Field(default=None, description="先上传的文件的标识，可以没有。", examples=[ID])


@router.post(f"{ONE}/approvals", status_code=201, summary="登记审定意见")
def record(here: Recorder, project: TheProject, body: ApprovalBody) -> CandidateShown:
    """One more body's word, in the order of the congress's rules."""
    known_project(here.house, here.place, project)
    by = here.by(project)
    approval = here.house.office.new_id(by, "approval")
    with keeping(here.house, by, here.congress.id, sent_document(here, body.document), "document") as document:
        fact = ApprovalRecorded(
            approval=approval,
            kind=body.kind,
            body=body.body,
            outcome=body.outcome,
            number=body.number,
            on=body.on,
            document=document,
            words=body.words,
        )
        position = commands.record_approval(here.house.office, by, project, fact)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/projects/{project}")
    return one(here, project)


@router.post(f"{ONE}/approvals/{{approval}}/withdraw", summary="撤回审定意见")
def withdraw(here: Recorder, project: TheProject, approval: TheApproval, body: Withdrawal) -> CandidateShown:
    """A body's word is taken back."""
    known_project(here.house, here.place, project)
    here.done(commands.withdraw_approval(here.house.office, here.by(project), project, approval, body.reason))
    return one(here, project)


@router.get(f"{ONE}/approvals/{{approval}}/document", summary="审定文件", **file_of(PDF))
def document(here: CandidateReader, project: TheProject, approval: TheApproval) -> Response:
    """The document of an approval that stands."""
    approvals = known_project(here.house, here.place, project).examined.approvals
    found = next((known for known in approvals if known.approval == approval), None)
    if found is None:
        raise NotFound(kind="approval", id=str(approval))
    return paper_response(here.house, here.place, found.document)
