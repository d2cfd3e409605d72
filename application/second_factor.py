"""Commands about the second factor: set up and turned off by its owner, reset by those who look after the account."""

from uuid import UUID

from application.accounts import require_over
from application.office import By, Desk, Office
from application.private import passwords, second_factors, sign_ins
from application.private.store import PrivateStore
from application.private.vault import Vault
from application.signing_in import WrongCode, confirm_password, prove
from domain.accounts import account as accounts
from domain.accounts import second_factor
from domain.accounts.account import Account
from domain.accounts.second_factor import SecondFactorIsOn
from domain.shared import NotFound


def begin(office: Office, private: PrivateStore, vault: Vault, account: UUID, *, password: str) -> None:
    """Makes the secret that the owner's device shall take in.

    Asks for the password where there is one, so that a browser left open binds nobody else's device to the
    account. Raises NotFound, SecondFactorIsOn, WrongPassword or TooManyAttempts.
    """
    if _known(office, account).second_factor:
        raise SecondFactorIsOn
    if passwords.is_set(private, account):
        confirm_password(office, private, account, password)
    second_factors.make(private, vault, account, office.now())


def turn_on(
    office: Office, private: PrivateStore, vault: Vault, by: By, typed: str, *, token: str
) -> tuple[int, list[str]]:
    """The device shows the right code: from now on it is asked for. Gives the recovery codes, this once.

    Browsers other than the one that holds `token` are signed out, for they came in without it. Everything is
    in place before it is recorded; a crash in between leaves it off. Raises SecondFactorIsOn, WrongCode,
    TooManyAttempts or SecretUnreadable.
    """
    account = by.actor.account
    if _known(office, account).second_factor:
        raise SecondFactorIsOn
    if second_factors.waiting_secret(private, vault, account, office.now()) is None:
        raise WrongCode
    prove(office, private, vault, account, typed)
    codes = second_factors.new_recovery_codes(private, account)
    position = office.change(
        by,
        account,
        accounts.evolve,
        lambda state: second_factor.turn_on(is_on=state is not None and state.second_factor),
    )
    sign_ins.end_all(private, account, but=token)
    return position, codes


def turn_off(office: Office, private: PrivateStore, vault: Vault, by: By, *, password: str, typed: str) -> int:
    """With the password and a code. Raises SecondFactorIsOff, WrongPassword, WrongCode or TooManyAttempts."""
    account = by.actor.account
    second_factor.turn_off(is_on=_known(office, account).second_factor)
    confirm_password(office, private, account, password)
    prove(office, private, vault, account, typed)
    position = office.change(
        by,
        account,
        accounts.evolve,
        lambda state: second_factor.turn_off(is_on=state is not None and state.second_factor),
    )
    _forget_unless_on(office, private, account)
    return position


def renew_recovery_codes(
    office: Office, private: PrivateStore, vault: Vault, by: By, typed: str
) -> tuple[int, list[str]]:
    """New recovery codes, shown this once. Raises SecondFactorIsOff, WrongCode or TooManyAttempts."""
    account = by.actor.account
    renewed = second_factor.renew_recovery_codes(is_on=_known(office, account).second_factor)
    prove(office, private, vault, account, typed)
    position = office.change(by, account, accounts.evolve, lambda _: renewed)
    return position, second_factors.new_recovery_codes(private, account)


def reset(office: Office, private: PrivateStore, by: By, account: UUID, reason: str) -> int:
    """For an owner who has lost device and recovery codes: signing in asks for the password alone again.

    Ends every sign-in. Raises NotPermitted, NotFound, SecondFactorIsOff or Missing (reason).
    """

    def decide(desk: Desk) -> None:
        state = desk.load(account, accounts.evolve)
        if state is None:
            raise NotFound(kind="account", id=str(account))
        require_over(by.actor, state)
        desk.add(account, second_factor.reset(reason, is_on=state.second_factor))

    position = office.record(by, decide)
    _forget_unless_on(office, private, account)
    sign_ins.end_all(private, account)
    return position


def _forget_unless_on(office: Office, private: PrivateStore, account: UUID) -> None:
    """A form that is sent again later must not take away what was set up since."""
    if not _known(office, account).second_factor:
        second_factors.forget(private, account)


def _known(office: Office, account: UUID) -> Account:
    state = office.state_of(account, accounts.evolve)
    if state is None:
        raise NotFound(kind="account", id=str(account))
    return state
