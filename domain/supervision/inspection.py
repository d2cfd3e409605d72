"""An inspection 视察、调研、暗访: planned for projects and sites, told to those who go, concluded with findings."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.shared import NotFound, Year


class InspectionKind(StrEnum):
    """How delegates go to see."""

    INSPECTION = "inspection"
    SURVEY = "survey"
    UNANNOUNCED = "unannounced"
    """暗访: whoever is visited does not know beforehand."""
    GROUP = "group"
    """Of a delegate group, on its own project."""


class InspectionStage(StrEnum):
    """Where an inspection stands."""

    PLANNED = "planned"
    TOLD = "told"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One place to be seen."""

    name: str
    place: str = ""
    project: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPlan:
    """What is seen, when, by whom."""

    title: str
    kind: InspectionKind
    projects: tuple[UUID, ...]
    sites: tuple[Site, ...] = ()
    on: date
    gather: str = ""
    """When and where those who go meet."""
    leader: UUID | None = None
    members: tuple[UUID, ...]
    """Delegates of the roll, with the leader."""
    focus: str = ""
    """What they look at."""
    draw: UUID | None = None
    """The draw 抽点 the sites come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. A problem may have been handed over as a duty 整改事项, at once with the conclusion."""

    finding: UUID
    words: str
    is_problem: bool
    project: UUID | None = None
    duty: UUID | None = None
    note: UUID | None = None
    """The delegate's note it comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionPlanned:
    """The office planned an inspection of this year's supervision."""

    congress: UUID
    year: Year
    plan: InspectionPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionReplanned:
    """Something about the plan changed; who was told is told again."""

    plan: InspectionPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionTold:
    """The delegates who go were told: from now on it stands on their phones."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionReplied:
    """A delegate said whether they come."""

    delegate: UUID
    coming: bool
    words: str = ""
    """Why not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionCancelled:
    """It does not take place."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionConcluded:
    """What came of it. `public_words` is what residents read; empty: nothing."""

    held_on: date
    attended: tuple[UUID, ...]
    words: str
    findings: tuple[Finding, ...]
    public_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionCorrected:
    """The conclusion was put right; its findings stand."""

    held_on: date
    attended: tuple[UUID, ...]
    words: str
    public_words: str = ""


InspectionFact = (
    InspectionPlanned
    | InspectionReplanned
    | InspectionTold
    | InspectionReplied
    | InspectionCancelled
    | InspectionConcluded
    | ConclusionCorrected
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """An inspection as it stands."""

    congress: UUID
    year: Year
    plan: InspectionPlan
    stage: InspectionStage = InspectionStage.PLANNED
    told_on: date | None = None
    is_told_as_planned: bool = False
    """False again once the plan changes after it was told."""
    replies: dict[UUID, InspectionReplied] = field(default_factory=dict)
    concluded: InspectionConcluded | None = None
    cancelled_because: str = ""


def evolve(current: Inspection | None, fact: InspectionFact) -> Inspection:
    """The inspection after one more fact."""
    if isinstance(fact, InspectionPlanned):
        return Inspection(congress=fact.congress, year=fact.year, plan=fact.plan)
    known = known_inspection(current)
    match fact:
        case InspectionReplanned():
            return replace(known, plan=fact.plan, is_told_as_planned=False)
        case InspectionTold():
            return replace(known, stage=InspectionStage.TOLD, told_on=fact.on, is_told_as_planned=True)
        case InspectionReplied():
            return replace(known, replies={**known.replies, fact.delegate: fact})
        case InspectionCancelled():
            return replace(known, stage=InspectionStage.CANCELLED, cancelled_because=fact.reason)
        case InspectionConcluded():
            return replace(known, stage=InspectionStage.CONCLUDED, concluded=fact)
        case ConclusionCorrected():
            return replace(known, concluded=_corrected(known.concluded, fact))


def known_inspection(current: Inspection | None) -> Inspection:
    """Raises NotFound."""
    if current is None:
        raise NotFound(kind="inspection", id="")
    return current


def _corrected(stood: InspectionConcluded | None, fact: ConclusionCorrected) -> InspectionConcluded | None:
    if stood is None:
        return None
    held_on, attended, words, public_words = said(fact)
    return replace(stood, held_on=held_on, attended=attended, words=words, public_words=public_words)


def said(fact: InspectionConcluded | ConclusionCorrected) -> tuple[date, tuple[UUID, ...], str, str]:
    """What a correction may put right."""
    return fact.held_on, fact.attended, fact.words, fact.public_words
