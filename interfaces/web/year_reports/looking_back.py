"""The parts of a research report over several years."""

from decimal import Decimal

from domain.congress.year_report import ReportPart
from interfaces.documents.written import percent
from interfaces.web._base.language import worded
from interfaces.web._base.shown import money, number, rounded
from interfaces.web.year_reports.gathering import Gathered, YearTold
from projections.year_figures import YearFigures


def research_parts(told: Gathered) -> tuple[ReportPart, ...]:
    """Every figure is a sum over the years; what it means is for the office to say."""
    drafted_parts = (
        ("years", "基本情况", _years(told)),
        ("participation", f"群众参与和{worded('票决')}", _participation(told)),
        ("structure", "项目结构", _structure(told)),
        ("quality", "实施质量和监督", _quality(told)),
        ("below", "各级情况", _below(told)),
        ("findings", "规律性认识和工作建议", _findings(told)),
    )
    return tuple(
        ReportPart(key=key, heading=heading, words="\n".join(words))
        for key, heading, words in drafted_parts
        if words or key != "below"
    )


def total_words(told: Gathered, total: YearFigures) -> str:
    """So many projects in so many years, what they cost and how many were finished."""
    years = told.last_year - told.first_year + 1
    people = f"，受益群众{number(total.beneficiaries)}人次" if total.beneficiaries else ""
    under_way = f"，其中{number(total.undecided)}个仍在实施" if total.undecided else ""
    return (
        f"{_count(years)}年共{worded('票决')}产生民生实事项目{number(total.projects)}个，总投资{_money(total.total_funds)}{people}；办成"
        f"{number(total.finished)}个，办成率{percent(total.finished, total.projects)}（以全部项目为基数{under_way}）。"
    )


def _years(told: Gathered) -> list[str]:
    if (own := told.own) is None:
        return []
    found = [total_words(told, own)]
    lines = [
        f"{one.year}年{one.figures.projects}个、总投资{_money(one.figures.total_funds)}"
        for one in told.years
        if one.figures
    ]
    return [*found, f"分年度看，{'；'.join(lines)}。"]


def _participation(told: Gathered) -> list[str]:
    found = []
    received = [one for one in told.years if one.totals.received]
    if received:
        total = sum(one.totals.received for one in received)
        lines = "、".join(f"{one.year}年{number(one.totals.received)}件" for one in received)
        found.append(f"累计收到{worded('建议项目')}{number(total)}件（{lines}）。")
    voted = [one for one in told.years if one.rail and one.rail.adopted and one.rail.listed]
    if voted:
        lines = "；".join(_vote(one) for one in voted)
        found.append(f"{worded('票决')}情况：{lines}。")
    return found


def _vote(one: YearTold) -> str:
    if one.rail is None or one.rail.listed is None or one.rail.adopted is None:
        return ""
    surplus = percent(one.rail.listed - one.rail.adopted, one.rail.adopted)
    return f"{one.year}年候选{one.rail.listed}个、列入{one.rail.adopted}个（差额率{surplus}，以列入数为基数）"


def _structure(told: Gathered) -> list[str]:
    if not told.categories:
        return []
    total = sum(one.projects for one in told.categories)
    lines = "、".join(
        f"{one.category or '未分类'}{one.projects}个（{percent(one.projects, total)}，{_money(one.total_funds)}）"
        for one in told.categories
    )
    return [f"{number(total)}个项目分为{len(told.categories)}类：{lines}。"]


def _quality(told: Gathered) -> list[str]:
    own = told.own
    if own is None:
        return []
    finished = f"完成{own.completed}个、基本完成{own.basically_completed}个"
    ended = f"{finished}、结转{own.carried_over}个、未完成{own.not_completed}个"
    changed = f"经依法决定作重大调整的项目{own.adjusted}个，调整{own.adjustments}次"
    later = f"提出困难问题{own.difficulties}个；完成回头看{own.look_backs}次"
    found = [f"{ended}；已验收{own.accepted}个。{changed}；{later}。"]
    seen = sum(one.supervised.inspections for one in told.years)
    asked = sum(one.supervised.inquiries for one in told.years)
    given = sum(one.supervised.duties for one in told.years)
    closed = sum(one.supervised.duties_closed for one in told.years)
    if seen or asked or given:
        share = f"，办结{closed}件（{percent(closed, given)}）" if given else ""
        found.append(f"{worded('代表')}视察、调研{seen}次，专题询问和听证{asked}次，交办整改事项{given}件{share}。")
    return found


def _below(told: Gathered) -> list[str]:
    total = told.all_together
    if not told.below or total is None:
        return []
    names = "、".join(f"{one.short_name}{figures.projects}个" for one, figures in told.below)
    return [f"包括本级和下级{len(told.below)}个单位在内，{total_words(told, total)}", f"其中：{names}。"]


def _findings(told: Gathered) -> list[str]:
    """First and last year that are over compared, in points; the rest is for the office to write."""
    ended = [one.figures for one in told.years if one.figures and not one.figures.undecided]
    if len(ended) < 2:
        return []
    first, last = ended[0], ended[-1]
    change = _rate(last) - _rate(first)
    said = "持平" if change == 0 else f"{'提高' if change > 0 else '下降'}{number(rounded(abs(change), 2))}个百分点"
    before, after = percent(first.finished, first.projects), percent(last.finished, last.projects)
    return [f"办成率由{first.year}年的{before}到{last.year}年的{after}，{said}。"]


def _rate(figures: YearFigures) -> Decimal:
    return Decimal(figures.finished) * 100 / figures.projects


_DIGITS = "〇一两三四五六七八九十"


def _count(years: int) -> str:
    return _DIGITS[years] if years < len(_DIGITS) else str(years)


def _money(yuan: Decimal) -> str:
    return money(yuan).replace(" ", "")
