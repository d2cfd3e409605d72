"""What the pages about plans share: who may see and file which, and how the year stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Connection

from application.deliberation import answers_for
from domain.accounts.permissions import Act
from domain.projects import project as projects
from domain.projects.adjustment import departures
from domain.projects.adjustment_facts import Departure
from domain.projects.plan import ImplementationPlan, PlanGap, plan_gaps, plan_of
from domain.projects.project import Project, Stage
from domain.shared import NotFound, NotPermitted
from interfaces.composition import House
from interfaces.tables.plans import PlannedProject
from interfaces.web._base.asking import Here, Place, needing
from projections import plans, voted_list
from projections.congress_register import units_of
from projections.plans import PlanRow

Filer = Annotated[Place, Depends(needing(Act.FILE_PLAN))]
Publisher = Annotated[Place, Depends(needing(Act.PUBLISH_PLAN))]


def reader(here: Here) -> Place:
    """The office, whoever reads it from above, and the units. Raises NotPermitted."""
    if not (here.may(Act.READ_OFFICE) or here.may(Act.FILE_PLAN)):
        raise NotPermitted(act=Act.READ_OFFICE.value)
    return here


Reader = Annotated[Place, Depends(reader)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPlan:
    """An adopted project with the state of its plan."""

    project: UUID
    number: int
    name: str
    row: PlanRow | None
    card_plan: ImplementationPlan
    """What the card that was voted on says."""
    may_file: bool
    year: int

    @property
    def plan(self) -> ImplementationPlan:
        """The plan in force, else the filed one, else the card's."""
        return self.row.plan if self.row else self.card_plan

    @property
    def standing(self) -> str:
        """`none`, `filed`, `sent_back` or `published`."""
        if self.row is None:
            return "none"
        if self.row.in_force is not None:
            return "published"
        return "sent_back" if self.row.sent_back_because else "filed"

    @property
    def gaps(self) -> tuple[PlanGap, ...]:
        """What the filed plan lacks."""
        return plan_gaps(self.plan, self.year) if self.standing in ("filed", "sent_back") else ()

    @property
    def departed(self) -> tuple[Departure, ...]:
        """In what the filed plan changes what was voted."""
        if self.row is None or self.row.filed is None:
            return ()
        return departures(self.row.adopted, self.row.filed)

    @property
    def is_ready(self) -> bool:
        """Whether it can be published."""
        return self.standing == "filed" and not self.gaps and not self.departed


def listed_plans(house: House, here: Place, year: int) -> list[ListedPlan]:
    """The adopted projects of a year that the person may see, by number."""
    with house.reading.connect() as conn:
        own = own_name(conn, here)
    return [one for one in adopted_plans(house, here, year) if sees(here, one, own)]


def adopted_plans(house: House, here: Place, year: int) -> list[ListedPlan]:
    """All adopted projects of a year, by number: their names are no secret, their plans may be."""
    with house.reading.connect() as conn:
        adopted = voted_list.adopted(conn, here.congress.id, year)
        rows = {row.project: row for row in plans.plans_of(conn, here.congress.id, year)}
    states = house.office.states_of((one.project for one in adopted), projects.evolve)
    return [_listed(here, one.project, states[one.project], one.number or 0, rows.get(one.project)) for one in adopted]


def listed_plan(house: House, here: Place, project: UUID) -> ListedPlan:
    """One adopted project of this congress. Raises NotFound."""
    state = house.office.state_of(project, projects.evolve)
    if state is None or state.congress != here.congress.id or state.stage is not Stage.ADOPTED:
        raise NotFound(kind="project", id=str(project))
    with house.reading.connect() as conn:
        row, own = plans.plan_of(conn, project), own_name(conn, here)
    found = _listed(here, project, state, state.number or 0, row)
    if not sees(here, found, own):
        raise NotFound(kind="project", id=str(project))
    return found


def sees(here: Place, one: ListedPlan, own: str) -> bool:
    """The office sees all, a department's officers what their unit leads or assists."""
    return here.may(Act.READ_OFFICE) or one.may_file or (bool(own) and own in one.plan.assisting_units)


def own_name(conn: Connection, here: Place) -> str:
    """Of the unit the person answers for: plans name assisting units by their names."""
    if here.unit is None:
        return ""
    return next((unit.name for unit in units_of(conn, here.congress.id) if unit.id == here.unit), "")


def may_lead(here: Place, lead: UUID | None, act: Act) -> bool:
    """Whether the person may do this for a project that this unit leads."""
    return here.may(act) and answers_for(here.actor, here.congress.id, lead)


def chosen_year(conn: Connection, here: Place, asked: int, this_year: int) -> tuple[int, list[int]]:
    """The year that is shown, and all years with a voted list, newest first."""
    years = [one.year for one in voted_list.all_announced(conn, here.congress.id)]
    return asked or (years[0] if years else this_year), years


def planned_projects(listed: Sequence[ListedPlan]) -> list[PlannedProject]:
    """The projects as a table of plans knows them."""
    return [
        PlannedProject(
            project=one.project,
            number=one.number,
            name=one.name,
            is_own=one.may_file,
            is_published=one.standing == "published",
        )
        for one in listed
    ]


def units_by_name(house: House, here: Place) -> dict[str, UUID]:
    """The congress's units in use."""
    with house.reading.connect() as conn:
        return {unit.name: unit.id for unit in units_of(conn, here.congress.id) if not unit.withdrawn}


def area_of(request: Request) -> str:
    """Which desk somebody sits at: `staff` or `unit`."""
    return request.url.path.split("/")[1]


def addresses(request: Request, here: Place) -> dict[str, Any]:
    """Where things stand in the area of this request."""
    desk = f"/{area_of(request)}/{here.congress.slug}"
    return {"desk": desk, "root": f"{desk}/duty-list", "board": f"{desk}/implementation"}


def _listed(here: Place, project: UUID, state: Project, number: int, row: PlanRow | None) -> ListedPlan:
    lead = row.lead_unit if row and row.in_force else state.card.lead_unit
    return ListedPlan(
        project=project,
        number=number,
        name=state.card.name,
        row=row,
        card_plan=plan_of(state.card, state.year),
        may_file=may_lead(here, lead, Act.FILE_PLAN),
        year=state.year,
    )
