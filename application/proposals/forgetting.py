"""Erasing how to reach whoever proposed: on the proposer's wish, or because the retention has passed."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from application.office import By, Office
from application.private import contacts
from application.private.store import PrivateStore
from application.proposals.handling import forget_contact
from domain.accounts.permissions import RESIDENT
from domain.proposals import deciding
from domain.proposals import proposal as proposals
from domain.shared import NotFound, Refused


@dataclass(eq=False)
class NothingToForget(Refused):
    """No contact data are kept for the proposal."""


@dataclass(eq=False)
class NotTheNumber(Refused):
    """The number is not the one that was left."""


def forget_proposer(office: Office, private: PrivateStore, by: By, proposal: UUID, phone: str) -> int:
    """Erases the contact data for whoever has the tracking code and gives the number that was left.

    Where no number was left, the code is enough. Raises NotFound, NothingToForget or NotTheNumber.
    """
    state = office.state_of(proposal, proposals.evolve)
    if state is None:
        raise NotFound(kind="proposal", id="")
    known = contacts.contact_of(private, state.contact) if state.contact else None
    if state.contact is None or known is None:
        raise NothingToForget
    if known.phone and not contacts.is_phone_of(private, state.contact, phone):
        raise NotTheNumber
    return forget_contact(office, private, by, proposal)


def forget_proposers(office: Office, private: PrivateStore, gone: Mapping[UUID, UUID | None]) -> None:
    """Erases contact data whose retention has passed, each with the proposal that names them, where one is known."""
    contacts.erase_contacts(private, list(gone))
    for contact, proposal in gone.items():
        if proposal is not None:
            by = By(actor=RESIDENT, key=f"forgotten/{contact}")
            office.change(by, proposal, proposals.evolve, lambda now: deciding.forget(now, asked_by_proposer=False))
