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

    role: Role = Field(description="角色。", examples=["staff"])
    congress: str | None = Field(description="大会在地址中的用词；null 表示全部大会。", examples=["qingcheng"])
    unit: UUID | None = Field(description="责任单位人员所在的单位。", examples=[None])
    delegate: UUID | None = Field(description="本人是哪位代表。", examples=[None])


class Me(Shown):
    """The token and its account at this moment."""

    token: UUID = Field(description="令牌的标识。", examples=["c0ffee00-a017-52b7-9d4b-f5491a8e542a"])
    token_name: str = Field(description="令牌的名称。", examples=["数据大屏"])
    scopes: list[Scope] = Field(description="令牌的范围。", examples=[["congress:read", "polls:read"]])
    expires_on: date = Field(description="可以使用的最后一天。", examples=["2026-12-31"])
    account: UUID = Field(description="账号的标识。", examples=["5d8c7b0a-3f0e-5b7e-8f57-0f7f0d2f1c11"])
    login: str = Field(description="账号的登录名。", examples=["wangmin"])
    name: str = Field(description="姓名。", examples=["王敏"])
    roles: list[HeldRole] = Field(description="账号在令牌所及之处的角色。")


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
