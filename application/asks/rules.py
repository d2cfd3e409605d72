"""The rules of the four asks: adopted by a congress, or inherited from the nearest one above it that has some."""

from dataclasses import dataclass
from uuid import UUID

from application.congress import existing
from application.office import By, Desk, Office
from domain.accounts.permissions import Act
from domain.asks import rules as ask_rules
from domain.asks.rules import READY_MADE, AskRules
from domain.congress import congress as congresses


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInForce:
    """What counts in a congress, and whose it is; the ready-made rules are nobody's and version 0."""

    rules: AskRules
    congress: UUID | None = None
    version: int = 0


def adopt_ask_rules(office: Office, by: By, congress: UUID, rules: AskRules, decision: str) -> int:
    """Asks are issued by these rules from now on, here and below. Raises NotPermitted, NotFound, Missing or Invalid."""
    by.actor.require(Act.ISSUE_ASK, congress)
    stream = ask_rules.rules_stream(congress)

    def decide(desk: Desk) -> None:
        existing(desk, congress)
        current = desk.load(stream, ask_rules.evolve_rules)
        desk.add(stream, ask_rules.adopt_rules(current, congress, rules, decision))

    return office.record(by, decide)


def rules_for(office: Office, congress: UUID) -> RulesInForce:
    """The rules that count in a congress at this moment."""
    return rules_at(office.desk(), congress)


def rules_at(desk: Desk, congress: UUID) -> RulesInForce:
    """The same as part of a decision."""
    asked: UUID | None = congress
    while asked is not None:
        adopted = desk.load(ask_rules.rules_stream(asked), ask_rules.evolve_rules)
        if adopted is not None:
            return RulesInForce(rules=adopted.rules, congress=asked, version=adopted.version)
        state = desk.load(asked, congresses.evolve)
        asked = state.parent if state else None
    return RulesInForce(rules=READY_MADE)
