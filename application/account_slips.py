"""Commands about one-time slips: the way to a first password, or to a new one after the old was forgotten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from application.accounts import existing_congress, known_account, open_for_delegate, require_over
from application.office import By, Desk, Office
from application.private import half_sign_ins, passwords, sign_ins, slips
from application.private.store import PrivateStore
from domain.accounts import account as accounts
from domain.accounts import login as logins
from domain.accounts.account import Account
from domain.accounts.permissions import Act, Actor
from domain.congress import roll as rolls
from domain.congress.roll import DelegateEntry
from domain.shared import NotFound, NotPermitted, Refused


@dataclass(eq=False)
class SlipsAlreadyPrinted(Refused):
    """The same form was sent twice: its slips are on paper already, and printing anew would kill them."""


@dataclass(eq=False)
class NoSlipsDue(Refused):
    """Everybody asked for has chosen a password already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSlip:
    """What one slip says. The secret is in memory until the sheet is printed, and nowhere else."""

    account: UUID
    login: str
    name: str
    delegation: str
    secret: str
    expires_at: datetime
    resets: bool
    """Whether it leads to a new password for somebody who had one."""


def issue_slip(
    office: Office,
    private: PrivateStore,
    by: By,
    account: UUID,
    lasting: timedelta,
    *,
    stops_password: bool = False,
) -> tuple[int, PrintedSlip]:
    """One slip for one account; every earlier one is dead.

    `stops_password`: the password so far may be known to somebody else, so it and every sign-in end now. Otherwise
    both last until the slip is used.

    Raises NotPermitted, NotFound, AccountIsDisabled or SlipsAlreadyPrinted.
    """
    slip, expires_at = office.new_id(by, f"slip/{account}"), office.now() + lasting

    def decide(desk: Desk) -> None:
        state = known_account(desk, account)
        require_over(by.actor, state)
        desk.add(account, accounts.issue_slip(state, slip, expires_at, stops_password=stops_password))

    position = office.record(by, decide)
    state = office.state_of(account, accounts.evolve)
    if stops_password and state is not None and state.slip == slip:  # sent again later, nobody loses a new password
        passwords.forget(private, account)
        sign_ins.end_all(private, account)
        half_sign_ins.end_all(private, account)
    return position, print_issued(office, private, {account: slip}, {account: ""})[0]


def issue_waiting_slips(
    office: Office, private: PrivateStore, by: By, waiting: Sequence[UUID], lasting: timedelta
) -> tuple[int, list[PrintedSlip]]:
    """Slips for those of these accounts that have not chosen a password yet and that the actor looks after.

    Raises NoSlipsDue or SlipsAlreadyPrinted.
    """
    slip_ids = {account: office.new_id(by, f"slip/{account}") for account in waiting}

    def decide(desk: Desk) -> None:
        for account, state in desk.load_many(slip_ids, accounts.evolve).items():
            if _is_waiting(by.actor, state):
                desk.add(account, accounts.issue_slip(state, slip_ids[account], office.now() + lasting))
        if not desk.added:
            raise NoSlipsDue

    position = office.record(by, decide)
    return position, print_issued(office, private, slip_ids, dict.fromkeys(slip_ids, ""))


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
        entries = _asked(desk.load(rolls.roll_stream(congress), rolls.evolve), delegation, delegate)
        known = desk.load_many((accounts.account_of_delegate(e.delegate) for e in entries), accounts.evolve)
        slug = existing_congress(desk, congress).slug
        desk.load_many(
            (logins.login_stream(logins.delegate_login(slug, e.number)) for e in entries), logins.evolve_login
        )
        for entry in entries:
            account = accounts.account_of_delegate(entry.delegate)
            if delegate is None and not _is_waiting(by.actor, known.get(account)):
                continue
            if account not in known:
                open_for_delegate(desk, congress, entry)
            state = known_account(desk, account)
            require_over(by.actor, state)
            desk.add(account, accounts.issue_slip(state, _slip_of(office, by, entry), office.now() + lasting))
        if not desk.added:
            raise NoSlipsDue

    position = office.record(by, decide)
    entries = _asked(office.state_of(rolls.roll_stream(congress), rolls.evolve), delegation, delegate)
    slip_ids = {accounts.account_of_delegate(e.delegate): _slip_of(office, by, e) for e in entries}
    delegations = {accounts.account_of_delegate(e.delegate): e.delegation for e in entries}
    return position, print_issued(office, private, slip_ids, delegations)


def _is_waiting(actor: Actor, account: Account | None) -> bool:
    """Whether a slip is due when everybody gets one: no account yet, or one that was never used."""
    if account is None:
        return True
    try:
        require_over(actor, account)
    except NotPermitted:
        return False
    return not (account.activated or account.disabled)


def print_issued(
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
                resets=state.activated,
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
