"""Commands of the key ceremony: a key that the scrutineers' browser made is recorded, and that it was tried."""

from collections.abc import Sequence
from uuid import UUID

from application.office import By, Office
from application.polls.preparing import known_poll
from application.polls.table import require_at_table
from domain.accounts.permissions import Act
from domain.polls import key_ceremony
from domain.polls import poll as polls
from domain.polls.sealing import SealingKeyMade, TrialBallotOpened


def make_key(
    office: Office,
    by: By,
    poll: UUID,
    *,
    public_key: str,
    threshold: int,
    holders: Sequence[UUID],
    shares: Sequence[str],
) -> int:
    """Records the public half of a key and the fingerprints of its shares; it replaces an earlier key.

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage, PollNotSealed or Invalid.
    """
    require_at_table(by.actor, Act.GUARD_KEY, known_poll(office, poll))
    fact = SealingKeyMade(public_key=public_key, threshold=threshold, holders=tuple(holders), shares=tuple(shares))
    return office.change(by, poll, polls.evolve, lambda state: key_ceremony.make_key(state, fact))


def try_key(office: Office, by: By, poll: UUID, *, key: str, combinations: int) -> int:
    """Records that a test ballot was opened with so many combinations of shares.

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage, PollNotSealed, SealingKeyMissing,
    KeyChanged or TrialIncomplete.
    """
    require_at_table(by.actor, Act.GUARD_KEY, known_poll(office, poll))
    fact = TrialBallotOpened(key=key, combinations=combinations)
    return office.change(by, poll, polls.evolve, lambda state: key_ceremony.try_key(state, fact))
