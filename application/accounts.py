"""Commands about accounts: open them, grant and take back roles, disable, hand out one-time slips."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from domain.shared import NotFound, NotPermitted, Refused

COMMAND_LINE = Actor(
    account=UUID("00000000-0000-5000-8000-000000000001"),
    name="命令行",
    grants=(Grant(role=Role.ADMINISTRATOR, congress=None),),
)
"""Whoever has a shell on the server: opens the first administrator's account."""


@dataclass(eq=False)
class SlipsAlreadyPrinted(Refused):
    """The same form was sent twice: its slips are on paper already, and printing anew would kill them."""


@dataclass(eq=False)
class NoSlipsDue(Refused):
    """Every delegate asked for has chosen a password already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSlip:
    """What one slip says. The secret is in memory until the sheet is printed, and nowhere else."""

    account: UUID
    login: str
    name: str
    delegation: str
    secret: str
    expires_at: datetime


def open_account(office: Office, by: By, account: UUID, login: str, name: str, grant: Grant) -> int:
    """Opens an account with its first role. Raises NotPermitted, NotFound, Missing, Invalid or LoginTaken."""
    by.actor.require(Act.MANAGE_ACCOUNTS, grant.congress)

    def decide(desk: Desk) -> None:
        _refuse_unknown_places(desk, grant)
        _open(desk, account, login, name, grant)

    return office.record(by, decide)


def grant_role(office: Office, by: By, account: UUID, grant: Grant) -> int:
    """Gives an account one more role. Raises NotPermitted, NotFound, Missing or RoleHeld."""
    by.actor.require(Act.MANAGE_ACCOUNTS, grant.congress)

    def decide(desk: Desk) -> None:
        _refuse_unknown_places(desk, grant)
        desk.add(account, accounts.grant_role(_known(desk, account), grant))

    return office.record(by, decide)


def revoke_role(office: Office, by: By, account: UUID, role: Role, congress: UUID | None) -> int:
    """Takes a role back. Raises NotPermitted, NotFound or OwnAccount."""
    by.actor.require(Act.MANAGE_ACCOUNTS, congress)
    own = by.actor.account == account

    def decide(desk: Desk) -> None:
        desk.add(account, accounts.revoke_role(_known(desk, account), role, congress, own=own))

    return office.record(by, decide)


def rename_account(office: Office, by: By, account: UUID, name: str) -> int:
    """Puts the person's name right. Raises NotPermitted, NotFound or Missing."""

    def decide(desk: Desk) -> None:
        state = _known(desk, account)
        require_over(by.actor, state)
        desk.add(account, *accounts.rename_account(state, name))

    return office.record(by, decide)


def disable_account(office: Office, private: PrivateStore, by: By, account: UUID, reason: str) -> int:
    """Ends every sign-in of the account and its slip.

    Raises NotPermitted, NotFound, AlreadyDisabled, OwnAccount or Missing (reason).
    """
    own = by.actor.account == account

    def decide(desk: Desk) -> None:
        state = _known(desk, account)
        require_over(by.actor, state)
        desk.add(account, accounts.disable_account(state, reason, own=own))

    position = office.record(by, decide)
    slips.burn(private, account)
    sign_ins.end_all(private, account)
    return position


def enable_account(office: Office, by: By, account: UUID, reason: str = "") -> int:
    """Lets the account be used again. Raises NotPermitted, NotFound or NotDisabled."""

    def decide(desk: Desk) -> None:
        state = _known(desk, account)
        require_over(by.actor, state)
        desk.add(account, accounts.enable_account(state, reason))

    return office.record(by, decide)


def issue_slip(
    office: Office, private: PrivateStore, by: By, account: UUID, lasting: timedelta
) -> tuple[int, PrintedSlip]:
    """One slip for one account; every earlier one is dead.

    Raises NotPermitted, NotFound, AccountIsDisabled or SlipsAlreadyPrinted.
    """
    slip = office.new_id(by, f"slip/{account}")

    def decide(desk: Desk) -> None:
        state = _known(desk, account)
        require_over(by.actor, state)
        desk.add(account, accounts.issue_slip(state, slip, office.now() + lasting))

    position = office.record(by, decide)
    return position, _print(office, private, {account: slip}, {account: ""})[0]


def issue_delegate_slips(
    office: Office,
    private: PrivateStore,
    by: By,
    congress: UUID,
    lasting: timedelta,
    *,
    delegation: str | None = None,
    delegate: UUID | None = None,
) -> tuple[int, list[PrintedSlip]]:
    """Slips in the order of the roll, opening the accounts that are missing.

    For the whole roll or one delegation: those who have not chosen a password yet. For one delegate:
    in any case, for a slip or a password was lost. Raises NotPermitted, NotFound, LoginTaken,
    NoSlipsDue, SlipsAlreadyPrinted, or AccountIsDisabled for one delegate.
    """
    by.actor.require(Act.ISSUE_SLIPS, congress)

    def decide(desk: Desk) -> None:
        slug = _congress(desk, congress).slug
        entries = _asked(desk.load(rolls.roll_stream(congress), rolls.evolve), delegation, delegate)
        known = desk.load_many((accounts.account_of_delegate(e.delegate) for e in entries), accounts.evolve)
        desk.load_many(
            (logins.login_stream(logins.delegate_login(slug, e.number)) for e in entries), logins.evolve_login
        )
        for entry in entries:
            account = accounts.account_of_delegate(entry.delegate)
            if delegate is None and not _is_waiting(by.actor, known.get(account)):
                continue
            if account not in known:
                grant = Grant(role=Role.DELEGATE, congress=congress, delegate=entry.delegate)
                _open(desk, account, logins.delegate_login(slug, entry.number), entry.name, grant)
            state = _known(desk, account)
            require_over(by.actor, state)
            desk.add(account, accounts.issue_slip(state, _slip_of(office, by, entry), office.now() + lasting))
        if not desk.added:
            raise NoSlipsDue

    position = office.record(by, decide)
    entries = _asked(office.state_of(rolls.roll_stream(congress), rolls.evolve), delegation, delegate)
    slip_ids = {accounts.account_of_delegate(e.delegate): _slip_of(office, by, e) for e in entries}
    delegations = {accounts.account_of_delegate(e.delegate): e.delegation for e in entries}
    return position, _print(office, private, slip_ids, delegations)


