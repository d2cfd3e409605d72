"""Support 附议: residents stand behind a proposal that the office shows; the office counts signatures on paper."""

from collections.abc import Callable
from uuid import UUID

from application.office import By, Desk, Office
from application.private import supporters
from application.private.store import PrivateStore
from domain.accounts.permissions import Act
from domain.proposals import proposal as proposals
from domain.proposals.deciding import ProposalSettled
from domain.proposals.proposal import Outcome, Proposal
from domain.proposals.support import SupportGiven, SupportSource, evolve_support, give_support, support_stream
from domain.shared import NotFound

SUPPORTABLE = (None, Outcome.MERGED, Outcome.BECAME_CANDIDATE)
"""Outcomes with which voices still count for something."""


def support_online(office: Office, private: PrivateStore, by: By, proposal: UUID, device_hash: str) -> int | None:
    """One resident's voice, once a device; None when the device has given it before.

    `device_hash` stands for the device and the proposal together. Raises NotFound for a proposal that is not shown,
    or ProposalSettled.
    """
    state = office.state_of(proposal, proposals.evolve)
    require_supportable(state)
    if not supporters.count_once(private, device_hash, office.now()):
        return None
    try:
        return _record(office, by, proposal, require_supportable, voices=1, source=SupportSource.ONLINE, words="")
    except Exception:
        supporters.take_back(private, device_hash)
        raise


def count_signatures(office: Office, by: By, congress: UUID, proposal: UUID, voices: int, words: str) -> int:
    """Signatures on paper; `words` say where the paper came from.

    Raises NotPermitted, NotFound, ProposalSettled, Invalid (voices) or Missing (words).
    """
    by.actor.require(Act.RECEIVE_PROPOSALS, congress)

    def of_this_congress(state: Proposal | None) -> Proposal:
        if state is None or state.congress != congress:
            raise NotFound(kind="proposal", id=str(proposal))
        return _unsettled(state)

    return _record(office, by, proposal, of_this_congress, voices=voices, source=SupportSource.PAPER, words=words)


def require_supportable(state: Proposal | None) -> Proposal:
    """Raises NotFound for a proposal that residents do not see, or ProposalSettled."""
    if state is None or not state.shown:
        raise NotFound(kind="proposal", id="")
    return _unsettled(state)


def _unsettled(state: Proposal) -> Proposal:
    if state.outcome not in SUPPORTABLE:
        raise ProposalSettled(title=state.suggestion.title, outcome=str(state.outcome))
    return state


def _record(
    office: Office,
    by: By,
    proposal: UUID,
    supported: Callable[[Proposal | None], Proposal],
    *,
    voices: int,
    source: SupportSource,
    words: str,
) -> int:
    stream = support_stream(proposal)

    def decide(desk: Desk) -> None:
        known = supported(desk.load(proposal, proposals.evolve))
        desk.load(stream, evolve_support)
        given = SupportGiven(
            congress=known.congress,
            year=known.year,
            proposal=proposal,
            voices=voices,
            source=source,
            words=words.strip(),
        )
        desk.add(stream, give_support(given))

    return office.record(by, decide)
