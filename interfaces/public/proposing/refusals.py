"""Why a proposal is not taken from the public form."""

from dataclasses import dataclass

from domain.shared import Refused


@dataclass(eq=False)
class AlreadySuggested(Refused):
    """The congress has received a proposal with the very same text."""


@dataclass(eq=False)
class AlreadySent(Refused):
    """The form has brought a proposal before, and now something else stands in it; `code` is that proposal's."""

    code: str


@dataclass(eq=False)
class TooManyPhotos(Refused):
    """More photos than one proposal may have."""

    most: int


@dataclass(eq=False)
class WrongPhotos(Refused):
    """Some of the photos are not taken; `said` has the sentences under the field."""

    said: dict[str, str]
