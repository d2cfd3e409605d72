"""How a proposal comes to stand behind a candidate project, and how that is undone."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from application.office import By, Desk, Office
from application.proposals.screening import rules_at
from domain.accounts.permissions import Act
from domain.congress import congress as congresses
from domain.projects import project as projects
from domain.projects.approvals import CandidateScreened
from domain.projects.card import CandidateCard
from domain.projects.origins import ProposalGivenBack, ProposalTakenUp
from domain.projects.project import CandidateRevised, Project
from domain.proposals import deciding
from domain.proposals import proposal as proposals
from domain.proposals import support as supports
from domain.proposals.proposal import Proposal
from domain.proposals.support import SupportIndex
from domain.shared import NotFound, project_code


def become_candidate(office: Office, by: By, proposal: UUID, project: UUID, card: CandidateCard) -> int:
    """A new draft candidate with this card, and the proposal behind it; what it was screened to be goes along.

    Raises NotPermitted, NotFound, ProposalSettled, NotScreened, NegativeListHit (rule 18) or Missing (name).
    """
    _require_proposal(office, by, proposal)

    def decide(desk: Desk) -> None:
        known = _loaded(desk, proposal)
        congress = desk.load(known.congress, congresses.evolve)
        if congress is None:
            raise NotFound(kind="congress", id=str(known.congress))
        unit = congress.unit_named(card.lead_unit_name)
        led = replace(card, lead_unit=unit.id if unit else None)
        drafted = projects.draft_candidate(known.congress, known.year, project_code(project), led)
        _stand_behind(desk, proposal, known, project, card.name)
        desk.add(project, drafted, _taken_up(proposal, known))
        if known.screening is not None:
            desk.add(project, CandidateScreened(screening=known.screening))

    return office.record(by, decide)


def stand_behind(office: Office, by: By, proposal: UUID, project: UUID) -> int:
    """One more proposal behind a candidate of the same year that is not listed yet.

    Raises NotPermitted, NotFound, ProposalSettled, NotScreened, NegativeListHit (rule 18) or WrongStage.
    """
    _require_proposal(office, by, proposal)

    def decide(desk: Desk) -> None:
        known = _loaded(desk, proposal)
        taker = desk.load(project, projects.evolve)
        if taker is None or (taker.congress, taker.year) != (known.congress, known.year):
            raise NotFound(kind="project", id=str(project))
        name = projects.draft_in_file(taker).card.name
        _stand_behind(desk, proposal, known, project, name)
        desk.add(project, _taken_up(proposal, known))

    return office.record(by, decide)


def step_back(office: Office, by: By, proposal: UUID, reason: str) -> int:
    """The proposal was put behind the wrong candidate: it is open again, the candidate stays.

    Raises NotPermitted, NotFound, ProposalIsOpen, Missing (reason), or WrongStage once the candidate is listed.
    """
    _require_proposal(office, by, proposal)

    def decide(desk: Desk) -> None:
        known = _loaded(desk, proposal)
        project = known.project
        reopened = deciding.reopen(known, reason, withdrawn=project is not None)
        if project is None:
            raise NotFound(kind="project", id="")
        taker = projects.draft_in_file(desk.load(project, projects.evolve))
        desk.add(proposal, reopened)
        desk.add(project, ProposalGivenBack(proposal=proposal))
        if taker.proposals == (proposal,):
            desk.add(project, *_without_support(taker))

    return office.record(by, decide)


def give_back(desk: Desk, project: UUID, behind: Iterable[UUID], reason: str) -> None:
    """The candidate was withdrawn: the proposals behind it are open again, in the same transaction."""
    known = desk.load_many(behind, proposals.evolve)
    for proposal, state in known.items():
        desk.add(proposal, deciding.reopen(state, reason, withdrawn=True))
        desk.add(project, ProposalGivenBack(proposal=proposal))


def support_behind(office: Office, desk: Desk, behind: Iterable[UUID]) -> SupportIndex:
    """How many proposals stand behind a project, with what was merged into them, and the voices for all of them.

    Voices are read beside the decision: those that come in while it is being recorded do not delay it.
    """
    found: set[UUID] = set()
    wave = set(behind)
    while wave:
        found |= wave
        taken_in = desk.load_many(sorted(wave), proposals.evolve).values()
        wave = {one for state in taken_in for one in state.taken_in} - found
    streams = [supports.support_stream(one) for one in sorted(found)]
    given = office.states_of(streams, supports.evolve_support).values()
    return SupportIndex(proposals=len(found), supporters=sum(one.voices for one in given))


def _without_support(taker: Project) -> tuple[CandidateRevised, ...]:
    """What an earlier list had frozen on the card goes with the last proposal behind it."""
    card = replace(taker.card, support_proposals=0, supporters=0)
    return () if card == taker.card else (projects.revise_candidate(taker, card),)


def _stand_behind(desk: Desk, proposal: UUID, known: Proposal, project: UUID, name: str) -> None:
    needed = rules_at(desk, known.congress) is not None
    desk.add(proposal, deciding.become_candidate(known, project, name, screening_needed=needed))


def _taken_up(proposal: UUID, known: Proposal) -> ProposalTakenUp:
    received = known.received
    return ProposalTakenUp(
        proposal=proposal, code=received.code, title=known.suggestion.title, received_on=received.received_on
    )


def _loaded(desk: Desk, proposal: UUID) -> Proposal:
    known = desk.load(proposal, proposals.evolve)
    if known is None:
        raise NotFound(kind="proposal", id=str(proposal))
    return known


def _require_proposal(office: Office, by: By, proposal: UUID) -> None:
    known = office.state_of(proposal, proposals.evolve)
    if known is None:
        raise NotFound(kind="proposal", id=str(proposal))
    by.actor.require(Act.DECIDE_PROPOSALS, known.congress)
