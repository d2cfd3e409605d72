"""The lights board of the office, and each unit's own projects."""

from typing import Any, NamedTuple

from fastapi import APIRouter, Request, Response

from domain.accounts.permissions import Act
from domain.projects.implementation_facts import UrgingLevel
from interfaces.composition import House
from interfaces.documents.workbook import SheetHeading, sheet
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import blank
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web._base.shown import day
from interfaces.web.progress import views
from interfaces.web.progress.desk import Reporter, leads, measure_of, seen_by
from interfaces.web.progress.views import Measure, ShownProject
from interfaces.web.progress.words import COMPLETIONS, URGINGS
from interfaces.web.roll.views import as_workbook
from projections import progress_board

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/implementation", "/unit/{slug}/implementation"
_MOST_NEEDS = 6
_LOOKED_BACK = 3
"""Years in which a unit's newest projects are looked for."""


class Need(NamedTuple):
    """Something the office should do now."""

    words: str
    small: str
    url: str
    button: str


@router.get(STAFF)
def board(
    request: Request, house: TheHouse, here: OfficeReader, year: int = 0, light: str = "", unit: str = "", q: str = ""
) -> Response:
    """The adopted projects of a year with their lights, and what needs the office now."""
    chosen, years, everything, measure = _of_year(house, here, year)
    root = f"/staff/{here.congress.slug}/implementation"
    found = needs(everything, root)
    return page(
        request,
        "progress/board.html",
        form=blank(request, unit=unit, q=q),
        year=chosen,
        years=years,
        tiles=views.tiles(everything, measure.rules),
        everything=everything,
        projects=[one for one in everything if _fits(one, light, unit, q)],
        units=[(name, name) for name in sorted({one.row.lead_unit_name for one in everything})],
        light=light,
        is_filtered=bool(light or unit or q),
        totals=totals(everything),
        needs=found[:_MOST_NEEDS],
        more_needs=len(found[_MOST_NEEDS:]),
        measure=measure,
        root=root,
        office=f"/staff/{here.congress.slug}",
        may_keep=here.may(Act.KEEP_IMPLEMENTATION),
        completions=COMPLETIONS,
        due_words=views.due_words,
    )


