"""Acceptance 验收, completion and the look-backs 回头看 of three years (stage 8 of the year)."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domain.asks.answers import Completion
from domain.files import Attached
from domain.projects.adjustment import AdjustmentWaiting, waiting
from domain.projects.implementation import Implementation, Standing, in_force, known, under_way
from domain.projects.implementation_facts import AcceptanceUndone, CompletionRecorded, LookBackRecorded, ProjectAccepted
from domain.projects.reporting import MOST_PHOTOS
from domain.shared import Invalid, Missing, Refused

LOOK_BACKS: Final = 3
"""Years in which a finished project is looked at again, once in each (stage 8)."""


FARTHEST: Final = 10
"""Years over which a project may be carried; a year of seventeen digits is a slip."""


@dataclass(eq=False)
class MilestonesOpen(Refused):
    """Work with open milestones is not finished."""

    name: str
    milestones: tuple[str, ...]


@dataclass(eq=False)
class NotAccepted(Refused):
    """The step needs the finished work to be accepted."""

    name: str


@dataclass(eq=False)
class CompletionDoesNotFit(Refused):
    """The level contradicts what is on record; `why` is a key of the catalogue."""

    name: str
    completion: str
    why: str


@dataclass(eq=False)
class LookedBackAlready(Refused):
    """One look-back a year."""

    name: str
    nth: int


@dataclass(eq=False)
class NotFinished(Refused):
    """Only what was finished is looked back on."""

    name: str


def accept_project(
    implementation: Implementation | None,
    *,
    on: date,
    body: str,
    number: str,
    words: str,
    documents: tuple[Attached, ...] = (),
    today: date,
) -> ProjectAccepted:
    """Nothing is accepted while the deciding body has still to say whether it is changed, suspended or ended.

    Raises NotFound, PlanNotPublished, NotUnderWay, AdjustmentWaiting, MilestonesOpen, Missing (body) or Invalid (on).
    """
    state = under_way(implementation)
    if waiting(state) is not None:
        raise AdjustmentWaiting(name=state.name)
    reached = {one.number for one in state.reached}
    still_open = tuple(one.name for one in in_force(state).milestones if one.number not in reached)
    if still_open:
        raise MilestonesOpen(name=state.name, milestones=still_open)
    if not body.strip():
        raise Missing(fields=("body",))
    _require_past(on, today)
    return ProjectAccepted(on=on, body=body.strip(), number=number.strip(), words=words.strip(), documents=documents)


def undo_acceptance(implementation: Implementation | None, reason: str, on: date) -> AcceptanceUndone:
    """Raises NotFound, NotAccepted, Missing (reason), or CompletionDoesNotFit once the project is recorded complete."""
    state = known(implementation)
    if state.accepted is None:
        raise NotAccepted(name=state.name)
    if state.completion is not None and state.completion.completion is Completion.COMPLETED:
        raise CompletionDoesNotFit(name=state.name, completion=Completion.COMPLETED.value, why="recorded_complete")
    if not reason.strip():
        raise Missing(fields=("reason",))
    return AcceptanceUndone(reason=reason.strip(), on=on)


def suggested_completion(implementation: Implementation) -> Completion:
    """What the record speaks for: accepted is completed, crossing years is carried over, the rest is open to words."""
    if implementation.accepted is not None:
        return Completion.COMPLETED
    if implementation.standing is Standing.TERMINATED:
        return Completion.NOT_COMPLETED
    if in_force(implementation).crosses(implementation.year):
        return Completion.CARRIED_OVER
    reports = [one.given.percent for one in implementation.reports]
    return Completion.BASICALLY_COMPLETED if reports and reports[-1] >= 95 else Completion.NOT_COMPLETED


def record_completion(
    implementation: Implementation | None,
    completion: Completion,
    words: str,
    on: date,
    carried_to: int | None = None,
) -> CompletionRecorded:
    """Recorded once more, it takes the place of what was recorded.

    Raises NotFound, PlanNotPublished, CompletionDoesNotFit, Missing (words; carried_to) or Invalid (carried_to).
    """
    in_force(implementation)
    state = known(implementation)
    if completion is Completion.COMPLETED and state.accepted is None:
        raise CompletionDoesNotFit(name=state.name, completion=completion.value, why="not_accepted")
    if completion is not Completion.COMPLETED and state.accepted is not None:
        raise CompletionDoesNotFit(name=state.name, completion=completion.value, why="accepted")
    if completion in (Completion.BASICALLY_COMPLETED, Completion.CARRIED_OVER) and (
        state.standing is Standing.TERMINATED
    ):
        raise CompletionDoesNotFit(name=state.name, completion=completion.value, why="terminated")
    if completion is not Completion.COMPLETED and not words.strip():
        raise Missing(fields=("words",))
    if completion is not Completion.CARRIED_OVER:
        return CompletionRecorded(completion=completion, words=words.strip(), on=on)
    if carried_to is None:
        raise Missing(fields=("carried_to",))
    if not state.year < carried_to <= state.year + FARTHEST:
        raise Invalid(field="carried_to", reason="later_year", value=str(carried_to))
    return CompletionRecorded(completion=completion, words=words.strip(), on=on, carried_to=carried_to)


def finished_on(implementation: Implementation) -> date | None:
    """The day from which look-backs count: of the acceptance, or of a recorded basic completion."""
    if implementation.accepted is not None:
        return implementation.accepted.on
    ended = implementation.completion
    if ended is not None and ended.completion is Completion.BASICALLY_COMPLETED:
        return ended.on
    return None


def look_back_dues(finished: date) -> tuple[date, ...]:
    """The last days of the three look-backs: one, two and three years after the work was finished."""
    return tuple(_years_later(finished, nth) for nth in range(1, LOOK_BACKS + 1))


def look_back(
    implementation: Implementation | None,
    look_back_id: UUID,
    nth: int,
    *,
    on: date,
    in_use: bool,
    findings: str,
    measures: str = "",
    photos: tuple[Attached, ...] = (),
    today: date,
) -> LookBackRecorded:
    """A late one may follow its year, none comes before it.

    Raises NotFound, NotFinished, LookedBackAlready, Invalid, or Missing (findings; measures where it fails).
    """
    state = known(implementation)
    finished = finished_on(state)
    if finished is None:
        raise NotFinished(name=state.name)
    if not 1 <= nth <= LOOK_BACKS:
        raise Invalid(field="nth", reason="nth_look_back", value=str(nth))
    if any(one.nth == nth for one in state.look_backs):
        raise LookedBackAlready(name=state.name, nth=nth)
    needed = (("findings", bool(findings.strip())), ("measures", in_use or bool(measures.strip())))
    missing = tuple(name for name, has in needed if not has)
    if missing:
        raise Missing(fields=missing)
    if len(photos) > MOST_PHOTOS:
        raise Invalid(field="photos", reason="too_many_photos", value=str(len(photos)))
    _require_past(on, today)
    if on < finished:
        raise Invalid(field="on", reason="before_finish", value=on.isoformat())
    begins = (finished, *look_back_dues(finished))[nth - 1]
    if on < begins:
        raise Invalid(field="on", reason="before_its_year", value=begins.isoformat())
    return LookBackRecorded(
        look_back=look_back_id,
        nth=nth,
        on=on,
        in_use=in_use,
        findings=findings.strip(),
        measures=measures.strip(),
        photos=photos,
    )


def _require_past(on: date, today: date) -> None:
    if on > today:
        raise Invalid(field="on", reason="in_the_future", value=on.isoformat())


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)
