"""The second factor 二次验证: after the password, a code that a device of one's own shows for half a minute.

The code is RFC 6238's; its secret and the recovery codes are kept privately, here is only whether the
account asks for one. Roles that must have one are a setting of the installation.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from domain.accounts.permissions import Grant, Role
from domain.shared import Missing, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorTurnedOn:
    """Signing in asks for a code from now on; the owner has shown that the device gives the right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorTurnedOff:
    """The owner turned it off, with the password and a code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorReset:
    """Somebody permitted took it away, because the owner has lost the device and the recovery codes."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesRenewed:
    """The owner had new recovery codes made; the earlier ones are dead."""


@dataclass(eq=False)
class SecondFactorIsOn(Refused):
    """It has to be turned off before another device can be set up."""


@dataclass(eq=False)
class SecondFactorIsOff(Refused):
    """There is no second factor to be turned off, reset or renewed."""


def turn_on(*, is_on: bool) -> SecondFactorTurnedOn:
    """Raises SecondFactorIsOn."""
    if is_on:
        raise SecondFactorIsOn
    return SecondFactorTurnedOn()


def turn_off(*, is_on: bool) -> SecondFactorTurnedOff:
    """Raises SecondFactorIsOff."""
    if not is_on:
        raise SecondFactorIsOff
    return SecondFactorTurnedOff()


def reset(reason: str, *, is_on: bool) -> SecondFactorReset:
    """Raises SecondFactorIsOff or Missing (reason)."""
    if not is_on:
        raise SecondFactorIsOff
    if not reason.strip():
        raise Missing(fields=("reason",))
    return SecondFactorReset(reason=reason.strip())


def renew_recovery_codes(*, is_on: bool) -> RecoveryCodesRenewed:
    """Raises SecondFactorIsOff."""
    if not is_on:
        raise SecondFactorIsOff
    return RecoveryCodesRenewed()


def is_demanded(grants: Iterable[Grant], roles: Collection[Role]) -> bool:
    """Whether somebody with these grants must have a second factor, wherever the role was granted."""
    return any(grant.role in roles for grant in grants)
