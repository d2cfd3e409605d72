"""An account: somebody who signs in, with roles per congress. Passwords and slips are kept apart, privately."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from domain.accounts.identity import IdentityLinked, IdentityUnlinked
from domain.accounts.login import check_login, normal_login
from domain.accounts.permissions import Actor, Grant, Role
from domain.accounts.second_factor import (
    RecoveryCodesRenewed,
    SecondFactorReset,
    SecondFactorTurnedOff,
    SecondFactorTurnedOn,
)
from domain.shared import Invalid, Missing, NotFound, Refused

ACCOUNTS = UUID("5d8c7b0a-3f0e-5b7e-8f57-0f7f0d2f1c11")
LONGEST_NAME = 100


class SlipPurpose(StrEnum):
    """Why a one-time slip was given out: to begin, or because the password was forgotten."""

    ACTIVATION = "activation"
    RESET = "reset"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened:
    """Somebody may get roles under a sign-in name, which is never a telephone number or a mail address."""

    login: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted:
    """The account holds one more role; `congress` None is the whole installation."""

    role: Role
    congress: UUID | None
    unit: UUID | None = None
    delegate: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRevoked:
    """A role was taken back."""

    role: Role
    congress: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRenamed:
    """The person's name was put right; the sign-in name stays."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDisabled:
    """Nobody can sign in with the account until it is enabled again; `reason` is empty in old records only."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEnabled:
    """The account can be used again."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInsEnded:
    """Sign-ins of the account were ended at once, by the owner or by an administrator, on whatever device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipIssued:
    """A one-time slip was made; every earlier one of this account is dead."""

    slip: UUID
    purpose: SlipPurpose
    expires_at: datetime
    stops_password: bool = False
    """Whether the password so far stopped at once, because it may be in wrong hands, and not when the slip is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountActivated:
    """The holder of a slip chose the first password."""

    slip: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged:
    """The password is another one; `slip` is None when the old password was given."""

    slip: UUID | None = None


