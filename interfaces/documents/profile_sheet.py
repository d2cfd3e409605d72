"""The adopted rule profile 票决办法 on paper: every field, and the same in plain sentences."""

from dataclasses import dataclass
from datetime import date

from interfaces.documents.typesetting import typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileField:
    """One field of the profile by its name and value as the form shows them."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSheet:
    """A rule profile as it is printed; `adopted_on` is empty for a draft, and the sheet says so.

    `decision` tells who adopted it and under which number, `example` what it means for this congress's numbers.
    """

    congress: str
    session: str
    title: str
    version: int
    adopted_on: date | None = None
    decision: str = ""
    sentences: tuple[str, ...]
    example: tuple[str, ...] = ()
    fields: tuple[ProfileField, ...]
    profile_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    title: str
    profile: ProfileSheet


def profile_sheet(profile: ProfileSheet) -> bytes:
    """The PDF of a rule profile."""
    return typeset("profile_sheet", _Page(title=f"{profile.congress} {profile.title}", profile=profile))
