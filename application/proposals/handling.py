"""What the office does with proposals: put right, merge, transfer, reserve, decline, and take back.

Every command is one transaction, so that the totals of rule 18 add up at any moment.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.congress import congress as congresses
from domain.proposals import call as calls
from domain.proposals import deciding
from domain.proposals import proposal as proposals
from domain.proposals.call import YEARS, Channel
from domain.proposals.deciding import DrawnAlready
from domain.proposals.proposal import (
    DeclineReason,
    Outcome,
    Proposal,
    ProposalFact,
    ProposalLetGo,
    ProposalMerged,
    ProposalReceived,
    ProposalTookIn,
    ProposalTransferred,
    Suggestion,
    TransferTo,
    tracking_code,
)
from domain.shared import Missing, NotFound, Year


def put_right(office: Office, by: By, proposal: UUID, suggestion: Suggestion, reason: str) -> int:
    """Corrects the wording, place or category. Raises NotPermitted, NotFound, ProposalSettled, Missing or Invalid."""
    return _change(office, by, proposal, lambda known: deciding.put_right(known, suggestion, reason))


def split(office: Office, by: By, proposal: UUID, parts: Sequence[Suggestion], reason: str) -> int:
    """One matter each: the first part stays under the code, the others are received anew on the same day and way.

    Raises NotPermitted, NotFound, ProposalSettled, Missing (parts, title, content, reason) or Invalid.
    """
    _require(office, by, proposal)

    def decide(desk: Desk) -> None:
        known = _loaded(desk, proposal)
        desk.add(proposal, *deciding.split(known, tuple(parts), reason))
        for place, part in enumerate(parts[1:], 1):
            anew = replace(
                known.received, suggestion=part, contact=known.contact, photos=known.photos, split_from=proposal
            )
            _receive(desk, split_part(office, by, place), anew)

    return office.record(by, decide)


def split_part(office: Office, by: By, place: int) -> UUID:
    """The identity of the part at this place, counted from 1 after the one that stays."""
    return office.new_id(by, f"part {place}")


def show(office: Office, by: By, proposal: UUID, title: str, content: str) -> int:
    """Lets residents read and support it, in these words. Raises NotPermitted, NotFound, Missing or Invalid."""
    return _change(office, by, proposal, lambda known: deciding.show(known, title, content))


def hide(office: Office, by: By, proposal: UUID, reason: str) -> int:
    """Shows it no longer. Raises NotPermitted, NotFound or Missing (reason)."""
    return _change(office, by, proposal, lambda known: deciding.hide(known, reason))


def merge(office: Office, by: By, merged: Sequence[UUID], into: UUID, reason: str = "") -> int:
    """Merges proposals into another; what was merged into them moves along.

    Raises NotPermitted, NotFound, ProposalSettled, CannotTakeIn or Missing (proposals).
    """
    _require(office, by, into)

    def decide(desk: Desk) -> None:
        for proposal in _chosen(merged):
            known, taker = _loaded(desk, proposal), _loaded(desk, into)
            facts = deciding.merge(proposal, known, into, taker, reason)
            for moving in known.taken_in:
                _loaded(desk, moving)
                desk.add(moving, ProposalMerged(into=into, reason=reason.strip()))
                desk.add(proposal, ProposalLetGo(proposal=moving))
                desk.add(into, ProposalTookIn(proposal=moving))
            desk.add(proposal, facts[0])
            desk.add(into, facts[1])

    return office.record(by, decide)


def unmerge(office: Office, by: By, proposal: UUID, reason: str) -> int:
    """Lets a merged proposal stand on its own again. Raises NotPermitted, NotFound, ProposalIsOpen or Missing."""
    _require(office, by, proposal)

    def decide(desk: Desk) -> None:
        known = _loaded(desk, proposal)
        reopened, let_go = deciding.unmerge(known, proposal, reason)
        if known.into is not None:
            _loaded(desk, known.into)
            desk.add(known.into, let_go)
        desk.add(proposal, reopened)

    return office.record(by, decide)


def transfer_to_hotline(office: Office, by: By, proposal: UUID, work_order: str, reason: str) -> int:
    """Hands it to 12345. Raises NotPermitted, NotFound, ProposalSettled or Missing (reason)."""
    fact = ProposalTransferred(to=TransferTo.HOTLINE, name=work_order, reason=reason)
    return _change(office, by, proposal, lambda known: deciding.transfer(known, fact))


def transfer_to_unit(office: Office, by: By, proposal: UUID, unit: UUID, reason: str) -> int:
    """Hands it to a unit of its congress. Raises NotPermitted, NotFound (unit), ProposalSettled or Missing (reason)."""
    _require(office, by, proposal)

    def decide(desk: Desk) -> None:
        known = _loaded(desk, proposal)
        congress = desk.load(known.congress, congresses.evolve)
        listed = congress.units.get(unit) if congress else None
        if listed is None or listed.withdrawn:
            raise NotFound(kind="unit", id=str(unit))
        fact = ProposalTransferred(to=TransferTo.UNIT, name=listed.name, unit=unit, reason=reason)
        desk.add(proposal, deciding.transfer(known, fact))

    return office.record(by, decide)


def transfer_to_congress(office: Office, by: By, proposal: UUID, congress: UUID, reason: str) -> int:
    """Hands it to another congress of the installation, which receives it for the same year.

    Raises NotPermitted, NotFound (congress, or its call for the year), ProposalSettled or Missing (congress, reason).
    """
    _require(office, by, proposal)
    onward = office.new_id(by, "onward")

    def decide(desk: Desk) -> None:
        known = _loaded(desk, proposal)
        there = desk.load(congress, congresses.evolve)
        if there is None:
            raise NotFound(kind="congress", id=str(congress))
        if congress == known.congress:
            raise Missing(fields=("congress",))
        name = there.name
        fact = ProposalTransferred(to=TransferTo.CONGRESS, name=name, congress=congress, onward=onward, reason=reason)
        desk.add(proposal, deciding.transfer(known, fact))
        anew = replace(
            known.received,
            congress=congress,
            channel=Channel.TRANSFER,
            received_on=office.today(),
            suggestion=known.suggestion,
            contact=known.contact,
            photos=known.photos,
            unit=None,
            delegate=None,
            house=None,
            origin=proposal,
            split_from=None,
        )
        _require_call(office, desk, anew)
        _receive(desk, onward, anew)

    return office.record(by, decide)


def reserve(office: Office, by: By, chosen: Sequence[UUID], reason: str) -> int:
    """Puts proposals into the reserve pool. Raises NotPermitted, NotFound, ProposalSettled or Missing."""
    _require_all(office, by, chosen)

    def decide(desk: Desk) -> None:
        for proposal in _chosen(chosen):
            desk.add(proposal, deciding.reserve(_loaded(desk, proposal), reason))

    return office.record(by, decide)


def draw_from_reserve(office: Office, by: By, chosen: Sequence[UUID], year: int) -> int:
    """Brings proposals from the reserve into a later year, where they are received anew, each once.

    Raises NotPermitted, NotFound (also the year's call), NotInReserve, DrawnAlready, Invalid (year) or Missing.
    """
    _require_all(office, by, chosen)

    def decide(desk: Desk) -> None:
        for proposal in _chosen(chosen):
            known = _loaded(desk, proposal)
            anew = replace(deciding.draw(known, Year(year), office.today()), contact=known.contact, origin=proposal)
            _require_call(office, desk, anew)
            drawn = drawn_for(proposal, year)
            if desk.load(drawn, proposals.evolve) is not None:
                raise DrawnAlready(title=known.suggestion.title, year=year)
            _receive(desk, drawn, anew)

    return office.record(by, decide)


def drawn_for(proposal: UUID, year: int) -> UUID:
    """The identity that a proposal of the reserve has in a later year."""
    return uuid5(proposal, f"drawn for {year}")


def decline(office: Office, by: By, chosen: Sequence[UUID], reason: DeclineReason, words: str) -> int:
    """Ends proposals with a reason and words for those who made them.

    Raises NotPermitted, NotFound, ProposalSettled, Missing (proposals, words) or Invalid (reason).
    """
    _require_all(office, by, chosen)

    def decide(desk: Desk) -> None:
        for proposal in _chosen(chosen):
            desk.add(proposal, deciding.decline(_loaded(desk, proposal), reason, words))

    return office.record(by, decide)


def reopen(office: Office, by: By, proposal: UUID, reason: str) -> int:
    """Takes an outcome back; what is merged is unmerged.

    Raises NotPermitted, NotFound, ProposalIsOpen, StandsBehindProject, HandedOn, DrawnAlready or Missing (reason).
    """
    known = _require(office, by, proposal)
    if known.outcome is Outcome.MERGED:
        return unmerge(office, by, proposal, reason)

    def decide(desk: Desk) -> None:
        state = _loaded(desk, proposal)
        later = [drawn_for(proposal, year) for year in YEARS if year > state.year]
        drawn = desk.load_many(later, proposals.evolve) if state.outcome is Outcome.RESERVE else {}
        if drawn:
            raise DrawnAlready(title=state.suggestion.title, year=min(one.year for one in drawn.values()))
        desk.add(proposal, deciding.reopen(state, reason))

    return office.record(by, decide)


def _change(
    office: Office, by: By, proposal: UUID, decide: Callable[[Proposal | None], ProposalFact | Iterable[ProposalFact]]
) -> int:
    _require(office, by, proposal)
    return office.change(by, proposal, proposals.evolve, decide)


def _receive(desk: Desk, proposal: UUID, fact: ProposalReceived) -> None:
    desk.add(proposal, deciding.receive(replace(fact, code=tracking_code(proposal))))


def _require_call(office: Office, desk: Desk, fact: ProposalReceived) -> None:
    """A year without a call takes nothing, wherever it comes from."""
    call = desk.load(calls.call_stream(fact.congress, fact.year), calls.evolve)
    calls.require_open(call, office.today(), fact.channel)


def _chosen(chosen: Sequence[UUID]) -> tuple[UUID, ...]:
    if not chosen:
        raise Missing(fields=("proposals",))
    return tuple(dict.fromkeys(chosen))


def _loaded(desk: Desk, proposal: UUID) -> Proposal:
    known = desk.load(proposal, proposals.evolve)
    if known is None:
        raise NotFound(kind="proposal", id=str(proposal))
    return known


def _known(office: Office, proposal: UUID) -> Proposal:
    known = office.state_of(proposal, proposals.evolve)
    if known is None:
        raise NotFound(kind="proposal", id=str(proposal))
    return known


def _require(office: Office, by: By, proposal: UUID) -> Proposal:
    known = _known(office, proposal)
    by.actor.require(Act.DECIDE_PROPOSALS, known.congress)
    return known


def _require_all(office: Office, by: By, chosen: Sequence[UUID]) -> None:
    for proposal in chosen:
        _require(office, by, proposal)