def ensure_scrutineer(desk: Desk, congress: UUID, entry: DelegateEntry) -> None:
    """Lets a delegate whom the plenary approved into the scrutineers' area, with a new account if there is none.

    Raises NotFound or LoginTaken.
    """
    account = accounts.account_of_delegate(entry.delegate)
    if desk.load(account, accounts.evolve) is None:
        grant = Grant(role=Role.DELEGATE, congress=congress, delegate=entry.delegate)
        _open(desk, account, logins.delegate_login(_congress(desk, congress).slug, entry.number), entry.name, grant)
    grant = Grant(role=Role.SCRUTINEER, congress=congress, delegate=entry.delegate)
    state = _known(desk, account)
    if grant not in state.grants:
        desk.add(account, accounts.grant_role(state, grant))


def require_over(actor: Actor, account: Account) -> None:
    """Raises NotPermitted unless the actor may let somebody else into this account.

    A slip is a way in: who hands it out must be permitted for every role the account holds, so that
    a delegate's slip cannot open an administrator's desk.
    """
    if not account.grants:
        actor.require(Act.MANAGE_ACCOUNTS, None)
    for grant in account.grants:
        actor.require(Act.ISSUE_SLIPS if grant.role is Role.DELEGATE else Act.MANAGE_ACCOUNTS, grant.congress)


def _is_waiting(actor: Actor, account: Account | None) -> bool:
    """Whether a slip is due when everybody gets one: no account yet, or one that was never used."""
    if account is None:
        return True
    try:
        require_over(actor, account)
    except NotPermitted:
        return False
    return not (account.activated or account.disabled)


def _print(
    office: Office, private: PrivateStore, slip_ids: dict[UUID, UUID], delegations: dict[UUID, str]
) -> list[PrintedSlip]:
    """New secrets for the slips that were recorded. Raises SlipsAlreadyPrinted for a repeated command."""
    printed: list[PrintedSlip] = []
    known: list[tuple[slips.KnownSlip, str]] = []
    states = office.states_of(slip_ids, accounts.evolve)
    for account, slip in slip_ids.items():
        state = states.get(account)
        if state is None or state.slip != slip or state.slip_expires_at is None:
            continue
        if slips.is_kept(private, slip):
            raise SlipsAlreadyPrinted
        secret = slips.new_secret()
        known.append((slips.KnownSlip(account=account, slip=slip, expires_at=state.slip_expires_at), secret))
        printed.append(
            PrintedSlip(
                account=account,
                login=state.login,
                name=state.name,
                delegation=delegations[account],
                secret=secret,
                expires_at=state.slip_expires_at,
            )
        )
    slips.keep(private, known)
    return printed


def _slip_of(office: Office, by: By, entry: DelegateEntry) -> UUID:
    return office.new_id(by, f"slip/{entry.delegate}")


def _asked(roll: rolls.Roll | None, delegation: str | None, delegate: UUID | None) -> list[DelegateEntry]:
    entries: Iterable[DelegateEntry] = roll.entries.values() if roll else ()
    chosen = [
        entry
        for entry in entries
        if (delegate is None or entry.delegate == delegate) and (delegation is None or entry.delegation == delegation)
    ]
    if not chosen:
        raise NotFound(kind="delegate", id=str(delegate or delegation or ""))
    return chosen


def _open(desk: Desk, account: UUID, login: str, name: str, grant: Grant) -> None:
    opened = accounts.open_account(login=login, name=name)
    stream = logins.login_stream(opened.login)
    held = logins.hold_login(desk.load(stream, logins.evolve_login), opened.login, account)
    desk.load(account, accounts.evolve)
    desk.add(stream, held)
    desk.add(account, opened)
    desk.add(account, accounts.grant_role(_known(desk, account), grant))


def _refuse_unknown_places(desk: Desk, grant: Grant) -> None:
    if grant.congress is None:
        return
    congress = _congress(desk, grant.congress)
    if grant.unit is not None and grant.unit not in congress.units:
        raise NotFound(kind="unit", id=str(grant.unit))
    if grant.delegate is not None:
        _asked(desk.load(rolls.roll_stream(grant.congress), rolls.evolve), None, grant.delegate)


def _congress(desk: Desk, congress: UUID) -> congresses.Congress:
    state = desk.load(congress, congresses.evolve)
    if state is None:
        raise NotFound(kind="congress", id=str(congress))
    return state


def _known(desk: Desk, account: UUID) -> Account:
    state = desk.load(account, accounts.evolve)
    if state is None:
        raise NotFound(kind="account", id=str(account))
    return state
