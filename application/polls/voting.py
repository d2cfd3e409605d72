"""Commands that open and close the vote."""

from dataclasses import replace
from uuid import UUID

from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.cards import attendances, card_numbers
from application.polls.electorate import electorate_of
from application.polls.hall_word import HallWords
from application.polls.preparing import known_poll
from application.polls.table import require_at_table
from domain.accounts.permissions import Act
from domain.polls import card_set as card_sets
from domain.polls import opening
from domain.polls import poll as polls
from domain.polls.count import form_hash_of
from domain.polls.poll import PollClosed, PollStage
from domain.polls.rules import quorum_number
from domain.projects.candidate_list import require_pre_reading


def open_poll(
    office: Office, box: Box, by: By, poll: UUID, *, hall_words: HallWords | None = None, page: str = ""
) -> int:
    """Opens the vote and freezes N, A and I, read from the record itself; makes the hall word first.

    `page` is the hash of the ballot page, for the record.

    Raises NotPermitted, NotFound, PreReadingTooShort (rule 16), QuorumNotMet (rule 1), SetNotReleased,
    TooFewScrutineers, CardsNotAccounted, MoreCardsThanAttending, NothingIssued, PollInWrongStage or NotSecret;
    ValueError where the profile asks for a hall word and nobody is given to keep it.
    """
    found = known_poll(office, poll)
    by.actor.require(Act.OPEN_POLL, found.prepared.congress)
    box.prepare(poll)
    if found.prepared.profile.hall_word and found.stage is PollStage.PREPARED:
        if hall_words is None:
            raise ValueError("a hall word needs somebody who keeps it")
        hall_words.make(poll)

    def decide(desk: Desk) -> None:
        state = polls.known(desk.load(poll, polls.evolve))
        prepared = state.prepared
        require_pre_reading(prepared.sent_on, office.today(), prepared.profile.pre_reading_days)
        everybody = len(electorate_of(desk, prepared))
        numbers = card_numbers(desk, box, poll, state)
        opened = opening.open_poll(
            state,
            all_delegates=everybody,
            attending=sum(attendance.present for attendance in attendances(desk, state)),
            quorum=quorum_number(prepared.profile, everybody),
            cards=numbers,
            form=form_hash_of(poll, prepared),
        )
        card_set = desk.load(prepared.card_set, card_sets.evolve) if prepared.card_set else None
        if card_set is not None:
            card_sets.require_live(card_set)
        desk.add(poll, replace(opened, page=page))

    return office.record(by, decide)


def call_last_ballots(office: Office, by: By, poll: UUID) -> int:
    """The first step of closing. Raises NotPermitted, NotThisPollsScrutineer, NotFound or PollInWrongStage."""
    require_at_table(by.actor, Act.CLOSE_POLL, known_poll(office, poll), chief_alone=True)
    return office.change(by, poll, polls.evolve, opening.call_last_ballots)


def close_poll(office: Office, box: Box, by: By, poll: UUID, *, hall_words: HallWords | None = None) -> int:
    """The second step: closes the gate of the box, then records what it holds, and forgets the hall word.

    Between the two the gate already decides; asked again after a crash, this ends in the same record.
    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage or TryAgain.
    """
    require_at_table(by.actor, Act.CLOSE_POLL, known_poll(office, poll), chief_alone=True)

    def decide(desk: Desk) -> None:
        state = opening.require_closable(desk.load(poll, polls.evolve))
        closing = box.close(poll)
        if hall_words is not None:
            hall_words.erase(poll)
        numbers = card_numbers(desk, box, poll, state)
        fact = PollClosed(
            ballots=closing.ballots,
            root=closing.root,
            cards_printed=numbers.printed,
            cards_voided=numbers.voided,
            cards_drawn=numbers.drawn,
            papers=numbers.papers,
            late=numbers.late,
            cards_spoiled=numbers.spoiled,
        )
        desk.add(poll, opening.close_poll(state, fact))

    return office.record(by, decide)
