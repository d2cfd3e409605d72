"""Which charts stand in which part of a report."""

from interfaces.web._base import charts
from interfaces.web._base.charts import Bar, Chart
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import money, number, percent
from interfaces.web.home import plots
from interfaces.web.year_reports.gathering import Gathered

MOST_BELOW = 20
"""Congresses of one chart on a page of paper; the table in the text has them all."""


def drawn(told: Gathered) -> dict[str, tuple[Chart, ...]]:
    """The charts by the key of the part they belong to; only those that have something to show."""
    found = {
        "overall": _overall(told),
        "progress": _progress(told),
        "evaluation": _evaluation(told),
        "years": _years(told),
        "participation": _participation(told),
        "structure": _structure(told),
        "quality": _quality(told),
        "below": _below(told),
    }
    return {key: tuple(one for one in made if one.rows) for key, made in found.items() if any(one.rows for one in made)}


def _overall(told: Gathered) -> list[Chart]:
    made = []
    if told.proposed:
        made.append(plots.proposals(told.proposed, told.told.totals.received))
    if told.voted and told.announced is not None and told.announced.full_counts:
        made.append(plots.votes(told.voted))
    return made


def _progress(told: Gathered) -> list[Chart]:
    if not told.projects:
        return []
    return [plots.progress(told.projects), plots.lights(told.projects), plots.funds(told.projects)]


def _evaluation(told: Gathered) -> list[Chart]:
    rated = [one for one in told.rated if one.satisfaction is not None]
    if not rated:
        return []
    rows = [Bar(label=one.name, value=one.satisfaction or 0, shown=percent(one.satisfaction)) for one in rated]
    return [charts.bars(_("满意率"), rows, names=_("项目"), values=_("满意率"), most=100)]


def _years(told: Gathered) -> list[Chart]:
    by_year = [(one.year, one.figures) for one in told.years if one.figures]
    return [
        plots.yearly(_("票决项目数"), [(year, one.projects) for year, one in by_year], _("项目")),
        plots.yearly(_("总投资"), [(year, one.total_funds) for year, one in by_year], _("总投资"), of_money=True),
    ]


def _participation(told: Gathered) -> list[Chart]:
    received = [(one.year, one.totals.received) for one in told.years if one.totals.received]
    return [plots.yearly(_("收到建议"), received, _("件数"))]


def _structure(told: Gathered) -> list[Chart]:
    rows = [
        Bar(
            label=one.category or _("未分类"),
            value=one.projects,
            shown=f"{number(one.projects)} · {money(one.total_funds)}",
        )
        for one in told.categories
    ]
    return [charts.bars(_("项目类别"), rows, names=_("类别"), values=_("项目 · 总投资"))]


def _quality(told: Gathered) -> list[Chart]:
    rows = [(_("%(year)s 年", year=one.year), one.figures) for one in told.years if one.figures]
    return [plots.completions(_("完成情况"), rows, _("年度"))]


def _below(told: Gathered) -> list[Chart]:
    rows = [(one.short_name, figures) for one, figures in told.below[:MOST_BELOW]]
    return [plots.completions(_("各级完成情况"), rows, _("单位"))]
