"""Coming in through an outside provider of identities, for accounts that an administrator linked beforehand.

What the provider calls the person may be a personal number: it is kept privately and is in no fact.
"""

from dataclasses import dataclass

from domain.shared import Invalid, Missing, Refused

LONGEST_SUBJECT = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityLinked:
    """The account's owner may come in as somebody the provider knows."""

    provider: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityUnlinked:
    """The provider's word for the account's owner is worth nothing any more."""

    provider: str


@dataclass(eq=False)
class IdentityTaken(Refused):
    """The provider's person is linked to another account already."""


@dataclass(eq=False)
class NotLinked(Refused):
    """The account is linked to nobody of the provider."""


def link(provider: str, subject: str) -> IdentityLinked:
    """Raises Missing, or Invalid for a subject longer than OpenID Connect allows."""
    if not subject.strip():
        raise Missing(fields=("subject",))
    if len(subject) > LONGEST_SUBJECT:
        raise Invalid(field="subject", reason="too_long", value=str(LONGEST_SUBJECT))
    return IdentityLinked(provider=provider)


def unlink(provider: str, *, linked: bool) -> IdentityUnlinked:
    """Raises NotLinked."""
    if not linked:
        raise NotLinked
    return IdentityUnlinked(provider=provider)
