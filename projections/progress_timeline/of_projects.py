"""From the candidate to the vote and the evaluation."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from application.history.recorded import Noticed
from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded, ApprovalWithdrawn, CandidateScreened
from domain.projects.card import CandidateCard
from domain.projects.implementation import implementation_stream
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
            batch.add(notice, notice.stream, "withdrawn", {"reason": reason}, seen_by=Reader.UNIT)
        case ProjectListed(number=number, on=on):
            _change(batch, notice.stream, listed=True)
            batch.add(notice, notice.stream, "listed", {"number": number}, on=on)
        case ProjectUnlisted(reason=reason):
            _change(batch, notice.stream, listed=False)
            batch.add(notice, notice.stream, "unlisted", {"reason": reason}, seen_by=Reader.UNIT)
        case ProjectAdopted() | ProjectNotAdopted() as fact:
            _decided(batch, notice, fact)
        case ProjectEvaluated(on=on) as fact:
            batch.add(notice, notice.stream, "evaluated", evaluated(fact), on=on)
        case _:
            _examined(batch, notice)


def _drafted(batch: Batch, notice: Noticed, fact: CandidateDrafted) -> None:
    implementation = implementation_stream(notice.stream)
    key = {"project": notice.stream, "congress": fact.congress, "code": fact.code, "implementation": implementation}
    values = {**key, "listed": False, "touched": notice.position, **_support(fact.card)}
    batch.conn.execute(insert(projects).values(**values))
    batch.begin(notice.stream, fact.congress, implementation)
    batch.add(notice, notice.stream, "drafted", seen_by=Reader.UNIT)


def _decided(batch: Batch, notice: Noticed, fact: ProjectAdopted | ProjectNotAdopted) -> None:
    how: dict[str, Any] = {"notice_number": fact.notice_number, "decided_by": fact.decided_by, **voted(fact.vote)}
    if isinstance(fact, ProjectAdopted):
        batch.add(notice, notice.stream, "adopted", {"number": fact.number, **how}, on=fact.on)
    else:
        batch.add(notice, notice.stream, "not_adopted", how, on=fact.on)


def _examined(batch: Batch, notice: Noticed) -> None:
    """Residents see who consented; neither what was found on the way nor what does not stand any more."""
    match notice.fact:
        case CandidateScreened(screening=found):
            hits = [[line.code, line.name] for line in found.hits]
            batch.add(notice, notice.stream, "screened", {"hits": hits}, seen_by=Reader.UNIT)
        case ApprovalRecorded() as fact:
            of = {"approval": str(fact.approval), "of": fact.kind.value, "body": fact.body, "number": fact.number}
            refused = fact.outcome is ApprovalOutcome.REFUSAL
            seen_by = Reader.UNIT if refused else Reader.RESIDENT
            told = {**of, "outcome": fact.outcome.value}
            batch.add(notice, notice.stream, "approval", told, on=fact.on, seen_by=seen_by)
        case ApprovalWithdrawn(approval=approval, reason=reason):
            lines = batch.known(notice.stream, "approval", approval=str(approval))
            batch.show(notice, lines, Reader.UNIT)
            whose: dict[str, Any] = {name: line["details"][name] for line in lines for name in ("of", "body")}
            batch.add(notice, notice.stream, "approval_withdrawn", {"reason": reason, **whose}, seen_by=Reader.UNIT)


def _change(batch: Batch, project_id: UUID, **values: object) -> None:
    batch.conn.execute(update(projects).where(projects.c.project == project_id).values(**values))


def _support(card: CandidateCard) -> dict[str, int]:
    return {"proposals": card.support_proposals, "supporters": card.supporters}
