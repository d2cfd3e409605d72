"""Accounts: sign-in names, roles, slips, passwords."""

from datetime import datetime
from uuid import uuid4

import pytest

from domain.accounts.account import (
    AccountActivated,
    AccountDisabled,
    AccountEnabled,
    AccountIsDisabled,
    AccountOpened,
    AlreadyDisabled,
    NotDisabled,
    OwnAccount,
    PasswordChanged,
    RoleGranted,
    RoleHeld,
    RoleRevoked,
    SlipIssued,
    SlipPurpose,
    SlipSpent,
    account_of_delegate,
    disable_account,
    enable_account,
    evolve,
    grant_role,
    issue_slip,
    open_account,
    revoke_role,
    use_slip,
)
from domain.accounts.login import LoginTaken, LoginTakenBy, delegate_login, hold_login, login_stream
from domain.accounts.permissions import Act, Grant, Role
from domain.shared import CHINA, Invalid, Missing, NotFound
from tests.support.given import given

CONGRESS, UNIT, SLIP, NEWER, ME = (uuid4() for _ in range(5))
NEXT_MONTH = datetime(2026, 2, 20, tzinfo=CHINA)

OPENED = AccountOpened(login="wangmin", name="王敏")
STAFF = RoleGranted(role=Role.STAFF, congress=CONGRESS)
CHIEF = RoleGranted(role=Role.ADMINISTRATOR, congress=None)
ISSUED = SlipIssued(slip=SLIP, purpose=SlipPurpose.ACTIVATION, expires_at=NEXT_MONTH)
BEGUN = AccountActivated(slip=SLIP)


def test_a_sign_in_name_is_kept_in_one_form() -> None:
    assert open_account(login=" Wang.Min ", name=" 王敏 ") == AccountOpened(login="wang.min", name="王敏")
    assert open_account(login="ＱＣ－１２", name="甲").login == "qc-12"
    assert login_stream("Wang.Min") == login_stream(" wang.min")


@pytest.mark.parametrize("login", ["13912345678", "wang@example.cn", "-wang", "wang min", "王敏!", "x" * 65])
def test_a_sign_in_name_is_no_telephone_number_and_no_mail_address(login: str) -> None:
    with pytest.raises(Invalid) as refused:
        open_account(login=login, name="王敏")
    assert refused.value.field == "login"


def test_an_account_has_a_name_and_a_sign_in_name() -> None:
    with pytest.raises(Missing) as refused:
        open_account(login=" ", name="")
    assert refused.value.fields == ("login", "name")


def test_a_sign_in_name_belongs_to_one_account_for_ever() -> None:
    held = LoginTakenBy(login="wangmin", account=ME)
    assert hold_login(None, "wangmin", ME) == held
    with pytest.raises(LoginTaken):
        hold_login(held, "wangmin", uuid4())


@pytest.mark.parametrize(
    ("slug", "number", "login"),
    [("qc", "016", "qc-016"), ("qc", "A 16/3", "qc-a-16-3"), ("qc", "第16号", "qc-第16号"), ("qc", " 7 ", "qc-7")],
)
def test_a_delegate_signs_in_as_congress_and_certificate_number(slug: str, number: str, login: str) -> None:
    assert delegate_login(slug, number) == login
    assert open_account(login=login, name="甲").login == login


def test_a_delegate_has_one_account() -> None:
    assert account_of_delegate(ME) == account_of_delegate(ME)
    assert account_of_delegate(ME) != account_of_delegate(UNIT)


def test_a_role_is_granted_once() -> None:
    grant = Grant(role=Role.STAFF, congress=CONGRESS)
    given(OPENED, evolve=evolve).when(lambda account: grant_role(account, grant)).then(STAFF)
    given(OPENED, STAFF, evolve=evolve).when(lambda account: grant_role(account, grant)).refused(RoleHeld, name="王敏")


def test_only_administrators_reach_the_whole_installation() -> None:
    given(OPENED, evolve=evolve).when(
        lambda account: grant_role(account, Grant(role=Role.STAFF, congress=None))
    ).refused(Missing, fields=("congress",))


