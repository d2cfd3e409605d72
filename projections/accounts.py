"""Who has an account, with which roles in which congress, and who has begun to use it?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    MetaData,
    Select,
    String,
    Table,
    Text,
    Uuid,
    and_,
    delete,
    insert,
    or_,
    select,
    update,
)

from application.history.history import Noticed
from domain.accounts.account import (
    AccountActivated,
    AccountDisabled,
    AccountEnabled,
    AccountOpened,
    AccountRenamed,
    PasswordChanged,
    RoleGranted,
    RoleRevoked,
    SlipIssued,
)
from domain.accounts.identity import IdentityLinked, IdentityUnlinked
from domain.accounts.permissions import Role
from domain.accounts.second_factor import SecondFactorReset, SecondFactorTurnedOff, SecondFactorTurnedOn
from projections.reading.moment import Moment
from projections.reading.projection import Projection

metadata = MetaData()

INSTALLATION: Final = UUID(int=0)
"""Stands in the rows for roles that reach every congress."""

ANYWHERE: Final = UUID(int=1)
"""Stands in questions for any congress or none."""

_accounts = Table(
    "account",
    metadata,
    Column("account", Uuid, primary_key=True),
    Column("login", String(80), nullable=False),
    Column("name", String(200), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("activated", Boolean, nullable=False),
    Column("slip_issued_at", Moment),
    Column("second_factor", Boolean, nullable=False),
    Column("linked", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("opened", BigInteger, nullable=False),
)

_roles = Table(
    "account_role",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("role", String(20), primary_key=True),
    Column("account", Uuid, primary_key=True),
    Column("unit", Uuid),
    Column("delegate", Uuid),
    Column("granted", BigInteger, nullable=False),
    Index("account_role_account", "account"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """One role; `congress` None is the whole installation."""

    role: Role
    congress: UUID | None
    unit: UUID | None
    delegate: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAccount:
    """An account as lists show it, with all its roles."""

    id: UUID
    login: str
    name: str
    disabled: bool
    activated: bool
    has_slip: bool
    """Whether a slip was handed out and not used yet; it may have expired."""
    second_factor: bool
    linked: bool
    """Whether the person may come in through the outside provider of identities."""
    reason: str
    """Why the account is disabled."""
    roles: tuple[HeldRole, ...]

    def roles_in(self, congress: UUID | None) -> tuple[HeldRole, ...]:
        """The roles in exactly this congress."""
        return tuple(held for held in self.roles if held.congress == congress)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which accounts: with a role in this congress (`INSTALLATION`: one that reaches all, `ANYWHERE`: wherever).

    `named` is a part of the name or the sign-in name; None asks for nothing.
    """

    congress: UUID = ANYWHERE
    roles: Collection[Role] | None = None
    named: str = ""
    disabled: bool | None = None
    activated: bool | None = None
    second_factor: bool | None = None


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row an account and one row a role."""
    for notice in noticed:
        match notice.fact:
            case AccountOpened() as opened:
                connection.execute(
                    insert(_accounts).values(
                        account=notice.stream,
                        login=opened.login,
                        name=opened.name,
                        disabled=False,
                        activated=False,
                        slip_issued_at=None,
                        second_factor=False,
                        linked=False,
                        reason="",
                        opened=notice.position,
                    )
                )
            case RoleGranted() as granted:
                connection.execute(
                    insert(_roles).values(
                        congress=granted.congress or INSTALLATION,
                        role=granted.role.value,
                        account=notice.stream,
                        unit=granted.unit,
                        delegate=granted.delegate,
                        granted=notice.position,
                    )
                )
            case RoleRevoked() as revoked:
                connection.execute(
                    delete(_roles).where(
                        _roles.c.congress == (revoked.congress or INSTALLATION),
                        _roles.c.role == revoked.role.value,
                        _roles.c.account == notice.stream,
                    )
                )
            case AccountRenamed() as renamed:
                _set(connection, notice, name=renamed.name)
            case AccountDisabled() as disabled:
                _set(connection, notice, disabled=True, slip_issued_at=None, reason=disabled.reason)
            case AccountEnabled():
                _set(connection, notice, disabled=False, reason="")
            case SecondFactorTurnedOn():
                _set(connection, notice, second_factor=True)
            case SecondFactorTurnedOff() | SecondFactorReset():
                _set(connection, notice, second_factor=False)
            case IdentityLinked() | IdentityUnlinked() as changed:
                _set(connection, notice, linked=isinstance(changed, IdentityLinked))
            case SlipIssued():
                _set(connection, notice, slip_issued_at=notice.at)
            case AccountActivated() | PasswordChanged():
                _set(connection, notice, activated=True, slip_issued_at=None)


def accounts_sought(connection: Connection, sought: Sought) -> list[UUID]:
    """Which accounts these are, in the order of opening."""
    columns, asked = _accounts.c, select(_accounts.c.account)
    if sought.congress != ANYWHERE or sought.roles is not None:
        asked = asked.where(columns.account.in_(_holders(sought)))
    if sought.named:
        within = (
            columns.name.contains(sought.named, autoescape=True),
            columns.login.contains(sought.named.lower(), autoescape=True),
        )
        asked = asked.where(or_(*within))
    for column, value in (
        (columns.disabled, sought.disabled),
        (columns.activated, sought.activated),
        (columns.second_factor, sought.second_factor),
    ):
        if value is not None:
            asked = asked.where(column.is_(value))
    return list(connection.scalars(asked.order_by(columns.opened)))


def accounts_in(
    connection: Connection,
    congress: UUID | None,
    roles: Collection[Role],
    *,
    named: str = "",
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[ListedAccount], int]:
    """Accounts with one of the roles in exactly this congress, in the order of opening; and how many in all.

    `named` is a part of the name or the sign-in name.
    """
    found = accounts_sought(connection, Sought(congress=congress or INSTALLATION, roles=roles, named=named))
    return list(accounts_named(connection, found[offset : offset + limit]).values()), len(found)


def account_named(connection: Connection, account: UUID) -> ListedAccount | None:
    """One account."""
    return accounts_named(connection, {account}).get(account)


def accounts_named(connection: Connection, accounts: Collection[UUID]) -> dict[UUID, ListedAccount]:
    """These accounts."""
    asked = select(_accounts).where(_accounts.c.account.in_(accounts)).order_by(_accounts.c.opened)
    return {account.id: account for account in _with_roles(connection, connection.execute(asked).all())}


def accounts_of_delegates(connection: Connection, congress: UUID) -> dict[UUID, ListedAccount]:
    """The accounts of a congress's delegates, by delegate."""
    is_delegate = and_(_roles.c.congress == congress, _roles.c.role == Role.DELEGATE.value)
    held = connection.execute(select(_roles.c.delegate, _roles.c.account).where(is_delegate)).all()
    asked = select(_accounts).join(_roles, _roles.c.account == _accounts.c.account).where(is_delegate)
    rows = connection.execute(asked.order_by(_accounts.c.opened)).all()
    listed = {account.id: account for account in _with_roles(connection, rows)}
    return {row.delegate: listed[row.account] for row in held if row.delegate is not None}