AccountFact = (
    AccountOpened
    | RoleGranted
    | RoleRevoked
    | AccountRenamed
    | AccountDisabled
    | AccountEnabled
    | SignInsEnded
    | SlipIssued
    | AccountActivated
    | PasswordChanged
    | SecondFactorTurnedOn
    | SecondFactorTurnedOff
    | SecondFactorReset
    | RecoveryCodesRenewed
    | IdentityLinked
    | IdentityUnlinked
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What the office knows of an account."""

    login: str
    name: str
    grants: tuple[Grant, ...] = ()
    disabled: bool = False
    activated: bool = False
    slip: UUID | None = None
    """The one slip that can still be used, unless it has expired."""
    slip_expires_at: datetime | None = None
    second_factor: bool = False
    """Whether signing in asks for a one-time code too."""
    linked: bool = False
    """Whether the person may come in through the outside provider of identities."""

    def actor(self, account: UUID) -> Actor:
        """The account as somebody who asks; without rights while it is disabled."""
        return Actor(account=account, name=self.name, grants=() if self.disabled else self.grants)

    def holds(self, role: Role, congress: UUID | None) -> bool:
        """Whether the role is granted in exactly this congress."""
        return any(grant.role is role and grant.congress == congress for grant in self.grants)


@dataclass(eq=False)
class RoleHeld(Refused):
    """The account has this role already."""

    name: str
    role: str


@dataclass(eq=False)
class OwnAccount(Refused):
    """Nobody disables the own account or takes back the own administrator's role: one always remains."""

    name: str


@dataclass(eq=False)
class AlreadyDisabled(Refused):
    """The account is disabled already."""

    name: str


@dataclass(eq=False)
class NotDisabled(Refused):
    """The account is in use already."""

    name: str


@dataclass(eq=False)
class AccountIsDisabled(Refused):
    """Slips are made for accounts in use only."""

    name: str


@dataclass(eq=False)
class SlipSpent(Refused):
    """The slip was used, replaced by a newer one, has expired, or never was one."""


def account_of_delegate(delegate: UUID) -> UUID:
    """A delegate has one account: issuing slips twice opens nothing twice."""
    return uuid5(ACCOUNTS, f"delegate/{delegate}")


def open_account(*, login: str, name: str) -> AccountOpened:
    """Raises Missing, or Invalid for a sign-in name with other than letters, digits, dots and hyphens."""
    login, name = normal_login(login), name.strip()
    empty = tuple(field for field, value in (("login", login), ("name", name)) if not value)
    if empty:
        raise Missing(fields=empty)
    check_login(login)
    _refuse_long(name)
    return AccountOpened(login=login, name=name)


def _refuse_long(name: str) -> None:
    if len(name) > LONGEST_NAME:
        raise Invalid(field="name", reason="too_long", value=str(LONGEST_NAME))


def grant_role(account: Account, grant: Grant) -> RoleGranted:
    """Raises RoleHeld, or Missing (congress, unit) where the role needs one to be named."""
    if grant.congress is None and grant.role is not Role.ADMINISTRATOR:
        raise Missing(fields=("congress",))
    if grant.role is Role.DEPARTMENT and grant.unit is None:
        raise Missing(fields=("unit",))
    if account.holds(grant.role, grant.congress):
        raise RoleHeld(name=account.name, role=grant.role.value)
    return RoleGranted(role=grant.role, congress=grant.congress, unit=grant.unit, delegate=grant.delegate)


def revoke_role(account: Account, role: Role, congress: UUID | None, *, own: bool) -> RoleRevoked:
    """Raises NotFound, or OwnAccount when an administrator would step down."""
    if not account.holds(role, congress):
        raise NotFound(kind="grant", id=role.value)
    if own and role is Role.ADMINISTRATOR:
        raise OwnAccount(name=account.name)
    return RoleRevoked(role=role, congress=congress)


def end_delegate(account: Account, congress: UUID, delegate: UUID) -> tuple[RoleRevoked, ...]:
    """What the account held because its owner was this delegate there (delegate, scrutineer) ends with the office.

    Roles given for other reasons, and roles elsewhere, stay.
    """
    held = (g for g in account.grants if g.congress == congress and g.delegate == delegate)
    return tuple(RoleRevoked(role=grant.role, congress=congress) for grant in held)


def rename_account(account: Account, name: str) -> tuple[AccountRenamed, ...]:
    """Nothing when the name is the same. Raises Missing, or Invalid for a name nobody has."""
    name = name.strip()
    if not name:
        raise Missing(fields=("name",))
    _refuse_long(name)
    return () if name == account.name else (AccountRenamed(name=name),)


def disable_account(account: Account, reason: str, *, own: bool) -> AccountDisabled:
    """Raises AlreadyDisabled, OwnAccount or Missing (reason)."""
    if account.disabled:
        raise AlreadyDisabled(name=account.name)
    if own:
        raise OwnAccount(name=account.name)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return AccountDisabled(reason=reason.strip())


def enable_account(account: Account, reason: str = "") -> AccountEnabled:
    """Raises NotDisabled."""
    if not account.disabled:
        raise NotDisabled(name=account.name)
    return AccountEnabled(reason=reason.strip())


def issue_slip(account: Account, slip: UUID, expires_at: datetime, *, stops_password: bool = False) -> SlipIssued:
    """A way to a password: the first one, or a new one that also ends every sign-in. Raises AccountIsDisabled."""
    if account.disabled:
        raise AccountIsDisabled(name=account.name)
    purpose = SlipPurpose.RESET if account.activated else SlipPurpose.ACTIVATION
    stops = stops_password and account.activated
    return SlipIssued(slip=slip, purpose=purpose, expires_at=expires_at, stops_password=stops)


def use_slip(account: Account | None, slip: UUID) -> AccountActivated | PasswordChanged:
    """Raises SlipSpent for any slip but the latest, or when the account is disabled."""
    if account is None or account.disabled or account.slip != slip:
        raise SlipSpent
    return PasswordChanged(slip=slip) if account.activated else AccountActivated(slip=slip)


def evolve(account: Account | None, fact: AccountFact) -> Account:
    """The account after one more fact."""
    if isinstance(fact, AccountOpened):
        return Account(login=fact.login, name=fact.name)
    if account is None:
        raise NotFound(kind="account", id="")
    match fact:
        case RoleGranted():
            grant = Grant(role=fact.role, congress=fact.congress, unit=fact.unit, delegate=fact.delegate)
            return replace(account, grants=(*account.grants, grant))
        case RoleRevoked():
            kept = tuple(g for g in account.grants if (g.role, g.congress) != (fact.role, fact.congress))
            return replace(account, grants=kept)
        case AccountRenamed():
            return replace(account, name=fact.name)
        case AccountDisabled():
            return replace(account, disabled=True, slip=None)
        case AccountEnabled():
            return replace(account, disabled=False)
        case SlipIssued():
            return replace(account, slip=fact.slip, slip_expires_at=fact.expires_at)
        case AccountActivated() | PasswordChanged():
            return replace(account, activated=True, slip=None)
        case SecondFactorTurnedOn():
            return replace(account, second_factor=True)
        case SecondFactorTurnedOff() | SecondFactorReset():
            return replace(account, second_factor=False)
        case IdentityLinked() | IdentityUnlinked():
            return replace(account, linked=isinstance(fact, IdentityLinked))
        case SignInsEnded() | RecoveryCodesRenewed():
            return account
