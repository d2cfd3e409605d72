"""The plots of first pages and of reports, each drawn from rows that are there anyway."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Protocol

from domain.asks.ask import AskKind
from domain.shared import Money
from interfaces.web._base import charts
from interfaces.web._base.charts import Bar, Cell, Chart, Kind, Part
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import money, number, percent, rounded
from interfaces.web.progress.views import Lit, ShownProject
from projections.voted_list import VotedProject
from projections.year_figures import YearFigures

MOST: Final = 12
"""Bars of a plot on a first page; what is left out stands on the page the plot belongs to."""

SHORT: Final[dict[AskKind, Lazy]] = {
    AskKind.PLAN: lazy("问计划"),
    AskKind.RESULT: lazy("问结果"),
    AskKind.PROGRESS: lazy("问进展"),
    AskKind.SUMMARY: lazy("问总结"),
}
"""The four asks as the heads of narrow columns."""

FEW: Final = 8
"""Categories of proposals that are drawn one by one."""

_ORDER: Final[tuple[Kind, ...]] = ("bad", "orange", "warn", "ok", "info", "idle", "dark")


class Asked(Protocol):
    """What a cell of the matrix is coloured by."""

    @property
    def issued(self) -> int: ...
    @property
    def answered(self) -> int: ...
    @property
    def approved(self) -> int: ...
    @property
    def overdue(self) -> int: ...


def kind_of(one: ShownProject | Lit) -> Kind:
    """The kind a project is drawn in; those of tags are the same words."""
    return next((kind for kind in _ORDER if kind == one.kind), "idle")


def progress(projects: Sequence[ShownProject]) -> Chart:
    """How far each project is, against where its plan would have it today."""
    rows = [
        Bar(
            label=one.row.name,
            value=one.actual,
            shown=percent(one.actual, 1),
            line=one.planned if one.row.plan is not None else None,
            line_shown=percent(one.planned, 1),
            kind=kind_of(one),
            kind_words=one.words,
        )
        for one in projects
    ]
    return charts.bars(_("项目进度"), rows, names=_("项目"), values=_("实际"), lines=_("计划"), most=100)


def lights(projects: Iterable[ShownProject], title: str = "") -> Chart:
    """How many projects of each lead unit show which light, the most pressing unit first."""
    shown = list(projects)
    return _lights(title or _("各单位亮灯"), shown, lambda one: one.row.lead_unit_name or _("未定"), _("单位"))


def lights_of(projects: Sequence[tuple[str, Lit]], title: str, names: str) -> Chart:
    """The same under other names, e.g. of the congresses below."""
    named = {one.row.project: name for name, one in projects}
    return _lights(title, [one for _name, one in projects], lambda one: named[one.row.project], names)


def _lights(
    title: str, shown: Sequence[ShownProject | Lit], name: Callable[[ShownProject | Lit], str], names: str
) -> Chart:
    words: dict[Kind, list[str]] = {}
    for one in shown:
        words.setdefault(kind_of(one), []).append(one.words)
    kinds = [kind for kind in _ORDER if kind in words]
    parts = [Part(words=_("、").join(dict.fromkeys(words[kind])), kind=kind) for kind in kinds]
    counted: dict[str, Counter[Kind]] = {}
    for one in shown:
        counted.setdefault(name(one), Counter())[kind_of(one)] += 1
    order = sorted(counted.items(), key=lambda pair: tuple(-pair[1][kind] for kind in _ORDER))
    return charts.stacked(title, parts, [(of, [count[kind] for kind in kinds]) for of, count in order], names=names)


def funds(projects: Sequence[ShownProject]) -> Chart:
    """Yuan spent this year against those planned for it."""
    told = [(one.row.name, one.row.funds(one.today) or Money(Decimal(0)), one.row.spent(one.today)) for one in projects]
    planned, spent = sum((row[1] for row in told), Decimal(0)), sum((row[2] for row in told), Decimal(0))
    note = _("合计：已支出 %(spent)s，计划 %(planned)s", spent=money(spent), planned=money(planned))
    return charts.funds(_("当年资金"), told, names=_("项目"), note=note)


def proposals(categories: Sequence[tuple[str, int]], received: int) -> Chart:
    """Proposals by category, the most first; the small ones together."""
    ordered = sorted(categories, key=lambda pair: (-pair[1], pair[0]))
    most = len(ordered) if len(ordered) <= FEW else FEW - 1
    shown = [Bar(label=name or _("未分类"), value=count) for name, count in ordered[:most]]
    if rest := sum(count for _name, count in ordered[most:]):
        shown.append(Bar(label=_("其他类别"), value=rest))
    note = _("共收到 %(n)s 件", n=number(received))
    return charts.bars(_("建议类别"), shown, names=_("类别"), values=_("件数"), note=note)


def votes(voted: Sequence[VotedProject]) -> Chart:
    """The votes for each candidate with the line it takes to pass."""
    told = [(one.name, one.votes_for, one.stage == "adopted") for one in voted if one.votes_for is not None]
    base = next((one.all_delegates for one in voted if one.all_delegates), 0) or 1
    needed = {one.needed for one in voted if one.needed is not None and not one.again}
    note = _("全体代表 %(n)s 人", n=number(base))
    return charts.votes(_("票决得票"), told, base=base, needed=needed.pop() if len(needed) == 1 else None, note=note)


def asks(
    title: str,
    rows: Sequence[tuple[str, Mapping[AskKind, Asked]]],
    *,
    names: str,
    kinds: Sequence[AskKind] = tuple(AskKind),
) -> Chart:
    """The matrix in small: names down, the four asks across."""
    columns = [str(SHORT[kind]) for kind in kinds]
    drawn = [(name, [asked_cell(found.get(kind)) for kind in kinds]) for name, found in rows]
    return charts.matrix(title, columns, drawn, names=names)


def asked_cell(asked: Asked | None) -> Cell | None:
    """Overdue before everything, then what is to be read, what is open, and what is done."""
    if asked is None or not asked.issued:
        return None
    few = f"{asked.answered}/{asked.issued}" if asked.issued > 1 else ""
    if asked.overdue:
        return Cell(kind="bad", words=_("逾期"), small=few)
    if asked.approved == asked.issued:
        return Cell(kind="ok", words=_("已认可"), small=few)
    if asked.answered == asked.issued:
        return Cell(kind="info", words=_("待认可"), small=few)
    return Cell(kind="idle", words=_("待答复"), small=few)


def completions(title: str, rows: Sequence[tuple[str, YearFigures]], names: str) -> Chart:
    """How the projects of each year, or of each congress, ended."""
    parts = [
        Part(words=_("完成"), kind="ok"),
        Part(words=_("基本完成"), kind="info"),
        Part(words=_("结转下年"), kind="warn"),
        Part(words=_("未完成"), kind="bad"),
        Part(words=_("实施中"), kind="idle"),
    ]
    counts = [
        (name, (one.completed, one.basically_completed, one.carried_over, one.not_completed, one.undecided))
        for name, one in rows
    ]
    return charts.stacked(title, parts, counts, names=names)


def yearly(title: str, rows: Sequence[tuple[int, int | Decimal]], values: str, *, of_money: bool = False) -> Chart:
    """One figure a year."""
    drawn = [
        Bar(label=_("%(year)s 年", year=year), value=value, shown=money(value) if of_money else number(value))
        for year, value in rows
    ]
    return charts.bars(title, drawn, names=_("年度"), values=values)


def share_of(part: int | Decimal, whole: int | Decimal) -> str:
    """A share in per cent with one decimal, a dash where there is no whole."""
    return "–" if not whole else f"{number(rounded(Decimal(part) * 100 / Decimal(whole), 1))}%"


def days_words(due_on: date, today: date) -> str:
    """How long there is left, or how long it is overdue."""
    left = (due_on - today).days
    if left < 0:
        return _("逾期 %(n)s 天", n=-left)
    return _("今天截止") if left == 0 else _("还有 %(n)s 天", n=left)