def names_of(connection: Connection, accounts: Collection[UUID]) -> dict[UUID, str]:
    """The names of the people behind accounts."""
    asked = select(_accounts.c.account, _accounts.c.name).where(_accounts.c.account.in_(accounts))
    return {row.account: row.name for row in connection.execute(asked.order_by(_accounts.c.account))}


def _holders(sought: Sought) -> Select[tuple[UUID]]:
    held = select(_roles.c.account)
    if sought.congress != ANYWHERE:
        held = held.where(_roles.c.congress == sought.congress)
    if sought.roles is not None:
        held = held.where(_roles.c.role.in_([role.value for role in sought.roles]))
    return held


def _set(connection: Connection, notice: Noticed, **values: str | bool | datetime | None) -> None:
    connection.execute(update(_accounts).where(_accounts.c.account == notice.stream).values(**values))


def _with_roles(connection: Connection, rows: Sequence[Any]) -> list[ListedAccount]:
    asked = select(_roles).where(_roles.c.account.in_([row.account for row in rows])).order_by(_roles.c.granted)
    held: dict[UUID, list[HeldRole]] = {}
    for role in connection.execute(asked):
        held.setdefault(role.account, []).append(
            HeldRole(
                role=Role(role.role),
                congress=None if role.congress == INSTALLATION else role.congress,
                unit=role.unit,
                delegate=role.delegate,
            )
        )
    return [
        ListedAccount(
            id=row.account,
            login=row.login,
            name=row.name,
            disabled=row.disabled,
            activated=row.activated,
            has_slip=row.slip_issued_at is not None,
            second_factor=row.second_factor,
            linked=row.linked,
            reason=row.reason,
            roles=tuple(held.get(row.account, ())),
        )
        for row in rows
    ]


PROJECTION = Projection(name="accounts", shape=2, metadata=metadata, project=project)
