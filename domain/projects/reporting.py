"""Progress reports and milestones of a project under way (rule 19)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.files import Attached
from domain.projects.implementation import Implementation, Report, ReportStage, in_force, known, under_way
from domain.projects.implementation_facts import (
    MilestoneReached,
    MilestoneTakenBack,
    ProgressPhotoErased,
    ProgressReported,
    ReportApproved,
    ReportSentBack,
)
from domain.projects.plan import Milestone
from domain.shared import Invalid, Missing, Money, NotFound, Refused

MOST_PHOTOS = 9


@dataclass(eq=False)
class ReportClosed(Refused):
    """The period's report was approved already, or is not where the step needs it."""

    due_on: date
    stage: str


@dataclass(eq=False)
class MilestoneAlreadyReached(Refused):
    """Each milestone is reached once."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a lead unit reports. `percent` is of the annual milestone where the project crosses years (rule 21)."""

    percent: Decimal
    funds_spent: Money
    """Yuan, since the beginning of the year."""
    words: str
    problems: str = ""
    photos: tuple[Attached, ...] = ()
    reached: Sequence[int] = ()
    """Numbers of milestones reached since the last report."""
    reached_on: Mapping[int, date] = field(default_factory=dict)
    """The days on which they were reached, where it was not today."""


def report_progress(
    implementation: Implementation | None, report: UUID, due_on: date, progress: Progress, today: date
) -> tuple[ProgressReported | MilestoneReached, ...]:
    """The report of a period, given or given again until it is approved, with the milestones it names.

    Raises NotFound, PlanNotPublished, NotUnderWay, ReportClosed, Missing (words; problems where the percent falls),
    Invalid (percent, funds_spent, photos), or MilestoneAlreadyReached.
    """
    state = under_way(implementation)
    before = _of_period(state, due_on)
    if before is not None and before.stage is ReportStage.APPROVED:
        raise ReportClosed(due_on=due_on, stage=before.stage.value)
    checked = _checked(progress)
    if checked.percent < _last_percent(state, due_on) and not checked.problems.strip():
        raise Missing(fields=("problems",))
    given = ProgressReported(
        report=report,
        due_on=due_on,
        on=today,
        percent=checked.percent,
        funds_spent=checked.funds_spent,
        words=checked.words.strip(),
        problems=checked.problems.strip(),
        photos=checked.photos,
    )
    days = {number: checked.reached_on.get(number, today) for number in checked.reached}
    return (given, *(reach_milestone(state, number, on, today=today) for number, on in days.items()))


def send_back_report(implementation: Implementation | None, report: UUID, reason: str, on: date) -> ReportSentBack:
    """Raises NotFound, ReportClosed or Missing (reason)."""
    _given(implementation, report)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return ReportSentBack(report=report, reason=reason.strip(), on=on)


def approve_report(implementation: Implementation | None, report: UUID, on: date) -> ReportApproved:
    """Raises NotFound or ReportClosed."""
    _given(implementation, report)
    return ReportApproved(report=report, on=on)


def erase_photo(implementation: Implementation | None, file: UUID, reason: str, on: date) -> ProgressPhotoErased:
    """Of any report, also one that was given anew, or of a look-back. Raises NotFound or Missing (reason)."""
    if file not in known(implementation).photos:
        raise NotFound(kind="file", id=str(file))
    if not reason.strip():
        raise Missing(fields=("reason",))
    return ProgressPhotoErased(file=file, reason=reason.strip(), on=on)


def reach_milestone(
    implementation: Implementation | None, number: int, on: date, words: str = "", today: date | None = None
) -> MilestoneReached:
    """`today` bounds the day where it is typed.

    Raises NotFound, PlanNotPublished, NotUnderWay, MilestoneAlreadyReached, or Invalid for a day to come.
    """
    state = under_way(implementation)
    milestone = _milestone(state, number)
    if any(one.number == number for one in state.reached):
        raise MilestoneAlreadyReached(name=milestone.name)
    if today is not None and on > today:
        raise Invalid(field="on", reason="in_the_future", value=on.isoformat())
    return MilestoneReached(number=number, name=milestone.name, on=on, words=words.strip())


def take_back_milestone(
    implementation: Implementation | None, number: int, reason: str, on: date
) -> MilestoneTakenBack:
    """Raises NotFound, PlanNotPublished, NotUnderWay or Missing (reason)."""
    state = under_way(implementation)
    milestone = _milestone(state, number)
    if not any(one.number == number for one in state.reached):
        raise NotFound(kind="milestone", id=str(number))
    if not reason.strip():
        raise Missing(fields=("reason",))
    return MilestoneTakenBack(number=number, name=milestone.name, reason=reason.strip(), on=on)


def _checked(progress: Progress) -> Progress:
    if not 0 <= progress.percent <= 100 or progress.percent != progress.percent.quantize(Decimal("0.01")):
        raise Invalid(field="percent", reason="progress_percent", value=str(progress.percent))
    if progress.funds_spent < 0:
        raise Invalid(field="funds_spent", reason="negative", value=str(progress.funds_spent))
    if not progress.words.strip():
        raise Missing(fields=("words",))
    if len(progress.photos) > MOST_PHOTOS:
        raise Invalid(field="photos", reason="too_many_photos", value=str(len(progress.photos)))
    return progress


def _last_percent(state: Implementation, due_on: date) -> Decimal:
    """What was reported for earlier periods of the same year: a percent that falls has to be explained."""
    earlier = (
        one.given.percent
        for one in state.reports
        if one.stage is not ReportStage.SENT_BACK and one.given.due_on < due_on and one.given.due_on.year == due_on.year
    )
    return max(earlier, default=Decimal(0))


def _of_period(state: Implementation, due_on: date) -> Report | None:
    return next((one for one in state.reports if one.given.due_on == due_on), None)


def _given(implementation: Implementation | None, report: UUID) -> Report:
    found = next((one for one in known(implementation).reports if one.given.report == report), None)
    if found is None:
        raise NotFound(kind="report", id=str(report))
    if found.stage is not ReportStage.GIVEN:
        raise ReportClosed(due_on=found.given.due_on, stage=found.stage.value)
    return found


def _milestone(state: Implementation, number: int) -> Milestone:
    found = next((one for one in in_force(state).milestones if one.number == number), None)
    if found is None:
        raise NotFound(kind="milestone", id=str(number))
    return found
