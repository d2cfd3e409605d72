"""What is each project's plan, what was changed in it, what waits, and when was the duty list published?"""

from projections.plans.asking import (
    AdjustmentRow,
    PlanRow,
    Publication,
    Waiting,
    adjustment_at,
    adjustments_of,
    changed_since,
    plan_of,
    plans_at,
    plans_of,
    publications_of,
    session_duties,
    waiting,
    years,
)
from projections.plans.rows import PROJECTION, project
from projections.plans.tables import metadata

__all__ = [
    "PROJECTION",
    "AdjustmentRow",
    "PlanRow",
    "Publication",
    "Waiting",
    "adjustment_at",
    "adjustments_of",
    "changed_since",
    "metadata",
    "plan_of",
    "plans_at",
    "plans_of",
    "project",
    "publications_of",
    "session_duties",
    "waiting",
    "years",
]
