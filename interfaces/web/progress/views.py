"""A project under way as pages show it on a day: its light, what is due, what is late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from domain.congress.working_days import WorkingDays
from domain.projects.closing import look_back_dues
from domain.projects.implementation import ReportStage, Standing
from domain.projects.lights import Colour, Light, overdue_milestones
from domain.projects.periods import ProgressRules, days_late, dues_since, period_of
from domain.projects.plan import Milestone
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, rounded
from interfaces.web.progress.words import COLOURS, LIGHT_KINDS, light_reason, light_words
from projections.progress_board import KEPT_ROWS, BoardRow, ReportMark, light_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """By what projects of a congress are judged on a day."""

    rules: ProgressRules
    calendar: WorkingDays
    today: date


class Step(NamedTuple):
    """A milestone of the plan in force with what became of it; `late` in days, 0 while it is in time."""

    milestone: Milestone
    reached_on: date | None
    late: int

    @property
    def kind(self) -> str:
        """How it is drawn."""
        if self.reached_on is not None:
            return "warn" if self.late else "ok"
        return "bad" if self.late else "idle"


class DueLookBack(NamedTuple):
    """A look-back that is still to come: by when, and whether the day has passed."""

    nth: int
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProject:
    """A row of the board on a day."""

    row: BoardRow
    light: Light | None
    kind: str
    words: str
    reason: str
    actual: Decimal
    planned: Decimal
    funds_percent: Decimal | None
    missing: tuple[date, ...]
    """Due days that have passed without a report that counts, the oldest first."""
    coming: date | None
    """When the next report is due, None where it is given already or none is asked for."""
    sent_back: ReportMark | None
    """The newest report that is to be reworked."""
    waiting: tuple[ReportMark, ...]
    """Reports that nobody has checked."""
    steps: tuple[Step, ...]
    look_back: DueLookBack | None
    today: date

    @property
    def late(self) -> int:
        """Days since the oldest report that is missing was due."""
        return days_late(self.missing[0], self.today) if self.missing else 0

    @property
    def reached(self) -> int:
        """How many milestones are reached."""
        return sum(step.reached_on is not None for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The first milestone that is not reached."""
        return next((step for step in self.steps if step.reached_on is None), None)

    @property
    def last(self) -> ReportMark | None:
        """The newest report that counts."""
        return self.row.last_report(self.today)

    @property
    def is_behind(self) -> bool:
        """Whether the office should look at it: behind the plan, a milestone or a report overdue."""
        return self.kind in ("bad", "orange", "warn") or bool(self.missing)


class Lit(NamedTuple):
    """A project with its light and nothing else that would have to be computed."""

    row: BoardRow
    kind: str
    words: str


def lit(row: BoardRow, rules: ProgressRules, today: date) -> Lit:
    """The light by these rules on this day; for pages that show many projects' lights and no more."""
    return _lit(row, light_of(row, rules, today), rules)


def _lit(row: BoardRow, light: Light | None, rules: ProgressRules) -> Lit:
    if light is None:
        return Lit(row, "idle", _plan_words(row))
    return Lit(row, LIGHT_KINDS[light.colour], light_words(light, rules.lights))


class _Reckoned(NamedTuple):
    """What is computed for a row whatever language it is shown in."""

    actual: Decimal
    planned: Decimal
    funds_percent: Decimal | None
    missing: tuple[date, ...]
    coming: date | None
    sent_back: ReportMark | None
    waiting: tuple[ReportMark, ...]
    steps: tuple[Step, ...]
    look_back: DueLookBack | None


def shown(row: BoardRow, measure: Measure) -> ShownProject:
    """The row by these rules on this day."""
    light = light_of(row, measure.rules, measure.today)
    told = _lit(row, light, measure.rules)
    return ShownProject(
        row=row,
        light=light,
        kind=told.kind,
        words=told.words,
        reason=light_reason(light, measure.today) if light else "",
        today=measure.today,
        **_reckoned(row, measure)._asdict(),
    )


@lru_cache(maxsize=KEPT_ROWS)
def _reckoned(row: BoardRow, measure: Measure) -> _Reckoned:
    today = measure.today
    due = [one for one in _dues(row, measure) if not row.is_paused(one)] if row.is_under_way else []
    counting = {mark.due_on for mark in row.reports if mark.counts}
    coming = period_of(due, today)
    rate = row.funds_rate(today)
    return _Reckoned(
        actual=row.actual(today),
        planned=rounded(row.planned(today), 1),
        funds_percent=None if rate is None else rounded(rate * 100, 1),
        missing=tuple(one for one in due if one < today and one not in counting),
        coming=coming if coming is not None and coming >= today and coming not in counting else None,
        sent_back=next((one for one in reversed(row.reports) if one.stage == ReportStage.SENT_BACK), None),
        waiting=tuple(one for one in row.reports if one.stage == ReportStage.GIVEN),
        steps=steps_of(row, today),
        look_back=due_look_back(row, today),
    )


