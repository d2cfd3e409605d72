"""Why the outside provider's answer lets nobody in."""

from dataclasses import dataclass

from domain.shared import Refused


@dataclass(eq=False)
class IdentityProviderSilent(Refused):
    """The provider cannot be reached, or says what no provider says."""


@dataclass(eq=False)
class IdentityUnproven(Refused):
    """The provider's answer does not prove who somebody is; `why` is a word for those who look into it."""

    why: str
