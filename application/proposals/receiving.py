"""Receiving proposals: from residents without an account, typed by the office, brought by delegates and units."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from application.office import By, Desk, Office
from domain.accounts.permissions import RESIDENT, Act, Actor, Role
from domain.congress import congress as congresses
from domain.congress import roll as rolls
from domain.proposals import call as calls
from domain.proposals import deciding
from domain.proposals import house as houses
from domain.proposals.call import OFFERED, ONLINE, Channel
from domain.proposals.proposal import ProposalReceived, tracking_code
from domain.shared import Invalid, NotFound, NotPermitted

_OWN = frozenset({Channel.DELEGATE, Channel.VISIT, Channel.UNIT})


def receive_proposal(office: Office, by: By, proposal: UUID, fact: ProposalReceived) -> int:
    """Takes in one proposal; its code is made from its identity, whatever the fact says.

    Residents bring theirs online, delegates and units their own, the office whatever reached it on the ways of a call;
    from councils, the reserve and other congresses proposals come by commands of their own. Raises NotPermitted,
    NotFound (congress, call, house, delegate, unit), OutsideTheWindow, ChannelNotOffered, Missing or Invalid.
    """
    return receive_proposals(office, by, ((proposal, fact),))


def receive_proposals(office: Office, by: By, received: Sequence[tuple[UUID, ProposalReceived]]) -> int:
    """Takes in many in one transaction, as an import does. Raises as `receive_proposal`."""
    for _, fact in received:
        _require_may_bring(by.actor, fact)

    def decide(desk: Desk) -> None:
        for proposal, fact in received:
            _require_known(office, desk, fact)
            desk.add(proposal, deciding.receive(replace(fact, code=tracking_code(proposal))))

    return office.record(by, decide)


def imported_proposal(import_id: UUID, place: int) -> UUID:
    """The identity of the proposal on the given line of an import, counted from 0."""
    return uuid5(import_id, f"proposal/{place}")


def _require_may_bring(actor: Actor, fact: ProposalReceived) -> None:
    if actor.account == RESIDENT.account:
        if fact.channel not in ONLINE or fact.delegate or fact.unit or fact.origin or fact.split_from:
            raise NotPermitted(act=Act.RECEIVE_PROPOSALS.value)
        return
    if actor.may(Act.RECEIVE_PROPOSALS, fact.congress) and fact.channel in OFFERED:
        return
    actor.require(Act.PROPOSE if fact.channel in _OWN else Act.RECEIVE_PROPOSALS, fact.congress)
    is_unit = fact.channel is Channel.UNIT
    if is_unit and _is_government(actor, fact.congress):
        return
    own = actor.unit_in(fact.congress) if is_unit else actor.delegate_in(fact.congress)
    if own is None or own != (fact.unit if is_unit else fact.delegate):
        raise NotPermitted(act=Act.PROPOSE.value)


def _is_government(actor: Actor, congress: UUID) -> bool:
    """The government office speaks for itself and for every department."""
    return any(grant.role is Role.GOVERNMENT and grant.congress == congress for grant in actor.grants)


def _require_known(office: Office, desk: Desk, fact: ProposalReceived) -> None:
    """What the fact names belongs to its congress, and its call takes it."""
    congress = desk.load(fact.congress, congresses.evolve)
    if congress is None:
        raise NotFound(kind="congress", id=str(fact.congress))
    today = office.today()
    if fact.received_on > today:
        raise Invalid(field="received_on", reason="in_the_future", value=fact.received_on.isoformat())
    calls.require_open(
        desk.load(calls.call_stream(fact.congress, fact.year), calls.evolve), fact.received_on, fact.channel
    )
    if fact.house is not None:
        houses.require_open_house(desk.load(fact.house, houses.evolve), fact.congress)
    if fact.unit is not None and fact.unit not in congress.units:
        raise NotFound(kind="unit", id=str(fact.unit))
    if fact.delegate is not None:
        roll = desk.load(rolls.roll_stream(fact.congress), rolls.evolve)
        if roll is None or not roll.admits(fact.delegate):
            raise NotFound(kind="delegate", id=str(fact.delegate))
