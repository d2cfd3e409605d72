"""What waits for the office once projects are adopted: plans, reports, lights, adjustments, duties, look-backs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from domain.congress.year_report import ReportKind
from domain.supervision.duty import DutyStage
from domain.supervision.inspection import InspectionStage
from interfaces.web._base.language import gettext as _
from interfaces.web.home.needs import Need, some
from interfaces.web.progress.views import ShownProject
from projections import (
    delegate_notes,
    duties,
    guidance_visits,
    inspections,
    plans,
    progress_board,
    volunteers,
    year_reports,
)
from projections.congress_directory import ListedCongress
from projections.duties import DutyRow
from projections.guidance_visits import FindingRow
from projections.plans import AdjustmentRow
from projections.progress_board import DifficultyRow

LOOK_BACK_SOON: Final = timedelta(days=30)
PRESSING: Final = ("bad", "orange")
_OPEN_DUTIES: Final = tuple(stage.value for stage in DutyStage if stage is not DutyStage.WITHDRAWN)
"""Also the approved ones: what was promised for a day and is not done stays open."""
REPORT_FROM: Final = (12, 1)
"""From this day of a year its analysis for the level above is brought up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterVote:
    """What is open of all years, read at once."""

    adjustments: tuple[AdjustmentRow, ...]
    difficulties: tuple[DifficultyRow, ...]
    duties: tuple[DutyRow, ...]
    inspections_held: tuple[str, ...]
    """Titles of inspections whose day has passed and whose findings nobody has written down."""
    notes: int
    observations: int
    findings: tuple[FindingRow, ...]
    """Of the level above, waiting for an answer here."""
    report_missing: int | None
    """The year whose analysis the level above has not been sent."""


def read(conn: Connection, congress: ListedCongress, today: date) -> AfterVote:
    """Everything that is open after the vote, but for what the projects themselves tell."""
    lately = (today.year, today.year - 1)
    every = [one for year in lately for one in inspections.inspections_of(conn, congress.id, year=year)]
    seen = [one for one in every if one.stage in (InspectionStage.PLANNED, InspectionStage.TOLD)]
    visits = [one.visit for one in guidance_visits.visits_of(conn, congress.id) if one.visited == congress.id]
    found = guidance_visits.findings_of(conn, visits) if visits else {}
    observed = [one for year in lately for one in volunteers.observations_of(conn, congress.id, year=year)]
    noted = [count for year in lately for count in delegate_notes.counted(conn, congress.id, year).values()]
    return AfterVote(
        adjustments=tuple(
            one
            for one in plans.adjustments_of(conn, congress.id, today.year, or_open=True)
            if one.waits or one.is_to_be_told
        ),
        difficulties=tuple(
            one for one in progress_board.difficulties_of(conn, congress.id, open_only=True) if not one.decisions
        ),
        duties=tuple(
            one
            for one in duties.duties_of(conn, congress.id, stages=_OPEN_DUTIES)
            if one.stage != DutyStage.APPROVED or one.is_overdue(today)
        ),
        inspections_held=tuple(one.title for one in seen if one.planned_on < today),
        notes=sum(count.waiting for count in noted),
        observations=sum(one.waits for one in observed),
        findings=tuple(one for of_visit in found.values() for one in of_visit if one.waits),
        report_missing=_report_missing(conn, congress, today),
    )


def needs(after: AfterVote, projects: Sequence[ShownProject], today: date, year: int, root: str) -> list[Need]:
    """`projects` of all years; plans are missed of `year` alone. What is overdue or red comes first."""
    return [
        *_lights(projects, root),
        *_adjustments(after.adjustments, root),
        *_reports(projects, root),
        *_urged_in_vain(projects, root),
        *_duties(after, today, root),
        *_plans([one for one in projects if one.row.year == year], year, root),
        *_difficulties(after.difficulties, root),
        *_supervision(after, root),
        *_closing(projects, today, root),
        *_report_above(after, root),
    ]


