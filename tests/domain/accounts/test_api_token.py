"""API tokens: for whom, for what, how long, and never for more than what makes them."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.accounts.api_token import (
    ApiToken,
    ApiTokenIssued,
    BeyondToken,
    TokenRevoked,
    evolve,
    issue_token,
    revoke_token,
)
from domain.accounts.permissions import Act, Actor, Grant, Role
from domain.accounts.scopes import Scope
from domain.shared import Invalid, Missing, NotFound

TODAY = date(2026, 1, 20)
CITY, COUNTY = uuid4(), uuid4()
CLERK = Actor(account=uuid4(), name="王敏", grants=(Grant(role=Role.STAFF, congress=CITY),))
READING = (Scope.POLLS_READ, Scope.ROLL_READ)


def issued(
    *,
    name: str = "数据大屏",
    congress: UUID | None = CITY,
    scopes: tuple[Scope, ...] = READING,
    days: int = 30,
    within: ApiToken | None = None,
) -> ApiTokenIssued:
    expires_on = TODAY + timedelta(days=days)
    return issue_token(
        CLERK, name=name, congress=congress, scopes=scopes, expires_on=expires_on, today=TODAY, within=within
    )


def test_scopes_are_kept_once_each_and_in_order() -> None:
    assert issued(scopes=(Scope.ROLL_READ, Scope.POLLS_READ, Scope.ROLL_READ)).scopes == READING


@pytest.mark.parametrize(("given", "fields"), [({"name": " "}, ("name",)), ({"scopes": ()}, ("scopes",))])
def test_a_token_has_a_name_and_a_use(given: dict[str, str], fields: tuple[str, ...]) -> None:
    with pytest.raises(Missing) as refused:
        issued(**given)  # type: ignore[arg-type]  # one field of the right kind
    assert refused.value.fields == fields


@pytest.mark.parametrize("days", [-1, 367])
def test_a_token_lives_a_year_and_a_day_at_most(days: int) -> None:
    assert issued(days=0).expires_on == TODAY
    assert issued(days=366).expires_on == date(2027, 1, 21)
    with pytest.raises(Invalid):
        issued(days=days)


def test_a_token_is_for_a_congress_in_which_its_account_has_a_role() -> None:
    with pytest.raises(NotFound):
        issued(congress=COUNTY)


def test_a_token_lives_until_the_end_of_its_last_day_or_until_it_is_revoked() -> None:
    token = evolve(None, issued(days=1))
    assert token.lives_on(TODAY + timedelta(days=1))
    assert not token.lives_on(TODAY + timedelta(days=2))
    revoked = evolve(token, revoke_token(token))
    assert not revoked.lives_on(TODAY)
    with pytest.raises(TokenRevoked):
        revoke_token(revoked)


def test_a_token_hands_on_no_more_than_it_has() -> None:
    mine = evolve(None, issued())
    assert issued(within=mine, scopes=(Scope.ROLL_READ,), days=29).scopes == (Scope.ROLL_READ,)
    for more in ({"scopes": (Scope.ROLL_WRITE,)}, {"congress": None}, {"days": 31}):
        with pytest.raises(BeyondToken):
            issued(within=mine, **more)
    everywhere = replace(mine, congress=None)
    assert issued(within=everywhere).congress == CITY


def test_an_actor_by_a_token_has_its_acts_and_its_congress_alone() -> None:
    both = replace(CLERK, grants=(Grant(role=Role.ADMINISTRATOR, congress=None), *CLERK.grants))
    narrow = both.only(frozenset({Act.READ_OFFICE}), CITY)
    assert narrow.may(Act.READ_OFFICE, CITY)
    assert not narrow.may(Act.MANAGE_UNITS, CITY)
    assert not narrow.may(Act.READ_OFFICE, COUNTY)
    assert not narrow.may(Act.READ_OFFICE, None)
    assert both.only(frozenset({Act.READ_OFFICE}), None).may(Act.READ_OFFICE, COUNTY)
    assert not CLERK.only(frozenset(Act), CITY).may(Act.FOUND_CONGRESS, None)
