"""What the record's page shows, from the closing of a poll on."""

from typing import Any
from uuid import UUID

from application.polls.record import NoRecord, record_of, require_recorded
from domain.polls import poll as polls
from domain.polls.ballot import Receipt, printed_receipt
from domain.polls.poll import Poll, PollClosed, PollInWrongStage
from domain.polls.rules import Publication
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.record.packing import packed

VERIFIER = "verify_record.py"


def closed_poll(house: House, poll: UUID) -> tuple[Poll, PollClosed]:
    """A poll that was closed and is no rehearsal. Raises NotFound."""
    state = house.office.state_of(poll, polls.evolve)
    if state is None or state.closed is None or state.prepared.rehearsal:
        raise NotFound(kind="record", id=str(poll))
    return state, state.closed


def is_published(state: Poll) -> bool:
    """Whether the record with all its figures is for everybody: the poll has ended, and its rules publish counts."""
    try:
        require_recorded(state)
    except (NoRecord, PollInWrongStage):
        return False
    return state.prepared.profile.publication is Publication.FULL_COUNTS


def shown(poll: UUID, state: Poll, closed: PollClosed) -> dict[str, Any]:
    """Values of the page."""
    return {
        "poll": poll,
        "prepared": state.prepared,
        "stage": state.stage,
        "ballots": closed.ballots,
        "has_box": state.prepared.card_set is not None,
        "root": grouped(closed.root),
        "published": is_published(state),
        "counts_public": state.prepared.profile.publication is Publication.FULL_COUNTS,
        "count_hash": grouped(state.counted.count_hash) if state.counted and state.declared else "",
        "verifier": VERIFIER,
    }


def grouped(digest: str) -> str:
    """A hash in groups of four, as it is compared aloud."""
    return printed_receipt(Receipt(digest))


def record_zip(house: House, poll: UUID) -> bytes:
    """The record as a file. Raises what `record_of` does."""
    return packed(record_of(house.office, house.box, house.notary, poll))
