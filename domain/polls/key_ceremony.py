"""The scrutineers make the sealing key of a poll, split it, and try it before the vote may open (ballot.md, step 2)."""

from dataclasses import dataclass
from math import comb
from typing import Final

from domain.polls.poll import Poll, PollStage, in_stage
from domain.polls.sealing import SealingKey, SealingKeyMade, TrialBallotOpened
from domain.polls.share import MOST_SHARES
from domain.shared import Invalid, Refused

DEFAULT_THRESHOLD, DEFAULT_SHARES = 2, 3

_HASH_DIGITS: Final = 64
_HEX: Final = frozenset("0123456789abcdef")


@dataclass(eq=False)
class PollNotSealed(Refused):
    """An unsealed poll has no key and no shares."""


@dataclass(eq=False)
class SealingKeyMissing(Refused):
    """A sealed poll opens only when the scrutineers have made its key (or made it anew, when they changed)."""


@dataclass(eq=False)
class TrialOpeningMissing(Refused):
    """A sealed poll opens only when every holder has brought the share back and a test ballot was opened."""

    holders: int


@dataclass(eq=False)
class KeyChanged(Refused):
    """The page was made for a key that has been replaced since."""


@dataclass(eq=False)
class TrialIncomplete(Refused):
    """The test ballot was not opened with every combination of shares."""

    combinations: int
    needed: int


def make_key(poll: Poll | None, fact: SealingKeyMade) -> SealingKeyMade:
    """A key for a poll that has not opened; it replaces an earlier one and has to be tried anew.

    Raises PollInWrongStage, PollNotSealed, or Invalid (public_key, holders, threshold, shares).
    """
    poll = in_stage(poll, PollStage.PREPARED)
    if not poll.is_sealed:
        raise PollNotSealed
    if not _is_hash(fact.public_key) or not int(fact.public_key, 16):
        raise Invalid(field="public_key", reason="unreadable")
    if not set(fact.holders) <= {poll.chief, *poll.scrutineers}:
        raise Invalid(field="holders", reason="not_scrutineers")
    if len(set(fact.holders)) != len(fact.holders) or not 1 <= len(fact.holders) <= MOST_SHARES:
        raise Invalid(field="holders", reason="share_holders", value=str(len(fact.holders)))
    if not 1 <= fact.threshold <= len(fact.holders):
        raise Invalid(field="threshold", reason="threshold", value=str(fact.threshold))
    if len(set(fact.shares)) != len(fact.holders) or not all(map(_is_hash, fact.shares)):
        raise Invalid(field="shares", reason="unreadable")
    return fact


def try_key(poll: Poll | None, fact: TrialBallotOpened) -> TrialBallotOpened:
    """The trial opening. Raises PollInWrongStage, SealingKeyMissing, KeyChanged or TrialIncomplete."""
    key = known_key(in_stage(poll, PollStage.PREPARED))
    if fact.key != key.fingerprint:
        raise KeyChanged
    needed = combinations_of(key)
    if fact.combinations != needed:
        raise TrialIncomplete(combinations=fact.combinations, needed=needed)
    return fact


def combinations_of(key: SealingKey) -> int:
    """In how many ways `threshold` of the holders can meet."""
    return comb(len(key.holders), key.threshold)


def known_key(poll: Poll) -> SealingKey:
    """The key made for the poll. Raises PollNotSealed or SealingKeyMissing."""
    if not poll.is_sealed:
        raise PollNotSealed
    if poll.key is None:
        raise SealingKeyMissing
    return poll.key


def key_obstacles(poll: Poll) -> tuple[Refused, ...]:
    """What keeps a sealed poll from opening: no key, a holder who is no scrutineer any more, or no trial opening."""
    if not poll.is_sealed:
        return ()
    if poll.key is None or not set(poll.key.holders) <= {poll.chief, *poll.scrutineers}:
        return (SealingKeyMissing(),)
    return () if poll.key.tried else (TrialOpeningMissing(holders=len(poll.key.holders)),)


def _is_hash(text: str) -> bool:
    return len(text) == _HASH_DIGITS and _HEX.issuperset(text)
