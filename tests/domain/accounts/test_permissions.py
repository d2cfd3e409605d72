"""Who may do what: denied unless a grant permits it in that congress."""

from dataclasses import replace
from uuid import uuid4

import pytest

from domain.accounts.permissions import PERMITTED, READ_BELOW, Act, Actor, Grant, Role
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


@pytest.mark.parametrize("act", Act)
def test_from_above_an_office_is_read_and_nothing_is_done_in_it(act: Act) -> None:
    city, county = uuid4(), uuid4()
    for role in Role:
        somebody = actor(Grant(role=role, congress=city))
        assert somebody.reads_below((city,)) is (Act.READ_OFFICE in PERMITTED[role])
        assert not somebody.may(act, county), "only once the place below is being read"
        reading = replace(somebody, below=county)
        assert reading.may(act, county) is (act in {Act.READ_OFFICE, Act.READ_CANDIDATES, Act.READ_PROPOSALS})
        assert reading.may(act, city) is somebody.may(act, city)
        assert not reading.may(act, ELSEWHERE)


def test_what_may_be_read_from_above_the_office_below_may_read_itself() -> None:
    assert PERMITTED[Role.STAFF] > READ_BELOW
    assert PERMITTED[Role.AUDITOR] >= READ_BELOW


def test_a_token_for_one_congress_reads_none_below_it() -> None:
    staff = actor(Grant(role=Role.STAFF, congress=HERE))
    assert staff.only(frozenset(Act), None).reads_below((HERE,))
    assert not staff.only(frozenset(Act), HERE).reads_below((HERE,))
    assert not staff.only(frozenset({Act.READ_ACCOUNTS}), None).reads_below((HERE,))
