"""A duty 交办事项: something that supervision found, given to a unit to be put right and answered by a day.

One stream for each. It comes from a special inquiry, a hearing, an inspection, a volunteer's observation or a guidance
visit; the unit answers with words, files and what came of it; the office sends the answer back or approves it. What is
late is reminded, then pressed, then reported upwards, one step after the other.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.files import Attached
from domain.shared import NotFound, Year

WITHIN: Final = 15
"""Working days for an answer unless the office sets another number."""


class DutySource(StrEnum):
    """What found it."""

    INQUIRY = "inquiry"
    HEARING = "hearing"
    INSPECTION = "inspection"
    NOTE = "note"
    """What a delegate noted on the spot."""
    OBSERVATION = "observation"
    VISIT = "visit"


class DutyStage(StrEnum):
    """Whose turn it is."""

    OPEN = "open"
    ANSWERED = "answered"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class DutyOutcome(StrEnum):
    """What came of it, as the unit says and the office approves."""

    DONE = "done"
    UNDER_WAY = "under_way"
    """It takes longer: the answer promises a day."""
    EXPLAINED = "explained"
    """It cannot be done, with the reasons."""


class EscalationStep(StrEnum):
    """How hard the office asks, in this order."""

    REMINDED = "reminded"
    PRESSED = "pressed"
    REPORTED = "reported"


STEPS: Final = tuple(EscalationStep)
UNANSWERED: Final = frozenset({DutyStage.OPEN, DutyStage.SENT_BACK})
"""The unit's turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a duty comes from: `id` is that of the inquiry, inspection, observation or finding; `title` says it."""

    kind: DutySource
    id: UUID
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyOrder:
    """What is to be put right, by whom and how soon."""

    unit: UUID
    words: str
    working_days: int = WITHIN
    project: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRaised:
    """Something was given to a unit to be put right and answered."""

    congress: UUID
    year: Year
    duty: UUID
    origin: Origin
    project: UUID | None
    unit: UUID
    unit_name: str
    words: str
    on: date
    working_days: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyChanged:
    """The words, the unit or the day were put right before it was answered."""

    duty: UUID
    project: UUID | None
    unit: UUID
    unit_name: str
    words: str
    due_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAnswered:
    """The unit said what it did, or said it better than before."""

    duty: UUID
    words: str
    outcome: DutyOutcome
    promised_on: date | None
    """When it will be done, where it is under way."""
    files: tuple[Attached, ...]
    unit: UUID | None
    """None: the government office."""
    unit_name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySentBack:
    """The answer is not enough: it is to be given anew."""

    duty: UUID
    reason: str
    on: date
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyApproved:
    """The answer was taken as good. What is under way stays watched until the promised day."""

    duty: UUID
    remark: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEscalated:
    """The unit was asked harder: `to` names who was told, such as the government's office."""

    duty: UUID
    step: EscalationStep
    to: str
    words: str
    on: date
    working_days: int | None = None
    """Overdue by then, where the rules took the step by themselves; None where the office did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFellOverdue:
    """The day passed on which an answer, or what was promised, was awaited."""

    duty: UUID
    due_on: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWithdrawn:
    """It is not pursued any more, or was given by mistake."""

    duty: UUID
    reason: str
    on: date


DutyFact = (
    DutyRaised
    | DutyChanged
    | DutyAnswered
    | DutySentBack
    | DutyApproved
    | DutyFellOverdue
    | DutyEscalated
    | DutyWithdrawn
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty as it stands."""

    congress: UUID
    year: Year
    origin: Origin
    project: UUID | None
    unit: UUID
    unit_name: str
    words: str
    due_on: date
    stage: DutyStage = DutyStage.OPEN
    answer: str = ""
    outcome: DutyOutcome | None = None
    promised_on: date | None = None
    files: tuple[Attached, ...] = ()
    sent_back_because: str = ""
    step: EscalationStep | None = None
    noted_late: date | None = None
    """The awaited day of which it was last recorded that it passed."""

    @property
    def next_step(self) -> EscalationStep | None:
        """How the office may ask harder than it did, None after the last step."""
        place = STEPS.index(self.step) + 1 if self.step else 0
        return STEPS[place] if place < len(STEPS) else None

    @property
    def is_promised(self) -> bool:
        """Whether the office approved that it is done later."""
        return self.stage is DutyStage.APPROVED and self.outcome is DutyOutcome.UNDER_WAY

    @property
    def awaited_on(self) -> date:
        """The day by which the unit is to answer, or said it would be done."""
        return self.promised_on if self.is_promised and self.promised_on else self.due_on

    def is_overdue(self, today: date) -> bool:
        """Whether the unit should have answered, or kept its promise, by now."""
        return (self.is_promised or self.stage in UNANSWERED) and today > self.awaited_on


def evolve(current: Duty | None, fact: DutyFact) -> Duty:
    """The duty after one more fact."""
    if isinstance(fact, DutyRaised):
        return Duty(
            congress=fact.congress,
            year=fact.year,
            origin=fact.origin,
            project=fact.project,
            unit=fact.unit,
            unit_name=fact.unit_name,
            words=fact.words,
            due_on=fact.due_on,
        )
    return _moved(known_duty(current, fact.duty), fact)


def _moved(
    known: Duty,
    fact: DutyChanged | DutyAnswered | DutySentBack | DutyApproved | DutyFellOverdue | DutyEscalated | DutyWithdrawn,
) -> Duty:
    match fact:
        case DutyChanged():
            changed = {name: getattr(fact, name) for name in ("project", "unit", "unit_name", "words", "due_on")}
            return replace(known, **changed)
        case DutyAnswered():
            said = {name: getattr(fact, name) for name in ("outcome", "promised_on", "files")}
            return replace(known, stage=DutyStage.ANSWERED, answer=fact.words, **said)
        case DutySentBack():
            stage = DutyStage.SENT_BACK
            return replace(known, stage=stage, sent_back_because=fact.reason, due_on=fact.due_on)
        case DutyApproved():
            return replace(known, stage=DutyStage.APPROVED)
        case DutyFellOverdue():
            return replace(known, noted_late=fact.due_on)
        case DutyEscalated():
            return replace(known, step=fact.step)
        case DutyWithdrawn():
            return replace(known, stage=DutyStage.WITHDRAWN)


def known_duty(current: Duty | None, duty: UUID) -> Duty:
    """Raises NotFound."""
    if current is None:
        raise NotFound(kind="duty", id=str(duty))
    return current
