"""Signing in and out, and the passwords that only their owners choose."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from application.account_slips import issue_slip
from application.accounts import COMMAND_LINE, open_account
from application.office import By, Office
from application.private import half_sign_ins, passwords, patience, second_factors, sign_in_log, sign_ins, slips
from application.private.half_sign_ins import HalfSignIn
from application.private.patience import Addresses
from application.private.second_factors import Proof
from application.private.slips import KnownSlip
from application.private.store import PrivateStore
from application.private.vault import Vault
from domain.accounts import account as accounts
from domain.accounts import login as logins
from domain.accounts.account import Account, SlipSpent
from domain.accounts.password import USUAL, PasswordRules, check_password
from domain.accounts.permissions import Actor, Grant, Role
from domain.congress import congress as congresses
from domain.shared import NotFound, Refused


@dataclass(eq=False)
class SignInRefused(Refused):
    """Name and password do not belong together; whether the name exists is not said."""


@dataclass(eq=False)
class WrongPassword(Refused):
    """The own password, asked for once more, was wrong."""


@dataclass(eq=False)
class WrongCode(Refused):
    """Neither the code that the device shows now nor a recovery code, or one that was used before."""


@dataclass(eq=False)
class HalfSignInEnded(Refused):
    """The password was given too long ago: the second factor needs it once more."""


class Way(StrEnum):
    """By what somebody came in."""

    PASSWORD = "password"
    SLIP = "slip"
    PROVIDER = "provider"
    RECOVERY_CODE = "recovery_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody is in; `token` is what the browser keeps."""

    account: UUID
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWanted:
    """The first half is proven; `token` stands for it until the second factor follows."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What somebody comes in through: the stores, and how long it is kept who did."""

    office: Office
    private: PrivateStore
    vault: Vault
    log_kept_for: timedelta

    def enter(self, account: UUID, state: Account, way: Way, device: str) -> SignedIn | CodeWanted:
        """After the first half was proven, in whatever way: in, or one step from it."""
        now = self.office.now()
        if not state.second_factor:
            return self._open(account, way.value, device)
        half = HalfSignIn(account=account, way=way.value, device=device)
        return CodeWanted(token=half_sign_ins.begin(self.private, half, now))

    def enter_with_code(self, token: str, typed: str) -> SignedIn:
        """The second half. Raises HalfSignInEnded, WrongCode, TooManyAttempts or SecretUnreadable."""
        half = half_sign_ins.find(self.private, token, self.office.now())
        state = self.office.state_of(half.account, accounts.evolve) if half else None
        if half is None or state is None or state.disabled:
            raise HalfSignInEnded
        shown = prove(self.office, self.private, self.vault, half.account, typed)
        half_sign_ins.end(self.private, token)
        way = Way.RECOVERY_CODE.value if shown is Proof.RECOVERY_CODE else half.way
        return self._open(half.account, way, half.device)

    def _open(self, account: UUID, way: str, device: str) -> SignedIn:
        now = self.office.now()
        sign_in_log.note(self.private, account, way=way, device=device, now=now, kept_for=self.log_kept_for)
        return SignedIn(account=account, token=sign_ins.begin(self.private, account, now, device))


def sign_in(
    door: Door, addresses: Addresses, *, login: str, password: str, address: str, device: str = ""
) -> SignedIn | CodeWanted:
    """By name and password. Raises SignInRefused or TooManyAttempts."""
    now = door.office.now()
    addresses.require_patience(address, now)
    try:
        account, state = _proven(door.office, door.private, login, password)
    except SignInRefused:
        addresses.note_failure(address, now)
        raise
    return door.enter(account, state, Way.PASSWORD, device)


def prove(office: Office, private: PrivateStore, vault: Vault, account: UUID, typed: str) -> Proof:
    """Uses a code up. Raises WrongCode, TooManyAttempts or SecretUnreadable."""
    patience.take_turn(private, patience.codes_of(account), office.now(), patience.LONGEST_WAIT_FOR_CODES)
    shown = second_factors.proof(private, vault, account, typed, office.now())
    if shown is None:
        sign_in_log.note_failure(private, account)
        raise WrongCode
    patience.forget_failures(private, patience.codes_of(account))
    return shown


def second_person(office: Office, private: PrivateStore, *, login: str, password: str) -> Actor:
    """Somebody who stands beside and proves who they are on the same screen, without being signed in.

    Raises SignInRefused or TooManyAttempts.
    """
    account, state = _proven(office, private, login, password)
    return state.actor(account)


