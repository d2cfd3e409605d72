"""Filing and publishing the plan of an adopted project (rules 19 to 21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.projects.adjustment import departures
from domain.projects.adjustment_facts import Departure
from domain.projects.implementation import Implementation, known
from domain.projects.implementation_facts import PlanFiled, PlanPublished, PlanSentBack
from domain.projects.plan import ImplementationPlan, PlanIncomplete, plan_gaps, plan_of
from domain.projects.project import Project, Stage, WrongStage
from domain.shared import Missing, NotFound, Refused


@dataclass(eq=False)
class PlanAlreadyPublished(Refused):
    """A plan in force is changed by an adjustment, not by filing another."""

    name: str


@dataclass(eq=False)
class NoPlanFiled(Refused):
    """There is nothing to publish or to send back."""

    name: str


@dataclass(eq=False)
class PlanDepartsFromVote(Refused):
    """The plan changes what the delegates adopted; only the deciding body may (rule 20).

    Publish the plan as it was adopted, then propose the adjustment.
    """

    name: str
    departures: Sequence[Departure]


def file_plan(
    implementation: Implementation | None,
    project: Project | None,
    project_id: UUID,
    plan: ImplementationPlan,
    on: date,
    import_id: UUID | None = None,
) -> PlanFiled:
    """A plan may be filed with gaps, and filed anew until it is published.

    Raises NotFound, WrongStage unless the project was adopted, or PlanAlreadyPublished.
    """
    if project is None:
        raise NotFound(kind="project", id=str(project_id))
    if project.stage is not Stage.ADOPTED:
        raise WrongStage(name=project.card.name, stage=project.stage.value)
    if implementation is not None and implementation.plan is not None:
        raise PlanAlreadyPublished(name=implementation.name)
    return PlanFiled(
        congress=project.congress,
        year=project.year,
        project=project_id,
        name=project.card.name,
        adopted=plan_of(project.card, project.year),
        plan=plan,
        on=on,
        import_id=import_id,
    )


def send_back_plan(implementation: Implementation | None, reason: str, on: date) -> PlanSentBack:
    """Raises NotFound, NoPlanFiled or Missing (reason)."""
    _filed(implementation)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return PlanSentBack(reason=reason.strip(), on=on)


def publish_plan(implementation: Implementation | None, on: date) -> PlanPublished:
    """Brings the filed plan into force.

    Raises NotFound, NoPlanFiled, PlanIncomplete with every gap (rules 19 and 21) or PlanDepartsFromVote (rule 20).
    """
    plan = _filed(implementation)
    state = known(implementation)
    found = plan_gaps(plan, state.year)
    if found:
        raise PlanIncomplete(name=state.name, gaps=found)
    departed = departures(state.adopted, plan)
    if departed:
        raise PlanDepartsFromVote(name=state.name, departures=departed)
    return PlanPublished(plan=plan, on=on)


def _filed(implementation: Implementation | None) -> ImplementationPlan:
    """The plan that waits and was not sent back. Raises NotFound or NoPlanFiled."""
    state = known(implementation)
    if state.filed is None or state.sent_back:
        raise NoPlanFiled(name=state.name)
    return state.filed
