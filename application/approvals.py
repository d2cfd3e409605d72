"""Commands about what other bodies say to a candidate 审定."""

from dataclasses import replace
from uuid import UUID

from application.office import By, Desk, Office
from application.proposals.screening import rules_at
from domain.accounts.permissions import Act
from domain.congress import congress as congresses
from domain.projects import approvals
from domain.projects import project as projects
from domain.projects.approvals import ApprovalRecorded
from domain.proposals.screening import ApprovalKind
from domain.shared import NotFound


def record_approval(office: Office, by: By, project: UUID, fact: ApprovalRecorded) -> int:
    """Records a body's word, with its department's identity where the congress knows one of that name.

    Raises NotPermitted, NotFound, WrongStage, NotScreened, NegativeListHit (rule 18), Missing, Invalid,
    AlreadyApproved, ApprovalRefused, ApprovalOutOfOrder or ApprovalRunsBackwards.
    """
    _require_project(office, by, project)

    def decide(desk: Desk) -> None:
        known = projects.draft_in_file(desk.load(project, projects.evolve))
        rules = rules_at(desk, known.congress)
        said = approvals.record_approval(known.card.name, known.examined, rules, fact, office.today())
        desk.add(project, _with_unit(desk, known.congress, said))

    return office.record(by, decide)


def withdraw_approval(office: Office, by: By, project: UUID, approval: UUID, reason: str) -> int:
    """Takes a body's word back. Raises NotPermitted, NotFound, WrongStage, Missing (reason) or LaterApprovalStands."""
    _require_project(office, by, project)

    def decide(desk: Desk) -> None:
        known = projects.draft_in_file(desk.load(project, projects.evolve))
        rules = rules_at(desk, known.congress)
        desk.add(project, approvals.withdraw_approval(known.card.name, known.examined, rules, approval, reason))

    return office.record(by, decide)


def _with_unit(desk: Desk, congress: UUID, said: ApprovalRecorded) -> ApprovalRecorded:
    known = desk.load(congress, congresses.evolve)
    unit = known.unit_named(said.body) if known and said.kind is ApprovalKind.DEPARTMENTS else None
    return replace(said, unit=unit.id if unit else None)


def _require_project(office: Office, by: By, project: UUID) -> None:
    known = office.state_of(project, projects.evolve)
    if known is None:
        raise NotFound(kind="project", id=str(project))
    by.actor.require(Act.RECORD_APPROVALS, known.congress)