def shown_all(rows: Iterable[BoardRow], measure: Measure) -> list[ShownProject]:
    """Many rows on one day."""
    return [shown(row, measure) for row in rows]


def steps_of(row: BoardRow, today: date) -> tuple[Step, ...]:
    """The milestones in the order of their days."""
    if row.plan is None:
        return ()
    overdue = {one.number for one in overdue_milestones(row.plan, row.reached, today)} if row.is_under_way else set()
    found = []
    for one in sorted(row.plan.milestones, key=lambda one: (one.due_on, one.number)):
        reached_on = row.reached.get(one.number)
        late = days_late(one.due_on, reached_on or today) if reached_on or one.number in overdue else 0
        found.append(Step(one, reached_on, late))
    return tuple(found)


def finished_on(row: BoardRow) -> date | None:
    """The day from which look-backs count: of the acceptance, or of a recorded basic completion."""
    if row.accepted is not None:
        return row.accepted.on
    if row.completion is not None and row.completion.completion == "basically_completed":
        return row.completion.on
    return None


def due_look_back(row: BoardRow, today: date) -> DueLookBack | None:
    """The next look-back of a finished project (three, a year apart); None when all are done."""
    finished = finished_on(row)
    if finished is None:
        return None
    done = {one.nth for one in row.look_backs}
    for nth, due_on in enumerate(look_back_dues(finished), 1):
        if nth not in done:
            return DueLookBack(nth, due_on, due_on < today)
    return None


def open_dues(row: BoardRow, measure: Measure) -> list[date]:
    """The periods for which a report may be given today, the newest first; not those that were approved."""
    closed = {mark.due_on for mark in row.reports if mark.stage == ReportStage.APPROVED}
    known = {*_dues(row, measure), *(mark.due_on for mark in row.reports)}
    return sorted(known - closed, reverse=True)


def suggested_due(one: ShownProject, open_periods: Sequence[date]) -> date | None:
    """The period a report is most likely for: what was sent back, the newest missing one, the coming one."""
    if one.sent_back is not None and one.sent_back.due_on in open_periods:
        return one.sent_back.due_on
    if one.missing:
        return one.missing[-1]
    return one.coming or (open_periods[0] if open_periods else None)


def plain(value: Decimal) -> str:
    """A number for a field, without zeros behind the point."""
    return f"{value.normalize():f}"


def due_words(one: ShownProject) -> str:
    """What is to be said about the next report, short."""
    if one.row.standing == Standing.SUSPENDED:
        return _("暂缓期间不用填报")
    if not one.row.is_under_way:
        return ""
    if one.missing:
        return _("%(day)s应填报，逾期 %(n)s 天", day=day(one.missing[0]), n=one.late)
    if one.sent_back is not None:
        return _("填报被退回，请重报")
    if one.coming is not None:
        return _("%(day)s前填报", day=day(one.coming))
    return ""


class Tile(NamedTuple):
    """One colour with how many projects show it; `key` is empty for those without a light."""

    key: str
    kind: str
    title: str
    words: str
    projects: int


def tiles(projects: Sequence[ShownProject], rules: ProgressRules) -> list[Tile]:
    """The colours of the scheme, the worst first, then those that shine for other causes; without the empty ones."""
    scheme = [band.colour for band in reversed(rules.lights.bands)]
    order = [*dict.fromkeys([rules.lights.milestone_overdue, *scheme, *Colour])]
    found = [_tile(colour, [one for one in projects if one.light and one.light.colour is colour]) for colour in order]
    dark = [one for one in projects if one.light is None]
    found.append(Tile("none", "idle", _("未亮灯"), _said(dark), len(dark)))
    return [tile for tile in found if tile.projects]


def _tile(colour: Colour, those: Sequence[ShownProject]) -> Tile:
    return Tile(colour.value, LIGHT_KINDS[colour], str(COLOURS[colour]), _said(those), len(those))


def _said(those: Sequence[ShownProject]) -> str:
    return _("、").join(dict.fromkeys(one.words for one in those))


def _plan_words(row: BoardRow) -> str:
    return {
        "filed": _("计划待公布"),
        "sent_back": _("计划已退回"),
    }.get(row.plan_stage, _("计划未报送"))


def _dues(row: BoardRow, measure: Measure) -> tuple[date, ...]:
    if row.published_on is None:
        return ()
    return dues_since(row.published_on, row.year, measure.rules, measure.calendar, measure.today)
