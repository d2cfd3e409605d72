"""What goes wrong between the provider of identities and the sign-in page."""

from dataclasses import dataclass

from domain.shared import Refused


@dataclass(eq=False)
class IdentityCancelled(Refused):
    """The person, or the provider, did not want to."""


@dataclass(eq=False)
class IdentityStepLost(Refused):
    """The answer belongs to no step that this browser has begun, or to one that is used up or too old."""
