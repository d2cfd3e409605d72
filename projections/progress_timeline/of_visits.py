"""Who else looked at a project: inquiries and hearings, volunteers, the upper level."""

from datetime import date
from uuid import UUID

from application.history.recorded import Noticed
from domain.supervision.inquiry import InquiryHeld, InquiryPlan, InquiryPlanned, InquiryRearranged
from domain.supervision.observation import ObservationMade, ObservationPhotoErased
from domain.supervision.visit import (
    VisitFindingApproved,
    VisitFindingNoted,
    VisitHeld,
    VisitPlanned,
    VisitRearranged,
)
from projections.progress_timeline.batch import Batch, Line
from projections.progress_timeline.tables import Reader


def follow(batch: Batch, notice: Noticed) -> None:
    """None of it is for residents: they read what inspections published."""
    match notice.fact:
        case InquiryPlanned(plan=plan, kind=kind):
            batch.begin_matter(notice.stream, plan.projects, {**_topic(plan), "inquired": kind.value})
        case InquiryRearranged(plan=plan):
            batch.change_matter(notice.stream, plan.projects, _topic(plan))
        case InquiryHeld(on=on, conclusion=words):
            _held(batch, notice, "inquiry", on, words)
        case ObservationMade() as fact:
            _observed(batch, notice, fact)
        case ObservationPhotoErased(file=file):
            for line in _lines(batch, notice, "observation"):
                left = [photo for photo in line["details"]["photos"] if photo != str(file)]
                batch.change(notice, line, details={**line["details"], "photos": left})
        case VisitPlanned(plan=visit):
            batch.begin_matter(notice.stream, visit.projects, {"topic": visit.topic})
        case VisitRearranged(plan=visit):
            batch.change_matter(notice.stream, visit.projects, {"topic": visit.topic})
        case VisitHeld(on=on, report=words):
            _held(batch, notice, "visit", on, words)
        case VisitFindingNoted(project=UUID() as about) as fact:
            said = {"finding": str(fact.finding), "words": fact.words, "due_on": fact.due_on.isoformat()}
            batch.add(notice, about, "visit_finding", said, on=fact.on, seen_by=Reader.DELEGATE)
            batch.begin_matter(fact.finding, (about,), {"words": fact.words})
        case VisitFindingApproved(finding=finding, remark=remark, on=on):
            known = batch.matter(finding)
            for about in known.projects if known else ():
                said = {"words": known.told["words"] if known else "", "remark": remark}
                batch.add(notice, about, "visit_finding_approved", said, on=on, seen_by=Reader.DELEGATE)


def _topic(plan: InquiryPlan) -> dict[str, object]:
    return {"topic": plan.topic}


def _held(batch: Batch, notice: Noticed, kind: str, on: date, words: str) -> None:
    """Said again, the minutes or the report are put right."""
    known, stream = batch.matter(notice.stream), str(notice.stream)
    for about in known.projects if known else ():
        told = {**(known.told if known else {}), "matter": stream, "words": words}
        before = batch.known(about, kind, matter=stream)
        if not before:
            batch.add(notice, about, kind, told, on=on, seen_by=Reader.DELEGATE)
        for line in before:
            batch.change(notice, line, happened_on=on, details=told)


def _observed(batch: Batch, notice: Noticed, fact: ObservationMade) -> None:
    """A volunteer is a number."""
    batch.begin_matter(notice.stream, (fact.project,))
    told = {"number": fact.number, "observed": fact.kind.value, "words": fact.words, "place": fact.place}
    photos = [str(photo.file) for photo in fact.photos]
    said = {**told, "matter": str(notice.stream), "photos": photos}
    batch.add(notice, fact.project, "observation", said, on=fact.on, seen_by=Reader.OFFICE)


def _lines(batch: Batch, notice: Noticed, kind: str) -> list[Line]:
    known, stream = batch.matter(notice.stream), str(notice.stream)
    return [line for about in (known.projects if known else ()) for line in batch.known(about, kind, matter=stream)]
