"""Commands about adjustments, suspension, termination and resumption of adopted projects (rule 20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.implementation.plans import known_project, require_lead, with_lead_unit
from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.asks import ask as asks
from domain.asks.deciding import hand_over
from domain.asks.rules import Addressee, AskKind
from domain.congress import congress as congresses
from domain.congress import session as sessions
from domain.polls.places import DecidedBy
from domain.projects import adjustment as adjustments
from domain.projects import implementation
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.implementation import Implementation, implementation_stream
from domain.projects.plan import ImplementationPlan
from domain.shared import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the deciding body said on a proposal, and under which number."""

    body: DecidedBy
    number: str
    notice_on: date | None = None
    """Of the notice that makes it known; a consent needs it (rule 20)."""


def propose_adjustment(
    office: Office,
    by: By,
    project: UUID,
    adjustment: UUID,
    kind: AdjustmentKind,
    plan: ImplementationPlan | None,
    reason: str,
) -> int:
    """Logs a minor change, which is in force at once, or lays everything else before the deciding body.

    Raises NotPermitted, NotFound, PlanNotPublished, NotUnderWay, AdjustmentWaiting, Missing, Invalid or PlanIncomplete.
    """
    known = require_lead(office, by.actor, Act.PROPOSE_ADJUSTMENT, project)

    def decide(desk: Desk) -> None:
        stream = implementation_stream(project)
        congress = desk.load(known.congress, congresses.evolve)
        settled = with_lead_unit(congress, plan) if plan is not None else None
        now = desk.load(stream, implementation.evolve)
        fact = adjustments.propose_adjustment(now, adjustment, kind, settled, reason, office.today())
        desk.add(stream, fact)

    return office.record(by, decide)


def decide_adjustment(office: Office, by: By, project: UUID, adjustment: UUID, decision: Decision) -> int:
    """Writes down the consent: from now on the change is in force, and the next session is to be told.

    A new lead unit takes over the asks that are still open. Raises NotPermitted, NotFound, AdjustmentClosed, Missing
    or Invalid.
    """
    by.actor.require(Act.DECIDE_ADJUSTMENT, known_project(office, project).congress)

    def decide(desk: Desk) -> None:
        stream = implementation_stream(project)
        now = desk.load(stream, implementation.evolve)
        decided = adjustments.decide_adjustment(
            now,
            adjustment,
            body=decision.body,
            number=decision.number,
            notice_on=decision.notice_on,
            on=office.today(),
        )
        desk.add(stream, decided)
        _hand_asks_over(desk, project, implementation.evolve(now, decided), office.today())

    return office.record(by, decide)


def _hand_asks_over(desk: Desk, project: UUID, now: Implementation, today: date) -> None:
    """Asks 3 and 4 were put to the unit that led the project when it was adopted."""
    plan = implementation.in_force(now)
    for kind in (AskKind.PROGRESS, AskKind.SUMMARY):
        stream = asks.ask_id(now.congress, now.year, kind, project, to=Addressee.LEAD_UNITS)
        ask = desk.load(stream, asks.evolve)
        if plan.lead_unit is not None and (handed := hand_over(ask, plan.lead_unit, plan.lead_unit_name, today)):
            desk.add(stream, *handed)


def refuse_adjustment(office: Office, by: By, project: UUID, adjustment: UUID, decision: Decision, reason: str) -> int:
    """Writes down that the body did not consent. Raises NotPermitted, NotFound, AdjustmentClosed or Missing."""
    by.actor.require(Act.DECIDE_ADJUSTMENT, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: adjustments.refuse_adjustment(
            now, adjustment, body=decision.body, number=decision.number, reason=reason, on=office.today()
        ),
    )


def withdraw_adjustment(office: Office, by: By, project: UUID, adjustment: UUID, reason: str) -> int:
    """Takes a proposal back before it is decided. Raises NotPermitted, NotFound, AdjustmentClosed or Missing."""
    require_lead(office, by.actor, Act.PROPOSE_ADJUSTMENT, project)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: adjustments.withdraw_adjustment(now, adjustment, reason, office.today()),
    )


def inform_session(office: Office, by: By, congress: UUID, session: UUID, told: Sequence[tuple[UUID, UUID]]) -> int:
    """Does the duty “report to the next session” for these adjustments (project, adjustment), all or none (rule 20).

    Raises NotPermitted, NotFound, AdjustmentClosed or Invalid.
    """
    by.actor.require(Act.DECIDE_ADJUSTMENT, congress)

    def decide(desk: Desk) -> None:
        held = desk.load(session, sessions.evolve)
        if held is None or held.congress != congress or held.is_rehearsal:
            raise NotFound(kind="session", id=str(session))
        for project, adjustment in told:
            stream = implementation_stream(project)
            now = desk.load(stream, implementation.evolve)
            if now is None or now.congress != congress:
                raise NotFound(kind="adjustment", id=str(adjustment))
            desk.add(
                stream,
                adjustments.inform_session(now, adjustment, session, held.title, held.starts_on, office.today()),
            )

    return office.record(by, decide)