def test_a_department_officer_answers_for_a_named_unit() -> None:
    without = Grant(role=Role.DEPARTMENT, congress=CONGRESS)
    given(OPENED, evolve=evolve).when(lambda account: grant_role(account, without)).refused(Missing, fields=("unit",))
    with_unit = Grant(role=Role.DEPARTMENT, congress=CONGRESS, unit=UNIT)
    given(OPENED, evolve=evolve).when(lambda account: grant_role(account, with_unit)).then(
        RoleGranted(role=Role.DEPARTMENT, congress=CONGRESS, unit=UNIT)
    )


def test_a_role_is_taken_back_in_its_congress_only() -> None:
    situation = given(OPENED, STAFF, evolve=evolve)
    situation.when(lambda account: revoke_role(account, Role.STAFF, CONGRESS, own=False)).then(
        RoleRevoked(role=Role.STAFF, congress=CONGRESS)
    )
    situation.when(lambda account: revoke_role(account, Role.STAFF, None, own=False)).refused(NotFound, id="staff")


def test_an_administrator_never_steps_down_alone() -> None:
    situation = given(OPENED, CHIEF, evolve=evolve)
    situation.when(lambda account: revoke_role(account, Role.ADMINISTRATOR, None, own=True)).refused(OwnAccount)
    situation.when(lambda account: disable_account(account, "调离", own=True)).refused(OwnAccount)
    situation.when(lambda account: disable_account(account, " 调离 ", own=False)).then(AccountDisabled(reason="调离"))


def test_a_disabled_account_permits_nothing_and_gets_no_slip() -> None:
    situation = given(OPENED, STAFF, ISSUED, AccountDisabled(), evolve=evolve)
    assert situation.state is not None
    assert not situation.state.actor(ME).may(Act.READ_OFFICE, CONGRESS)
    situation.when(lambda account: issue_slip(account, NEWER, NEXT_MONTH)).refused(AccountIsDisabled)
    situation.when(lambda account: use_slip(account, SLIP)).refused(SlipSpent)
    situation.when(lambda account: disable_account(account, "调离", own=False)).refused(AlreadyDisabled)


def test_an_account_can_be_used_again_with_all_its_roles() -> None:
    situation = given(OPENED, STAFF, AccountDisabled(), AccountEnabled(), evolve=evolve)
    assert situation.state is not None
    assert situation.state.actor(ME).may(Act.READ_OFFICE, CONGRESS)
    situation.when(enable_account).refused(NotDisabled)


def test_a_slip_is_used_once() -> None:
    given(OPENED, ISSUED, evolve=evolve).when(lambda account: use_slip(account, SLIP)).then(BEGUN)
    given(OPENED, ISSUED, BEGUN, evolve=evolve).when(lambda account: use_slip(account, SLIP)).refused(SlipSpent)


def test_a_new_slip_kills_the_old_one() -> None:
    newer = SlipIssued(slip=NEWER, purpose=SlipPurpose.ACTIVATION, expires_at=NEXT_MONTH)
    situation = given(OPENED, ISSUED, newer, evolve=evolve)
    situation.when(lambda account: use_slip(account, SLIP)).refused(SlipSpent)
    situation.when(lambda account: use_slip(account, NEWER)).then(AccountActivated(slip=NEWER))


def test_a_slip_after_the_first_password_resets_it() -> None:
    situation = given(OPENED, ISSUED, BEGUN, evolve=evolve)
    reset = SlipIssued(slip=NEWER, purpose=SlipPurpose.RESET, expires_at=NEXT_MONTH)
    situation.when(lambda account: issue_slip(account, NEWER, NEXT_MONTH)).then(reset)
    given(OPENED, ISSUED, BEGUN, reset, evolve=evolve).when(lambda account: use_slip(account, NEWER)).then(
        PasswordChanged(slip=NEWER)
    )


def test_nobody_uses_a_slip_of_an_account_that_is_not_there() -> None:
    with pytest.raises(SlipSpent):
        use_slip(None, SLIP)
