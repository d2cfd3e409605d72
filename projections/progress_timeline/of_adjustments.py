"""What was changed in a plan, and by whom it was decided (rule 20)."""

from collections.abc import Mapping
from datetime import date
from itertools import zip_longest
from uuid import UUID

from sqlalchemy import insert, select

from application.history.recorded import Noticed
from domain.projects.adjustment_facts import (
    AdjustedField,
    AdjustmentDecided,
    AdjustmentLogged,
    AdjustmentProposed,
    AdjustmentRefused,
    AdjustmentWithdrawn,
    SessionInformed,
)
from domain.projects.plan import ImplementationPlan
from projections.progress_timeline.batch import Batch
from projections.progress_timeline.of_implementation import keep_plan
from projections.progress_timeline.tables import Reader, adjustments, projects
from projections.reading.kept_plans import kept, read

Change = list[str]
"""Field, name of the target, what was, what is to be."""


def follow(batch: Batch, notice: Noticed) -> None:
    """Residents read what is in force: minor changes at once, all others when they were decided."""
    match notice.fact:
        case AdjustmentLogged(plan=plan, reason=reason, on=on):
            about = batch.project_of(notice.stream)
            if about is not None:
                changes = _changes(batch, notice, plan)
                told = {"reason": reason, "changes": changes}
                batch.add(notice, about, "adjustment_logged", told, on=on)
                keep_plan(batch, notice, plan)
        case AdjustmentProposed() as fact:
            _proposed(batch, notice, fact)
        case AdjustmentDecided() as fact:
            _decided(batch, notice, fact)
        case AdjustmentRefused(adjustment=of, on=on) as fact:
            told = {"body": fact.body.value, "number": fact.number, "reason": fact.reason}
            _outcome(batch, notice, "adjustment_refused", of, on, Reader.DELEGATE, told)
        case AdjustmentWithdrawn(adjustment=of, on=on, reason=reason):
            _outcome(batch, notice, "adjustment_withdrawn", of, on, Reader.DELEGATE, {"reason": reason})
        case SessionInformed(adjustment=of, on=on, session_title=title):
            _outcome(batch, notice, "session_informed", of, on, Reader.RESIDENT, {"session": title})


def _proposed(batch: Batch, notice: Noticed, fact: AdjustmentProposed) -> None:
    about = batch.project_of(notice.stream)
    if about is None:
        return
    changes = [] if fact.plan is None else _changes(batch, notice, fact.plan)
    told = {"adjusted": fact.kind.value, "changes": changes, "reason": fact.reason}
    waiting = {"adjustment": fact.adjustment, "project": about, "told": told}
    plan = None if fact.plan is None else kept(fact.plan)
    batch.conn.execute(insert(adjustments).values(**waiting, plan=plan))
    batch.add(notice, about, "adjustment_proposed", told, on=fact.on, seen_by=Reader.DELEGATE)


def _decided(batch: Batch, notice: Noticed, fact: AdjustmentDecided) -> None:
    known = batch.conn.execute(select(adjustments).where(adjustments.c.adjustment == fact.adjustment)).one_or_none()
    if known is None:
        return
    if known.plan is not None:
        keep_plan(batch, notice, read(known.plan))
    by = {"body": fact.body.value, "number": fact.number, "notice_on": fact.notice_on.isoformat()}
    batch.add(notice, known.project, "adjustment_decided", {**known.told, **by}, on=fact.on)


def _outcome(
    batch: Batch, notice: Noticed, kind: str, of: UUID, on: date, seen_by: Reader, told: Mapping[str, object]
) -> None:
    known = batch.conn.execute(select(adjustments).where(adjustments.c.adjustment == of)).one_or_none()
    if known is not None:
        what = {"adjusted": known.told["adjusted"]}
        batch.add(notice, known.project, kind, {**what, **told}, on=on, seen_by=seen_by)


def _changes(batch: Batch, notice: Noticed, plan: ImplementationPlan) -> list[Change]:
    """What a plan changes in the one in force, of what was promised."""
    now = batch.conn.scalar(select(projects.c.plan).where(projects.c.implementation == notice.stream))
    return [] if now is None else differences(read(now), plan)


def differences(before: ImplementationPlan, after: ImplementationPlan) -> list[Change]:
    """Targets, money, place, unit and day, as text; a target that is new or gone has nothing on the other side."""
    found: list[Change] = []
    for was, becomes in zip_longest(before.targets, after.targets):
        if was != becomes:
            name = (becomes or was).name
            pair = [f"{one.amount} {one.unit}" if one else "" for one in (was, becomes)]
            found.append([AdjustedField.TARGET.value, name, *pair])
    for field, name in _FIELDS:
        pair = [str(getattr(one, name) or "") for one in (before, after)]
        if pair[0] != pair[1]:
            found.append([field.value, "", *pair])
    return found


_FIELDS = (
    (AdjustedField.TOTAL_FUNDS, "total_funds"),
    (AdjustedField.YEAR_FUNDS, "year_funds"),
    (AdjustedField.PLACE, "place"),
    (AdjustedField.LEAD_UNIT, "lead_unit_name"),
    (AdjustedField.DEADLINE, "deadline"),
)
