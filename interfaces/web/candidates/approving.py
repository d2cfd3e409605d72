"""Approvals of a candidate 审定: recorded with their documents, withdrawn, read."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import approvals as commands
from application.proposals.screening import rules_of
from domain.accounts.permissions import Act
from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded
from domain.projects.project import Project
from domain.proposals.screening import ApprovalKind
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import CandidateReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.candidates import papers, steps
from interfaces.web.candidates.desk import card_choices, known_project, root_of
from interfaces.web.screening.words import APPROVALS, OUTCOMES

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/projects/{project}/approvals", "/unit/{slug}/projects/{project}/approvals"

Recorder = Annotated[Place, Depends(needing(Act.RECORD_APPROVALS))]


@router.get(f"{STAFF}/new")
@router.get(f"{UNIT}/new")
def new(request: Request, house: TheHouse, here: Recorder, project: UUID, kind: str = "") -> Response:
    """The form for one body's word."""
    state = known_project(house, here, project)
    context = _context(request, house, here, project, state)
    offered = [known for known, _words in context["kinds"]]
    chosen = kind if kind in offered else (offered[-1] if offered else "")
    form = blank(request, kind=chosen, outcome=ApprovalOutcome.CONSENT, on=house.office.today().isoformat())
    return page(request, "candidates/approval.html", form=form, **context)


@router.post(f"{STAFF}/new")
@router.post(f"{UNIT}/new")
def record(request: Request, house: TheHouse, here: Recorder, project: UUID, typed: Form) -> Response:
    """Records it, with its document."""
    state, by = known_project(house, here, project), here.by(typed)
    try:
        with papers.keeping(house, by, here.congress.id, papers.sent_along(typed, "document"), "document") as document:
            fact = ApprovalRecorded(
                approval=house.office.new_id(by, "approval"),
                kind=typed.choice("kind", ApprovalKind),
                body=typed.text("body"),
                outcome=typed.choice("outcome", ApprovalOutcome),
                number=typed.text("number"),
                on=typed.date("on"),
                document=document,
                words=typed.text("words"),
            )
            typed.settle()
            position = commands.record_approval(house.office, by, project, fact)
    except Refused as refused:
        return again(
            request, "candidates/approval.html", typed, refused, **_context(request, house, here, project, state)
        )
    said = _("已登记%(kind)s：%(outcome)s。", kind=APPROVALS[fact.kind], outcome=OUTCOMES[fact.outcome])
    return done(request, position, f"{root_of(request, here)}/{project}", said)


@router.post(f"{STAFF}/{{approval}}/withdraw")
@router.post(f"{UNIT}/{{approval}}/withdraw")
def withdraw(request: Request, house: TheHouse, here: Recorder, project: UUID, approval: UUID, typed: Form) -> Response:
    """Takes it back."""
    known_project(house, here, project)
    position = commands.withdraw_approval(house.office, here.by(typed), project, approval, typed.text("reason"))
    return done(request, position, f"{root_of(request, here)}/{project}", _("已撤回这条审定意见。"))


@router.get(f"{STAFF}/{{approval}}/document")
@router.get(f"{UNIT}/{{approval}}/document")
def document(house: TheHouse, here: CandidateReader, project: UUID, approval: UUID) -> Response:
    """The document of an approval that stands."""
    examined = known_project(house, here, project).examined
    found = next((one for one in examined.approvals if one.approval == approval), None)
    if found is None:
        raise NotFound(kind="approval", id=str(approval))
    return papers.paper_response(house, here, found.document)


def _context(request: Request, house: House, here: Place, project: UUID, state: Project) -> dict[str, Any]:
    rules = rules_of(house.office, here.congress.id)
    return {
        "project": project,
        "state": state,
        "kinds": [(kind.value, APPROVALS[kind]) for kind in steps.may_follow(state, rules)],
        "outcomes": list(OUTCOMES.items()),
        "accept": papers.ACCEPT,
        "units": card_choices(house, here)["units"],
        "root": root_of(request, here),
    }
