"""The states of then as the pages of today show them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from application.as_of import Past, known_by
from domain.accounts import account as accounts
from domain.accounts.permissions import Act
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.polls import card_set as card_sets
from domain.polls import voiding as voidings
from domain.polls.count import read_count
from domain.polls.poll import (
    CardVoidingNoted,
    Poll,
    PollClosed,
    PollDeclared,
    PollOpened,
    PollStage,
)
from domain.polls.rules import Form, quorum_number
from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.projects.candidate_list import CandidateList, CandidateListPublished
from domain.projects.project import Project, ProjectAdopted, ProjectNotAdopted, Stage
from domain.projects.voted_list import VotedList, VotedListAnnounced
from interfaces.composition import House
from interfaces.public.projects.views import people
from interfaces.web._base.asking import Place
from interfaces.web.as_of.course import Course
from interfaces.web.audit.reading import may_see_count
from interfaces.web.candidates.desk import support_on
from interfaces.web.candidates.sentences import LABELS, STAGES
from interfaces.web.delegate.views import cost_per_person
from interfaces.web.polls import words
from interfaces.web.polls.desk import Numbers
from interfaces.web.polls.names import names
from interfaces.web.polls.results import Result, result_of
from interfaces.web.polls.surplus import surplus_percent, surplus_reckoning
from interfaces.web.voted_list.words import how_adopted, why_not
from projections.candidate_board import ListedCandidate
from projections.voted_list import VotedProject


def of_card(then: Project | None) -> dict[str, Any]:
    """What the panel of a card needs."""
    if then is None:
        return {}
    return {
        "state": then,
        "card": then.card,
        "stage": STAGES[then.stage],
        "labels": LABELS,
        "per_person": cost_per_person(then),
        "support": support_on(then.card),
        "people": people,
    }


def of_list(course: Course[CandidateList]) -> dict[str, Any]:
    """The lines of the list, each with its card as it was."""
    if course.past is None or course.then is None:
        return {}
    published = [one.fact for one in course.until_then if isinstance(one.fact, CandidateListPublished)]
    cards = course.past.states_of((one.project for one in course.then.candidates), projects.evolve)
    return {
        "then": course.then,
        "decision": published[-1].decision,
        "listed": [_listed(one.project, one.number, cards[one.project]) for one in course.then.candidates],
    }


def of_voted_list(house: House, congress: UUID, year: int, course: Course[VotedList]) -> dict[str, Any]:
    """The adopted projects and the others, with their votes."""
    if course.past is None or course.then is None:
        return {}
    announced = next(one.fact for one in course.versions if isinstance(one.fact, VotedListAnnounced))
    candidates = course.past.state_of(lists.list_stream(congress, year), lists.evolve)
    asked = (
        [one.project for one in candidates.candidates] if candidates else [one.project for one in announced.projects]
    )
    voted = sorted(_voted(house, course.past, asked), key=lambda one: (one.number is None, one.number or one.rank or 0))
    return {
        "announced": announced,
        "adopted": [one for one in voted if one.stage == Stage.ADOPTED],
        "others": [one for one in voted if one.stage == Stage.NOT_ADOPTED],
        "how": how_adopted,
        "why": why_not,
    }


def of_poll(house: House, here: Place, course: Course[Poll]) -> dict[str, Any]:
    """Stage, people, numbers and, where they may be seen, marks."""
    then, past = course.then, course.past
    if then is None or past is None:
        return {}
    roll = past.state_of(rolls.roll_stream(then.prepared.congress), rolls.evolve)
    today = house.office.state_of(rolls.roll_stream(then.prepared.congress), rolls.evolve) or rolls.Roll()
    listed = rolls.Roll(entries={**today.entries, **(roll.entries if roll else {})})
    rules, candidates = then.prepared.profile, len(then.prepared.items)
    return {
        "poll": then,
        "prepared": then.prepared,
        "stage_words": words.STAGES,
        "stage_kinds": words.STAGE_KINDS,
        "role_words": words.ROLES,
        "void_words": words.VOID,
        "chief_name": names(listed, (then.chief,))[0] if then.chief else "",
        "scrutineer_names": names(listed, then.scrutineers),
        "surplus": surplus_percent(rules, candidates),
        "surplus_reckoning": surplus_reckoning(rules, candidates),
        "opened_at": _when(course, PollOpened),
        "closed_at": _when(course, PollClosed),
        "declared": next((one.fact for one in course.until_then if isinstance(one.fact, PollDeclared)), None),
        "numbers": _numbers(course, then, past, roll),
        "result": _result(here, course, past),
        "PollStage": PollStage,
    }


def _listed(project: UUID, number: int, state: Project) -> ListedCandidate:
    card = state.card
    return ListedCandidate(
        project=project,
        code=state.code,
        stage=state.stage.value,
        listed_number=number,
        number=card.number,
        name=card.name,
        category=card.category,
        lead_unit=card.lead_unit_name,
        total_funds=card.total_funds,
        beneficiary_count=card.beneficiary_count,
        supporters=card.supporters,
        gaps=[],
    )


def _voted(house: House, past: Past, asked: Iterable[UUID]) -> Iterable[VotedProject]:
    states = past.states_of(asked, projects.evolve)
    recorded = house.history.recorded_of(states)
    for project, state in states.items():
        of_then = recorded[project][: known_by(recorded[project], past.until)]
        decided = [one.fact for one in of_then if isinstance(one.fact, (ProjectAdopted, ProjectNotAdopted))]
        if decided:
            yield _decided(project, state, decided[-1])


def _decided(project: UUID, state: Project, fact: ProjectAdopted | ProjectNotAdopted) -> VotedProject:
    card, vote = state.card, fact.vote
    return VotedProject(
        project=project,
        code=state.code,
        stage=state.stage.value,
        number=fact.number if isinstance(fact, ProjectAdopted) else None,
        name=card.name,
        category=card.category,
        content=card.content,
        place=card.place,
        lead_unit=card.lead_unit_name,
        total_funds=card.total_funds,
        beneficiary_count=card.beneficiary_count,
        finishes_on=card.finishes_on,
        votes_for=vote.votes_for,
        against=vote.against,
        abstain=vote.abstain,
        needed=vote.needed,
        all_delegates=vote.all_delegates,
        attending=vote.attending,
        rank=vote.rank,
        passed=vote.passed,
        poll=vote.poll,
        again=vote.first.again if vote.first else "",
        first_votes=vote.first.votes_for if vote.first else None,
        decided_by=fact.decided_by,
        notice_number=fact.notice_number,
    )


def _when(course: Course[Poll], kind: type) -> Any:
    return next((one.at for one in course.until_then if isinstance(one.fact, kind)), None)


def _numbers(course: Course[Poll], then: Poll, past: Past, roll: rolls.Roll | None) -> Numbers:
    """The equation of the cards: from the record of then before the opening, as frozen there afterwards.

    How many ballots lay in the open box at a moment is nowhere: the box knows no time.
    """
    if then.opened is not None:
        closed = then.closed
        return Numbers(
            all_delegates=then.opened.all_delegates,
            attending=then.attending,
            quorum=quorum_number(then.prepared.profile, then.opened.all_delegates),
            printed=closed.cards_printed if closed else None,
            voided=closed.cards_voided if closed else None,
            drawn=then.cards_drawn,
            papers=then.papers_issued,
            issued=then.issued,
            cast=None,
            seconds_left=None,
        )
    everybody = list(roll.entries) if roll else []
    streams = (sessions.attendance_stream(then.prepared.session, delegate) for delegate in everybody)
    present = past.states_of(streams, sessions.evolve_attendance).values()
    card_set = past.state_of(then.prepared.card_set, card_sets.evolve) if then.prepared.card_set else None
    return Numbers(
        all_delegates=len(everybody),
        attending=sum(one.present for one in present),
        quorum=quorum_number(then.prepared.profile, len(everybody)),
        printed=len(card_set.cards) if card_set else 0,
        voided=_voided(course, past),
        drawn=sum(course.stream in one.drawn for one in present),
        papers=sum(course.stream in one.papers for one in present),
        issued=None,
        cast=None,
        seconds_left=None,
    )


def _voided(course: Course[Poll], past: Past) -> int:
    """As noted at the desks, and on the poll itself in histories from before."""
    noted = past.states_of(voidings.voiding_streams(course.stream), voidings.evolve).values()
    return sum(one.cards for one in noted) + sum(isinstance(one.fact, CardVoidingNoted) for one in course.until_then)


def _result(here: Place, course: Course[Poll], past: Past) -> Result | None:
    """The count of then, for somebody who could see it then and still can."""
    then = course.then
    if then is None or then.counted is None or then.stage is PollStage.CLOSED:
        return None  # a figure was changed after the count: it is counted again
    if then.counted.void_because or then.prepared.profile.form is Form.GRADE:
        return None
    account = past.state_of(here.actor.account, accounts.evolve)
    could = then.stage is PollStage.DECLARED or (
        account is not None and account.actor(here.actor.account).may(Act.COUNT_POLL, here.congress.id)
    )
    if not could or not may_see_count(here.actor, course.now):
        return None
    return result_of(read_count(then.counted.count)["outcome"], then.prepared.profile)
