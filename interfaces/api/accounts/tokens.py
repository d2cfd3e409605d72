"""The API tokens of an account, for those who manage accounts where the tokens reach."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

from application import api_tokens as commands
from application.private import token_secrets
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from interfaces.api._base.callers import Caller, TheCaller
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.accounts.models import TheAccount
from interfaces.api.tokens.routes import Token, shown
from projections.api_tokens import ListedToken, tokens_of

router = operations("accounts", read=Scope.ACCOUNTS_READ, write=Scope.ACCOUNTS_WRITE)

PATH = "/accounts/{account}/tokens"
TheToken = Annotated[UUID, Path(description="令牌的标识。", examples=["c0ffee00-a017-52b7-9d4b-f5491a8e542a"])]


@router.get(PATH, summary="账号的令牌")
def tokens(caller: TheCaller, account: TheAccount, paging: Paged) -> Page[Token]:
    """The tokens of an account that reach where the caller manages accounts, the newest first."""
    found = _tokens(caller, account)
    used = token_secrets.last_used(caller.house.private, [token.id for token in found])
    return paging.part(caller.told, found, lambda token: token.id, lambda token: shown(token, used.get(token.id)))


@router.delete(f"{PATH}/{{token}}", summary="撤销账号的令牌")
def token_revoked(caller: TheCaller, account: TheAccount, token: TheToken) -> Token:
    """The token can no longer be used."""
    house = caller.house
    if not any(one.id == token for one in _tokens(caller, account)):
        raise NotFound(kind="api_token", id=str(token))
    caller.done(commands.revoke_token(house.office, house.private, caller.by(token), token))
    caller.shows(token)
    known = next(one for one in _tokens(caller, account) if one.id == token)
    return shown(known, token_secrets.last_used(house.private, [token]).get(token))


def _tokens(caller: Caller, account: UUID) -> list[ListedToken]:
    with caller.house.reading.connect() as connection:
        found = tokens_of(connection, account)
    return [token for token in found if caller.actor.may(Act.MANAGE_ACCOUNTS, token.congress)]
