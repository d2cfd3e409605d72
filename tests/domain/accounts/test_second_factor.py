"""The second factor of an account, its name, and what an outside provider vouches for."""

from uuid import uuid4

from domain.accounts import identity, second_factor
from domain.accounts.account import (
    AccountOpened,
    AccountRenamed,
    RoleGranted,
    RoleRevoked,
    SignInsEnded,
    end_delegate,
    evolve,
    rename_account,
)
from domain.accounts.identity import IdentityLinked, IdentityUnlinked, NotLinked
from domain.accounts.permissions import Grant, Role
from domain.accounts.second_factor import (
    RecoveryCodesRenewed,
    SecondFactorIsOff,
    SecondFactorIsOn,
    SecondFactorReset,
    SecondFactorTurnedOff,
    SecondFactorTurnedOn,
    is_demanded,
)
from domain.shared import Invalid, Missing
from tests.support.given import given

CONGRESS, ELSEWHERE, DELEGATE = uuid4(), uuid4(), uuid4()
OPENED = AccountOpened(login="wangmin", name="王敏")


def is_on(*facts: object) -> bool:
    state = given(OPENED, *facts, evolve=evolve).state
    assert state is not None
    return state.second_factor


def test_it_is_on_from_the_first_right_code_until_it_is_turned_off_or_reset() -> None:
    on = SecondFactorTurnedOn()
    assert not is_on()
    assert is_on(on)
    assert is_on(on, RecoveryCodesRenewed(), SignInsEnded())
    assert not is_on(on, SecondFactorTurnedOff())
    assert not is_on(on, SecondFactorReset(reason="手机丢失"))


def test_it_is_turned_on_once() -> None:
    given(OPENED, evolve=evolve).when(lambda _: second_factor.turn_on(is_on=False)).then(SecondFactorTurnedOn())
    given(OPENED, evolve=evolve).when(lambda _: second_factor.turn_on(is_on=True)).refused(SecondFactorIsOn)


def test_nothing_is_turned_off_reset_or_renewed_that_is_not_on() -> None:
    nothing = given(OPENED, evolve=evolve)
    nothing.when(lambda _: second_factor.turn_off(is_on=False)).refused(SecondFactorIsOff)
    nothing.when(lambda _: second_factor.reset("手机丢失", is_on=False)).refused(SecondFactorIsOff)
    nothing.when(lambda _: second_factor.renew_recovery_codes(is_on=False)).refused(SecondFactorIsOff)


def test_who_resets_it_says_why() -> None:
    given(OPENED, evolve=evolve).when(lambda _: second_factor.reset(" ", is_on=True)).refused(
        Missing, fields=("reason",)
    )
    given(OPENED, evolve=evolve).when(lambda _: second_factor.reset(" 手机丢失 ", is_on=True)).then(
        SecondFactorReset(reason="手机丢失")
    )


def test_a_role_can_demand_it_wherever_it_was_granted() -> None:
    grants = (Grant(role=Role.STAFF, congress=CONGRESS), Grant(role=Role.DELEGATE, congress=ELSEWHERE))
    assert is_demanded(grants, {Role.STAFF})
    assert not is_demanded(grants, {Role.ADMINISTRATOR, Role.SCRUTINEER})
    assert not is_demanded(grants, ())


def test_a_person_is_renamed_and_keeps_the_sign_in_name() -> None:
    situation = given(OPENED, AccountRenamed(name="王 敏"), evolve=evolve)
    assert situation.state is not None
    assert (situation.state.name, situation.state.login) == ("王 敏", "wangmin")
    situation.when(lambda account: rename_account(account, " 王敏 ")).then(AccountRenamed(name="王敏"))
    situation.when(lambda account: rename_account(account, "王 敏")).then()
    situation.when(lambda account: rename_account(account, " ")).refused(Missing, fields=("name",))
    situation.when(lambda account: rename_account(account, "敏" * 101)).refused(Invalid, field="name")


def test_who_is_a_delegate_no_more_loses_what_was_held_as_one_and_nothing_else() -> None:
    facts = (
        RoleGranted(role=Role.DELEGATE, congress=CONGRESS, delegate=DELEGATE),
        RoleGranted(role=Role.SCRUTINEER, congress=CONGRESS, delegate=DELEGATE),
        RoleGranted(role=Role.STAFF, congress=CONGRESS),
        RoleGranted(role=Role.DELEGATE, congress=ELSEWHERE, delegate=uuid4()),
    )
    given(OPENED, *facts, evolve=evolve).when(lambda account: end_delegate(account, CONGRESS, DELEGATE)).then(
        RoleRevoked(role=Role.DELEGATE, congress=CONGRESS), RoleRevoked(role=Role.SCRUTINEER, congress=CONGRESS)
    )


def test_an_account_is_linked_to_somebody_the_provider_knows_and_can_be_unlinked() -> None:
    given(OPENED, evolve=evolve).when(lambda _: identity.link("政务统一认证", "u-1")).then(
        IdentityLinked(provider="政务统一认证")
    )
    given(OPENED, evolve=evolve).when(lambda _: identity.link("政务统一认证", " ")).refused(
        Missing, fields=("subject",)
    )
    given(OPENED, evolve=evolve).when(lambda _: identity.link("政务统一认证", "u" * 256)).refused(Invalid)
    linked = given(OPENED, IdentityLinked(provider="政务统一认证"), evolve=evolve).state
    assert linked is not None
    assert linked.linked
    given(OPENED, evolve=evolve).when(lambda a: identity.unlink("政务统一认证", linked=a.linked)).refused(NotLinked)
    given(OPENED, evolve=evolve).when(lambda _: identity.unlink("政务统一认证", linked=True)).then(
        IdentityUnlinked(provider="政务统一认证")
    )