@router.get(f"{STAFF}/board.xlsx")
def workbook(house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The board as a workbook."""
    chosen, _years, everything, measure = _of_year(house, here, year)
    with speaking(CHINESE):
        content = _workbook(here.congress.name, chosen, views.shown_all((one.row for one in everything), measure))
    return as_workbook(content, f"{here.congress.short_name}{chosen}年民生实事项目进度.xlsx")


@router.get(UNIT)
def own(request: Request, house: TheHouse, here: Reporter, year: int = 0) -> Response:
    """The unit's projects of a year; the government office sees all."""
    with house.reading.connect() as conn:
        years = progress_board.years(conn, here.congress.id)
        wanted = [year] if year in years else years[:_LOOKED_BACK]
        found = [(one, progress_board.board(conn, here.congress.id, one)) for one in wanted]
    own_rows = [(one, seen_by(house, here, rows)) for one, rows in found]
    newest = wanted[0] if wanted else house.office.today().year
    chosen, rows = next(((one, rows) for one, rows in own_rows if rows), (newest, []))
    measure = measure_of(house, here)
    projects = views.shown_all(rows, measure)
    return page(
        request,
        "progress/own.html",
        projects=projects,
        leads={one.row.project for one in projects if leads(here, one.row)},
        year=chosen,
        years=years,
        measure=measure,
        root=f"/unit/{here.congress.slug}/implementation",
        due_words=views.due_words,
        today=measure.today,
    )


def needs(projects: list[ShownProject], root: str) -> list[Need]:
    """What waits for the office: every report to check, then for each project what is most pressing."""
    found = [
        Need(
            _("“%(name)s”的填报待审核", name=one.row.name),
            _("%(unit)s，%(day)s 报送", unit=one.row.lead_unit_name, day=day(mark.given_on)),
            f"{root}/{one.row.project}/reports/{mark.report}",
            _("审核"),
        )
        for one in projects
        for mark in one.waiting
    ]
    return found + [need for one in projects if (need := _most_pressing(one, f"{root}/{one.row.project}"))]


def _most_pressing(one: ShownProject, address: str) -> Need | None:
    """A late report or red light nobody was urged about, urging that did not help, what is to be settled or ended."""
    name, row = one.row.name, one.row
    if one.missing and not row.urged:
        small = _("%(unit)s，逾期 %(n)s 天", unit=row.lead_unit_name, n=one.late)
        return Need(_("“%(name)s”逾期未填报", name=name), small, f"{address}/urge", _("督办"))
    if one.kind == "bad" and not row.urged:
        return Need(_("“%(name)s”亮红灯", name=name), one.reason, f"{address}/urge", _("督办"))
    last = row.urged[-1] if row.urged and row.is_under_way else None
    if last and last.due_on and last.due_on < one.today and one.is_behind:
        small = _("%(level)s要求%(day)s前办结", level=URGINGS[UrgingLevel(last.level)], day=day(last.due_on))
        return Need(_("“%(name)s”督办到期，仍然滞后", name=name), small, f"{address}/urge", _("提级督办"))
    if row.open_difficulties:
        words = _("“%(name)s”有 %(n)s 个难题待解决", name=name, n=row.open_difficulties)
        return Need(words, row.lead_unit_name, f"{address}/difficulties", _("办理"))
    if row.is_under_way and row.completion is None and row.plan and row.plan.deadline and row.plan.deadline < one.today:
        small = _("%(day)s到期", day=day(row.plan.deadline))
        return Need(_("“%(name)s”已过完成时限，没有验收", name=name), small, f"{address}/closing", _("办理"))
    if one.look_back and one.look_back.is_overdue:
        words = _("“%(name)s”第 %(n)s 年回头看到期", name=name, n=one.look_back.nth)
        small = _("应在%(day)s前完成", day=day(one.look_back.due_on))
        return Need(words, small, f"{address}/closing", _("回头看"))
    return None


class Totals(NamedTuple):
    """The projects of a year in figures."""

    projects: int
    planned: object
    """Yuan of the judged year."""
    spent: object
    reports_late: int
    waiting: int
    accepted: int


def totals(projects: list[ShownProject]) -> Totals:
    """All projects together."""
    return Totals(
        projects=len(projects),
        planned=sum((one.row.funds(one.today) or 0 for one in projects), 0),
        spent=sum((one.row.spent(one.today) for one in projects), 0),
        reports_late=sum(bool(one.missing) for one in projects),
        waiting=sum(len(one.waiting) for one in projects),
        accepted=sum(one.row.accepted is not None for one in projects),
    )


def _of_year(house: House, here: Place, year: int) -> tuple[int, list[int], list[ShownProject], Measure]:
    measure = measure_of(house, here)
    with house.reading.connect() as conn:
        years = progress_board.years(conn, here.congress.id)
        chosen = year if year in years else (years[0] if years else measure.today.year)
        rows = progress_board.board(conn, here.congress.id, chosen)
    return chosen, years, views.shown_all(rows, measure), measure


def _fits(one: ShownProject, light: str, unit: str, words: str) -> bool:
    shines = one.light.colour.value if one.light else "none"
    names = (one.row.name, one.row.lead_unit_name, one.row.category)
    return (
        light in ("", shines)
        and unit in ("", one.row.lead_unit_name)
        and (not words.strip() or any(words.strip() in name for name in names))
    )


_HEADINGS = (
    SheetHeading(words="序号", width=5),
    SheetHeading(words="项目名称", width=24),
    SheetHeading(words="牵头单位", width=16),
    SheetHeading(words="形象进度（%）", width=9),
    SheetHeading(words="计划进度（%）", width=9),
    SheetHeading(words="当年资金（万元）", width=11),
    SheetHeading(words="已完成资金（万元）", width=11),
    SheetHeading(words="资金完成率（%）", width=9),
    SheetHeading(words="节点", width=8),
    SheetHeading(words="最近填报", width=12),
    SheetHeading(words="亮灯", width=12),
    SheetHeading(words="说明", width=24),
    SheetHeading(words="完成时限", width=12),
)


def _workbook(congress: str, year: int, projects: list[ShownProject]) -> bytes:
    rows: list[list[Any]] = [
        [
            one.row.number,
            one.row.name,
            one.row.lead_unit_name,
            one.actual,
            one.planned,
            None if (funds := one.row.funds(one.today)) is None else funds / 10_000,
            one.row.spent(one.today) / 10_000,
            one.funds_percent,
            f"{one.reached}/{len(one.steps)}",
            one.last.given_on if one.last else None,
            one.words,
            "；".join(filter(None, (one.reason, views.due_words(one)))),
            one.row.plan.deadline if one.row.plan else None,
        ]
        for one in projects
    ]
    caption = f"{congress}{year}年民生实事项目实施进度"
    return sheet(f"{year}年进度", _HEADINGS, rows, caption=caption)
