"""How a project stands on a day, as far as residents may know: its light, progress against the plan."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from domain.projects.implementation import Standing
from domain.projects.lights import DEFAULT, Cause, Colour, Course, judged_year, light, overdue_milestones
from domain.projects.plan import AnnualMilestone, ImplementationPlan, Milestone, completion_rate
from domain.shared import Money
from interfaces.web._base.shown import rounded
from interfaces.web.progress.words import LIGHT_KINDS, light_reason, light_words
from projections.public_page import Work
from projections.reading import kept_lights, kept_plans


class Reached(NamedTuple):
    """The last progress that was approved."""

    percent: Decimal
    spent: Money | None
    on: date | None
    """None: nothing was reported for the year yet."""


class Status(NamedTuple):
    """A state by shape and words."""

    kind: str
    words: str
    reason: str = ""
    """Why a light is so, with its figures."""


class Shown(NamedTuple):
    """A project with a published plan, on a day."""

    plan: ImplementationPlan
    year: int
    """Which year's progress it is: of a project that crosses years the running one (rule 21)."""

    colour: Colour
    cause: Cause
    status: Status
    last: Reached
    spent: Money | None
    """In all years together; None before anything was reported."""

    planned: Decimal
    """Percent, one decimal."""

    coming: Milestone | None
    """The next step of the plan, overdue or not."""

    is_late: bool
    """Whether that one is overdue."""

    accepted_on: date | None
    is_over: bool
    """Accepted or terminated: nothing is expected any more."""

    @property
    def annual(self) -> AnnualMilestone | None:
        """Of a project that crosses years: what the running one is measured by (rule 21)."""
        return self.plan.annual_of(self.year)

    @property
    def rate(self) -> Fraction | None:
        """The share of this year's funds that is spent."""
        return completion_rate(self.plan, self.year, self.last.spent) if self.last.spent is not None else None


def shown(work: Work, answered: dict[str, Any] | None, today: date) -> Shown | None:
    """None before the plan is published. `answered`: the last approved answer to the third ask."""
    if work.plan is None:
        return None
    plan, rules = kept_plans.read(work.plan), kept_lights.read(work.lights) if work.lights else DEFAULT
    judged = judged_year(plan, work.year, today)
    last = _last(work, plan, answered, judged)
    course = Course(
        plan=plan,
        year=work.year,
        actual=last.percent,
        reached=frozenset(work.reached),
        accepted=work.accepted_on is not None,
        suspended=work.standing == Standing.SUSPENDED,
        terminated=work.standing == Standing.TERMINATED,
    )
    now = light(course, rules, today)
    left = [one for one in plan.milestones if one.number not in course.reached]
    coming = min(left, key=lambda one: (one.due_on, one.number), default=None)
    return Shown(
        plan=plan,
        year=judged,
        colour=now.colour,
        cause=now.cause,
        status=Status(LIGHT_KINDS[now.colour], light_words(now, rules), light_reason(now, today)),
        last=last,
        spent=_spent(work, last),
        planned=rounded(now.planned, 1),
        coming=coming,
        is_late=bool(overdue_milestones(plan, course.reached, today)),
        accepted_on=work.accepted_on,
        is_over=now.cause in (Cause.ACCEPTED, Cause.TERMINATED),
    )


def _spent(work: Work, last: Reached) -> Money | None:
    """Each report tells what was spent since its year began: the last of each year are added up."""
    by_year = {one["due_on"][:4]: Decimal(one["funds_spent"]) for one in work.reports}
    return Money(sum(by_year.values(), Decimal(0))) if by_year else last.spent


def _last(work: Work, plan: ImplementationPlan, answered: dict[str, Any] | None, judged: int) -> Reached:
    """Of the judged year: the report that was due last, else what was answered to the ask.

    Work that outlasts its plan is reported on in a later year and judged by its own year still; what each report
    tells was spent since its own year began.
    """
    dues = [(date.fromisoformat(one["due_on"]), one) for one in work.reports]
    of_year = [one for due_on, one in dues if judged_year(plan, work.year, due_on) == judged]
    told = of_year[-1] if of_year else answered
    if told is None or date.fromisoformat(told["on"]).year < judged:
        return Reached(Decimal(0), None, None)
    spent = next((one for due_on, one in reversed(dues) if due_on.year == judged), None) if of_year else told
    yuan = None if spent is None else Money(Decimal(spent["funds_spent"]))
    return Reached(Decimal(str(told["percent"])), yuan, date.fromisoformat(told["on"]))
