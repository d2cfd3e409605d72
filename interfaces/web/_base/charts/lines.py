"""The curve of a project: planned against actual, with today's mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Final

from interfaces.web._base.charts import inks
from interfaces.web._base.charts.canvas import SMALL, Canvas, legend, reach
from interfaces.web._base.charts.chart import NARROW, Chart
from interfaces.web._base.charts.inks import Sign
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day, number, percent, rounded

Number = int | float | Decimal
_LEFT: Final = 38.0
_RIGHT: Final = 12.0
_FEW: Final = 8
_YEAR: Final = 366
_TICK_ROOM: Final = 40.0
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """So many per cent on a day; `words` where the day has a name, such as a milestone."""

    on: date
    percent: Number
    words: str = ""


def plan_line(
    title: str, planned: Sequence[Reached], actual: Sequence[Reached], *, today: date | None = None, note: str = ""
) -> Chart:
    """Plan dashed, actual solid; a missed report keeps the last actual (rule 22), so its line runs on to `today`.

    Both in the order of days. Without `today` (a finished year) no mark is drawn.
    """
    until = today or max((one.on for one in (*planned, *actual)), default=None)
    told = []
    if actual:
        told.append(_("实际 %(n)s%%", n=_short(actual[-1].percent)))
    if planned and until is not None:
        told.append(_("计划 %(n)s%%", n=_short(planned_on(planned, until))))
    says = _("，").join(told) + (_("（%(day)s）", day=day(until)) if told and today else "")
    return Chart(
        title=title,
        says=says,
        headings=(_("日期"), _("计划"), _("实际"), _("节点")),
        rows=_table(planned, actual),
        draw=partial(_draw, tuple(planned), tuple(actual), today),
        note=note,
    )


def planned_on(planned: Sequence[Reached], on: date) -> Decimal:
    """The planned per cent of a day, linear between the points (rule 22)."""
    before = [one for one in planned if one.on <= on]
    after = [one for one in planned if one.on > on]
    if not before:
        return Decimal(0)
    if not after:
        return Decimal(str(before[-1].percent))
    first, second = before[-1], after[0]
    share = Decimal((on - first.on).days) / Decimal((second.on - first.on).days)
    low, high = Decimal(str(first.percent)), Decimal(str(second.percent))
    return low + (high - low) * share


def _short(value: Number) -> str:
    return number(rounded(Decimal(str(value)), 1))


def _table(planned: Sequence[Reached], actual: Sequence[Reached]) -> tuple[tuple[str, ...], ...]:
    days = sorted({one.on for one in (*planned, *actual)})
    of_plan, done = {one.on: one for one in planned}, {one.on: one for one in actual}
    return tuple(
        (
            day(on),
            percent(planned_on(planned, on), 1) if planned else "–",
            percent(Decimal(str(done[on].percent)), 1) if on in done else "–",
            of_plan[on].words if on in of_plan else "",
        )
        for on in days
    )


def _draw(planned: tuple[Reached, ...], actual: tuple[Reached, ...], today: date | None, width: float) -> Canvas:
    canvas = Canvas(width)
    on = today or max((one.on for one in (*planned, *actual)), default=date.min)
    signs: list[tuple[Sign, str]] = []
    if actual:
        signs.append(("actual", _("实际 %(n)s%%", n=_short(actual[-1].percent))))
    if planned:
        signs.append(("plan", _("计划 %(n)s%%", n=_short(planned_on(planned, on)))))
    legend(canvas, signs)
    days = [one.on for one in (*planned, *actual)] + ([today] if today else [])
    if not days:
        return canvas
    high = 170.0 if width <= NARROW else 230.0
    top = canvas.below(high + 44) + 18
    first, last = min(days), max(days)
    frame = _Frame(
        first=first, days=max((last - first).days, 1), left=_LEFT, top=top, width=width - _LEFT - _RIGHT, height=high
    )
    _grid(canvas, frame, last)
    _curves(canvas, frame, planned, actual, today)
    return canvas


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where days and per cents lie."""

    first: date
    days: int
    left: float
    top: float
    width: float
    height: float

    def x(self, on: date) -> float:
        return self.left + self.width * (on - self.first).days / self.days

    def y(self, value: Number) -> float:
        return self.top + self.height * (1 - min(max(float(value), 0), 100) / 100)


def _grid(canvas: Canvas, frame: _Frame, last: date) -> None:
    for value in (0, 25, 50, 75, 100):
        y = frame.y(value)
        colour = inks.MUTED if value == 0 else inks.LINE
        canvas.line([(frame.left, y), (frame.left + frame.width, y)], colour=colour, width=1)
        canvas.words(frame.left - 6, y + 4, f"{value}%", size=SMALL, anchor="end", muted=True)
    foot = frame.top + frame.height + 18
    for on in _ticks(frame, last):
        x = frame.x(on)
        canvas.line([(x, frame.y(0)), (x, frame.y(0) + 4)], colour=inks.MUTED, width=1)
        if x + reach(_tick(on, frame.days), SMALL) / 2 <= canvas.width:
            canvas.words(x, foot, _tick(on, frame.days), size=SMALL, anchor="middle", muted=True)


def _ticks(frame: _Frame, last: date) -> list[date]:
    """The first days of months, of every second, third … month where they would stand too close."""
    fitting = max(int(frame.width / _TICK_ROOM), 1)
    months = frame.days / 30.4
    step = next((one for one in _STEPS if months / one <= fitting), _STEPS[-1])
    found, month = [], date(frame.first.year, frame.first.month, 1)
    while month <= last:
        if month >= frame.first and (month.year * 12 + month.month - 1) % step == 0:
            found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found


def _tick(on: date, days: int) -> str:
    return f"{on.year}.{on.month}" if days > _YEAR else _("%(month)s月", month=on.month)


def _curves(
    canvas: Canvas, frame: _Frame, planned: tuple[Reached, ...], actual: tuple[Reached, ...], today: date | None
) -> None:
    colour = inks.COLOURS["accent"]
    if today is not None:
        x = frame.x(today)
        canvas.line([(x, frame.top - 4), (x, frame.top + frame.height)], colour=inks.MUTED, width=1, dashes="2 3")
        half = reach(_("今天"), SMALL) / 2
        place = min(max(x, frame.left + half), canvas.width - half)
        canvas.words(place, frame.top - 7, _("今天"), size=SMALL, anchor="middle", muted=True)
    plan = [(frame.x(one.on), frame.y(one.percent)) for one in planned]
    canvas.line(plan, dashes="5 3")
    if len(plan) <= _FEW:
        for x, y in plan:
            canvas.dot(x, y, inks.INK, hollow=True)
    done = [(frame.x(one.on), frame.y(one.percent)) for one in actual]
    canvas.line(done, colour=colour, width=3)
    if done and today is not None and today > actual[-1].on:
        canvas.line([done[-1], (frame.x(today), done[-1][1])], colour=colour, width=2, dashes="1 3")
    for x, y in done:
        canvas.dot(x, y, colour)
