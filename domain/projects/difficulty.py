"""Difficulties of a project, the leading group's meetings 领导小组会议 that decide on them, and urging."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.files import Attached
from domain.projects.implementation import Difficulty, Implementation, in_force, known, under_way
from domain.projects.implementation_facts import (
    DifficultyDecided,
    DifficultyRaised,
    DifficultyResolved,
    ProjectUrged,
    UrgingLevel,
)
from domain.shared import Invalid, Missing, NotFound, Refused, Year

LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingGroupMet:
    """A meeting of the leading group; what it decided stands on the projects' own streams."""

    congress: UUID
    year: Year
    title: str
    held_on: date
    chair: str
    words: str
    minutes: Attached | None = None


@dataclass(eq=False)
class DifficultyClosed(Refused):
    """It is out of the way already."""

    words: str


@dataclass(eq=False)
class UrgingOutOfOrder(Refused):
    """Escalation goes up: `last` was the step before."""

    last: str


@dataclass(eq=False)
class MeetingAlreadyRecorded(Refused):
    """The meeting stands in the record."""

    title: str


def evolve_meeting(_meeting: LeadingGroupMet | None, fact: LeadingGroupMet) -> LeadingGroupMet:
    """A meeting is recorded once."""
    return fact


def record_meeting(meeting: LeadingGroupMet | None, fact: LeadingGroupMet, today: date) -> LeadingGroupMet:
    """Raises MeetingAlreadyRecorded, Missing (title) or Invalid for a day to come."""
    if meeting is not None:
        raise MeetingAlreadyRecorded(title=meeting.title)
    if not fact.title.strip():
        raise Missing(fields=("title",))
    if fact.held_on > today:
        raise Invalid(field="held_on", reason="in_the_future", value=fact.held_on.isoformat())
    return fact


def raise_difficulty(
    implementation: Implementation | None, difficulty: UUID, words: str, needs: str, on: date
) -> DifficultyRaised:
    """Raises NotFound, PlanNotPublished, Missing (words) or Invalid (too long)."""
    in_force(implementation)
    if not words.strip():
        raise Missing(fields=("words",))
    for field, text in (("words", words), ("needs", needs)):
        if len(text) > LONGEST:
            raise Invalid(field=field, reason="too_long", value=str(LONGEST))
    return DifficultyRaised(difficulty=difficulty, words=words.strip(), needs=needs.strip(), on=on)


def decide_on_difficulty(implementation: Implementation | None, fact: DifficultyDecided) -> DifficultyDecided:
    """Raises NotFound, DifficultyClosed, Missing (words), or Invalid where it is due before the meeting."""
    _open(implementation, fact.difficulty)
    if not fact.words.strip():
        raise Missing(fields=("words",))
    if fact.due_on is not None and fact.due_on < fact.held_on:
        raise Invalid(field="due_on", reason="due_before", value=fact.due_on.isoformat())
    return fact


def resolve_difficulty(
    implementation: Implementation | None, difficulty: UUID, words: str, on: date
) -> DifficultyResolved:
    """Raises NotFound, DifficultyClosed or Missing (words)."""
    _open(implementation, difficulty)
    if not words.strip():
        raise Missing(fields=("words",))
    return DifficultyResolved(difficulty=difficulty, words=words.strip(), on=on)


def urge(
    implementation: Implementation | None, level: UrgingLevel, words: str, on: date, due_on: date | None = None
) -> ProjectUrged:
    """A step of escalation is repeated or followed by a higher one.

    Raises NotFound, PlanNotPublished, NotUnderWay, UrgingOutOfOrder, Missing (words) or Invalid (due_on).
    """
    state = under_way(implementation)
    steps: Sequence[UrgingLevel] = tuple(UrgingLevel)
    last = state.urged[-1].level if state.urged else None
    if last is not None and steps.index(level) < steps.index(last):
        raise UrgingOutOfOrder(last=last.value)
    if not words.strip():
        raise Missing(fields=("words",))
    if due_on is not None and due_on < on:
        raise Invalid(field="due_on", reason="due_before", value=due_on.isoformat())
    return ProjectUrged(level=level, words=words.strip(), on=on, due_on=due_on)


def _open(implementation: Implementation | None, difficulty: UUID) -> Difficulty:
    found = next((one for one in known(implementation).difficulties if one.raised.difficulty == difficulty), None)
    if found is None:
        raise NotFound(kind="difficulty", id=str(difficulty))
    if found.resolved_on is not None:
        raise DifficultyClosed(words=found.raised.words)
    return found
