"""How far a prepared poll is from opening: every number of the equation and everything that blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from application.history.box import Box, NotSecret
from application.office import Office
from application.polls.cards import attendances, card_numbers
from application.polls.electorate import electorate_of
from domain.polls import card_set as card_sets
from domain.polls import opening
from domain.polls.card_set import CardSet
from domain.polls.opening import CardNumbers
from domain.polls.poll import Poll
from domain.polls.rules import quorum_number
from domain.projects.candidate_list import require_pre_reading
from domain.shared import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """N, A, the quorum and the cards at this moment. `obstacles` are what opening would refuse, all of it."""

    all_delegates: int
    attending: int
    quorum: int
    cards: CardNumbers
    released: bool
    """Whether cards can be drawn; a poll without cards waits for none."""
    obstacles: tuple[Refused, ...]


def standing_of(office: Office, box: Box, poll: UUID, state: Poll) -> Standing:
    """Read from the record itself, as opening does. Raises TryAgain or BoxNotPrepared."""
    desk = office.desk()
    prepared = state.prepared
    card_set = desk.load(prepared.card_set, card_sets.evolve) if prepared.card_set else None
    everybody = len(electorate_of(desk, prepared))
    attending = sum(attendance.present for attendance in attendances(desk, state))
    quorum = quorum_number(prepared.profile, everybody)
    cards = card_numbers(desk, box, poll, state)
    equation = opening.obstacles(state, all_delegates=everybody, attending=attending, quorum=quorum, cards=cards)
    return Standing(
        all_delegates=everybody,
        attending=attending,
        quorum=quorum,
        cards=cards,
        released=card_set is None or card_set.released,
        obstacles=(*_before_the_equation(office, box, state, card_set), *equation),
    )


def _before_the_equation(office: Office, box: Box, state: Poll, card_set: CardSet | None) -> Iterator[Refused]:
    prepared = state.prepared
    try:
        require_pre_reading(prepared.sent_on, office.today(), prepared.profile.pre_reading_days)
    except Refused as refused:
        yield refused
    if card_set is not None:
        try:
            card_sets.require_live(card_set)
        except Refused as refused:
            yield refused
    settings = tuple(fault.setting for fault in box.secrecy_faults() if fault.blocks)
    if settings:
        yield NotSecret(settings=settings)
