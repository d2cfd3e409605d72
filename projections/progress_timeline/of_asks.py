"""What a project's unit was asked, and what it answered."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select, update

from application.history.recorded import Noticed
from domain.asks.ask import (
    AskApproved,
    AskEscalated,
    AskFellOverdue,
    AskIssued,
    AskSentBack,
    AskUrged,
    AskWithdrawn,
    PlanAnswered,
    ProgressAnswered,
    ResultAnswered,
    SummaryAnswered,
)
from projections.progress_timeline.batch import NOTHING, Batch
from projections.progress_timeline.tables import Reader, asks
from projections.reading.timeline_details import told

_Answered = PlanAnswered | ResultAnswered | ProgressAnswered | SummaryAnswered


def follow(batch: Batch, notice: Noticed) -> None:
    """The lines of the asks that are about one project: what is late, delegates watch as they watch urging."""
    match notice.fact:
        case AskIssued(project=UUID() as about) as fact:
            known = {"congress": fact.congress, "project": about, "kind": fact.kind.value, "due_on": fact.due_on}
            batch.conn.execute(insert(asks).values(ask=notice.stream, **known))
        case PlanAnswered() | ResultAnswered() | ProgressAnswered() | SummaryAnswered() as fact:
            _answered(batch, notice, fact)
        case AskSentBack(reason=reason, on=on):
            _line(batch, notice, "ask_sent_back", on, Reader.UNIT, {"reason": reason})
        case AskUrged(words=words, on=on):
            _line(batch, notice, "ask_urged", on, Reader.DELEGATE, {"words": words})
        case AskFellOverdue(due_on=due_on, on=on):
            _line(batch, notice, "ask_overdue", on, Reader.DELEGATE, {"due_on": due_on.isoformat()})
        case AskEscalated(on=on) as fact:
            said = {"step": fact.step, "to": fact.to, "working_days": fact.working_days}
            _line(batch, notice, "ask_escalated", on, Reader.DELEGATE, said)
        case AskWithdrawn(reason=reason, on=on):
            _line(batch, notice, "ask_withdrawn", on, Reader.DELEGATE, {"reason": reason})
        case AskApproved(on=on):
            _approved(batch, notice, on)


def _answered(batch: Batch, notice: Noticed, fact: _Answered) -> None:
    _line(batch, notice, "ask_answered", fact.on, Reader.UNIT)
    known = update(asks).where(asks.c.ask == notice.stream)
    batch.conn.execute(known.values(answered_on=fact.on, answer=told(fact.answer)))


def _approved(batch: Batch, notice: Noticed, on: date) -> None:
    """What residents read of an answer is the answer as it was approved."""
    answer = batch.conn.scalar(select(asks.c.answer).where(asks.c.ask == notice.stream))
    _line(batch, notice, "ask_approved", on, Reader.RESIDENT, answer or {})


def _line(
    batch: Batch, notice: Noticed, kind: str, on: date, seen_by: Reader, details: Mapping[str, object] = NOTHING
) -> None:
    ask = batch.conn.execute(select(asks).where(asks.c.ask == notice.stream)).one_or_none()
    if ask is not None:
        batch.add(notice, ask.project, kind, {"ask": ask.kind, **details}, on=on, seen_by=seen_by)
