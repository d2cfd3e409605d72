"""Who the token stands for, and what it may be used for."""

from datetime import date
from uuid import UUID

from pydantic import Field

from domain.accounts.permissions import Role
from domain.accounts.scopes import Scope
from interfaces.api._base.callers import TheCaller
from interfaces.api._base.models import Shown
from interfaces.api._base.operations import operations
from projections.congress_directory import congresses_named

router = operations("me")


class HeldRole(Shown):
    """A role that the token can use."""

    role: Role = Field(description="The role.", examples=["staff"])
    congress: str | None = Field(
        description="The congress by its word in addresses; null: the whole installation.", examples=["qingcheng"]
    )
    unit: UUID | None = Field(description="The unit a department officer answers for.", examples=[None])
    delegate: UUID | None = Field(description="The delegate the person is.", examples=[None])


class Me(Shown):
    """The token and its account at this moment."""

    token: UUID = Field(description="Identity of the token.", examples=["c0ffee00-a017-52b7-9d4b-f5491a8e542a"])
    token_name: str = Field(description="The name it was given.", examples=["数据大屏"])
    scopes: list[Scope] = Field(description="What it was issued for.", examples=[["congress:read", "polls:read"]])
    expires_on: date = Field(description="The last day on which it can be used.", examples=["2026-12-31"])
    account: UUID = Field(description="Identity of the account.", examples=["5d8c7b0a-3f0e-5b7e-8f57-0f7f0d2f1c11"])
    login: str = Field(description="The account's sign-in name.", examples=["wangmin"])
    name: str = Field(description="The person's name.", examples=["王敏"])
    roles: list[HeldRole] = Field(description="The account's roles, as far as the token reaches.")


@router.get("/me", summary="令牌代表谁")
def me(caller: TheCaller) -> Me:
    """The token, its account and the roles it can use now."""
    token, account = caller.bearer.token, caller.bearer.account
    caller.shows(caller.bearer.id, token.account)
    with caller.house.reading.connect() as connection:
        known = congresses_named(connection, {grant.congress for grant in caller.actor.grants if grant.congress})
    slugs = {congress.id: congress.slug for congress in known}
    return Me(
        token=caller.bearer.id,
        token_name=token.name,
        scopes=list(token.scopes),
        expires_on=token.expires_on,
        account=token.account,
        login=account.login,
        name=account.name,
        roles=[
            HeldRole(
                role=grant.role,
                congress=slugs.get(grant.congress) if grant.congress else None,
                unit=grant.unit,
                delegate=grant.delegate,
            )
            for grant in caller.actor.grants
        ],
    )
