"""Erasing what is personal around proposals: how to reach whoever proposed, and photos.

A split, a transfer and a drawing from the reserve give the same contact data and photos to another proposal. They go
everywhere at once, and every proposal that carried them says so; `carrying` are those, as the register knows them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.office import By, Desk, Office
from application.private import contacts, files
from application.private.store import PrivateStore
from domain.accounts.permissions import RESIDENT, Act
from domain.proposals import deciding
from domain.proposals import proposal as proposals
from domain.proposals.proposal import Proposal, ProposalFact
from domain.shared import NotFound, Refused


@dataclass(eq=False)
class NothingToForget(Refused):
    """No contact data are kept for the proposal."""


@dataclass(eq=False)
class NotTheNumber(Refused):
    """The number is not the one that was left."""


def forget_contact(
    office: Office, private: PrivateStore, by: By, proposal: UUID, carrying: Collection[UUID] = ()
) -> int:
    """Erases the contact data of whoever proposed; a resident who asks has shown the tracking code.

    Raises NotPermitted or NotFound.
    """
    by_resident = by.actor.account == RESIDENT.account
    known = _known(office, proposal)
    if not by_resident:
        by.actor.require(Act.READ_CONTACTS, known.congress)
    contact = known.received.contact
    if contact is not None:
        contacts.erase_contact(private, contact)

    def said(state: Proposal | None) -> Sequence[ProposalFact]:
        is_theirs = state is not None and state.contact == contact
        return deciding.forget(state, asked_by_proposer=by_resident) if is_theirs else ()

    return _record(office, by, (proposal, *carrying), said)


def forget_proposer(
    office: Office, private: PrivateStore, by: By, proposal: UUID, phone: str, carrying: Collection[UUID] = ()
) -> int:
    """Erases the contact data for whoever has the tracking code and gives the number that was left.

    Where no number was left, the code is enough. Raises NotFound, NothingToForget or NotTheNumber.
    """
    state = _known(office, proposal)
    known = contacts.contact_of(private, state.contact) if state.contact else None
    if state.contact is None or known is None:
        raise NothingToForget
    if known.phone and not contacts.is_phone_of(private, state.contact, phone):
        raise NotTheNumber
    return forget_contact(office, private, by, proposal, carrying)


def forget_proposers(office: Office, private: PrivateStore, gone: Mapping[UUID, Collection[UUID]]) -> None:
    """Erases contact data whose retention has passed, each with the proposals that name them."""
    contacts.erase_contacts(private, list(gone))
    for contact, carrying in gone.items():
        by = By(actor=RESIDENT, key=f"forgotten/{contact}")
        if carrying:
            _record(office, by, carrying, lambda now: deciding.forget(now, asked_by_proposer=False))


def erase_photo(
    office: Office,
    private: PrivateStore,
    by: By,
    proposal: UUID,
    file: UUID,
    reason: str,
    carrying: Collection[UUID] = (),
) -> int:
    """Erases a photo for good, also of the proposals that share it; again does no harm.

    The bytes go first: should the record fail, the page still offers to erase. Raises NotPermitted, NotFound (proposal,
    file) or Missing (reason).
    """
    known = _known(office, proposal)
    by.actor.require(Act.DECIDE_PROPOSALS, known.congress)
    deciding.erase_photo(known, file, reason)
    files.erase_file(private, file)
    return _record(office, by, (proposal, *carrying), lambda state: deciding.erase_photo(state, file, reason))


def _record(
    office: Office, by: By, touched: Collection[UUID], decide: Callable[[Proposal | None], Sequence[ProposalFact]]
) -> int:
    """On each proposal once, in one transaction."""

    def each(desk: Desk) -> None:
        for proposal in dict.fromkeys(touched):
            desk.add(proposal, *decide(desk.load(proposal, proposals.evolve)))

    return office.record(by, each)


def _known(office: Office, proposal: UUID) -> Proposal:
    known = office.state_of(proposal, proposals.evolve)
    if known is None:
        raise NotFound(kind="proposal", id=str(proposal))
    return known
