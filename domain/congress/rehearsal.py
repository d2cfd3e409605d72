"""A rehearsal 演练 of a session: a session of its own, so that nothing done in it can reach the real one.

Its check-in, its card sets and its polls hang on its own identity; it is in no calendar, and what is decided in it
decides nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from domain.shared import Missing, Refused, Year

WORD = "演练"
"""What every title in a rehearsal begins with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalBegun:
    """The session `of` is rehearsed for the `rehearsal`th time; the stream is a session that is no session."""

    congress: UUID
    of: UUID
    rehearsal: int
    term: int
    number: int
    title: str
    year: Year
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalEnded:
    """The rehearsal was thrown away, and another one may begin; its polls end with it."""

    congress: UUID
    of: UUID
    rehearsal: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalEntered:
    """The rehearsals of a session, in the order of beginning; not in the calendar of the congress."""

    session: UUID


RehearsalFact = RehearsalBegun | RehearsalEnded


@dataclass(eq=False)
class RehearsalUnderWay(Refused):
    """One rehearsal of a session at a time: the last one is thrown away first."""

    rehearsal: int


@dataclass(eq=False)
class RehearsalIsOver(Refused):
    """The rehearsal was thrown away."""

    rehearsal: int


@dataclass(eq=False)
class OnlyInRehearsal(Refused):
    """Made-up ballots, and checking everybody in with one button, are for rehearsals alone."""

    title: str


@dataclass(eq=False)
class NotInRehearsal(Refused):
    """A real vote cannot be prepared in a rehearsal, and a rehearsal cannot itself be rehearsed."""

    title: str


def rehearsal_id(session: UUID, number: int) -> UUID:
    """The session that stands for the real one in its `number`th rehearsal."""
    return uuid5(session, f"rehearsal/{number}")


def rehearsals_stream(session: UUID) -> UUID:
    """Which rehearsals of a session there were."""
    return uuid5(session, "rehearsals")


def evolve_rehearsals(entered: tuple[UUID, ...] | None, fact: RehearsalEntered) -> tuple[UUID, ...]:
    """The rehearsals after one more."""
    return (*(entered or ()), fact.session)


def rehearsed(title: str, number: int = 0) -> str:
    """A title as it stands in a rehearsal, e.g. 演练：2026年民生实事项目票决."""
    return f"{WORD}{number or ''}：{title}"


def begin_rehearsal(earlier: Sequence[bool], fact: RehearsalBegun) -> RehearsalBegun:
    """`earlier` says of each rehearsal so far whether it has ended. Raises RehearsalUnderWay."""
    if earlier and not earlier[-1]:
        raise RehearsalUnderWay(rehearsal=len(earlier))
    return fact


def end_rehearsal(fact: RehearsalEnded, *, has_ended: bool) -> RehearsalEnded:
    """Raises Missing (reason) or RehearsalIsOver."""
    if has_ended:
        raise RehearsalIsOver(rehearsal=fact.rehearsal)
    if not fact.reason.strip():
        raise Missing(fields=("reason",))
    return fact
