"""Commands about accounts: open them, rename them, grant and take back roles, disable, sign out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.office import By, Desk, Office
from application.private import sign_ins, slips
from application.private.store import PrivateStore
from domain.accounts import account as accounts
from domain.accounts import login as logins
from domain.accounts.account import Account
from domain.accounts.permissions import Act, Actor, Grant, Role
from domain.congress import congress as congresses
from domain.congress import roll as rolls
from domain.congress.roll import DelegateEntry
from domain.shared import NotFound

COMMAND_LINE = Actor(
    account=UUID("00000000-0000-5000-8000-000000000001"),
    name="命令行",
    grants=(Grant(role=Role.ADMINISTRATOR, congress=None),),
)
"""Whoever has a shell on the server: opens the first administrator's account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """Somebody of a list who gets an account, with the first role."""

    name: str
    login: str
    role: Role
    unit: UUID | None = None


def open_accounts(office: Office, by: By, congress: UUID, people: Sequence[NewAccount]) -> int:
    """Opens the accounts of a list, all or none. Raises NotPermitted, NotFound, Missing, Invalid or LoginTaken."""
    by.actor.require(Act.MANAGE_ACCOUNTS, congress)

    def decide(desk: Desk) -> None:
        desk.load_many((logins.login_stream(person.login) for person in people), logins.evolve_login)
        for person in people:
            grant = Grant(role=person.role, congress=congress, unit=person.unit)
            _refuse_unknown_places(desk, grant)
            open_at(desk, office.new_id(by, f"account/{person.login}"), person.login, person.name, grant)

    return office.record(by, decide)


def open_account(office: Office, by: By, account: UUID, login: str, name: str, grant: Grant) -> int:
    """Opens an account with its first role. Raises NotPermitted, NotFound, Missing, Invalid or LoginTaken."""
    by.actor.require(Act.MANAGE_ACCOUNTS, grant.congress)

    def decide(desk: Desk) -> None:
        _refuse_unknown_places(desk, grant)
        open_at(desk, account, login, name, grant)

    return office.record(by, decide)


def grant_role(office: Office, by: By, account: UUID, grant: Grant) -> int:
    """Gives an account one more role. Raises NotPermitted, NotFound, Missing or RoleHeld."""
    by.actor.require(Act.MANAGE_ACCOUNTS, grant.congress)

    def decide(desk: Desk) -> None:
        _refuse_unknown_places(desk, grant)
        desk.add(account, accounts.grant_role(known_account(desk, account), grant))

    return office.record(by, decide)


def revoke_role(office: Office, by: By, account: UUID, role: Role, congress: UUID | None) -> int:
    """Takes a role back. Raises NotPermitted, NotFound or OwnAccount."""
    by.actor.require(Act.MANAGE_ACCOUNTS, congress)
    own = by.actor.account == account

    def decide(desk: Desk) -> None:
        desk.add(account, accounts.revoke_role(known_account(desk, account), role, congress, own=own))

    return office.record(by, decide)


def rename_account(office: Office, by: By, account: UUID, name: str) -> int:
    """Puts the person's name right. Raises NotPermitted, NotFound or Missing."""

    def decide(desk: Desk) -> None:
        state = known_account(desk, account)
        require_over(by.actor, state)
        desk.add(account, *accounts.rename_account(state, name))

    return office.record(by, decide)


def disable_account(office: Office, private: PrivateStore, by: By, account: UUID, reason: str) -> int:
    """Ends every sign-in of the account and its slip.

    Raises NotPermitted, NotFound, AlreadyDisabled, OwnAccount or Missing (reason).
    """
    own = by.actor.account == account

    def decide(desk: Desk) -> None:
        state = known_account(desk, account)
        require_over(by.actor, state)
        desk.add(account, accounts.disable_account(state, reason, own=own))

    position = office.record(by, decide)
    slips.burn(private, account)
    sign_ins.end_all(private, account)
    return position


def enable_account(office: Office, by: By, account: UUID, reason: str = "") -> int:
    """Lets the account be used again. Raises NotPermitted, NotFound or NotDisabled."""

    def decide(desk: Desk) -> None:
        state = known_account(desk, account)
        require_over(by.actor, state)
        desk.add(account, accounts.enable_account(state, reason))

    return office.record(by, decide)


