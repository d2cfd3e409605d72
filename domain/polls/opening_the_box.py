"""Opening a sealed box: when it may be opened, what two openings must agree on, and what follows (step 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.polls.after_closing import require_cleared
from domain.polls.ballot_form import BallotForm
from domain.polls.box_opening import BoxOpened, OpenedOn, SealedBallotsDeleted
from domain.polls.key_ceremony import PollNotSealed, known_key
from domain.polls.poll import Poll, PollCancelled, PollInWrongStage, PollStage, in_stage, known
from domain.polls.raw_columns import RawColumns, require_of_this_box
from domain.shared import Invalid, Missing, Refused

OBJECTION_DAYS: Final = 30
"""Days after the declaration in which a recount from the sealed ballots can be asked for."""


@dataclass(eq=False)
class TooFewShares(Refused):
    """Fewer shares than the key asks for, or somebody who holds none."""

    brought: int
    needed: int


@dataclass(eq=False)
class BoxNotOpened(Refused):
    """A sealed box is opened twice, in the browser and offline, before anything is counted."""

    missing: tuple[OpenedOn, ...]


@dataclass(eq=False)
class OpeningsDiffer(Refused):
    """Two openings gave different columns: nothing is counted or signed until two agree."""


@dataclass(eq=False)
class BoxWasOpened(Refused):
    """A box that was opened gives a result; the poll cannot be ended for want of shares."""


@dataclass(eq=False)
class ObjectionsStillPossible(Refused):
    """The sealed ballots are kept until the time for objections is over."""

    until: date


@dataclass(eq=False)
class AlreadyDeleted(Refused):
    """The sealed ballots of the poll were deleted before."""


def require_openable(poll: Poll | None) -> Poll:
    """Raises PollInWrongStage, PollNotSealed, SealingKeyMissing, IncidentsUndecided or PollToBeRepeated."""
    poll = in_stage(poll, PollStage.CLOSED)
    known_key(poll)
    require_cleared(poll)
    return poll


def require_of_this_poll(columns: RawColumns, poll: UUID, state: Poll, form: BallotForm) -> None:
    """Raises what `require_openable` and `require_of_this_box` do."""
    state = require_openable(state)
    if state.closed is None:
        raise PollInWrongStage(stage=state.stage.value)
    require_of_this_box(
        columns,
        poll=poll,
        form=form,
        key=known_key(state).fingerprint,
        root=state.closed.root,
        ballots=state.closed.ballots,
    )


def open_box(poll: Poll | None, fact: BoxOpened) -> BoxOpened:
    """Records one opening; a later one at the same place takes the place of the earlier.

    Raises what `require_openable` does, and TooFewShares.
    """
    key = known_key(require_openable(poll))
    brought = set(fact.holders)
    if len(brought) < key.threshold or not brought <= set(key.holders):
        raise TooFewShares(brought=len(brought & set(key.holders)), needed=key.threshold)
    return fact


def require_agreeing(poll: Poll) -> None:
    """Raises BoxNotOpened or OpeningsDiffer: a sealed box is counted when two openings agree."""
    missing = tuple(place for place in OpenedOn if place not in poll.box.openings)
    if missing:
        raise BoxNotOpened(missing=missing)
    if not poll.box.agrees:
        raise OpeningsDiffer


def end_unopened(poll: Poll | None, *, brought: int, reason: str) -> PollCancelled:
    """Fewer shares than the key asks for can be brought: the poll is void and repeated (ballot.md, step 2).

    Raises PollInWrongStage, PollNotSealed, SealingKeyMissing, BoxWasOpened, Invalid (brought) or Missing (reason).
    """
    poll = in_stage(poll, PollStage.CLOSED)
    key = known_key(poll)
    if poll.box.openings:
        raise BoxWasOpened
    if not 0 <= brought < key.threshold:
        raise Invalid(field="brought", reason="enough_shares", value=str(brought))
    if not reason.strip():
        raise Missing(fields=("reason",))
    return PollCancelled(reason=reason.strip())


def delete_sealed_ballots(poll: Poll | None, today: date, destroyed: Sequence[UUID]) -> SealedBallotsDeleted:
    """After the time for objections the sealed bytes go, the receipts stay.

    Every share was destroyed before. Raises PollInWrongStage, PollNotSealed, AlreadyDeleted, ObjectionsStillPossible
    or Invalid (destroyed).
    """
    poll = known(poll)
    if not poll.is_sealed:
        raise PollNotSealed
    if poll.stage not in (PollStage.DECLARED, PollStage.CANCELLED) or poll.closed is None:
        raise PollInWrongStage(stage=poll.stage.value)
    if poll.box.deleted:
        raise AlreadyDeleted
    until = kept_until(poll)
    if until is not None and today <= until:
        raise ObjectionsStillPossible(until=until)
    holders = poll.key.holders if poll.key else ()
    if set(destroyed) != set(holders):
        raise Invalid(field="destroyed", reason="destroyed")
    return SealedBallotsDeleted(ballots=poll.closed.ballots, destroyed=holders)


def kept_until(poll: Poll) -> date | None:
    """The last day on which the sealed ballots of a declared poll must still be there."""
    return poll.declared.on + timedelta(days=OBJECTION_DAYS) if poll.declared else None
