"""Commands about difficulties, the leading group's meetings that decide on them, and urging."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.implementation.plans import known_project, require_lead
from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.projects import difficulty, implementation
from domain.projects.difficulty import LeadingGroupMet
from domain.projects.implementation import implementation_stream
from domain.projects.implementation_facts import DifficultyDecided, UrgingLevel
from domain.shared import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a meeting decided on one difficulty; `unit_name` is to carry it out."""

    project: UUID
    difficulty: UUID
    words: str
    unit_name: str = ""
    due_on: date | None = None


def raise_difficulty(office: Office, by: By, project: UUID, difficulty_id: UUID, words: str, needs: str) -> int:
    """Says what the lead unit cannot settle alone.

    Raises NotPermitted, NotFound, PlanNotPublished, Missing or Invalid.
    """
    require_lead(office, by.actor, Act.REPORT_PROGRESS, project)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: difficulty.raise_difficulty(now, difficulty_id, words, needs, office.today()),
    )


def resolve_difficulty(office: Office, by: By, project: UUID, difficulty_id: UUID, words: str) -> int:
    """It is out of the way. Raises NotPermitted, NotFound, DifficultyClosed or Missing."""
    by.actor.require(Act.KEEP_IMPLEMENTATION, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: difficulty.resolve_difficulty(now, difficulty_id, words, office.today()),
    )


def record_meeting(office: Office, by: By, meeting: UUID, met: LeadingGroupMet, settled: Sequence[Settled]) -> int:
    """A meeting of the leading group with all it decided, in one: the decisions stand on the projects' own streams.

    Raises NotPermitted, NotFound, MeetingAlreadyRecorded, DifficultyClosed, Missing or Invalid.
    """
    by.actor.require(Act.KEEP_IMPLEMENTATION, met.congress)

    def decide(desk: Desk) -> None:
        known = desk.load(meeting, difficulty.evolve_meeting)
        desk.add(meeting, difficulty.record_meeting(known, met, office.today()))
        for one in settled:
            stream = implementation_stream(one.project)
            now = desk.load(stream, implementation.evolve)
            if now is None or now.congress != met.congress:
                raise NotFound(kind="difficulty", id=str(one.difficulty))
            decided = DifficultyDecided(
                difficulty=one.difficulty,
                meeting=meeting,
                title=met.title.strip(),
                held_on=met.held_on,
                words=one.words.strip(),
                unit_name=one.unit_name.strip(),
                due_on=one.due_on,
            )
            desk.add(stream, difficulty.decide_on_difficulty(now, decided))

    return office.record(by, decide)


def urge_project(
    office: Office, by: By, project: UUID, level: UrgingLevel, words: str, due_on: date | None = None
) -> int:
    """Urges the lead unit, one step of escalation after the other.

    Raises NotPermitted, NotFound, PlanNotPublished, NotUnderWay, UrgingOutOfOrder, Missing or Invalid.
    """
    by.actor.require(Act.KEEP_IMPLEMENTATION, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: difficulty.urge(now, level, words, office.today(), due_on),
    )
