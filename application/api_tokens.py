"""Commands about API tokens, and who a secret lets act."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.office import By, Desk, Office
from application.private import token_secrets
from application.private.store import PrivateStore
from domain.accounts import account as accounts
from domain.accounts import api_token as tokens
from domain.accounts.account import Account
from domain.accounts.api_token import ApiToken
from domain.accounts.permissions import Act, Actor
from domain.accounts.scopes import ACTS, Scope
from domain.congress import congress as congresses
from domain.shared import NotFound, Refused


@dataclass(eq=False)
class TokenNotGiven(Refused):
    """The request names no token."""


@dataclass(eq=False)
class TokenNotValid(Refused):
    """No living token of a living account has this secret."""


@dataclass(eq=False)
class ScopeMissing(Refused):
    """The token was not issued for this."""

    scope: str


@dataclass(eq=False)
class TokenAlreadyShown(Refused):
    """The same form was sent twice: its secret was on the screen already, and is nowhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A program that acts by a token, with what its account holds at this moment."""

    id: UUID
    token: ApiToken
    account: Account

    def actor(self, scope: Scope | None) -> Actor:
        """The account with the acts of the scope alone, in the token's congress alone; None: with no act.

        Raises ScopeMissing for a scope the token was not issued for.
        """
        if scope is not None and scope not in self.token.scopes:
            raise ScopeMissing(scope=scope.value)
        acts = ACTS[scope] if scope else frozenset()
        return self.account.actor(self.token.account).only(acts, self.token.congress)


def bearer_of(office: Office, private: PrivateStore, secret: str) -> Bearer:
    """Who acts by the secret. Raises TokenNotValid: unknown, revoked, expired, or the account is disabled."""
    today = office.today()
    found = token_secrets.find(private, secret, today)
    token = office.state_of(found, tokens.evolve) if found else None
    account = office.state_of(token.account, accounts.evolve) if token else None
    if found is None or token is None or not token.lives_on(today) or account is None or account.disabled:
        raise TokenNotValid
    return Bearer(id=found, token=token, account=account)


def issue_token(
    office: Office,
    private: PrivateStore,
    by: By,
    token: UUID,
    *,
    name: str,
    congress: UUID | None,
    scopes: tuple[Scope, ...],
    expires_on: date,
    within: ApiToken | None = None,
) -> tuple[int, str]:
    """A token for the own account, and its secret: in memory until it is shown, and nowhere else.

    Raises Missing, Invalid, NotFound (congress), BeyondToken or TokenAlreadyShown.
    """

    def decide(desk: Desk) -> None:
        if congress is not None and desk.load(congress, congresses.evolve) is None:
            raise NotFound(kind="congress", id=str(congress))
        issued = tokens.issue_token(
            by.actor,
            name=name,
            congress=congress,
            scopes=scopes,
            expires_on=expires_on,
            today=office.today(),
            within=within,
        )
        desk.load(token, tokens.evolve)
        desk.add(token, issued)

    position = office.record(by, decide)
    if token_secrets.is_kept(private, token):
        raise TokenAlreadyShown
    secret = token_secrets.new_secret()
    token_secrets.keep(private, token, secret)
    return position, secret


def revoke_token(office: Office, private: PrivateStore, by: By, token: UUID) -> int:
    """The own token, or any other for those who manage accounts where it reaches.

    Raises NotFound, NotPermitted or TokenRevoked.
    """

    def decide(desk: Desk) -> None:
        state = desk.load(token, tokens.evolve)
        if state is None:
            raise NotFound(kind="api_token", id=str(token))
        if state.account != by.actor.account:
            by.actor.require(Act.MANAGE_ACCOUNTS, state.congress)
        desk.add(token, tokens.revoke_token(state))

    position = office.record(by, decide)
    token_secrets.burn(private, token)
    return position
