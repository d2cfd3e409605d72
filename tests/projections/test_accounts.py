"""Who has an account, as lists show it."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from application.history.history import History
from application.office import Office
from domain.accounts import account as accounts
from domain.accounts.account import (
    AccountActivated,
    AccountDisabled,
    AccountEnabled,
    AccountFact,
    AccountOpened,
    AccountRenamed,
    RoleGranted,
    RoleRevoked,
    SlipIssued,
    SlipPurpose,
)
from domain.accounts.identity import IdentityLinked, IdentityUnlinked
from domain.accounts.permissions import Role
from domain.accounts.second_factor import RecoveryCodesRenewed, SecondFactorReset, SecondFactorTurnedOn
from projections.accounts import (
    INSTALLATION,
    PROJECTION,
    Sought,
    account_named,
    accounts_in,
    accounts_of_delegates,
    accounts_sought,
    names_of,
)
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from tests.support.stores import by

QC, DH, UNIT, SLIP, ZHANG = (uuid4() for _ in range(5))
LI, SUN, DELEGATE = (uuid4() for _ in range(3))


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_reading(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def shown(office: Office, history: History, reading: Engine) -> Engine:
    """李红 works for two congresses, 孙莉 answers for a unit, 张丽 is a delegate."""
    issued = SlipIssued(slip=SLIP, purpose=SlipPurpose.ACTIVATION, expires_at=office.now())
    of: dict[UUID, tuple[AccountFact, ...]] = {
        LI: (
            AccountOpened(login="lihong", name="李红"),
            RoleGranted(role=Role.STAFF, congress=QC),
            RoleGranted(role=Role.AUDITOR, congress=DH),
            issued,
            AccountActivated(slip=SLIP),
        ),
        SUN: (
            AccountOpened(login="sunli", name="孙莉"),
            RoleGranted(role=Role.DEPARTMENT, congress=QC, unit=UNIT),
            issued,
        ),
        DELEGATE: (
            AccountOpened(login="qc-003", name="张丽"),
            RoleGranted(role=Role.DELEGATE, congress=QC, delegate=ZHANG),
            AccountDisabled(),
        ),
    }
    for stream, facts in of.items():
        office.change(by(), stream, accounts.evolve, partial(_told, facts))
    Followers(history, reading, [PROJECTION]).catch_up()
    return reading


def _told(facts: tuple[AccountFact, ...], _state: object) -> tuple[AccountFact, ...]:
    return facts


def test_a_congress_lists_those_with_a_role_there(shown: Engine) -> None:
    with shown.connect() as connection:
        found, total = accounts_in(connection, QC, (Role.STAFF, Role.DEPARTMENT))
        assert [(account.name, account.activated, account.has_slip) for account in found] == [
            ("李红", True, False),
            ("孙莉", False, True),
        ]
        assert total == 2
        assert [account.name for account in accounts_in(connection, DH, tuple(Role))[0]] == ["李红"]
        assert accounts_in(connection, None, tuple(Role)) == ([], 0)


def test_a_long_list_comes_in_pages_and_is_searched(shown: Engine) -> None:
    with shown.connect() as connection:
        found, total = accounts_in(connection, QC, tuple(Role), offset=1, limit=1)
        assert ([account.name for account in found], total) == (["孙莉"], 3)
        assert [account.login for account in accounts_in(connection, QC, tuple(Role), named="红")[0]] == ["lihong"]
        assert accounts_in(connection, QC, tuple(Role), named="%") == ([], 0)


def test_an_account_shows_its_roles_in_every_congress(shown: Engine) -> None:
    with shown.connect() as connection:
        account = account_named(connection, LI)
        assert account is not None
        assert [(held.role, held.congress) for held in account.roles] == [(Role.STAFF, QC), (Role.AUDITOR, DH)]
        assert [held.role for held in account.roles_in(DH)] == [Role.AUDITOR]
        assert account_named(connection, uuid4()) is None


def test_delegates_are_found_by_their_place_on_the_roll(shown: Engine) -> None:
    with shown.connect() as connection:
        found = accounts_of_delegates(connection, QC)
        assert {delegate: (account.login, account.disabled) for delegate, account in found.items()} == {
            ZHANG: ("qc-003", True)
        }
        assert accounts_of_delegates(connection, DH) == {}


def test_accounts_have_names(shown: Engine) -> None:
    with shown.connect() as connection:
        assert names_of(connection, [LI, SUN, uuid4()]) == {LI: "李红", SUN: "孙莉"}


def test_taking_back_and_enabling_are_seen(office: Office, history: History, shown: Engine) -> None:
    office.change(by(), LI, accounts.evolve, lambda _: RoleRevoked(role=Role.STAFF, congress=QC))
    office.change(by(), DELEGATE, accounts.evolve, lambda _: AccountEnabled())
    Followers(history, shown, [PROJECTION]).catch_up()
    with shown.connect() as connection:
        assert [account.name for account in accounts_in(connection, QC, tuple(Role))[0]] == ["孙莉", "张丽"]
        assert not accounts_of_delegates(connection, QC)[ZHANG].disabled


def test_names_second_factors_links_and_reasons_are_as_they_are_now(
    office: Office, history: History, shown: Engine
) -> None:
    told = partial(
        _told,
        (
            AccountRenamed(name="李 红"),
            SecondFactorTurnedOn(),
            IdentityLinked(provider="政务统一认证"),
            AccountDisabled(reason="调离"),
        ),
    )
    office.change(by(), LI, accounts.evolve, told)
    Followers(history, shown, [PROJECTION]).catch_up()
    with shown.connect() as connection:
        after = account_named(connection, LI)
    assert after is not None
    assert (after.name, after.second_factor, after.linked, after.disabled, after.reason) == (
        "李 红",
        True,
        True,
        True,
        "调离",
    )
    undone = partial(
        _told,
        (
            AccountEnabled(),
            SecondFactorReset(reason="手机丢失"),
            IdentityUnlinked(provider="政务统一认证"),
            RecoveryCodesRenewed(),
        ),
    )
    office.change(by(), LI, accounts.evolve, undone)
    Followers(history, shown, [PROJECTION]).catch_up()
    with shown.connect() as connection:
        after = account_named(connection, LI)
    assert after is not None
    assert (after.second_factor, after.linked, after.disabled, after.reason) == (False, False, False, "")


def test_accounts_are_sought_by_place_role_name_and_how_far_they_are(
    office: Office, history: History, shown: Engine
) -> None:
    office.change(by(), LI, accounts.evolve, lambda _: SecondFactorTurnedOn())
    chief = uuid4()
    opened = (AccountOpened(login="chief", name="钱总管"), RoleGranted(role=Role.ADMINISTRATOR, congress=None))
    office.change(by(), chief, accounts.evolve, partial(_told, opened))
    office.change(by(), SUN, accounts.evolve, lambda _: RoleRevoked(role=Role.DEPARTMENT, congress=QC))
    Followers(history, shown, [PROJECTION]).catch_up()
    with shown.connect() as connection:

        def found(**sought: Any) -> list[UUID]:
            return accounts_sought(connection, Sought(**sought))

        assert found() == [LI, SUN, DELEGATE, chief]
        assert found(congress=INSTALLATION) == [chief]
        assert found(congress=QC) == [LI, DELEGATE]
        assert found(congress=QC, roles=(Role.DELEGATE,)) == [DELEGATE]
        assert found(roles=(Role.AUDITOR, Role.ADMINISTRATOR)) == [LI, chief]
        assert found(named="LI") == [LI, SUN]
        assert found(named="LIH") == [LI]
        assert found(disabled=True) == [DELEGATE]
        assert found(activated=False, disabled=False) == [SUN, chief]
        assert found(second_factor=True) == [LI]
        assert found(second_factor=False, congress=QC) == [DELEGATE]
