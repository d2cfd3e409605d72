"""From the candidate to the vote and the evaluation."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from application.history.recorded import Noticed
from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded, ApprovalWithdrawn, CandidateScreened
from domain.projects.card import CandidateCard
from domain.projects.project import (
    CandidateDrafted,
    CandidateRevised,
    CandidateWithdrawn,
    ProjectAdopted,
    ProjectEvaluated,
    ProjectListed,
    ProjectNotAdopted,
    ProjectUnlisted,
)
from projections.progress_timeline.batch import Batch
from projections.progress_timeline.tables import Reader, projects
from projections.reading.timeline_details import evaluated, voted


def follow(batch: Batch, notice: Noticed) -> None:
    """The lines of a project's own stream."""
    match notice.fact:
        case CandidateDrafted() as fact:
            _drafted(batch, notice, fact)
        case CandidateRevised(card=card):
            _change(batch, notice.stream, **_support(card))
        case CandidateWithdrawn(reason=reason):
            batch.add(notice, "withdrawn", seen_by=Reader.OFFICE, reason=reason)
        case ProjectListed(number=number, on=on):
            _change(batch, notice.stream, listed=True)
            batch.add(notice, "listed", on=on, number=number)
        case ProjectUnlisted(reason=reason):
            _change(batch, notice.stream, listed=False)
            batch.add(notice, "unlisted", seen_by=Reader.OFFICE, reason=reason)
        case ProjectAdopted() | ProjectNotAdopted() as fact:
            _decided(batch, notice, fact)
        case ProjectEvaluated(on=on) as fact:
            batch.add(notice, "evaluated", on=on, **evaluated(fact))
        case _:
            _examined(batch, notice)


def _drafted(batch: Batch, notice: Noticed, fact: CandidateDrafted) -> None:
    key = {"project": notice.stream, "congress": fact.congress, "code": fact.code}
    values = {**key, "listed": False, "touched": notice.position, **_support(fact.card)}
    batch.conn.execute(insert(projects).values(**values))
    batch.begin(notice.stream, fact.congress)
    batch.add(notice, "drafted", seen_by=Reader.OFFICE)


def _decided(batch: Batch, notice: Noticed, fact: ProjectAdopted | ProjectNotAdopted) -> None:
    how: dict[str, Any] = {"notice_number": fact.notice_number, "decided_by": fact.decided_by, **voted(fact.vote)}
    if isinstance(fact, ProjectAdopted):
        batch.add(notice, "adopted", on=fact.on, number=fact.number, **how)
    else:
        batch.add(notice, "not_adopted", on=fact.on, **how)


def _examined(batch: Batch, notice: Noticed) -> None:
    """Residents see who consented; neither what was found on the way nor what does not stand any more."""
    match notice.fact:
        case CandidateScreened(screening=found):
            hits = [[line.code, line.name] for line in found.hits]
            batch.add(notice, "screened", seen_by=Reader.OFFICE, hits=hits)
        case ApprovalRecorded() as fact:
            of: dict[str, Any] = {
                "approval": str(fact.approval),
                "of": fact.kind.value,
                "body": fact.body,
                "number": fact.number,
            }
            refused = fact.outcome is ApprovalOutcome.REFUSAL
            seen_by = Reader.OFFICE if refused else Reader.RESIDENT
            batch.add(notice, "approval", on=fact.on, seen_by=seen_by, outcome=fact.outcome.value, **of)
        case ApprovalWithdrawn(approval=approval, reason=reason):
            line = batch.show(notice, notice.stream, "approval", Reader.OFFICE, approval=str(approval))
            whose = {name: line["details"][name] for name in ("of", "body")} if line else {}
            batch.add(notice, "approval_withdrawn", seen_by=Reader.OFFICE, reason=reason, **whose)


def _change(batch: Batch, project_id: UUID, **values: object) -> None:
    batch.conn.execute(update(projects).where(projects.c.project == project_id).values(**values))


def _support(card: CandidateCard) -> dict[str, int]:
    return {"proposals": card.support_proposals, "supporters": card.supporters}
