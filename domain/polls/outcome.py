"""What a count comes to: who is adopted, what is left open, or why nothing may be computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from domain.polls.columns import GradeColumn, VoteColumn


class Item(Protocol):
    """Anything that is voted on: its id on the ballot and the name people read."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """N, A and I of a poll, frozen when it opens; I is net, a re-issued card counts once (rule 13)."""

    all_delegates: int
    attending: int
    issued: int


class VoidBecause(StrEnum):
    """Why a whole poll is void, in the order they are looked at (rules 2 and 1)."""

    RETURNED_EXCEEDS_ISSUED = "returned_exceeds_issued"
    QUORUM = "quorum"


class Warned(StrEnum):
    """What does not stop a count but is said with it (rule 10)."""

    EQUAL_ELECTION = "equal_election"
    SURPLUS_BELOW_MINIMUM = "surplus_below_minimum"


class SecondBallotReason(StrEnum):
    """Why some items are voted on once more."""

    TIE = "tie"
    SHORTFALL = "shortfall"


class Decider(StrEnum):
    """Which body decides what the ballot left open."""

    PRESIDIUM = "presidium"
    STANDING_COMMITTEE = "standing_committee"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOutcome:
    """A void poll: nothing is computed or shown, a new one is opened."""

    reason: VoidBecause


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedItem:
    """One item of a counted vote; `base` and `needed` are None for plurality."""

    name: str
    column: VoteColumn
    base: int | None
    needed: int | None
    rank: int
    adopted: bool = False

    @property
    def passed(self) -> bool:
        """It has a "for" and its majority; whether it is adopted is another question (rule 7)."""
        return self.column.votes_for >= (1 if self.needed is None else self.needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondBallot:
    """The items to be voted on again for the places left."""

    reason: SecondBallotReason
    items: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The items among which a body decides, for the places left."""

    by: Decider
    items: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteOutcome:
    """A counted vote. Item ids in lists are ordered by votes, then as on the ballot, which decides nothing."""

    turnout: Turnout
    returned: int
    void_ballots: int
    surplus_rate: Fraction | None
    items: tuple[VotedItem, ...]
    adopted: tuple[str, ...]
    open_places: int
    second_ballot: SecondBallot | None
    decision: Decision | None
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedItem:
    """One item of a counted evaluation; without a single valid mark there is no rate, score, grade or rank."""

    name: str
    column: GradeColumn
    base: int
    rates: Mapping[str, Fraction] | None
    """By option, over the valid marks."""
    cumulative_rates: Mapping[str, Fraction] | None
    """This option and all before it, over the valid marks: satisfied, satisfied + basic, …"""
    score: Fraction | None
    grade: str | None
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeOutcome:
    """A counted evaluation."""

    turnout: Turnout
    returned: int
    items: tuple[GradedItem, ...]


Outcome = NoOutcome | VoteOutcome | GradeOutcome
