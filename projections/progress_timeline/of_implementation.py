"""From the plan to the last look back: what the lead unit does and reports, and what is said to it."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import update

from application.history.recorded import Noticed
from domain.files import Attached
from domain.projects.implementation_facts import (
    AcceptanceUndone,
    CompletionRecorded,
    DifficultyDecided,
    DifficultyRaised,
    DifficultyResolved,
    LookBackRecorded,
    MilestoneReached,
    MilestoneTakenBack,
    PlanFiled,
    PlanPublished,
    PlanSentBack,
    ProgressPhotoErased,
    ProgressReported,
    ProjectAccepted,
    ProjectUrged,
    ReportApproved,
    ReportSentBack,
)
from domain.projects.plan import ImplementationPlan
from projections.progress_timeline.batch import Batch
from projections.progress_timeline.tables import Reader, projects
from projections.reading.kept_plans import kept


def follow(batch: Batch, notice: Noticed) -> None:
    """The lines of a project's implementation, its adjustments apart."""
    match notice.fact:
        case PlanFiled(project=about, on=on):
            batch.add(notice, about, "plan_filed", on=on, seen_by=Reader.UNIT)
        case PlanSentBack(reason=reason, on=on):
            _add(batch, notice, "plan_sent_back", {"reason": reason}, on, Reader.UNIT)
        case PlanPublished(plan=plan, on=on):
            keep_plan(batch, notice, plan)
            said = {"lead_unit": plan.lead_unit_name, "milestones": len(plan.milestones)}
            _add(batch, notice, "plan_published", {**said, "deadline": _day(plan.deadline)}, on)
        case MilestoneReached() | MilestoneTakenBack() as fact:
            _milestone(batch, notice, fact)
        case ProgressReported() | ReportSentBack() | ReportApproved() as fact:
            _report(batch, notice, fact)
        case ProgressPhotoErased(file=file):
            _without_photo(batch, notice, str(file))
        case DifficultyRaised() | DifficultyDecided() | DifficultyResolved() as fact:
            _difficulty(batch, notice, fact)
        case ProjectUrged(level=level, words=words, on=on, due_on=due_on):
            told = {"level": level.value, "words": words, "due_on": _day(due_on)}
            _add(batch, notice, "urged", told, on, Reader.DELEGATE)
        case _:
            _finished(batch, notice)


def keep_plan(batch: Batch, notice: Noticed, plan: ImplementationPlan) -> None:
    """The plan in force: the next adjustment is told by what it changes in it."""
    change = update(projects).where(projects.c.implementation == notice.stream)
    batch.conn.execute(change.values(plan=kept(plan)))


def _milestone(batch: Batch, notice: Noticed, fact: MilestoneReached | MilestoneTakenBack) -> None:
    """A step that was not reached after all is no news for residents any more."""
    if isinstance(fact, MilestoneReached):
        reached = {"number": fact.number, "name": fact.name, "words": fact.words}
        _add(batch, notice, "milestone", reached, fact.on)
        return
    about = batch.project_of(notice.stream)
    if about is not None:
        batch.show(notice, batch.known(about, "milestone", number=fact.number), Reader.UNIT)
    said = {"name": fact.name, "reason": fact.reason}
    _add(batch, notice, "milestone_taken_back", said, fact.on, Reader.UNIT)


def _report(batch: Batch, notice: Noticed, fact: ProgressReported | ReportSentBack | ReportApproved) -> None:
    """Residents read a report under the day it was given, once it is approved and as long as it stands."""
    about = batch.project_of(notice.stream)
    if about is None:
        return
    if isinstance(fact, ProgressReported):
        told = {
            "report": str(fact.report),
            "due_on": fact.due_on.isoformat(),
            "percent": str(fact.percent),
            "funds_spent": str(fact.funds_spent),
            "words": fact.words,
            "problems": fact.problems,
            "photos": _photos(fact.photos),
        }
        batch.add(notice, about, "report", told, on=fact.on, seen_by=Reader.UNIT)
        return
    given = batch.known(about, "report")
    lines = [line for line in given if line["details"]["report"] == str(fact.report)]
    due_on = next((line["details"]["due_on"] for line in lines), None)
    if isinstance(fact, ReportSentBack):
        batch.show(notice, lines, Reader.UNIT)
        back = {"reason": fact.reason, "due_on": due_on}
        batch.add(notice, about, "report_sent_back", back, on=fact.on, seen_by=Reader.UNIT)
    else:
        same = [line for line in given if line["details"]["due_on"] == due_on and line not in lines]
        batch.show(notice, same, Reader.UNIT)
        batch.show(notice, lines, Reader.RESIDENT)
        batch.add(notice, about, "report_approved", {"due_on": due_on}, on=fact.on, seen_by=Reader.UNIT)


def _without_photo(batch: Batch, notice: Noticed, gone: str) -> None:
    about = batch.project_of(notice.stream)
    for line in (*batch.known(about, "report"), *batch.known(about, "look_back")) if about else ():
        left = [photo for photo in line["details"]["photos"] if photo != gone]
        if left != line["details"]["photos"]:
            batch.change(notice, line, details={**line["details"], "photos": left})


def _difficulty(batch: Batch, notice: Noticed, fact: DifficultyRaised | DifficultyDecided | DifficultyResolved) -> None:
    match fact:
        case DifficultyRaised(words=words, needs=needs, on=on):
            _add(batch, notice, "difficulty", {"words": words, "needs": needs}, on, Reader.DELEGATE)
        case DifficultyDecided(words=words, held_on=on):
            told = {"title": fact.title, "words": words, "unit": fact.unit_name, "due_on": _day(fact.due_on)}
            _add(batch, notice, "difficulty_decided", told, on, Reader.DELEGATE)
        case DifficultyResolved(words=words, on=on):
            _add(batch, notice, "difficulty_resolved", {"words": words}, on, Reader.DELEGATE)


def _finished(batch: Batch, notice: Noticed) -> None:
    match notice.fact:
        case ProjectAccepted(on=on, body=body, number=number, words=words):
            _add(batch, notice, "accepted", {"body": body, "number": number, "words": words}, on)
        case AcceptanceUndone(reason=reason, on=on):
            about = batch.project_of(notice.stream)
            if about is not None:
                batch.show(notice, batch.known(about, "accepted"), Reader.UNIT)
            _add(batch, notice, "acceptance_undone", {"reason": reason}, on, Reader.UNIT)
        case CompletionRecorded(on=on) as fact:
            told = {"completion": fact.completion.value, "words": fact.words, "carried_to": fact.carried_to}
            _add(batch, notice, "completed", told, on)
        case LookBackRecorded(on=on) as fact:
            found = {"nth": fact.nth, "in_use": fact.in_use, "findings": fact.findings, "measures": fact.measures}
            _add(batch, notice, "look_back", {**found, "photos": _photos(fact.photos)}, on)


def _add(
    batch: Batch,
    notice: Noticed,
    kind: str,
    told: Mapping[str, object],
    on: date,
    seen_by: Reader = Reader.RESIDENT,
) -> None:
    batch.add(notice, batch.project_of(notice.stream), kind, told, on=on, seen_by=seen_by)


def _photos(photos: tuple[Attached, ...]) -> list[str]:
    return [str(photo.file) for photo in photos]


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
