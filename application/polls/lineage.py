"""Which poll follows which: a second ballot fills its parent's open places, a repetition stands in for its parent."""

from uuid import UUID

from application.office import Desk
from domain.polls import poll as polls
from domain.polls.places import Again
from domain.polls.poll import PollPrepared


def filled_by(desk: Desk, prepared: PollPrepared) -> UUID | None:
    """The declared poll whose open places this one fills; None for a first ballot and its repetitions."""
    while prepared.again is Again.REPEAT and prepared.parent is not None:
        prepared = polls.known(desk.load(prepared.parent, polls.evolve)).prepared
    return prepared.parent
