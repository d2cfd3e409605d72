"""What supervision gave a unit to put right, and how it was answered."""

from datetime import date
from uuid import UUID

from application.history.recorded import Noticed
from domain.supervision.duty import (
    DutyAnswered,
    DutyApproved,
    DutyChanged,
    DutyEscalated,
    DutyFellOverdue,
    DutyRaised,
    DutySentBack,
    DutyWithdrawn,
)
from projections.progress_timeline.batch import Batch
from projections.progress_timeline.tables import Reader


def follow(batch: Batch, notice: Noticed) -> None:
    """Delegates follow a duty until it is approved; answers that are sent back stay between office and unit.

    Residents read none of it: a duty is never published, only what an inspection says of it.
    """
    match notice.fact:
        case DutyRaised(project=UUID() as about) as fact:
            told = {"unit": fact.unit_name, "source": fact.origin.kind.value, "title": fact.origin.title}
            batch.begin_matter(notice.stream, (about,), told)
            said = {**told, "duty": str(fact.duty), "words": fact.words, "due_on": fact.due_on.isoformat()}
            batch.add(notice, about, "duty", said, on=fact.on, seen_by=Reader.DELEGATE)
        case DutyChanged() as fact:
            _changed(batch, notice, fact)
        case DutyAnswered(on=on) as fact:
            promised = _day(fact.promised_on)
            answer = {"answer": fact.words, "outcome": fact.outcome.value, "promised_on": promised}
            batch.change_matter(notice.stream, None, answer)
            _add(batch, notice, "duty_answered", on, Reader.UNIT, **answer)
        case DutySentBack(reason=reason, on=on, due_on=due_on):
            _add(batch, notice, "duty_sent_back", on, Reader.UNIT, reason=reason, due_on=_day(due_on))
        case DutyApproved(remark=remark, on=on):
            known = batch.matter(notice.stream)
            answer = {name: known.told.get(name) for name in ("answer", "outcome", "promised_on")} if known else {}
            _add(batch, notice, "duty_approved", on, Reader.DELEGATE, remark=remark, **answer)
        case DutyFellOverdue(on=on, due_on=due_on):
            _add(batch, notice, "duty_overdue", on, Reader.DELEGATE, due_on=_day(due_on))
        case DutyEscalated(step=step, on=on) as fact:
            how = {"to": fact.to, "words": fact.words, "working_days": fact.working_days}
            _add(batch, notice, "duty_escalated", on, Reader.DELEGATE, step=step.value, **how)
        case DutyWithdrawn(reason=reason, on=on):
            _add(batch, notice, "duty_withdrawn", on, Reader.DELEGATE, reason=reason)


def _add(batch: Batch, notice: Noticed, kind: str, on: date, seen_by: Reader, **told: object) -> None:
    known = batch.matter(notice.stream)
    for about in known.projects if known else ():
        of = {"unit": known.told["unit"]} if known else {}
        batch.add(notice, about, kind, {**of, **told}, on=on, seen_by=seen_by)


def _changed(batch: Batch, notice: Noticed, fact: DutyChanged) -> None:
    """Its line says how it stands; given to another project it leaves the first one."""
    known = batch.matter(notice.stream)
    if known is None:
        return
    about = (fact.project,) if fact.project else ()
    said = {"unit": fact.unit_name, "words": fact.words, "due_on": fact.due_on.isoformat()}
    lines = [line for one in known.projects for line in batch.known(one, "duty", duty=str(fact.duty))]
    for line in lines:
        if line["project"] in about:
            batch.change(notice, line, details={**line["details"], **said})
        else:
            batch.show(notice, [line], Reader.OFFICE)
    batch.change_matter(notice.stream, about, {"unit": fact.unit_name})
    if about and not any(line["project"] in about for line in lines):
        told = {"source": known.told["source"], "title": known.told["title"], "duty": str(fact.duty), **said}
        batch.add(notice, about[0], "duty", told, seen_by=Reader.DELEGATE)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
