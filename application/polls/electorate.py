"""Who may vote in a poll: everybody on the roll, or the members it names, such as the standing committee's."""

from collections.abc import Iterable
from uuid import UUID

from application.office import Desk
from domain.congress import roll as rolls
from domain.polls.poll import PollPrepared
from domain.shared import NotFound


def electorate_of(desk: Desk, prepared: PollPrepared) -> tuple[UUID, ...]:
    """The delegates on the roll who may vote; N is their number."""
    roll = desk.load(rolls.roll_stream(prepared.congress), rolls.evolve)
    on_roll = tuple(roll.entries) if roll else ()
    members = frozenset(prepared.electorate)
    return tuple(delegate for delegate in on_roll if delegate in members) if members else on_roll


def require_on_roll(desk: Desk, congress: UUID, delegates: Iterable[UUID]) -> None:
    """Raises NotFound for somebody who is no delegate, or no more."""
    roll = desk.load(rolls.roll_stream(congress), rolls.evolve)
    for delegate in delegates:
        if roll is None or not roll.admits(delegate):
            raise NotFound(kind="delegate", id=str(delegate))


def require_elector(prepared: PollPrepared, delegate: UUID) -> None:
    """Raises NotFound for a delegate whom the poll does not ask."""
    if prepared.electorate and delegate not in prepared.electorate:
        raise NotFound(kind="elector", id=str(delegate))
