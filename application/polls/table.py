"""Who stands at the scrutineers' table of a poll: the office, or the scrutineers approved for this very poll."""

from uuid import UUID

from domain.accounts.permissions import PERMITTED, Act, Actor, Role
from domain.polls.declaring import NotThisPollsScrutineer
from domain.polls.poll import Poll


def require_at_table(actor: Actor, act: Act, state: Poll, *, chief_alone: bool = False) -> None:
    """The act is the office's or that of this poll's own scrutineers (of the chief alone).

    Whoever was a scrutineer of another poll keeps the role, but has no business at this one. Raises NotPermitted or
    NotThisPollsScrutineer.
    """
    congress = state.prepared.congress
    actor.require(act, congress)
    if _is_of_the_office(actor, act, congress):
        return
    delegate = actor.delegate_in(congress)
    theirs = (state.chief,) if chief_alone else (state.chief, *state.scrutineers)
    if delegate is None or delegate not in theirs:
        raise NotThisPollsScrutineer(name=actor.name)


def _is_of_the_office(actor: Actor, act: Act, congress: UUID) -> bool:
    """Whether another role than the scrutineer's permits the act here."""
    return any(
        act in PERMITTED[grant.role]
        for grant in actor.grants
        if grant.role is not Role.SCRUTINEER and grant.congress in (None, congress)
    )
