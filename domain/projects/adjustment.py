"""Adjustment 调整, suspension 暂缓 and termination 终止 of an adopted project (rule 20)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from domain.polls.places import DecidedBy
from domain.projects.adjustment_facts import (
    AdjustedField,
    AdjustmentDecided,
    AdjustmentKind,
    AdjustmentLogged,
    AdjustmentProposed,
    AdjustmentRefused,
    AdjustmentWithdrawn,
    Departure,
    SessionInformed,
)
from domain.projects.implementation import (
    Adjustment,
    AdjustmentStage,
    Implementation,
    NotUnderWay,
    Standing,
    in_force,
    known,
)
from domain.projects.plan import ImplementationPlan, PlanIncomplete, plan_gaps, with_known_numbers
from domain.shared import Invalid, Missing, Money, NotFound, Refused

MAJOR: Final = Fraction(1, 5)
"""A target down by more than 20 %, funds up or down by more than 20 %; exactly 20 % is minor (rule 20)."""


@dataclass(eq=False)
class AdjustmentWaiting(Refused):
    """One adjustment waits for its decision; the next one is proposed after it."""

    name: str


@dataclass(eq=False)
class AdjustmentClosed(Refused):
    """The adjustment is not where the step needs it; `stage` says where it stands."""

    name: str
    stage: str


def departures(
    adopted: ImplementationPlan, plan: ImplementationPlan, now: ImplementationPlan | None = None
) -> tuple[Departure, ...]:
    """Every major way in which a plan departs from the adopted one (rule 20).

    Measured against the adopted plan, so that small steps add up: two of −15 % are −27.75 %. With the plan in force
    `now`, only what the plan changes in it counts: what was decided before is not decided again.
    """
    found = (*_target_departures(adopted, plan), *_other_departures(adopted, plan))
    if now is None:
        return found
    return tuple(one for one in found if _differs(one, adopted, now, plan))


def propose_adjustment(
    implementation: Implementation | None,
    adjustment: UUID,
    kind: AdjustmentKind,
    plan: ImplementationPlan | None,
    reason: str,
    on: date,
) -> AdjustmentLogged | AdjustmentProposed:
    """A minor change is in force at once; everything else waits for the deciding body (rule 20).

    Raises NotFound, PlanNotPublished, NotUnderWay, AdjustmentWaiting, Missing (reason, plan), Invalid (unchanged), or
    PlanIncomplete for a plan that could not be published (rules 19 and 21).
    """
    current = in_force(implementation)
    state = known(implementation)
    _require_possible(state, kind)
    if not reason.strip():
        raise Missing(fields=("reason",))
    if kind is not AdjustmentKind.CHANGE:
        return _proposed(adjustment, kind, None, (), reason, on)
    if plan is None:
        raise Missing(fields=("plan",))
    used = [one.number for one in state.reached]
    plan = replace(plan, milestones=with_known_numbers(plan.milestones, current.milestones, used))
    if plan == current:
        raise Invalid(field="plan", reason="unchanged")
    gaps = plan_gaps(plan, state.year)
    if gaps:
        raise PlanIncomplete(name=state.name, gaps=gaps)
    departed = departures(state.adopted, plan, current)
    if departed:
        return _proposed(adjustment, kind, plan, departed, reason, on)
    return AdjustmentLogged(adjustment=adjustment, plan=plan, reason=reason.strip(), on=on)


def decide_adjustment(
    implementation: Implementation | None,
    adjustment: UUID,
    *,
    body: DecidedBy,
    number: str,
    notice_on: date | None,
    on: date,
) -> AdjustmentDecided:
    """The old plan stays in force until number and notice date are recorded (rule 20).

    Raises NotFound, AdjustmentClosed, Missing (number, notice_on) or Invalid for a notice of a day to come.
    """
    _waiting(implementation, adjustment)
    missing = tuple(name for name, has in (("number", number.strip()), ("notice_on", notice_on)) if not has)
    if missing or notice_on is None:
        raise Missing(fields=missing)
    if notice_on > on:
        raise Invalid(field="notice_on", reason="in_the_future", value=notice_on.isoformat())
    return AdjustmentDecided(adjustment=adjustment, body=body, number=number.strip(), notice_on=notice_on, on=on)


def refuse_adjustment(
    implementation: Implementation | None, adjustment: UUID, *, body: DecidedBy, number: str, reason: str, on: date
) -> AdjustmentRefused:
    """Raises NotFound, AdjustmentClosed or Missing (reason)."""
    _waiting(implementation, adjustment)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return AdjustmentRefused(adjustment=adjustment, body=body, number=number.strip(), reason=reason.strip(), on=on)


def withdraw_adjustment(
    implementation: Implementation | None, adjustment: UUID, reason: str, on: date
) -> AdjustmentWithdrawn:
    """Raises NotFound, AdjustmentClosed or Missing (reason)."""
    _waiting(implementation, adjustment)
    if not reason.strip():
        raise Missing(fields=("reason",))
    return AdjustmentWithdrawn(adjustment=adjustment, reason=reason.strip(), on=on)


def inform_session(
    implementation: Implementation | None,
    adjustment: UUID,
    session: UUID,
    session_title: str,
    starts_on: date,
    on: date,
) -> SessionInformed:
    """Does the duty “report to the next session” (rule 20).

    Raises NotFound, AdjustmentClosed, or Invalid for a session that began before the decision or has not begun yet.
    """
    found = _at(implementation, adjustment, AdjustmentStage.DECIDED)
    if found.decided is not None and starts_on < found.decided.notice_on:
        raise Invalid(field="session", reason="session_before_decision", value=starts_on.isoformat())
    if starts_on > on:
        raise Invalid(field="session", reason="in_the_future", value=starts_on.isoformat())
    return SessionInformed(adjustment=adjustment, session=session, session_title=session_title, on=on)


def waiting(implementation: Implementation) -> Adjustment | None:
    """The adjustment that waits for its decision."""
    return next((one for one in implementation.adjustments if one.stage is AdjustmentStage.PROPOSED), None)


def _require_possible(state: Implementation, kind: AdjustmentKind) -> None:
    if waiting(state) is not None:
        raise AdjustmentWaiting(name=state.name)
    if state.accepted is not None:
        raise NotUnderWay(name=state.name, standing="accepted")
    fits = {
        AdjustmentKind.CHANGE: state.standing is not Standing.TERMINATED,
        AdjustmentKind.SUSPENSION: state.standing is Standing.UNDER_WAY,
        AdjustmentKind.TERMINATION: state.standing is not Standing.TERMINATED,
        AdjustmentKind.RESUMPTION: state.standing is Standing.SUSPENDED,
    }
    if not fits[kind]:
        raise NotUnderWay(name=state.name, standing=state.standing.value)


def _proposed(
    adjustment: UUID,
    kind: AdjustmentKind,
    plan: ImplementationPlan | None,
    departed: tuple[Departure, ...],
    reason: str,
    on: date,
) -> AdjustmentProposed:
    return AdjustmentProposed(
        adjustment=adjustment, kind=kind, plan=plan, departures=departed, reason=reason.strip(), on=on
    )


def _waiting(implementation: Implementation | None, adjustment: UUID) -> Adjustment:
    return _at(implementation, adjustment, AdjustmentStage.PROPOSED)


def _at(implementation: Implementation | None, adjustment: UUID, stage: AdjustmentStage) -> Adjustment:
    state = known(implementation)
    found = next((one for one in state.adjustments if one.adjustment == adjustment), None)
    if found is None:
        raise NotFound(kind="adjustment", id=str(adjustment))
    if found.stage is not stage:
        raise AdjustmentClosed(name=state.name, stage=found.stage.value)
    return found


def _target_departures(adopted: ImplementationPlan, plan: ImplementationPlan) -> Iterator[Departure]:
    for name, unit in dict.fromkeys((one.name.strip(), one.unit) for one in adopted.targets):
        promised, amount = _amount(adopted, name, unit), _amount(plan, name, unit)
        change = _change(promised, amount)
        if change is not None and change < -MAJOR:
            after = "" if amount is None else f"{amount}{unit}"
            yield Departure(
                field=AdjustedField.TARGET,
                name=name,
                before=f"{promised}{unit}",
                after=after,
                percent=_percent(change),
            )


def _other_departures(adopted: ImplementationPlan, plan: ImplementationPlan) -> Iterator[Departure]:
    for field, before, after in (
        (AdjustedField.TOTAL_FUNDS, adopted.total_funds, plan.total_funds),
        (AdjustedField.YEAR_FUNDS, adopted.year_funds, plan.year_funds),
    ):
        change = _change(before, after)
        begins = before == 0 and bool(after)
        if begins or (change is not None and abs(change) > MAJOR):
            percent = None if change is None else _percent(change)
            yield _departure(field, str(before), "" if after is None else str(after), percent)
    if adopted.place.strip() != plan.place.strip():
        yield _departure(AdjustedField.PLACE, adopted.place, plan.place)
    if not _same_lead(adopted, plan):
        yield _departure(AdjustedField.LEAD_UNIT, adopted.lead_unit_name, plan.lead_unit_name)
    if adopted.deadline is not None and plan.deadline is not None and plan.deadline.year > adopted.deadline.year:
        yield _departure(AdjustedField.DEADLINE, adopted.deadline.isoformat(), plan.deadline.isoformat())


def _departure(field: AdjustedField, before: str, after: str, percent: Decimal | None = None) -> Departure:
    return Departure(field=field, name="", before=before, after=after, percent=percent)


def _differs(
    departure: Departure, adopted: ImplementationPlan, now: ImplementationPlan, plan: ImplementationPlan
) -> bool:
    """Whether the plan changes in the plan in force what departs from the adopted one."""
    match departure.field:
        case AdjustedField.TARGET:
            # Two targets may share a name and be counted in different units.
            units = {one.unit for one in adopted.targets if one.name.strip() == departure.name}
            return any(_amount(now, departure.name, unit) != _amount(plan, departure.name, unit) for unit in units)
        case AdjustedField.TOTAL_FUNDS:
            return now.total_funds != plan.total_funds
        case AdjustedField.YEAR_FUNDS:
            return now.year_funds != plan.year_funds
        case AdjustedField.PLACE:
            return now.place.strip() != plan.place.strip()
        case AdjustedField.LEAD_UNIT:
            return not _same_lead(now, plan)
        case AdjustedField.DEADLINE:
            return now.deadline != plan.deadline


def _amount(plan: ImplementationPlan, name: str, unit: str) -> Decimal | None:
    """What the plan has of a target, all lines of that name and unit together; None where there is none."""
    same = [one.amount for one in plan.targets if (one.name.strip(), one.unit) == (name, unit)]
    return sum(same, Decimal(0)) if same else None


def _change(before: Decimal | Money | None, after: Decimal | Money | None) -> Fraction | None:
    """The exact change over the value before; a value that is gone has fallen to nothing."""
    if not before:
        return None
    return Fraction(after or 0) / Fraction(before) - 1


def _percent(change: Fraction) -> Decimal:
    exact = Decimal(change.numerator) * 100 / Decimal(change.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _same_lead(one: ImplementationPlan, other: ImplementationPlan) -> bool:
    """By identity where both have one: a unit may be renamed."""
    if one.lead_unit is not None and other.lead_unit is not None:
        return one.lead_unit == other.lead_unit
    return one.lead_unit_name.strip() == other.lead_unit_name.strip()
