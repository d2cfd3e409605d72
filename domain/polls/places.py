"""Places that a tie or a shortfall left open, and who filled them (rules 8 and 9)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Again(StrEnum):
    """Why a poll is held after another one, its parent."""

    TIE = "tie"
    SHORTFALL = "shortfall"
    REPEAT = "repeat"
    """The parent was void or could not give a result."""


class DecidedBy(StrEnum):
    """The body that may fill places a poll left open."""

    PRESIDIUM = "presidium"
    STANDING_COMMITTEE = "standing_committee"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAgain:
    """A poll was prepared for the places this one left open; until it is given up there is no other."""

    poll: UUID
    again: Again


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainGivenUp:
    """The poll held for the open places ended without a result; another may be prepared."""

    poll: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesDecided:
    """The presidium or the standing committee decided on the open places, by number and date of its decision."""

    by: DecidedBy
    number: str
    on: date
    adopted: tuple[UUID, ...]
    """Projects that got a place; none: the places stay empty."""
