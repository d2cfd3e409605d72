"""Who may do what: denied unless a grant permits it in that congress."""

from uuid import uuid4

import pytest

from domain.accounts.permissions import PERMITTED, Act, Actor, Grant, Role
from domain.shared import NotPermitted

HERE, ELSEWHERE = uuid4(), uuid4()


def actor(*grants: Grant) -> Actor:
    return Actor(account=uuid4(), name="王敏", grants=grants)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_a_role_permits_exactly_what_its_line_says_and_only_in_its_congress(role: Role, act: Act) -> None:
    somebody = actor(Grant(role=role, congress=HERE))
    assert somebody.may(act, HERE) is (act in PERMITTED[role])
    assert not somebody.may(act, ELSEWHERE)
    assert not somebody.may(act, None)


@pytest.mark.parametrize("act", Act)
def test_nobody_without_a_grant_may_do_anything(act: Act) -> None:
    with pytest.raises(NotPermitted):
        actor().require(act, HERE)


def test_an_administrator_of_the_installation_reaches_every_congress() -> None:
    administrator = actor(Grant(role=Role.ADMINISTRATOR, congress=None))
    assert administrator.may(Act.MANAGE_ACCOUNTS, HERE)
    assert administrator.may(Act.FOUND_CONGRESS, None)


def test_an_administrator_of_the_installation_still_counts_no_votes() -> None:
    administrator = actor(Grant(role=Role.ADMINISTRATOR, congress=None))
    for act in (Act.OPEN_POLL, Act.COUNT_POLL, Act.SIGN_COUNT, Act.DECLARE_POLL, Act.DRAW_CARD):
        assert not administrator.may(act, HERE)


def test_staff_prepare_and_declare_but_never_sign_the_count() -> None:
    staff = actor(Grant(role=Role.STAFF, congress=HERE))
    assert staff.may(Act.DECLARE_POLL, HERE)
    assert not staff.may(Act.SIGN_COUNT, HERE)


def test_a_person_may_be_a_delegate_here_and_answer_for_a_unit_elsewhere() -> None:
    delegate, unit = uuid4(), uuid4()
    somebody = actor(
        Grant(role=Role.DELEGATE, congress=HERE, delegate=delegate),
        Grant(role=Role.DEPARTMENT, congress=ELSEWHERE, unit=unit),
    )
    assert somebody.delegate_in(HERE) == delegate
    assert somebody.delegate_in(ELSEWHERE) is None
    assert somebody.unit_in(ELSEWHERE) == unit
    assert somebody.congresses((Role.DELEGATE,)) == (HERE,)
    assert somebody.congresses() == (HERE, ELSEWHERE)
