"""Commands at the end: acceptance, completion, the look-backs of three years (stage 8)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.implementation.plans import known_project
from application.office import By, Office
from domain.accounts.permissions import Act
from domain.asks.answers import Completion
from domain.files import Attached
from domain.projects import closing, implementation
from domain.projects.implementation import implementation_stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """An acceptance as it is recorded: when, by whom, under which number, with which result."""

    on: date
    body: str
    number: str = ""
    words: str = ""
    documents: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """What a look-back found."""

    on: date
    in_use: bool
    findings: str
    measures: str = ""
    photos: tuple[Attached, ...] = ()


def accept_project(office: Office, by: By, project: UUID, inspected: Inspected) -> int:
    """Records the acceptance of the finished work.

    Raises NotPermitted, NotFound, PlanNotPublished, NotUnderWay, MilestonesOpen, Missing or Invalid.
    """
    by.actor.require(Act.KEEP_IMPLEMENTATION, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: closing.accept_project(
            now,
            on=inspected.on,
            body=inspected.body,
            number=inspected.number,
            words=inspected.words,
            documents=inspected.documents,
            today=office.today(),
        ),
    )


def undo_acceptance(office: Office, by: By, project: UUID, reason: str) -> int:
    """The acceptance does not hold. Raises NotPermitted, NotFound, NotAccepted, CompletionDoesNotFit or Missing."""
    by.actor.require(Act.KEEP_IMPLEMENTATION, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: closing.undo_acceptance(now, reason, office.today()),
    )


def record_completion(
    office: Office, by: By, project: UUID, completion: Completion, words: str, carried_to: int | None = None
) -> int:
    """Records how the project ended its year.

    Raises NotPermitted, NotFound, PlanNotPublished, CompletionDoesNotFit, Missing or Invalid.
    """
    by.actor.require(Act.KEEP_IMPLEMENTATION, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: closing.record_completion(now, completion, words, office.today(), carried_to),
    )


def look_back(office: Office, by: By, project: UUID, look_back_id: UUID, nth: int, looked: LookedAt) -> int:
    """Records the look-back of the first, second or third year after the work was finished.

    Raises NotPermitted, NotFound, NotFinished, LookedBackAlready, Missing or Invalid.
    """
    by.actor.require(Act.KEEP_IMPLEMENTATION, known_project(office, project).congress)
    return office.change(
        by,
        implementation_stream(project),
        implementation.evolve,
        lambda now: closing.look_back(
            now,
            look_back_id,
            nth,
            on=looked.on,
            in_use=looked.in_use,
            findings=looked.findings,
            measures=looked.measures,
            photos=looked.photos,
            today=office.today(),
        ),
    )
