"""The rules of overdue duties: adopted by a congress, or inherited from the nearest one above it that has some."""

from dataclasses import dataclass
from uuid import UUID

from application.congress import existing
from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.congress import congress as congresses
from domain.supervision import duty_rules
from domain.supervision.duty_rules import READY_MADE, DutyRules, duty_rules_stream


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRulesInForce:
    """What counts in a congress, and whose it is; the ready-made rules are nobody's and version 0."""

    rules: DutyRules
    congress: UUID | None = None
    version: int = 0
    decision: str = ""


def adopt_duty_rules(office: Office, by: By, congress: UUID, rules: DutyRules, decision: str) -> int:
    """Overdue duties go up by these rules from now on. Raises NotPermitted, NotFound, Missing or Invalid."""
    by.actor.require(Act.KEEP_SUPERVISION, congress)
    stream = duty_rules_stream(congress)

    def decide(desk: Desk) -> None:
        existing(desk, congress)
        current = desk.load(stream, duty_rules.evolve_duty_rules)
        desk.add(stream, duty_rules.adopt_duty_rules(current, congress, rules, decision))

    return office.record(by, decide)


def duty_rules_for(office: Office, congress: UUID) -> DutyRulesInForce:
    """The rules that count in a congress at this moment."""
    return duty_rules_at(office.desk(), congress)


def duty_rules_at(desk: Desk, congress: UUID) -> DutyRulesInForce:
    """The same as part of a decision."""
    asked: UUID | None = congress
    while asked is not None:
        adopted = desk.load(duty_rules_stream(asked), duty_rules.evolve_duty_rules)
        if adopted is not None:
            told = {name: getattr(adopted, name) for name in ("rules", "version", "decision")}
            return DutyRulesInForce(congress=asked, **told)
        state = desk.load(asked, congresses.evolve)
        asked = state.parent if state else None
    return DutyRulesInForce(rules=READY_MADE)