def ensure_scrutineer(desk: Desk, congress: UUID, entry: DelegateEntry) -> None:
    """Lets a delegate whom the plenary approved into the scrutineers' area, with a new account if there is none.

    Raises NotFound or LoginTaken.
    """
    account = accounts.account_of_delegate(entry.delegate)
    if desk.load(account, accounts.evolve) is None:
        open_for_delegate(desk, congress, entry)
    grant = Grant(role=Role.SCRUTINEER, congress=congress, delegate=entry.delegate)
    state = known_account(desk, account)
    if grant not in state.grants:
        desk.add(account, accounts.grant_role(state, grant))


def open_for_delegate(desk: Desk, congress: UUID, entry: DelegateEntry) -> UUID:
    """The account of a delegate who has none. A sign-in name of somebody before with this number is passed over."""
    account, slug = accounts.account_of_delegate(entry.delegate), existing_congress(desk, congress).slug
    grant = Grant(role=Role.DELEGATE, congress=congress, delegate=entry.delegate)
    turn = 1
    while desk.load(logins.login_stream(logins.delegate_login(slug, entry.number, turn)), logins.evolve_login):
        turn += 1
    open_at(desk, account, logins.delegate_login(slug, entry.number, turn), entry.name, grant)
    return account


def end_delegates(desk: Desk, congress: UUID, delegates: Iterable[UUID]) -> None:
    """People who are delegates no more lose what they held as delegates there, at once and in the same transaction.

    Their accounts stay, for they have a history and perhaps other roles; one without roles opens no desk.
    """
    opened = {accounts.account_of_delegate(delegate): delegate for delegate in delegates}
    for account, state in desk.load_many(opened, accounts.evolve).items():
        desk.add(account, *accounts.end_delegate(state, congress, opened[account]))


def end_sign_ins(office: Office, private: PrivateStore, by: By, account: UUID) -> int:
    """Every browser of somebody else's account signs out. Raises NotPermitted or NotFound."""

    def decide(desk: Desk) -> None:
        require_over(by.actor, known_account(desk, account))
        desk.add(account, accounts.SignInsEnded())

    position = office.record(by, decide)
    sign_ins.end_all(private, account)
    return position


def require_over(actor: Actor, account: Account) -> None:
    """Raises NotPermitted unless the actor may let somebody else into this account.

    A slip is a way in: who hands it out must be permitted for every role the account holds, so that
    a delegate's slip cannot open an administrator's desk.
    """
    if not account.grants:
        actor.require(Act.MANAGE_ACCOUNTS, None)
    for grant in account.grants:
        actor.require(Act.ISSUE_SLIPS if grant.role is Role.DELEGATE else Act.MANAGE_ACCOUNTS, grant.congress)


def open_at(desk: Desk, account: UUID, login: str, name: str, grant: Grant) -> None:
    """A new account with its first role. Raises Missing, Invalid or LoginTaken."""
    opened = accounts.open_account(login=login, name=name)
    stream = logins.login_stream(opened.login)
    held = logins.hold_login(desk.load(stream, logins.evolve_login), opened.login, account)
    desk.load(account, accounts.evolve)
    desk.add(stream, held)
    desk.add(account, opened)
    desk.add(account, accounts.grant_role(known_account(desk, account), grant))


def _refuse_unknown_places(desk: Desk, grant: Grant) -> None:
    if grant.congress is None:
        return
    congress = existing_congress(desk, grant.congress)
    if grant.unit is not None and grant.unit not in congress.units:
        raise NotFound(kind="unit", id=str(grant.unit))
    if grant.delegate is not None:
        roll = desk.load(rolls.roll_stream(grant.congress), rolls.evolve)
        if roll is None or not roll.admits(grant.delegate):
            raise NotFound(kind="delegate", id=str(grant.delegate))


def existing_congress(desk: Desk, congress: UUID) -> congresses.Congress:
    """The congress. Raises NotFound."""
    state = desk.load(congress, congresses.evolve)
    if state is None:
        raise NotFound(kind="congress", id=str(congress))
    return state


def known_account(desk: Desk, account: UUID) -> Account:
    """The account. Raises NotFound."""
    state = desk.load(account, accounts.evolve)
    if state is None:
        raise NotFound(kind="account", id=str(account))
    return state
