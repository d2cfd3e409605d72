"""What the progress board answers with."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from domain.asks.answers import Completion
from domain.files import Attached
from domain.projects.implementation import ReportStage, Standing
from domain.projects.lights import Course, Light, LightRules, judged_year, light, planned_percent
from domain.projects.periods import ProgressRules
from domain.projects.plan import ImplementationPlan, Milestone, completion_rate
from domain.shared import Money

NOTHING = Money(Decimal(0))
KEPT_ROWS: Final = 2048
"""First pages show hundreds of projects, mostly the same again: so many rows, and what follows from them, stay read."""


class ReportMark(NamedTuple):
    """A report as the board needs it: its period, percent and yuan, and whether it was checked."""

    report: UUID
    due_on: date
    given_on: date
    percent: Decimal
    spent: Money
    stage: str

    @property
    def counts(self) -> bool:
        """Whether it says how far the project is: everything but what was sent back."""
        return self.stage != ReportStage.SENT_BACK


class Urged(NamedTuple):
    """One step of escalation."""

    level: str
    on: date
    words: str
    due_on: date | None


class Acceptance(NamedTuple):
    """The acceptance that stands."""

    on: date
    body: str
    number: str
    words: str
    documents: tuple[Attached, ...]


class Ended(NamedTuple):
    """How the project ended its year."""

    completion: Completion
    words: str
    on: date
    carried_to: int | None


class LookBack(NamedTuple):
    """One look-back; `nth` counts the years after the project was finished."""

    look_back: UUID
    nth: int
    on: date
    in_use: bool
    findings: str
    measures: str
    photos: tuple[Attached, ...]


class BoardRow(NamedTuple):
    """An adopted project and everything its light is computed from."""

    congress: UUID
    year: int
    project: UUID
    position: int
    """Changes with every fact about it."""
    code: str
    number: int | None
    """On the voted list."""
    name: str
    category: str
    lead_unit: UUID | None
    """Of the plan in force; before there is one, of the card."""
    lead_unit_name: str
    plan: ImplementationPlan | None
    """In force; None before one is published."""
    plan_stage: str
    """Empty, `filed`, `sent_back` or `published`: what is to be done about the plan."""
    published_on: date | None
    standing: str
    pauses: tuple[tuple[date, date | None], ...]
    """From each suspension to the day of the resumption, None while it lasts."""
    reached: dict[int, date]
    reports: tuple[ReportMark, ...]
    """The newest of each period, by due date."""
    proposed: int
    """Adjustments that wait for the deciding body."""
    open_difficulties: int
    urged: tuple[Urged, ...]
    accepted: Acceptance | None
    completion: Ended | None
    look_backs: tuple[LookBack, ...]

    def __hash__(self) -> int:
        """Rows are compared by everything they tell; what was computed from one is kept by it."""
        return hash((self.project, self.position))

    @property
    def is_under_way(self) -> bool:
        """Whether work goes on by a plan in force: reports are due."""
        return self.plan is not None and self.standing == Standing.UNDER_WAY and self.accepted is None

    def is_paused(self, day: date) -> bool:
        """Whether the work was suspended on this day; on the day of the resumption it is not any more."""
        return any(first <= day and (last is None or day < last) for first, last in self.pauses)

    def last_report(self, today: date, *, approved: bool = False) -> ReportMark | None:
        """The newest report of the judged year that counts, for residents only among those that were approved.

        Work that outlasts its plan is reported on in a later year and judged by its own year still.
        """
        found = self._judged(today, approved=approved)
        return found[-1] if found else None

    def actual(self, today: date, *, approved: bool = False) -> Decimal:
        """The last reported percent of the judged year; a missed report keeps the last one (rule 22)."""
        last = self.last_report(today, approved=approved)
        return last.percent if last else Decimal(0)

    def planned(self, today: date) -> Fraction:
        """The percent planned for this day (rule 22); 0 without a plan."""
        return planned_percent(self.plan, self.year, today) if self.plan else Fraction(0)

    def spent(self, today: date, *, approved: bool = False) -> Money:
        """Yuan spent in the judged year: each report tells what was spent since its own year began."""
        plan = self.plan
        judged = judged_year(plan, self.year, today) if plan else self.year
        of_year = [one.spent for one in self._judged(today, approved=approved) if one.due_on.year == judged]
        return of_year[-1] if of_year else NOTHING

    def spent_in_all(self) -> Money:
        """Yuan spent over all years of the project: the last report of each."""
        of_years = {one.due_on.year: one.spent for one in self.reports if one.counts}
        return Money(sum(of_years.values(), Decimal(0)))

    def funds(self, today: date) -> Money | None:
        """Yuan planned for the judged year: of its annual milestone, else of the plan (rule 21)."""
        if self.plan is None:
            return None
        annual = self.plan.annual_of(judged_year(self.plan, self.year, today))
        return annual.funds if annual else self.plan.year_funds

    def funds_rate(self, today: date, *, approved: bool = False) -> Fraction | None:
        """Share of the judged year's funds that is spent; None where none are planned (rule 21)."""
        if self.plan is None:
            return None
        judged = judged_year(self.plan, self.year, today)
        return completion_rate(self.plan, judged, self.spent(today, approved=approved))

    def _judged(self, today: date, *, approved: bool) -> list[ReportMark]:
        """The reports that count for the judged year, by due date."""
        plan = self.plan
        if plan is None:
            return []
        judged = judged_year(plan, self.year, today)
        counting = [one for one in self.reports if one.stage == ReportStage.APPROVED or (one.counts and not approved)]
        return [one for one in counting if judged_year(plan, self.year, one.due_on) == judged]

    def next_milestone(self) -> Milestone | None:
        """The first one that is not reached."""
        milestones = sorted(self.plan.milestones, key=lambda one: (one.due_on, one.number)) if self.plan else []
        return next((one for one in milestones if one.number not in self.reached), None)

    def course(self, today: date, *, approved: bool = False) -> Course | None:
        """What the light is computed from; None before a plan is in force."""
        if self.plan is None:
            return None
        return Course(
            plan=self.plan,
            year=self.year,
            actual=self.actual(today, approved=approved),
            reached=frozenset(self.reached),
            accepted=self.accepted is not None,
            suspended=self.standing == Standing.SUSPENDED,
            terminated=self.standing == Standing.TERMINATED,
        )


