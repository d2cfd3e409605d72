"""Commands about identities that an outside provider vouches for: linked by hand, never by themselves."""

from dataclasses import dataclass
from uuid import UUID

from application.accounts import known_account, require_over
from application.office import By, Desk, Office
from application.private import identities
from application.private.store import PrivateStore
from application.signing_in import CodeWanted, Door, SignedIn, Way
from domain.accounts import account as accounts
from domain.accounts import identity
from domain.accounts import login as logins
from domain.accounts.identity import IdentityTaken
from domain.shared import Refused

SUBJECT = "sub"
"""The claim by which accounts are linked one by one; every other claim holds a sign-in name."""


@dataclass(eq=False)
class IdentityUnknown(Refused):
    """The provider knows the person, but no account in use here is theirs. Accounts are never made by signing in."""


def link(
    office: Office, private: PrivateStore, by: By, account: UUID, *, provider: str, issuer: str, subject: str
) -> int:
    """Lets somebody the provider knows into the account. Raises NotPermitted, NotFound, Missing or IdentityTaken."""
    subject = subject.strip()
    if identities.account_of(private, issuer, subject) not in (None, account):
        raise IdentityTaken

    def decide(desk: Desk) -> None:
        require_over(by.actor, known_account(desk, account))
        desk.add(account, identity.link(provider, subject))

    position = office.record(by, decide)
    identities.link(private, account, issuer, subject)
    return position


def unlink(office: Office, private: PrivateStore, by: By, account: UUID, *, provider: str) -> int:
    """Raises NotPermitted, NotFound or NotLinked."""

    def decide(desk: Desk) -> None:
        state = known_account(desk, account)
        require_over(by.actor, state)
        desk.add(account, identity.unlink(provider, linked=state.linked))

    position = office.record(by, decide)
    identities.unlink(private, account)
    return position


def enter(door: Door, *, issuer: str, claim: str, value: str, device: str) -> SignedIn | CodeWanted:
    """In, for whom the provider vouches as `value` of its `claim`; the own second factor is asked for as always.

    Raises IdentityUnknown.
    """
    account = _account_of(door, issuer, claim, value)
    state = door.office.state_of(account, accounts.evolve) if account else None
    if account is None or state is None or state.disabled:
        raise IdentityUnknown
    return door.enter(account, state, Way.PROVIDER, device)


def _account_of(door: Door, issuer: str, claim: str, value: str) -> UUID | None:
    if claim == SUBJECT:
        return identities.account_of(door.private, issuer, value)
    holder = door.office.state_of(logins.login_stream(value), logins.evolve_login) if value.strip() else None
    return holder.account if holder else None
