"""Delegates who watch a project: their group, their inspections and what they wrote down on the spot."""

from typing import Any
from uuid import UUID

from application.history.recorded import Noticed
from domain.supervision.group import GroupDissolved, GroupFormed
from domain.supervision.inspection import (
    ConclusionCorrected,
    InspectionCancelled,
    InspectionConcluded,
    InspectionKind,
    InspectionPlan,
    InspectionPlanned,
    InspectionReplanned,
    InspectionTold,
)
from domain.supervision.note import NoteCorrected, NotePhotoErased, NoteTaken, NoteWithdrawn
from projections.progress_timeline.batch import Batch, Line
from projections.progress_timeline.tables import Reader


def follow(batch: Batch, notice: Noticed) -> None:
    """Residents read what an inspection concluded, in the words that were published."""
    match notice.fact:
        case GroupFormed(project=about, name=name, members=members, on=on):
            told = {"name": name, "members": len(members)}
            batch.add(notice, about, "group_formed", told, on=on, seen_by=Reader.DELEGATE)
            if batch.matter(notice.stream) is None:
                batch.begin_matter(notice.stream, (about,))
        case GroupDissolved(reason=reason, on=on):
            for about in _projects(batch, notice):
                batch.add(notice, about, "group_dissolved", {"reason": reason}, on=on, seen_by=Reader.DELEGATE)
        case InspectionPlanned(plan=plan):
            batch.begin_matter(notice.stream, plan.projects, _planned(plan))
        case InspectionReplanned(plan=plan):
            batch.change_matter(notice.stream, plan.projects, _planned(plan))
        case InspectionTold() | InspectionCancelled() as fact:
            _told(batch, notice, fact)
        case InspectionConcluded() | ConclusionCorrected() as fact:
            _concluded(batch, notice, fact)
        case _:
            _noted(batch, notice)


def _planned(plan: InspectionPlan) -> dict[str, object]:
    sites = [str(site.project) if site.project else None for site in plan.sites]
    return {"title": plan.title, "inspected": plan.kind.value, "planned_on": plan.on.isoformat(), "sites": sites}


def _told(batch: Batch, notice: Noticed, fact: InspectionTold | InspectionCancelled) -> None:
    """An unannounced inspection is known to the office alone, or it would not be one."""
    known = batch.matter(notice.stream)
    if known is None:
        return
    unannounced = known.told["inspected"] == InspectionKind.UNANNOUNCED
    seen_by = Reader.OFFICE if unannounced else Reader.DELEGATE
    said = {name: known.told[name] for name in ("title", "inspected", "planned_on")}
    for about in known.projects:
        if isinstance(fact, InspectionTold):
            batch.add(notice, about, "inspection_told", said, on=fact.on, seen_by=seen_by)
        else:
            cancelled = {**said, "reason": fact.reason}
            batch.add(notice, about, "inspection_cancelled", cancelled, seen_by=seen_by)


def _concluded(batch: Batch, notice: Noticed, fact: InspectionConcluded | ConclusionCorrected) -> None:
    known = batch.matter(notice.stream)
    for about in known.projects if known else ():
        public = {**_said(known, about), "words": fact.public_words} if fact.public_words else None
        seen_by = Reader.RESIDENT if public else Reader.DELEGATE
        if isinstance(fact, InspectionConcluded):
            found = [[one.words, one.is_problem] for one in fact.findings if one.project in (None, about)]
            said = {**_said(known, about), "inspection": str(notice.stream), "words": fact.words, "findings": found}
            batch.add(notice, about, "inspection", said, on=fact.held_on, seen_by=seen_by, for_residents=public)
            continue
        for line in batch.known(about, "inspection", inspection=str(notice.stream)):
            said = {**line["details"], "words": fact.words}
            how = {"happened_on": fact.held_on, "seen_by": int(seen_by), "for_residents": public}
            batch.change(notice, line, details=said, **how)


def _said(known: Any, about: UUID) -> dict[str, Any]:
    sites = sum(site in (None, str(about)) for site in known.told["sites"])
    return {"title": known.told["title"], "inspected": known.told["inspected"], "sites": sites}


def _noted(batch: Batch, notice: Noticed) -> None:
    """What a delegate wrote down stays with the office until it becomes a duty."""
    match notice.fact:
        case NoteTaken(project=about, seen_on=on) as fact:
            batch.begin_matter(notice.stream, (about,))
            told = {"words": fact.words, "place": fact.place, "is_problem": fact.is_problem}
            photos = [str(photo.file) for photo in fact.photos]
            said = {"note": str(notice.stream), **told, "photos": photos}
            batch.add(notice, about, "note", said, on=on, seen_by=Reader.OFFICE)
        case NoteCorrected(words=words, place=place, is_problem=is_problem):
            for line in _notes(batch, notice):
                told = {"words": words, "place": place, "is_problem": is_problem}
                batch.change(notice, line, details={**line["details"], **told})
        case NoteWithdrawn(reason=reason):
            for line in _notes(batch, notice):
                note = line["details"]["note"]
                batch.change(notice, line, kind="note_withdrawn", details={"note": note, "reason": reason})
        case NotePhotoErased(file=file):
            for line in _notes(batch, notice):
                left = [photo for photo in line["details"]["photos"] if photo != str(file)]
                batch.change(notice, line, details={**line["details"], "photos": left})


def _notes(batch: Batch, notice: Noticed) -> list[Line]:
    stream = str(notice.stream)
    return [line for about in _projects(batch, notice) for line in batch.known(about, "note", note=stream)]


def _projects(batch: Batch, notice: Noticed) -> tuple[UUID, ...]:
    known = batch.matter(notice.stream)
    return known.projects if known else ()