def _lights(projects: Iterable[ShownProject], root: str) -> list[Need]:
    red = [one for one in projects if one.kind in PRESSING and not _is_urged_in_vain(one)]
    if not red:
        return []
    url = _file(root, red[0]) if len(red) == 1 else f"{root}/implementation?year={red[0].row.year}"
    words = _("%(n)s 个项目严重滞后或者节点逾期", n=len(red))
    return [Need(words, some(one.row.name for one in red), url, _("督办"))]


def _adjustments(rows: Sequence[AdjustmentRow], root: str) -> list[Need]:
    found = []
    waiting = [one for one in rows if one.waits]
    untold = [one for one in rows if one.is_to_be_told]
    if waiting:
        url = f"{root}/adjustments/{waiting[0].adjustment}" if len(waiting) == 1 else f"{root}/adjustments"
        words = _("%(n)s 项重大调整等待决定", n=len(waiting))
        found.append(Need(words, some(one.name for one in waiting), url, _("办理")))
    if untold:
        words = _("%(n)s 项已决定的调整要向下一次会议报告", n=len(untold))
        found.append(Need(words, some(one.name for one in untold), f"{root}/adjustments", _("查看")))
    return found


def _reports(projects: Iterable[ShownProject], root: str) -> list[Need]:
    shown = list(projects)
    late = [one for one in shown if one.missing]
    given = [one for one in shown if one.waiting]
    found = []
    if late:
        url = _file(root, late[0]) if len(late) == 1 else f"{root}/implementation?year={late[0].row.year}"
        days = max(one.late for one in late)
        small = _("最长 %(days)s 天；%(names)s", days=days, names=some(one.row.lead_unit_name for one in late))
        found.append(Need(_("%(n)s 个项目进度填报逾期", n=len(late)), small, url, _("催报")))
    if given:
        reports = sum(len(one.waiting) for one in given)
        first = given[0]
        url = f"{root}/implementation?year={first.row.year}"
        if len(given) == 1:
            url = f"{_file(root, first)}/reports/{first.waiting[-1].report}"
        found.append(
            Need(_("%(n)s 份进度填报等待审核", n=reports), some(one.row.name for one in given), url, _("审核"))
        )
    return found


def _urged_in_vain(projects: Iterable[ShownProject], root: str) -> list[Need]:
    """Who is to be urged harder: the day that an urging set has passed, and the project is behind still."""
    found = [one for one in projects if _is_urged_in_vain(one)]
    if not found:
        return []
    words = _("%(n)s 个项目督办到期，仍然滞后", n=len(found))
    url = f"{_file(root, found[0])}/urge" if len(found) == 1 else f"{root}/implementation?year={found[0].row.year}"
    return [Need(words, some(one.row.name for one in found), url, _("提级督办"))]


def _is_urged_in_vain(one: ShownProject) -> bool:
    last = one.row.urged[-1] if one.row.urged and one.row.is_under_way else None
    return last is not None and last.due_on is not None and last.due_on < one.today and one.is_behind


def _duties(after: AfterVote, today: date, root: str) -> list[Need]:
    overdue = [one for one in after.duties if one.is_overdue(today)]
    answered = [one for one in after.duties if one.stage == DutyStage.ANSWERED]
    found = []
    if overdue:
        words = _("%(n)s 件交办事项逾期", n=len(overdue))
        small, up = some(dict.fromkeys(one.unit_name for one in overdue)), sum(one.is_up for one in overdue)
        if up:
            small = _("其中 %(n)s 件已提级督办；%(names)s", n=up, names=small)
        url = f"{root}/duties?year={overdue[0].year}&state=overdue"
        if len(overdue) == 1:
            url = f"{root}/duties/{overdue[0].duty}"
        found.append(Need(words, small, url, _("督办")))
    if answered:
        words = _("%(n)s 件交办事项的答复等待认可", n=len(answered))
        found.append(Need(words, some(dict.fromkeys(one.unit_name for one in answered)), f"{root}/duties", _("办理")))
    if after.findings:
        late = sum(one.is_overdue(today) for one in after.findings)
        small = _("逾期 %(n)s 条", n=late) if late else _("上级督导、指导时提出")
        found.append(Need(_("%(n)s 条上级督导意见待答复", n=len(after.findings)), small, f"{root}/visits", _("去答复")))
    return found


