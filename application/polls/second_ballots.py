"""Commands after a declaration: the second ballot, the repetition of a void poll, the decision on open places."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.adopting import follow_decision
from application.polls.lineage import filled_by
from application.polls.preparing import bind_set, known_poll
from domain.accounts.permissions import Act
from domain.polls import poll as polls
from domain.polls import preparing as judged
from domain.polls import second_ballots as judging
from domain.polls.poll import Poll, PollPrepared, ScrutineersApproved, Sealing
from domain.polls.rules import Form
from domain.projects import candidate_list as lists


def prepare_second_ballot(
    office: Office,
    box: Box,
    by: By,
    poll: UUID,
    *,
    parent: UUID,
    title: str,
    card_set: UUID | None,
    sealing: Sealing = Sealing.SEALED,
    paper_colour: str = "",
    waiver: str = "",
) -> int:
    """Prepares the ballot on the places a declared poll left open, with the parent's scrutineers and a spare set.

    Raises NotPermitted, NotFound, PollInWrongStage, NothingLeftOpen, AlreadyHeldAgain, PlacesAlreadyDecided, NoSurplus
    (no more items than places, without waiver), SealingRequired, Missing, and what binding the set refuses.
    """

    def prepared(state: Poll) -> PollPrepared:
        return judging.second_ballot(
            parent,
            state,
            title=title,
            card_set=card_set,
            sealing=sealing,
            paper_colour=paper_colour,
            waiver=waiver,
        )

    return _prepare_after(office, box, by, poll, parent, prepared)


def repeat_poll(
    office: Office,
    box: Box,
    by: By,
    poll: UUID,
    *,
    parent: UUID,
    title: str,
    card_set: UUID | None,
    sealing: Sealing = Sealing.SEALED,
    paper_colour: str = "",
) -> int:
    """Prepares a cancelled poll once more, on the same list, places or adopted projects.

    Raises NotPermitted, NotFound, PollInWrongStage, NothingLeftOpen for one that never opened, ListAtVote,
    ListNotPublished, ListHasChanged, AlreadyHeldAgain, SealingRequired, Missing, and what binding the set refuses.
    """

    def prepared(state: Poll) -> PollPrepared:
        return judging.repetition(
            parent, state, title=title, card_set=card_set, sealing=sealing, paper_colour=paper_colour
        )

    return _prepare_after(office, box, by, poll, parent, prepared)


def decide_places(office: Office, by: By, poll: UUID, *, number: str, on: date, adopted: tuple[UUID, ...]) -> int:
    """Records what the presidium or the standing committee decided on open places, and what follows from it.

    Which body it is stands in the outcome. Raises NotPermitted, NotFound, PollInWrongStage, NothingLeftOpen,
    AlreadyHeldAgain, PlacesAlreadyDecided, Missing, Invalid, NotAmongTheOpen, MoreThanPlaces or ByVoteAlone.
    """
    by.actor.require(Act.DECIDE_PLACES, known_poll(office, poll).prepared.congress)

    def decide(desk: Desk) -> None:
        state = polls.known(desk.load(poll, polls.evolve))
        decided = judging.decide_places(state, number=number, on=on, adopted=adopted)
        desk.add(poll, decided)
        follow_decision(desk, poll, state, decided)

    return office.record(by, decide)


def _prepare_after(
    office: Office, box: Box, by: By, poll: UUID, parent: UUID, prepared_from: Callable[[Poll], PollPrepared]
) -> int:
    by.actor.require(Act.PREPARE_POLL, known_poll(office, parent).prepared.congress)

    def decide(desk: Desk) -> None:
        state = polls.known(desk.load(parent, polls.evolve))
        prepared = prepared_from(state)
        is_vote = prepared.profile.form is not Form.GRADE
        desk.add(poll, judged.prepare_vote(prepared) if is_vote else judged.prepare_evaluation(prepared))
        bind_set(desk, poll, prepared)
        _take_up(desk, poll, prepared)
        if state.chief is not None:
            desk.add(poll, ScrutineersApproved(chief=state.chief, scrutineers=state.scrutineers))

    box.prepare(poll)
    return office.record(by, decide)


def _take_up(desk: Desk, poll: UUID, prepared: PollPrepared) -> None:
    """What the poll is held for is taken: the places of an earlier poll, or the year's candidate list."""
    parent = filled_by(desk, prepared)
    if parent is not None:
        earlier = polls.known(desk.load(parent, polls.evolve))
        left = judging.open_places(earlier)
        if left is None or left.again is None:
            raise judging.NothingLeftOpen(title=earlier.prepared.title)
        desk.add(parent, judging.hold_again(earlier, poll, left.again))
    elif not prepared.rehearsal and prepared.profile.form is not Form.GRADE:
        stream = lists.list_stream(prepared.congress, prepared.year)
        listed = desk.load(stream, lists.evolve)
        put = lists.put_to_vote(listed, prepared.year, poll)
        if listed is None or {one.project for one in listed.candidates} != {one.project for one in prepared.items}:
            raise lists.ListHasChanged(year=prepared.year)
        desk.add(stream, put)
