"""Commands about candidate projects: draft, import, revise, list, read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from application.office import By, Desk, Office
from application.proposals.becoming import give_back, support_behind
from application.proposals.screening import rules_at
from domain.accounts.permissions import Act
from domain.congress import congress as congresses
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.projects.approvals import require_ready
from domain.projects.candidate_list import PresidiumDecision
from domain.projects.card import CandidateCard
from domain.proposals.screening import AdoptedRules
from domain.shared import NotFound, project_code


def draft_candidate(office: Office, by: By, congress: UUID, year: int, project: UUID, card: CandidateCard) -> int:
    """Enters one candidate. Raises NotPermitted, NotFound or Missing."""
    by.actor.require(Act.EDIT_CANDIDATES, congress)

    def decide(desk: Desk) -> None:
        _draft(desk, congress, year, project, card, None)

    return office.record(by, decide)


def import_candidates(
    office: Office, by: By, congress: UUID, year: int, import_id: UUID, cards: Sequence[CandidateCard]
) -> int:
    """Enters a confirmed list of candidates in one transaction. Raises NotPermitted, NotFound or Missing."""
    by.actor.require(Act.EDIT_CANDIDATES, congress)

    def decide(desk: Desk) -> None:
        for place, card in enumerate(cards):
            _draft(desk, congress, year, imported_project(import_id, place), card, import_id)

    return office.record(by, decide)


def imported_project(import_id: UUID, place: int) -> UUID:
    """The identity of the project on the given line of an import, counted from 0."""
    return uuid5(import_id, str(place))


def revise_candidate(office: Office, by: By, project: UUID, card: CandidateCard) -> int:
    """Changes a card that is not listed yet. Raises NotPermitted, NotFound, Missing or WrongStage."""
    _require_project(office, by, Act.EDIT_CANDIDATES, project)

    def decide(desk: Desk) -> None:
        known = desk.load(project, projects.evolve)
        if known is not None and known.card == card:
            return
        congress = _existing_congress(desk, known.congress if known else project)
        desk.add(project, projects.revise_candidate(known, _with_unit(congress, card)))

    return office.record(by, decide)


def withdraw_candidate(office: Office, by: By, project: UUID, reason: str) -> int:
    """Takes a candidate out of the file; the proposals behind it are open again.

    Raises NotPermitted, NotFound, Missing or WrongStage.
    """
    _require_project(office, by, Act.EDIT_CANDIDATES, project)

    def decide(desk: Desk) -> None:
        known = desk.load(project, projects.evolve)
        desk.add(project, projects.withdraw_candidate(known, reason))
        give_back(desk, project, known.proposals if known else (), reason)

    return office.record(by, decide)


def publish_list(
    office: Office,
    by: By,
    congress: UUID,
    year: int,
    session: UUID,
    chosen: Sequence[tuple[UUID, int]],
    decision: PresidiumDecision | str,
    on: date,
) -> int:
    """Fixes the candidate list: `chosen` are projects with their numbers on it.

    Words alone will do for a decision where the congress has adopted no screening rules. The support behind each
    candidate is frozen on its card.

    Raises NotPermitted, NotFound, CardIncomplete (rule 16), NotScreened, NegativeListHit (rule 18), ApprovalRefused,
    ApprovalsMissing, Missing, Invalid, NumberRepeated, ListAlreadyPublished or WrongStage.
    """
    by.actor.require(Act.FIX_LIST, congress)
    stream = lists.list_stream(congress, year)
    decided = PresidiumDecision(words=decision) if isinstance(decision, str) else decision

    def decide(desk: Desk) -> None:
        convened = desk.load(session, sessions.evolve)
        if convened is None or convened.congress != congress or convened.year != year:
            raise NotFound(kind="session", id=str(session))
        rules = rules_at(desk, congress)
        found = desk.load_many([project for project, _ in chosen], projects.evolve)
        candidates = []
        for project, number in chosen:
            known = found.get(project)
            if known is None or known.congress != congress or known.year != year:
                raise NotFound(kind="project", id=str(project))
            candidates.append(_listed(office, desk, project, known, number, on, rules))
        published = lists.publish_list(
            desk.load(stream, lists.evolve),
            congress=congress,
            year=year,
            session=session,
            candidates=tuple(candidates),
            decision=decided,
            on=on,
            numbered=rules is not None,
        )
        desk.add(stream, published)

    return office.record(by, decide)


def withdraw_list(office: Office, by: By, congress: UUID, year: int, reason: str) -> int:
    """Takes the list back so that cards can be put right.

    Raises NotPermitted, ListNotPublished, ListAtVote or Missing.
    """
    by.actor.require(Act.FIX_LIST, congress)
    stream = lists.list_stream(congress, year)

    def decide(desk: Desk) -> None:
        current = desk.load(stream, lists.evolve)
        desk.add(stream, lists.withdraw_list(current, year, reason))
        listed = [candidate.project for candidate in current.candidates] if current else []
        for project, known in desk.load_many(listed, projects.evolve).items():
            desk.add(project, projects.unlist_project(known, reason))

    return office.record(by, decide)


def read_card(office: Office, by: By, project: UUID) -> int:
    """Gives the delegate's read receipt for a listed card, once.

    Raises NotPermitted, NotFound for somebody who is no delegate or a card that is not on a published list.
    """
    known = _require_project(office, by, Act.READ_CANDIDATES, project)
    delegate = by.actor.delegate_in(known.congress)
    roll = office.state_of(rolls.roll_stream(known.congress), rolls.evolve)
    if delegate is None or roll is None or not roll.admits(delegate):
        raise NotFound(kind="delegate", id="")
    if known.stage in (projects.Stage.DRAFT, projects.Stage.WITHDRAWN):
        raise NotFound(kind="project", id=str(project))
    stream = lists.reading_stream(lists.list_stream(known.congress, known.year), delegate)
    receipt = lists.CardRead(congress=known.congress, delegate=delegate, project=project)
    return office.change(by, stream, lists.evolve_reading, lambda reading: lists.read_card(reading, receipt))


def _draft(desk: Desk, congress: UUID, year: int, project: UUID, card: CandidateCard, import_id: UUID | None) -> None:
    known = _existing_congress(desk, congress)
    fact = projects.draft_candidate(congress, year, project_code(project), _with_unit(known, card), import_id)
    desk.add(project, fact)


def _listed(
    office: Office,
    desk: Desk,
    project: UUID,
    known: projects.Project,
    number: int,
    on: date,
    rules: AdoptedRules | None,
) -> lists.ListedCandidate:
    listed = projects.list_project(known, number, on)
    require_ready(known.card.name, known.examined, rules)
    desk.add(project, *_with_support(office, desk, known), listed)
    return lists.ListedCandidate(project=project, number=number, name=known.card.name)


def _with_support(office: Office, desk: Desk, known: projects.Project) -> tuple[projects.CandidateRevised, ...]:
    """The card with the support there is at this moment; as typed where no proposal stands behind the project."""
    if not known.proposals:
        return ()
    index = support_behind(office, desk, known.proposals)
    card = replace(known.card, support_proposals=index.proposals, supporters=index.supporters)
    return () if card == known.card else (projects.revise_candidate(known, card),)


def _existing_congress(desk: Desk, congress: UUID) -> congresses.Congress:
    known = desk.load(congress, congresses.evolve)
    if known is None:
        raise NotFound(kind="congress", id=str(congress))
    return known


def _with_unit(congress: congresses.Congress, card: CandidateCard) -> CandidateCard:
    """The card with its lead unit's identity, where the congress knows a unit of that name."""
    unit = congress.unit_named(card.lead_unit_name)
    return replace(card, lead_unit=unit.id if unit else None)


def _require_project(office: Office, by: By, act: Act, project: UUID) -> projects.Project:
    known = office.state_of(project, projects.evolve)
    if known is None:
        raise NotFound(kind="project", id=str(project))
    by.actor.require(act, known.congress)
    return known
