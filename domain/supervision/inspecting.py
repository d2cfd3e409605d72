"""What may be done with an inspection: planned, told, replied to, cancelled, concluded, put right."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.shared import Invalid, Missing, Refused, Year
from domain.supervision.inspection import (
    ConclusionCorrected,
    Inspection,
    InspectionCancelled,
    InspectionConcluded,
    InspectionPlan,
    InspectionPlanned,
    InspectionReplanned,
    InspectionReplied,
    InspectionStage,
    InspectionTold,
    known_inspection,
    said,
)

LONGEST_TITLE = 80
LONGEST_WORDS = 5_000
LONGEST_PLACE = 120
MOST_SITES = 60
MOST_PROJECTS = 40
MOST_FINDINGS = 40


@dataclass(eq=False)
class InspectionInWrongStage(Refused):
    """The step does not fit where the inspection stands."""

    title: str
    stage: str


@dataclass(eq=False)
class NotOnTheInspection(Refused):
    """The delegate is not among those who go."""


def plan_inspection(congress: UUID, year: int, plan: InspectionPlan) -> InspectionPlanned:
    """Raises Missing (title, projects, members) or Invalid."""
    return InspectionPlanned(congress=congress, year=Year(year), plan=_checked(plan))


def replan_inspection(current: Inspection | None, plan: InspectionPlan) -> tuple[InspectionReplanned, ...]:
    """Nothing where nothing changes. Raises NotFound, InspectionInWrongStage, Missing or Invalid."""
    known = _in(current, InspectionStage.PLANNED, InspectionStage.TOLD)
    checked = _checked(plan)
    return () if checked == known.plan else (InspectionReplanned(plan=checked),)


def tell_inspection(current: Inspection | None, today: date) -> tuple[InspectionTold, ...]:
    """Nothing when the plan was told as it stands. Raises NotFound or InspectionInWrongStage."""
    known = _in(current, InspectionStage.PLANNED, InspectionStage.TOLD)
    return () if known.is_told_as_planned else (InspectionTold(on=today),)


def reply(current: Inspection | None, delegate: UUID, *, coming: bool, words: str) -> tuple[InspectionReplied, ...]:
    """The last word counts. Who does not come says why.

    Raises NotFound, InspectionInWrongStage, NotOnTheInspection, Missing or Invalid.
    """
    known = _in(current, InspectionStage.TOLD)
    if delegate not in known.plan.members:
        raise NotOnTheInspection
    why = "" if coming else words.strip()
    if not coming and not why:
        raise Missing(fields=("words",))
    if len(why) > LONGEST_PLACE:
        raise Invalid(field="words", reason="too_long", value=str(LONGEST_PLACE))
    fact = InspectionReplied(delegate=delegate, coming=coming, words=why)
    return () if known.replies.get(delegate) == fact else (fact,)


def cancel_inspection(current: Inspection | None, reason: str) -> InspectionCancelled:
    """Raises NotFound, InspectionInWrongStage or Missing (reason)."""
    _in(current, InspectionStage.PLANNED, InspectionStage.TOLD)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return InspectionCancelled(reason=reason.strip())


def conclude_inspection(current: Inspection | None, fact: InspectionConcluded, today: date) -> InspectionConcluded:
    """Raises NotFound, InspectionInWrongStage, Missing (words, attended) or Invalid."""
    known = _in(current, InspectionStage.PLANNED, InspectionStage.TOLD)
    _check_conclusion(fact, today)
    if len(fact.findings) > MOST_FINDINGS:
        raise Invalid(field="findings", reason="too_many", value=str(MOST_FINDINGS))
    for finding in fact.findings:
        if not finding.words.strip():
            raise Missing(fields=("findings",))
        if finding.project is not None and finding.project not in known.plan.projects:
            raise Invalid(field="findings", reason="other_project", value=finding.words)
    return fact


def correct_conclusion(
    current: Inspection | None, fact: ConclusionCorrected, today: date
) -> tuple[ConclusionCorrected, ...]:
    """Nothing where nothing changes. Raises as `conclude_inspection`."""
    known = _in(current, InspectionStage.CONCLUDED)
    _check_conclusion(fact, today)
    stood = known.concluded
    if stood is not None and said(stood) == said(fact):
        return ()
    return (fact,)


def _in(current: Inspection | None, *stages: InspectionStage) -> Inspection:
    known = known_inspection(current)
    if known.stage not in stages:
        raise InspectionInWrongStage(title=known.plan.title, stage=known.stage.value)
    return known


def _check_conclusion(fact: InspectionConcluded | ConclusionCorrected, today: date) -> None:
    """It is written after the day; somebody was there. Raises Missing or Invalid."""
    empty = tuple(name for name, value in (("words", fact.words.strip()), ("attended", fact.attended)) if not value)
    if empty:
        raise Missing(fields=empty)
    if fact.held_on > today:
        raise Invalid(field="held_on", reason="in_future", value=fact.held_on.isoformat())
    for name, words in (("words", fact.words), ("public_words", fact.public_words)):
        if len(words) > LONGEST_WORDS:
            raise Invalid(field=name, reason="too_long", value=str(LONGEST_WORDS))


def _checked(plan: InspectionPlan) -> InspectionPlan:
    """The plan without blanks and doubles, its leader among its members. Raises Missing or Invalid."""
    members = plan.members if plan.leader is None or plan.leader in plan.members else (plan.leader, *plan.members)
    sites = tuple(replace(site, name=site.name.strip(), place=site.place.strip()) for site in plan.sites)
    made = replace(
        plan,
        title=plan.title.strip(),
        projects=_once(plan.projects),
        sites=tuple(site for site in sites if site.name),
        gather=plan.gather.strip(),
        members=_once(members),
        focus=plan.focus.strip(),
    )
    empty = tuple(name for name in ("title", "projects", "members") if not getattr(made, name))
    if empty:
        raise Missing(fields=empty)
    _check_lengths(made)
    return made


def _check_lengths(plan: InspectionPlan) -> None:
    for name, value, most in (
        ("title", plan.title, LONGEST_TITLE),
        ("gather", plan.gather, LONGEST_PLACE),
        ("focus", plan.focus, LONGEST_WORDS),
    ):
        if len(value) > most:
            raise Invalid(field=name, reason="too_long", value=str(most))
    for name, several, most in (("sites", plan.sites, MOST_SITES), ("projects", plan.projects, MOST_PROJECTS)):
        _check_number(name, several, most)
    if any(site.project is not None and site.project not in plan.projects for site in plan.sites):
        raise Invalid(field="sites", reason="other_project")


def _check_number(name: str, several: Collection[object], most: int) -> None:
    if len(several) > most:
        raise Invalid(field=name, reason="too_many", value=str(most))


def _once(ids: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(ids))
