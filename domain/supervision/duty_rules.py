"""When an overdue duty is asked for harder without anybody's hand: steps in working days, as data of a congress."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID, uuid5

from domain.shared import Invalid, Missing
from domain.supervision.duty import STEPS, EscalationStep
from domain.supervision.wording import LONGEST_REASON, line, text

LONGEST_WAIT: Final = 250
"""Working days: about a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRung:
    """After so many working days overdue this step is taken; `to` is told of it."""

    step: EscalationStep
    after: int
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRules:
    """The steps that take themselves, from the first on. The others are left to the office."""

    rungs: tuple[DutyRung, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRulesAdopted:
    """From now on duties that are overdue go up by these rules, here and below."""

    congress: UUID
    version: int
    rules: DutyRules
    decision: str
    """By whom and when, as cited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedDutyRules:
    """The rules of a congress as they stand."""

    congress: UUID
    version: int
    rules: DutyRules
    decision: str


READY_MADE: Final = DutyRules(
    rungs=(
        DutyRung(step=EscalationStep.REMINDED, after=1),
        DutyRung(step=EscalationStep.PRESSED, after=5, to="政府办公室"),
        DutyRung(step=EscalationStep.REPORTED, after=10, to="主任会议"),
    )
)
"""Used until a congress or one above it adopts its own; version 0."""


def duty_rules_stream(congress: UUID) -> UUID:
    """The duty rules of a congress, version after version."""
    return uuid5(congress, "duty-rules")


def adopt_duty_rules(
    current: AdoptedDutyRules | None, congress: UUID, rules: DutyRules, decision: str
) -> DutyRulesAdopted:
    """The next version. Raises Missing (decision, to) or Invalid (rungs)."""
    _require_rungs(rules)
    rungs = tuple(replace(one, to=line("to", one.to)) for one in rules.rungs)
    version = current.version + 1 if current else 1
    said = text("decision", decision, LONGEST_REASON)
    return DutyRulesAdopted(congress=congress, version=version, rules=DutyRules(rungs=rungs), decision=said)


def evolve_duty_rules(_current: AdoptedDutyRules | None, fact: DutyRulesAdopted) -> AdoptedDutyRules:
    """The rules after one more fact."""
    return AdoptedDutyRules(congress=fact.congress, version=fact.version, rules=fact.rules, decision=fact.decision)


def _require_rungs(rules: DutyRules) -> None:
    """In the order of the steps, none left out before another, each later than the one before."""
    before = 0
    for place, one in enumerate(rules.rungs):
        if place >= len(STEPS) or one.step is not STEPS[place]:
            raise Invalid(field="rungs", reason="step_left_out", value=one.step.value)
        if not before < one.after <= LONGEST_WAIT:
            raise Invalid(field="rungs", reason="steps_not_rising", value=str(one.after))
        if one.step is not EscalationStep.REMINDED and not one.to.strip():
            raise Missing(fields=("rungs",))
        before = one.after
