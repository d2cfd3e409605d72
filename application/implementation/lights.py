"""Commands about the rules by which progress is reported and lights shine (rules 19 and 22)."""

from uuid import UUID

from application.office import By, Office
from domain.accounts.permissions import Act
from domain.projects import periods
from domain.projects.periods import NOTHING_ADOPTED, AdoptedProgressRules, ProgressRules, progress_rules_stream


def adopt_progress_rules(office: Office, by: By, congress: UUID, rules: ProgressRules) -> int:
    """From now on these rules hold. Raises NotPermitted, Missing or Invalid."""
    by.actor.require(Act.KEEP_IMPLEMENTATION, congress)
    return office.change(
        by,
        progress_rules_stream(congress),
        periods.evolve_rules,
        lambda now: periods.adopt_progress_rules(now, congress, rules, office.today()),
    )


def adopted_rules_for(office: Office, congress: UUID) -> AdoptedProgressRules:
    """The rules in force with their version, the default ones where nothing was adopted."""
    return office.state_of(progress_rules_stream(congress), periods.evolve_rules) or NOTHING_ADOPTED


def rules_for(office: Office, congress: UUID) -> ProgressRules:
    """The rules in force."""
    return adopted_rules_for(office, congress).rules
