"""One's own API tokens."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from application import api_tokens as commands
from application.private import token_secrets
from domain.accounts.api_token import LONGEST_NAME
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from interfaces.api._base.callers import SLUG, Caller, TheCaller
from interfaces.api._base.models import LINE, Asked, Day, Shown
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from projections.api_tokens import ListedToken, token_named, tokens_of
from projections.congress_directory import congress_at

router = operations("tokens", read=Scope.TOKENS_READ, write=Scope.TOKENS_WRITE)

PATH = "/tokens"
_A_TOKEN = "c0ffee00-a017-52b7-9d4b-f5491a8e542a"
TheToken = Annotated[UUID, Path(description="令牌的标识。", examples=[_A_TOKEN])]


class NewToken(Asked):
    """A token for another program; it gets no more than the token that asks for it."""

    name: str = Field(
        pattern=LINE, max_length=LONGEST_NAME, description="名称：给谁、做什么用。", examples=["数据大屏"]
    )
    congress: str | None = Field(
        default=None, pattern=SLUG, description="只限这个大会；null 表示账号有角色的各个大会。", examples=["qingcheng"]
    )
    scopes: list[Scope] = Field(
        min_length=1, max_length=len(Scope), description="范围，不能超过本令牌的。", examples=[["congress:read"]]
    )
    expires_on: Day = Field(description="可以使用的最后一天，不能晚于本令牌的。", examples=["2026-12-31"])


class Token(Shown):
    """A token."""

    id: UUID = Field(description="标识。", examples=[_A_TOKEN])
    name: str = Field(description="名称。", examples=["数据大屏"])
    congress: UUID | None = Field(description="大会的标识；null 表示账号有角色的各个大会。", examples=[None])
    scopes: list[Scope] = Field(description="范围。", examples=[["congress:read"]])
    issued_at: datetime = Field(description="制作的时间。", examples=["2026-01-20T09:00:00+08:00"])
    expires_on: date = Field(description="可以使用的最后一天。", examples=["2026-12-31"])
    revoked_at: datetime | None = Field(description="撤销的时间；没有撤销则为 null。", examples=[None])
    used_on: date | None = Field(description="最近使用的日期；没有用过则为 null。", examples=["2026-01-21"])


class NewTokenShown(Token):
    """A token with its secret, told this once."""

    secret: str = Field(
        description="令牌的内容，只在这里出现一次。", examples=["piaojue_Zk3vN0m1q2R4s5T6u7V8w9X0y1Z2a3B4c5D6e7F8g9H"]
    )


@router.get(PATH, summary="自己的令牌")
def listed(caller: TheCaller, paging: Paged) -> Page[Token]:
    """Every token the account ever had, the newest first."""
    with caller.house.reading.connect() as connection:
        found = tokens_of(connection, caller.actor.account)
    used = token_secrets.last_used(caller.house.private, [token.id for token in found])
    return paging.part(caller.told, found, lambda token: token.id, lambda token: shown(token, used.get(token.id)))


@router.post(PATH, status_code=201, summary="制作令牌")
def issued(caller: TheCaller, body: NewToken) -> NewTokenShown:
    """A token of the same account, within the one that asks for it."""
    by = caller.by()
    token = caller.house.office.new_id(by, "token")
    position, secret = commands.issue_token(
        caller.house.office,
        caller.house.private,
        by,
        token,
        name=body.name,
        congress=_congress(caller, body.congress),
        scopes=tuple(body.scopes),
        expires_on=body.expires_on,
        within=caller.bearer.token,
    )
    caller.done(position, f"{ROOT}{PATH}/{token}")
    return NewTokenShown(**one(caller, token).model_dump(), secret=secret)


@router.get(f"{PATH}/{{token}}", summary="一个令牌")
def one(caller: TheCaller, token: TheToken) -> Token:
    """One of the own tokens."""
    caller.shows(token)
    with caller.house.reading.connect() as connection:
        known = token_named(connection, token)
    if known is None or known.account != caller.actor.account:
        raise NotFound(kind="api_token", id=str(token))
    return shown(known, token_secrets.last_used(caller.house.private, [token]).get(token))


@router.delete(f"{PATH}/{{token}}", summary="撤销令牌", description="也可以撤销正在使用的这一个。")
def revoked(caller: TheCaller, token: TheToken) -> Token:
    """The token can no longer be used."""
    one(caller, token)
    position = commands.revoke_token(caller.house.office, caller.house.private, caller.by(token), token)
    caller.done(position)
    return one(caller, token)


def _congress(caller: Caller, slug: str | None) -> UUID | None:
    if slug is None:
        return None
    with caller.house.reading.connect() as connection:
        found = congress_at(connection, slug)
    if found is None or not caller.reaches(found.id):
        raise NotFound(kind="congress", id=slug)
    return found.id


def shown(token: ListedToken, used_on: date | None) -> Token:
    """The token as it is told."""
    return Token(
        id=token.id,
        name=token.name,
        congress=token.congress,
        scopes=list(token.scopes),
        issued_at=token.issued_at,
        expires_on=token.expires_on,
        revoked_at=token.revoked_at,
        used_on=used_on,
    )
