"""An API token: another program acts as an account, with chosen scopes, for a limited time.

The secret itself is never a fact: only its hash is kept, privately.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from domain.accounts.permissions import Actor
from domain.accounts.scopes import Scope
from domain.shared import Invalid, Missing, NotFound, Refused

LONGEST_LIFE = timedelta(days=366)
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiTokenIssued:
    """A program may act as the account within these scopes; `congress` None: wherever the account may.

    `expires_on` is the last day on which it can be used.
    """

    account: UUID
    name: str
    congress: UUID | None
    scopes: tuple[Scope, ...]
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiTokenRevoked:
    """The token can no longer be used."""

    account: UUID


ApiTokenFact = ApiTokenIssued | ApiTokenRevoked


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """What the office knows of a token."""

    account: UUID
    name: str
    congress: UUID | None
    scopes: tuple[Scope, ...]
    expires_on: date
    revoked: bool = False

    def lives_on(self, today: date) -> bool:
        """Whether it can be used on this day."""
        return not self.revoked and today <= self.expires_on


@dataclass(eq=False)
class BeyondToken(Refused):
    """A token hands on less than it has itself, never more."""


@dataclass(eq=False)
class TokenRevoked(Refused):
    """The token was revoked before."""

    name: str


def issue_token(
    actor: Actor,
    *,
    name: str,
    congress: UUID | None,
    scopes: Iterable[Scope],
    expires_on: date,
    today: date,
    within: ApiToken | None = None,
) -> ApiTokenIssued:
    """Raises Missing, Invalid (name, expires_on), NotFound for a congress where the account has no role, or

    BeyondToken for more than the token `within` which it is asked for.
    """
    name, chosen = name.strip(), tuple(sorted(set(scopes)))
    empty = tuple(field for field, value in (("name", name), ("scopes", chosen)) if not value)
    if empty:
        raise Missing(fields=empty)
    if len(name) > LONGEST_NAME:
        raise Invalid(field="name", reason="too_long", value=name)
    if not today <= expires_on <= today + LONGEST_LIFE:
        raise Invalid(field="expires_on", reason="token_life", value=expires_on.isoformat())
    if congress is not None and not any(grant.congress in (None, congress) for grant in actor.grants):
        raise NotFound(kind="congress", id=str(congress))
    issued = ApiTokenIssued(account=actor.account, name=name, congress=congress, scopes=chosen, expires_on=expires_on)
    if within is not None and not _is_within(issued, within):
        raise BeyondToken
    return issued


def revoke_token(token: ApiToken) -> ApiTokenRevoked:
    """Raises TokenRevoked."""
    if token.revoked:
        raise TokenRevoked(name=token.name)
    return ApiTokenRevoked(account=token.account)


def evolve(token: ApiToken | None, fact: ApiTokenFact) -> ApiToken:
    """The token after one more fact."""
    if isinstance(fact, ApiTokenIssued):
        return ApiToken(
            account=fact.account,
            name=fact.name,
            congress=fact.congress,
            scopes=fact.scopes,
            expires_on=fact.expires_on,
        )
    if token is None:
        raise NotFound(kind="api_token", id="")
    return replace(token, revoked=True)


def _is_within(issued: ApiTokenIssued, token: ApiToken) -> bool:
    return (
        set(issued.scopes) <= set(token.scopes)
        and token.congress in (None, issued.congress)
        and issued.expires_on <= token.expires_on
    )
