"""Counting, signing and declaring a closed poll."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.polls.after_closing import require_cleared
from domain.polls.opening import CardsNotAccounted
from domain.polls.poll import (
    CountSigned,
    Poll,
    PollCancelled,
    PollCounted,
    PollDeclared,
    PollInWrongStage,
    PollStage,
    SignerRole,
    counted_in,
    in_stage,
    known,
)
from domain.shared import Missing, Refused


@dataclass(eq=False)
class NotThisPollsScrutineer(Refused):
    """Only the scrutineers approved for the poll sign its count."""

    name: str


@dataclass(eq=False)
class AlreadySigned(Refused):
    """Each scrutineer signs a count once."""

    name: str


@dataclass(eq=False)
class CountChanged(Refused):
    """The count shown to the signer is not the current one."""

    shown: str
    current: str


@dataclass(eq=False)
class SignaturesMissing(Refused):
    """No declaration without the chief's and two scrutineers' signatures (rule 14)."""

    chief: bool
    scrutineers: int


@dataclass(eq=False)
class CountNotValid(Refused):
    """The poll is void by its count; there is nothing to declare."""

    reason: str


@dataclass(eq=False)
class BoxDiffers(Refused):
    """The box does not hold what was recorded when it closed; nothing is counted."""

    recorded: int
    found: int


def require_accounted(poll: Poll) -> None:
    """The equation of the opening holds at the closing too. Raises CardsNotAccounted: the vote is to be repeated."""
    if poll.opened is None or poll.closed is None:
        raise PollInWrongStage(stage=poll.stage.value)
    if not poll.cards_add_up:
        raise CardsNotAccounted(
            printed=poll.closed.cards_printed, voided=poll.closed.cards_voided, drawn=poll.cards_drawn
        )


def require_being_counted(poll: Poll | None) -> Poll:
    """Raises PollInWrongStage unless the poll is closed or counted, and not yet declared."""
    poll = known(poll)
    if poll.stage not in (PollStage.CLOSED, PollStage.COUNTED):
        raise PollInWrongStage(stage=poll.stage.value)
    return poll


def record_count(poll: Poll | None, fact: PollCounted) -> PollCounted:
    """A count after a signed one makes a new version and voids the signatures (rule 11).

    What has to be settled before is judged by `require_countable`. Raises PollInWrongStage, CardsNotAccounted for a
    poll in which a drawn card was voided after all, or IncidentsUndecided or PollToBeRepeated.
    """
    poll = require_being_counted(poll)
    require_accounted(poll)
    require_cleared(poll)
    return replace(fact, version=(poll.counted.version if poll.counted else 0) + 1)


def sign_count(poll: Poll | None, *, delegate: UUID, name: str, shown_hash: str) -> CountSigned:
    """Signs exactly the count that was shown.

    Raises PollInWrongStage, NotThisPollsScrutineer, CountChanged, CountNotValid, AlreadySigned or IncidentsUndecided.
    """
    poll = in_stage(poll, PollStage.COUNTED)
    counted = counted_in(poll)
    if delegate != poll.chief and delegate not in poll.scrutineers:
        raise NotThisPollsScrutineer(name=name)
    if counted.void_because:
        raise CountNotValid(reason=counted.void_because)
    require_cleared(poll)
    if shown_hash != counted.count_hash:
        raise CountChanged(shown=shown_hash, current=counted.count_hash)
    if any(signature.delegate == delegate for signature in poll.signatures):
        raise AlreadySigned(name=name)
    role = SignerRole.CHIEF if delegate == poll.chief else SignerRole.SCRUTINEER
    return CountSigned(version=counted.version, role=role, delegate=delegate, name=name, count_hash=shown_hash)


def declare_poll(poll: Poll | None, *, on: date, notice_number: str, adopted: tuple[UUID, ...]) -> PollDeclared:
    """Declares the adopted projects; places that a tie or a shortfall leaves open stay open.

    Raises PollInWrongStage, CountNotValid, SignaturesMissing or Missing (notice_number).
    """
    poll = in_stage(poll, PollStage.COUNTED)
    counted = counted_in(poll)
    if counted.void_because:
        raise CountNotValid(reason=counted.void_because)
    require_cleared(poll)
    if not poll.is_signed:
        raise SignaturesMissing(chief=poll.signed_by_chief, scrutineers=poll.scrutineers_signed)
    if not notice_number.strip():
        raise Missing(fields=("notice_number",))
    return PollDeclared(on=on, notice_number=notice_number.strip(), count_hash=counted.count_hash, adopted=adopted)


def cancel_poll(poll: Poll | None, reason: str) -> PollCancelled:
    """Before it opens any poll may be cancelled; after its closing only one that cannot give a result.

    That is one that is void by its count (rules 1 and 2), whose cards do not add up, or that the chief decided to
    repeat. Raises PollInWrongStage or Missing (reason).
    """
    poll = known(poll)
    if not may_be_cancelled(poll):
        raise PollInWrongStage(stage=poll.stage.value)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return PollCancelled(reason=reason.strip())


def may_be_cancelled(poll: Poll) -> bool:
    """Whether the poll can still end without a result."""
    match poll.stage:
        case PollStage.PREPARED:
            return True
        case PollStage.CLOSED:
            return not poll.cards_add_up or poll.cards.must_repeat
        case PollStage.COUNTED:
            return counted_in(poll).void_because != "" or poll.cards.must_repeat
    return False
