"""Commands about the duty list: it brings the plans of its projects into force."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.projects import duty_list, implementation, planning
from domain.projects import project as projects
from domain.projects.duty_list import DutyList, duty_list_stream
from domain.projects.implementation import implementation_stream
from domain.projects.project import Project
from domain.shared import NotFound


def publish_duty_list(
    office: Office,
    by: By,
    congress: UUID,
    year: int,
    chosen: Collection[UUID],
    number: str,
    on: date,
    issuer: str = "",
) -> int:
    """Publishes the plans of these projects with a document: the list, or a supplement to it, all or nothing.

    Without an `issuer` the congress's own office signs it.

    Raises NotPermitted, NotFound, Missing, Invalid, AlreadyOnDutyList, NoPlanFiled, PlanIncomplete (rules 19 and 21)
    or PlanDepartsFromVote (rule 20).
    """
    by.actor.require(Act.PUBLISH_PLAN, congress)

    def decide(desk: Desk) -> None:
        streams = {project: implementation_stream(project) for project in chosen}
        known = desk.load_many(chosen, projects.evolve)
        states = desk.load_many(streams.values(), implementation.evolve)
        for project, stream in streams.items():
            require_of_year(known.get(project), project, congress, year)
            desk.add(stream, planning.publish_plan(states.get(stream), on))
        stream = duty_list_stream(congress, year)
        published = duty_list.publish_duty_list(
            desk.load(stream, duty_list.evolve),
            congress=congress,
            year=year,
            projects=chosen,
            number=number,
            on=on,
            today=office.today(),
            issuer=issuer,
        )
        desk.add(stream, published)

    return office.record(by, decide)


def duty_list_of(office: Office, congress: UUID, year: int) -> DutyList | None:
    """The list of a year with its supplements, None before the first publication."""
    return office.state_of(duty_list_stream(congress, year), duty_list.evolve)


def require_of_year(project: Project | None, project_id: UUID, congress: UUID, year: int) -> None:
    """Raises NotFound for a project of another congress or year."""
    if project is None or project.congress != congress or project.year != year:
        raise NotFound(kind="project", id=str(project_id))
