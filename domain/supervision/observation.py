"""What a volunteer observed on a project: entered by the office or through the personal link, then settled.

One stream for each observation. It ends in a duty for a unit, or is taken note of with a word to the volunteer.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.files import Attached
from domain.shared import Invalid, NotFound, Refused, Year
from domain.supervision.wording import LONGEST_REASON, MOST_FILES, line, text


class ObservationKind(StrEnum):
    """What a volunteer saw."""

    FINE = "fine"
    PROBLEM = "problem"
    SUGGESTION = "suggestion"


class ObservationOutcome(StrEnum):
    """What the office made of it."""

    DUTY = "duty"
    NOTED = "noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationMade:
    """A volunteer saw something on a project."""

    congress: UUID
    year: Year
    observation: UUID
    volunteer: UUID
    number: int
    """The volunteer's, which is all that is ever shown of them."""
    project: UUID
    kind: ObservationKind
    words: str
    place: str
    photos: tuple[Attached, ...]
    on: date
    by_link: bool
    """Whether the volunteer wrote it; else the office did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationSettled:
    """It was given to a unit as a duty, or taken note of; `words` are for the volunteer."""

    observation: UUID
    outcome: ObservationOutcome
    duty: UUID | None
    words: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationPhotoErased:
    """A photo was taken out of the store for good, because it showed whom it should not."""

    observation: UUID
    file: UUID
    reason: str


ObservationFact = ObservationMade | ObservationSettled | ObservationPhotoErased


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """An observation as it stands."""

    congress: UUID
    year: Year
    volunteer: UUID
    project: UUID
    kind: ObservationKind
    words: str
    photos: tuple[Attached, ...]
    outcome: ObservationOutcome | None = None
    duty: UUID | None = None


@dataclass(eq=False)
class ObservationIsSettled(Refused):
    """It was settled before."""


def make_observation(fact: ObservationMade, today: date) -> ObservationMade:
    """Raises Missing (words) or Invalid (words, place, photos, on)."""
    if fact.on > today:
        raise Invalid(field="on", reason="in_future", value=fact.on.isoformat())
    if len(fact.photos) > MOST_FILES:
        raise Invalid(field="photos", reason="more_than", value=str(MOST_FILES))
    return replace(fact, words=text("words", fact.words, 1_000), place=line("place", fact.place))


def settle_observation(current: Observation | None, fact: ObservationSettled) -> ObservationSettled:
    """Raises NotFound, ObservationIsSettled, Missing (words, where no duty follows) or Invalid."""
    known = known_observation(current, fact.observation)
    if known.outcome is not None:
        raise ObservationIsSettled
    if fact.outcome is ObservationOutcome.DUTY:
        return replace(fact, words=fact.words.strip()[:LONGEST_REASON])
    return replace(fact, words=text("words", fact.words, LONGEST_REASON))


def erase_photo(current: Observation | None, observation: UUID, file: UUID, reason: str) -> ObservationPhotoErased:
    """Raises NotFound, Missing (reason) or Invalid."""
    known = known_observation(current, observation)
    if all(one.file != file for one in known.photos):
        raise NotFound(kind="file", id=str(file))
    return ObservationPhotoErased(observation=observation, file=file, reason=text("reason", reason, LONGEST_REASON))


def evolve(current: Observation | None, fact: ObservationFact) -> Observation:
    """The observation after one more fact."""
    if isinstance(fact, ObservationMade):
        return Observation(
            congress=fact.congress,
            year=fact.year,
            volunteer=fact.volunteer,
            project=fact.project,
            kind=fact.kind,
            words=fact.words,
            photos=fact.photos,
        )
    known = known_observation(current, fact.observation)
    if isinstance(fact, ObservationSettled):
        return replace(known, outcome=fact.outcome, duty=fact.duty)
    return replace(known, photos=tuple(one for one in known.photos if one.file != fact.file))


def known_observation(current: Observation | None, observation: UUID) -> Observation:
    """Raises NotFound."""
    if current is None:
        raise NotFound(kind="observation", id=str(observation))
    return current
