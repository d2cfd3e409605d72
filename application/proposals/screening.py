"""Screening 初筛: a congress's own rules, and what proposals and candidates were found to be."""

from dataclasses import dataclass
from uuid import UUID

from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.projects import approvals
from domain.projects import project as projects
from domain.proposals import deciding
from domain.proposals import proposal as proposals
from domain.proposals import screening as screenings
from domain.proposals.screening import READY_MADE, AdoptedRules, ScreeningRules
from domain.shared import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What somebody ticked: codes of the negative list that are hit, of the positive list that are not met."""

    hits: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    note: str = ""


def adopt_screening_rules(office: Office, by: By, congress: UUID, rules: ScreeningRules, decision: str) -> int:
    """The congress screens by these rules from now on. Raises NotPermitted, Missing or Invalid."""
    by.actor.require(Act.FIX_LIST, congress)
    return office.change(
        by,
        screenings.rules_stream(congress),
        screenings.evolve_rules,
        lambda current: screenings.adopt_rules(current, congress, rules, decision),
    )


def rules_of(office: Office, congress: UUID) -> AdoptedRules | None:
    """The rules in force; None while the congress has adopted none and screens by the ready-made ones."""
    return office.state_of(screenings.rules_stream(congress), screenings.evolve_rules)


def rules_at(desk: Desk, congress: UUID) -> AdoptedRules | None:
    """The rules in force as part of a decision."""
    return desk.load(screenings.rules_stream(congress), screenings.evolve_rules)


def screen_proposal(office: Office, by: By, proposal: UUID, found: Findings) -> int:
    """Holds an open proposal against the lists. Raises NotPermitted, NotFound, ProposalSettled or Invalid."""
    known = office.state_of(proposal, proposals.evolve)
    if known is None:
        raise NotFound(kind="proposal", id=str(proposal))
    by.actor.require(Act.SCREEN, known.congress)

    def decide(desk: Desk) -> None:
        state = desk.load(proposal, proposals.evolve)
        desk.add(proposal, *deciding.screen(state, _screening(desk, known.congress, found)))

    return office.record(by, decide)


def screen_candidate(office: Office, by: By, project: UUID, found: Findings) -> int:
    """Holds a candidate that is not listed yet against the lists.

    Raises NotPermitted, NotFound, WrongStage or Invalid.
    """
    known = office.state_of(project, projects.evolve)
    if known is None:
        raise NotFound(kind="project", id=str(project))
    by.actor.require(Act.SCREEN, known.congress)

    def decide(desk: Desk) -> None:
        state = projects.draft_in_file(desk.load(project, projects.evolve))
        desk.add(project, *approvals.screen_candidate(state.examined, _screening(desk, state.congress, found)))

    return office.record(by, decide)


def _screening(desk: Desk, congress: UUID, found: Findings) -> screenings.Screening:
    return screenings.screened(rules_at(desk, congress), READY_MADE, found.hits, found.unmet, found.note)
