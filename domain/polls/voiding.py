"""Cards voided at the desks: that and why, never which.

They are noted on a few streams beside the poll's own, so that scanners do not wait for each other or for the desks
where cards are drawn.
"""

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from domain.polls.ballot import VoidReason
from domain.polls.poll import Poll, PollStage, in_stage

DESKS = 16
"""Streams of one poll; the account that scans says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidingNoted:
    """Somebody voided a card at a desk."""

    congress: UUID
    poll: UUID
    reason: VoidReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Voidings:
    """Cards voided at one desk, or at several."""

    left_over: int = 0
    spoiled: int = 0

    @property
    def cards(self) -> int:
        """All of them."""
        return self.left_over + self.spoiled


def voiding_stream(poll: UUID, account: UUID) -> UUID:
    """Where this account's voidings are noted."""
    return _stream(poll, account.int % DESKS)


def voiding_streams(poll: UUID) -> tuple[UUID, ...]:
    """Where all voidings of a poll are noted."""
    return tuple(_stream(poll, desk) for desk in range(DESKS))


def _stream(poll: UUID, desk: int) -> UUID:
    return uuid5(poll, f"voiding/{desk}")


def evolve(voidings: Voidings | None, fact: VoidingNoted) -> Voidings:
    """The desk after one more card."""
    before = voidings or Voidings()
    if fact.reason is VoidReason.SPOILED:
        return replace(before, spoiled=before.spoiled + 1)
    return replace(before, left_over=before.left_over + 1)


def note_voiding(state: Poll | None, poll: UUID, reason: VoidReason) -> VoidingNoted:
    """Left-over and spoiled cards are voided before voting begins. Raises PollInWrongStage."""
    prepared = in_stage(state, PollStage.PREPARED).prepared
    return VoidingNoted(congress=prepared.congress, poll=poll, reason=reason)
