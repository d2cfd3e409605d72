"""From the published plan to the end: what residents may know of how a project is carried out."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from application.history.history import Noticed
from domain.projects.adjustment_facts import AdjustmentDecided, AdjustmentKind, AdjustmentLogged, AdjustmentProposed
from domain.projects.implementation import Standing
from domain.projects.implementation_facts import (
    AcceptanceUndone,
    CompletionRecorded,
    LookBackRecorded,
    MilestoneReached,
    MilestoneTakenBack,
    PlanPublished,
    ProgressReported,
    ProjectAccepted,
    ReportApproved,
    ReportSentBack,
)
from domain.projects.periods import ProgressRulesAdopted
from domain.projects.plan import ImplementationPlan
from projections.public_page.changing import Batch
from projections.public_page.tables import adjustments, pages, rules
from projections.reading import kept_lights
from projections.reading.kept_plans import kept

_STANDING = {
    AdjustmentKind.SUSPENSION.value: Standing.SUSPENDED.value,
    AdjustmentKind.TERMINATION.value: Standing.TERMINATED.value,
    AdjustmentKind.RESUMPTION.value: Standing.UNDER_WAY.value,
}


def follow(batch: Batch, notice: Noticed) -> None:
    """Keeps the plan in force, approved reports, milestones and how it ended."""
    match notice.fact:
        case ProgressRulesAdopted(congress=congress, rules=adopted):
            batch.conn.execute(delete(rules).where(rules.c.congress == congress))
            batch.conn.execute(insert(rules).values(congress=congress, lights=kept_lights.kept(adopted.lights)))
            batch.touch(notice, pages.c.congress == congress)
        case PlanPublished(plan=plan):
            batch.carried_out(notice, **_in_force(plan))
        case MilestoneReached(number=number):
            _reached(batch, notice, {number}, set())
        case MilestoneTakenBack(number=number):
            _reached(batch, notice, set(), {number})
        case ProgressReported() | ReportApproved() | ReportSentBack() as fact:
            _report(batch, notice, fact)
        case AdjustmentLogged() | AdjustmentProposed() | AdjustmentDecided() as fact:
            _adjusted(batch, notice, fact)
        case ProjectAccepted(on=on):
            batch.carried_out(notice, accepted_on=on)
        case AcceptanceUndone():
            batch.carried_out(notice, accepted_on=None)
        case CompletionRecorded(completion=completion, carried_to=carried_to):
            batch.carried_out(notice, completion=completion.value, carried_to=carried_to)
        case LookBackRecorded():
            batch.carried_out(notice)


def _report(batch: Batch, notice: Noticed, fact: ProgressReported | ReportApproved | ReportSentBack) -> None:
    """Of a period the report counts that was approved last, unless it was sent back since."""
    if isinstance(fact, ProgressReported):
        days = {"due_on": fact.due_on.isoformat(), "on": fact.on.isoformat()}
        given = {"report": str(fact.report), "percent": _number(fact), "funds_spent": str(fact.funds_spent), **days}
        batch.reports.add({"report": fact.report, "told": given})
        return
    page, known = batch.page(notice), batch.reports.get(fact.report)
    if page is None or known is None:
        return
    told = known["told"]
    if isinstance(fact, ReportApproved):
        others = [one for one in page["reports"] if one["due_on"] != told["due_on"]]
        left = sorted((*others, told), key=lambda one: str(one["due_on"]))
    else:
        left = [one for one in page["reports"] if one["report"] != told["report"]]
    if left != page["reports"]:
        batch.carried_out(notice, reports=left)


def _number(fact: ProgressReported) -> int | float:
    """As it is shown: 40 or 40.5."""
    return int(fact.percent) if fact.percent == int(fact.percent) else float(fact.percent)


def _adjusted(batch: Batch, notice: Noticed, fact: AdjustmentLogged | AdjustmentProposed | AdjustmentDecided) -> None:
    """What is proposed waits for its decision (rule 20)."""
    page = batch.page(notice)
    if page is None:
        return
    match fact:
        case AdjustmentLogged(plan=plan):
            batch.carried_out(notice, adjusted=page["adjusted"] + 1, **_in_force(plan))
        case AdjustmentProposed(adjustment=of, kind=kind, plan=wanted):
            waiting = {"kind": kind.value, "plan": None if wanted is None else kept(wanted)}
            batch.conn.execute(insert(adjustments).values(adjustment=of, **waiting))
        case AdjustmentDecided(adjustment=of):
            known = batch.conn.execute(select(adjustments).where(adjustments.c.adjustment == of)).one_or_none()
            if known is None:
                return
            values: dict[str, Any] = {}
            if known.plan is not None:
                lead = known.plan["lead_unit"]
                values |= {"plan": known.plan, "lead_unit": UUID(lead) if lead else None}
                values["adjusted"] = page["adjusted"] + 1
            if known.kind in _STANDING:
                values["standing"] = _STANDING[known.kind]
            batch.carried_out(notice, **values)


def _in_force(plan: ImplementationPlan) -> dict[str, object]:
    return {"plan": kept(plan), "lead_unit": plan.lead_unit}


def _reached(batch: Batch, notice: Noticed, more: set[int], less: set[int]) -> None:
    page = batch.page(notice)
    if page is not None:
        batch.carried_out(notice, reached=sorted((set(page["reached"]) | more) - less))
