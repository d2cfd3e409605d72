"""Lights 亮灯: how a project stands against its plan, as a colour that is computed and never typed (rule 22)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from domain.projects.plan import ImplementationPlan, Milestone
from domain.shared import Invalid, Missing


class Colour(StrEnum):
    """What a light may show; each has its own shape and word on paper."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"
    BLACK = "black"


class Cause(StrEnum):
    """Why a light has its colour, in the order in which they are asked (rule 22)."""

    TERMINATED = "terminated"
    SUSPENDED = "suspended"
    ACCEPTED = "accepted"
    MILESTONE_OVERDUE = "milestone_overdue"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One colour of the scheme: from this difference on, in percentage points; the last band has no limit."""

    colour: Colour
    words: str
    """What the scheme calls it, e.g. 正常推进."""
    at_least: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LightRules:
    """A scheme of lights. `bands` from the best to the worst."""

    bands: tuple[Band, ...]
    milestone_overdue: Colour = Colour.RED
    accepted: Colour = Colour.BLUE
    suspended: Colour = Colour.GREY
    terminated: Colour = Colour.BLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """The light of a project on a day. `planned` and `actual` are percent, `difference` their points."""

    colour: Colour
    cause: Cause
    planned: Fraction
    actual: Decimal
    milestone: Milestone | None = None
    """The first one overdue, where that is the cause."""

    @property
    def difference(self) -> Fraction:
        """Actual minus planned, in percentage points."""
        return Fraction(self.actual) - self.planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A milestone that was reached, and when."""

    number: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What the light of a project is computed from. `actual` is the last reported percent of the judged year."""

    plan: ImplementationPlan
    year: int
    """The voted year."""
    actual: Decimal
    reached: Collection[int] = ()
    """Numbers of the milestones that were reached."""
    accepted: bool = False
    suspended: bool = False
    terminated: bool = False


def judged_year(plan: ImplementationPlan, year: int, today: date) -> int:
    """The year in which a project is judged: its own, and for one that crosses years the one that is running."""
    last = plan.deadline.year if plan.deadline is not None else year
    return min(max(today.year, year), max(last, year))


def planned_percent(plan: ImplementationPlan, year: int, today: date) -> Fraction:
    """The physical progress planned for a day, linear between milestones (rule 22).

    From the start (or the first day of the judged year) at 0 through each milestone of that year to 100 on the
    deadline, or on 12-31 where the project crosses into a later year (rule 21). 0 without a deadline.
    """
    if plan.deadline is None:
        return Fraction(0)
    judged = judged_year(plan, year, today)
    points = _points(plan, judged)
    before, after = points[0], points[0]
    for point in points:
        if point[0] <= today:
            before = after = point
        else:
            after = point
            break
    if today <= before[0] or before == after:
        return before[1]
    days = Fraction((today - before[0]).days, (after[0] - before[0]).days)
    return before[1] + (after[1] - before[1]) * days


def overdue_milestones(plan: ImplementationPlan, reached: Collection[int], today: date) -> tuple[Milestone, ...]:
    """Those that should have been reached before this day and were not, the oldest first."""
    late = [one for one in plan.milestones if one.due_on < today and one.number not in reached]
    return tuple(sorted(late, key=lambda one: (one.due_on, one.number)))


def light(course: Course, rules: LightRules, today: date) -> Light:
    """Terminated, suspended, accepted, an overdue milestone, the difference: in this order (rule 22)."""
    planned = planned_percent(course.plan, course.year, today)
    late = overdue_milestones(course.plan, course.reached, today)

    def shows(colour: Colour, cause: Cause, milestone: Milestone | None = None) -> Light:
        return Light(colour=colour, cause=cause, planned=planned, actual=course.actual, milestone=milestone)

    if course.terminated:
        return shows(rules.terminated, Cause.TERMINATED)
    if course.suspended:
        return shows(rules.suspended, Cause.SUSPENDED)
    if course.accepted:
        return shows(rules.accepted, Cause.ACCEPTED)
    if late:
        return shows(rules.milestone_overdue, Cause.MILESTONE_OVERDUE, late[0])
    return shows(band_of(rules, Fraction(course.actual) - planned).colour, Cause.DIFFERENCE)


def band_of(rules: LightRules, difference: Fraction) -> Band:
    """The first band whose limit the difference reaches; exactly on the limit is within it."""
    return next(band for band in rules.bands if band.at_least is None or difference >= band.at_least)


def checked_lights(rules: LightRules) -> LightRules:
    """Raises Invalid unless the bands fall from best to worst, the last is open and no colour stands twice.

    Raises Missing for a band without words.
    """
    limits = [band.at_least for band in rules.bands[:-1]]
    if len(rules.bands) < 2 or rules.bands[-1].at_least is not None or any(limit is None for limit in limits):
        raise Invalid(field="bands", reason="last_band_open")
    numbers = [limit for limit in limits if limit is not None]
    if any(later >= earlier for earlier, later in pairwise(numbers)):
        raise Invalid(field="bands", reason="bands_fall")
    if any(abs(number) > 100 for number in numbers):
        raise Invalid(field="bands", reason="band_limit")
    colours = [band.colour for band in rules.bands]
    if len(set(colours)) < len(colours):
        raise Invalid(field="bands", reason="colour_repeated")
    if not all(band.words.strip() for band in rules.bands):
        raise Missing(fields=("bands",))
    return rules


def _points(plan: ImplementationPlan, judged: int) -> list[tuple[date, Fraction]]:
    """The corners of the planned line of one year; the last one is 100 percent."""
    first, last = date(judged, 1, 1), date(judged, 12, 31)
    begins = max(plan.starts_on or first, first)
    deadline = plan.deadline or last
    ends = min(deadline, last)
    corners = {one.due_on: Fraction(one.percent) for one in _in_order(plan) if one.due_on.year == judged}
    corners.setdefault(min(begins, ends), Fraction(0))
    corners[ends] = Fraction(100)
    return sorted(corners.items())


def _in_order(plan: ImplementationPlan) -> list[Milestone]:
    return sorted(plan.milestones, key=lambda one: (one.due_on, one.percent))


def _band(colour: Colour, words: str, at_least: int | None = None) -> Band:
    return Band(colour=colour, words=words, at_least=None if at_least is None else Decimal(at_least))


DEFAULT: Final = LightRules(
    bands=(
        _band(Colour.GREEN, "正常推进", -5),
        _band(Colour.YELLOW, "进度偏慢", -15),
        _band(Colour.RED, "严重滞后"),
    )
)
"""Rule 22: from −5 points green, from −15 yellow, below red."""

FOUR_COLOURS: Final = LightRules(
    bands=(
        _band(Colour.GREEN, "超前推进", 5),
        _band(Colour.BLUE, "按期推进", -5),
        _band(Colour.YELLOW, "进度偏慢", -15),
        _band(Colour.RED, "严重滞后"),
    ),
    accepted=Colour.GREEN,
)
RED_ORANGE_YELLOW: Final = LightRules(
    bands=(
        _band(Colour.GREEN, "正常推进", 0),
        _band(Colour.YELLOW, "轻微滞后", -5),
        _band(Colour.ORANGE, "明显滞后", -15),
        _band(Colour.RED, "严重滞后"),
    )
)
GREEN_AND_RED: Final = LightRules(bands=(_band(Colour.GREEN, "序时推进", 0), _band(Colour.RED, "未达序时")))
"""Strict: whoever is behind the calendar shows red."""

SCHEMES: Final[dict[str, LightRules]] = {
    "three_colours": DEFAULT,
    "four_colours": FOUR_COLOURS,
    "five_steps": RED_ORANGE_YELLOW,
    "two_colours": GREEN_AND_RED,
}
"""Ready-made schemes after published practice; any of them may be changed before it is adopted."""