def _proven(office: Office, private: PrivateStore, login: str, password: str) -> tuple[UUID, Account]:
    login = logins.normal_login(login)
    patience.take_turn(private, login, office.now())
    holder = office.state_of(logins.login_stream(login), logins.evolve_login)
    state = office.state_of(holder.account, accounts.evolve) if holder else None
    right = passwords.matches(private, holder.account if holder else None, password)
    if not right or holder is None or state is None or state.disabled:
        sign_in_log.note_failure(private, holder.account if holder else None)
        raise SignInRefused
    patience.forget_failures(private, login)
    return holder.account, state


def confirm_password(office: Office, private: PrivateStore, account: UUID, password: str) -> None:
    """Asks for the password once more, as before a signature. Raises WrongPassword or TooManyAttempts."""
    login = _account(office, account).login
    patience.take_turn(private, login, office.now())
    if not passwords.matches(private, account, password):
        raise WrongPassword
    patience.forget_failures(private, login)


def change_password(
    office: Office, private: PrivateStore, by: By, *, old: str, new: str, token: str, rules: PasswordRules = USUAL
) -> int:
    """The own password; browsers other than the one that holds the token are signed out.

    Raises WrongPassword, TooManyAttempts or Invalid (password).
    """
    account = by.actor.account
    confirm_password(office, private, account, old)
    check_password(new, rules, near(office, _account(office, account)))
    kept = passwords.hashed(new)
    position = office.change(by, account, accounts.evolve, lambda _: accounts.PasswordChanged())
    with private.writing() as connection:
        passwords.keep(connection, account, kept)
    sign_ins.end_all(private, account, but=token)
    half_sign_ins.end_all(private, account)
    return position


def end_own_sign_ins(office: Office, private: PrivateStore, by: By, *, one: UUID | None, token: str) -> int:
    """Signs out one browser of the own account, or every one but that which holds the token."""
    account = by.actor.account
    position = office.change(by, account, accounts.evolve, lambda _: accounts.SignInsEnded())
    if one is None:
        sign_ins.end_all(private, account, but=token)
        half_sign_ins.end_all(private, account)
    else:
        sign_ins.end_one(private, account, one)
    return position


def living_slip(office: Office, private: PrivateStore, typed: str) -> tuple[KnownSlip, Account]:
    """The slip of this secret and its account. Raises SlipSpent for a slip that cannot be used."""
    known = slips.find(private, typed, office.now())
    state = office.state_of(known.account, accounts.evolve) if known else None
    if known is None or state is None or state.disabled:
        raise SlipSpent
    return known, state


def use_slip(
    office: Office, private: PrivateStore, typed: str, password: str, rules: PasswordRules = USUAL
) -> tuple[UUID, int]:
    """Uses a slip up: the password is the account's from now on, every earlier sign-in ends.

    Recording comes first and is done once for a slip, so that a crash in between leaves a slip that
    still works. Raises SlipSpent or Invalid (password).
    """
    known, state = living_slip(office, private, typed)
    check_password(password, rules, near(office, state))
    kept = passwords.hashed(password)
    by = By(actor=state.actor(known.account), key=f"slip/{known.slip}")
    position = office.change(by, known.account, accounts.evolve, lambda account: accounts.use_slip(account, known.slip))
    with private.writing() as connection:
        if not slips.use(connection, known):
            raise SlipSpent
        passwords.keep(connection, known.account, kept)
    sign_ins.end_all(private, known.account)
    half_sign_ins.end_all(private, known.account)
    patience.forget_failures(private, state.login)
    return known.account, position


def create_administrator(
    office: Office,
    private: PrivateStore,
    key: str,
    *,
    login: str,
    name: str,
    password: str,
    rules: PasswordRules = USUAL,
) -> UUID:
    """An administrator of the whole installation, made from the command line.

    Raises Missing, Invalid or LoginTaken.
    """
    check_password(password, rules, (login, name))
    by = By(actor=COMMAND_LINE, key=key)
    account = office.new_id(by, "account")
    open_account(office, by, account, login, name, Grant(role=Role.ADMINISTRATOR, congress=None))
    _, slip = issue_slip(office, private, by.step("slip"), account, timedelta(minutes=5))
    use_slip(office, private, slip.secret, password)
    return account


def near(office: Office, account: Account) -> tuple[str, ...]:
    """The words that somebody would try first for this account: its names and those of its congresses."""
    held = {grant.congress for grant in account.grants if grant.congress is not None}
    known = office.states_of(sorted(held), congresses.evolve).values()
    return (account.login, account.name, *(name for c in known for name in (c.slug, c.name, c.short_name)))


def _account(office: Office, account: UUID) -> Account:
    state = office.state_of(account, accounts.evolve)
    if state is None:
        raise NotFound(kind="account", id=str(account))
    return state