class NamedProject(NamedTuple):
    """An adopted project by its name."""

    project: UUID
    year: int
    number: int
    name: str


class ReportRow(NamedTuple):
    """A report in full. How late it came is computed from its two days."""

    report: UUID
    project: UUID
    congress: UUID
    due_on: date
    given_on: date
    percent: Decimal
    spent: Money
    words: str
    problems: str
    photos: tuple[Attached, ...]
    stage: str
    reason: str
    """Why it was sent back."""
    checked_on: date | None


class Decision(NamedTuple):
    """What the leading group's meeting decided on a difficulty."""

    meeting: UUID
    title: str
    held_on: date
    words: str
    unit_name: str
    due_on: date | None


class DifficultyRow(NamedTuple):
    """A difficulty with what became of it."""

    difficulty: UUID
    project: UUID
    project_name: str
    lead_unit: UUID | None
    lead_unit_name: str
    raised_on: date
    words: str
    needs: str
    decisions: tuple[Decision, ...]
    resolved_on: date | None
    resolved_by: str


class MeetingRow(NamedTuple):
    """A meeting of the leading group; `minutes` names their file, empty for none."""

    meeting: UUID
    title: str
    held_on: date
    chair: str
    words: str
    minutes: str


def light_of(row: BoardRow, rules: ProgressRules, today: date, *, approved: bool = False) -> Light | None:
    """The light of a project on a day (rule 22); None before its plan is published.

    `approved`: as residents see it, from checked reports alone.
    """
    return _light_of(row, rules.lights, today, approved)


@lru_cache(maxsize=KEPT_ROWS)
def _light_of(row: BoardRow, scheme: LightRules, today: date, approved: bool) -> Light | None:  # noqa: FBT001 -- a key of the cache
    course = row.course(today, approved=approved)
    return light(course, scheme, today) if course else None