def _plans(projects: Sequence[ShownProject], year: int, root: str) -> list[Need]:
    missing = [one for one in projects if one.row.plan is None and one.row.plan_stage != "filed"]
    filed = [one for one in projects if one.row.plan_stage == "filed"]
    found, url = [], f"{root}/duty-list?year={year}"
    if filed:
        words = _("%(n)s 份实施计划等待公布", n=len(filed))
        found.append(Need(words, some(one.row.name for one in filed), url, _("公布")))
    if missing:
        words = _("%(n)s 个项目还没有报送实施计划", n=len(missing))
        small = some(dict.fromkeys(one.row.lead_unit_name or one.row.name for one in missing))
        found.append(Need(words, small, url, _("催报")))
    return found


def _difficulties(rows: Sequence[DifficultyRow], root: str) -> list[Need]:
    if not rows:
        return []
    words = _("%(n)s 个难题等待领导小组研究", n=len(rows))
    return [Need(words, some(dict.fromkeys(one.project_name for one in rows)), f"{root}/meetings", _("办理"))]


def _supervision(after: AfterVote, root: str) -> list[Need]:
    found = []
    if after.inspections_held:
        words = _("%(n)s 次视察还没有写结果", n=len(after.inspections_held))
        found.append(Need(words, some(after.inspections_held), f"{root}/inspections", _("填写")))
    if after.notes:
        small = _("代表视察时记下的问题，转交责任单位或者说明")
        found.append(
            Need(_("%(n)s 条代表记录的问题待处理", n=after.notes), small, f"{root}/inspections/notes", _("处理"))
        )
    if after.observations:
        url = f"{root}/volunteers/observations"
        words = _("%(n)s 条群众义务监督员的反映待处理", n=after.observations)
        found.append(Need(words, "", url, _("处理")))
    return found


def _closing(projects: Sequence[ShownProject], today: date, root: str) -> list[Need]:
    found = []
    ended = [one for one in projects if one.row.year < today.year and one.row.plan and one.row.completion is None]
    if ended:
        url = (
            f"{_file(root, ended[0])}/closing" if len(ended) == 1 else f"{root}/implementation?year={ended[0].row.year}"
        )
        words = _("%(n)s 个往年项目还没有认定完成情况", n=len(ended))
        found.append(Need(words, some(one.row.name for one in ended), url, _("认定")))
    due = [one for one in projects if one.look_back and one.look_back.due_on <= today + LOOK_BACK_SOON]
    if due:
        late = sum(one.look_back is not None and one.look_back.is_overdue for one in due)
        url = f"{_file(root, due[0])}/closing" if len(due) == 1 else f"{root}/implementation?year={due[0].row.year}"
        small = some(f"{one.row.year} {one.row.name}" for one in due)
        words = _("%(n)s 个项目该回头看了", n=len(due))
        if late:
            words = _("%(n)s 个项目该回头看了，其中逾期 %(late)s 个", n=len(due), late=late)
        found.append(Need(words, small, url, _("回头看")))
    return found


def _report_above(after: AfterVote, root: str) -> list[Need]:
    year = after.report_missing
    if year is None:
        return []
    words = _("%(year)s 年度项目分析报告还没有报送", year=year)
    return [
        Need(words, _("由系统按记录起草，修改后下载、报送"), f"{root}/year-reports/analysis/{year}/{year}", _("起草"))
    ]


def _report_missing(conn: Connection, congress: ListedCongress, today: date) -> int | None:
    """Of the year that is ending, or the one that has just ended."""
    if congress.parent is None:
        return None
    year = today.year if (today.month, today.day) >= REPORT_FROM else today.year - 1
    if year == today.year - 1 and today.month > 2:
        return None
    if year not in progress_board.years(conn, congress.id):
        return None
    kept = year_reports.reports_of(conn, congress.id)
    sent = {row.last_year for row in kept if row.kind == ReportKind.ANALYSIS and row.submitted_on}
    return None if year in sent else year


def _file(root: str, one: ShownProject) -> str:
    return f"{root}/implementation/{one.row.project}"
