"""Commands about implementation plans: filed by whoever leads the project, sent back by the office."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from application.deliberation import answers_for
from application.office import By, Desk, Office
from domain.accounts.permissions import Act, Actor
from domain.congress import congress as congresses
from domain.congress.congress import Congress
from domain.projects import implementation, planning
from domain.projects import project as projects
from domain.projects.implementation import Implementation, implementation_stream
from domain.projects.plan import ImplementationPlan
from domain.projects.project import Project
from domain.shared import NotFound, NotPermitted


def file_plan(office: Office, by: By, project: UUID, plan: ImplementationPlan) -> int:
    """Files a plan, or files it anew: the lead unit its own projects, the office and the government office any.

    Raises NotPermitted, NotFound, WrongStage or PlanAlreadyPublished.
    """
    require_lead(office, by.actor, Act.FILE_PLAN, project)

    def decide(desk: Desk) -> None:
        _file(office, desk, project, plan, None)

    return office.record(by, decide)


def import_plans(
    office: Office, by: By, congress: UUID, import_id: UUID, filed: Sequence[tuple[UUID, ImplementationPlan]]
) -> int:
    """Files a confirmed table of plans in one transaction. Raises as `file_plan`."""
    by.actor.require(Act.FILE_PLAN, congress)
    for project, _plan in filed:
        require_lead(office, by.actor, Act.FILE_PLAN, project)

    def decide(desk: Desk) -> None:
        for project, plan in filed:
            _file(office, desk, project, plan, import_id)

    return office.record(by, decide)


def send_back_plan(office: Office, by: By, project: UUID, reason: str) -> int:
    """Asks for a better plan. Raises NotPermitted, NotFound, NoPlanFiled or Missing (reason)."""
    by.actor.require(Act.PUBLISH_PLAN, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: planning.send_back_plan(now, reason, office.today()),
    )


def require_lead(office: Office, actor: Actor, act: Act, project: UUID) -> Project:
    """The project, where the actor may do this for it: a department's officers where their unit leads it.

    Raises NotFound, or NotPermitted.
    """
    known = known_project(office, project)
    actor.require(act, known.congress)
    now = office.state_of(implementation_stream(project), implementation.evolve)
    if not answers_for(actor, known.congress, lead_unit(known, now)):
        raise NotPermitted(act=act.value)
    return known


def lead_unit(project: Project, now: Implementation | None) -> UUID | None:
    """Who leads the project: by its plan in force, before that by the card that was voted on."""
    return now.plan.lead_unit if now is not None and now.plan is not None else project.card.lead_unit


def known_project(office: Office, project: UUID) -> Project:
    """Raises NotFound."""
    known = office.state_of(project, projects.evolve)
    if known is None:
        raise NotFound(kind="project", id=str(project))
    return known


def with_lead_unit(congress: Congress | None, plan: ImplementationPlan) -> ImplementationPlan:
    """The plan with its lead unit's identity, where the congress knows a unit of that name."""
    unit = congress.unit_named(plan.lead_unit_name) if congress else None
    return replace(plan, lead_unit=unit.id if unit else None)


def _file(office: Office, desk: Desk, project: UUID, plan: ImplementationPlan, import_id: UUID | None) -> None:
    stream = implementation_stream(project)
    known = desk.load(project, projects.evolve)
    now = desk.load(stream, implementation.evolve)
    congress = desk.load(known.congress, congresses.evolve) if known else None
    settled = with_lead_unit(congress, plan)
    if now is not None and now.filed == settled and not now.sent_back:
        return
    desk.add(stream, planning.file_plan(now, known, project, settled, office.today(), import_id))
