"""Projects under way: the lights board, reports and their photos, milestones, difficulties, meetings, urging."""

from typing import Annotated

from fastapi import Depends, Query, Response

from application.implementation import difficulties
from application.implementation import reports as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.projects.implementation import implementation_stream
from domain.projects.periods import days_late
from domain.projects.reporting import Progress
from domain.shared import Money, NotFound, NotPermitted
from interfaces.api._base.callers import At, Here, OfficeReader, needing
from interfaces.api._base.files import PhotoSent, SentPhoto, keep_photo, sent_photos
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import file_of
from interfaces.api.candidates.models import TheProject
from interfaces.api.progress import meetings
from interfaces.api.progress.models import (
    DayBody,
    DifficultyBody,
    DifficultyShown,
    ProjectLine,
    ProjectShown,
    ReasonBody,
    ReportBody,
    ReportShown,
    ResolutionBody,
    TheDifficulty,
    TheFile,
    TheNumber,
    TheReport,
    UrgingBody,
    difficulty_shown,
    line,
    project_shown,
    report_shown,
)
from interfaces.web.progress import views
from interfaces.web.progress.desk import known_row, leads, measure_of, seen_by
from interfaces.web.progress.photos import photo_response
from interfaces.web.progress.reports import known_report
from projections import progress_board

router = operations("progress", read=Scope.IMPLEMENTATION_READ, write=Scope.IMPLEMENTATION_WRITE)
router.routes.extend(meetings.router.routes)

CONGRESS = "/congresses/{slug}"
PROJECT = f"{CONGRESS}/projects/{{project}}"
REPORTS = f"{PROJECT}/reports"
JPEG = "image/jpeg"


def reading(here: Here) -> At:
    """The office, whoever reads it from above, and the units. Raises NotPermitted."""
    if not (here.may(Act.READ_OFFICE) or here.may(Act.REPORT_PROGRESS)):
        raise NotPermitted(act=Act.READ_OFFICE.value)
    return here


Reader = Annotated[At, Depends(reading)]
Reporter = Annotated[At, Depends(needing(Act.REPORT_PROGRESS))]
Checker = Annotated[At, Depends(needing(Act.CHECK_REPORTS))]
Keeper = Annotated[At, Depends(needing(Act.KEEP_IMPLEMENTATION))]
AskedYear = Annotated[int, Query(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])]


@router.get(
    f"{CONGRESS}/implementation",
    summary="项目进度和亮灯",
    description="办公室和政府办公室看到全部，部门看到本单位牵头或者配合的。亮灯按今天计算。",
)
def board(here: Reader, paging: Paged, year: AskedYear) -> Page[ProjectLine]:
    """The adopted projects of a year."""
    with here.house.reading.connect() as connection:
        rows = progress_board.board(connection, here.congress.id, year)
    listed = views.shown_all(seen_by(here.house, here.place, rows), measure_of(here.house, here.place))
    return paging.part(
        here.told, listed, lambda one: one.row.project, lambda one: ProjectLine.model_validate(line(one))
    )


@router.get(f"{PROJECT}/progress", summary="一个项目的进度")
def one(here: Reader, project: TheProject) -> ProjectShown:
    """With its milestones and how it was urged."""
    here.shows(implementation_stream(project))
    row = known_row(here.house, here.place, project)
    return project_shown(views.shown(row, measure_of(here.house, here.place)))


@router.get(REPORTS, summary="一个项目的填报", description="新的在前；重报以前的也在内。")
def reports(here: Reader, paging: Paged, project: TheProject) -> Page[ReportShown]:
    """All of them."""
    known_row(here.house, here.place, project)
    with here.house.reading.connect() as connection:
        rows = progress_board.reports_of(connection, project, replaced=True)
    return paging.part(here.told, rows, lambda row: row.report, _report)


@router.get(f"{REPORTS}/{{report}}", summary="一次填报")
def one_report(here: Reader, project: TheProject, report: TheReport) -> ReportShown:
    """One report."""
    here.shows(implementation_stream(project))
    return _report(known_report(here.house, here.place, project, report))


@router.get(f"{REPORTS}/{{report}}/photos/{{file}}", summary="填报的照片", **file_of(JPEG))
def report_photo(here: Reader, project: TheProject, report: TheReport, file: TheFile) -> Response:
    """A photo of a report."""
    return photo_response(here.house, known_report(here.house, here.place, project, report).photos, file)


@router.post(
    f"{CONGRESS}/photos",
    status_code=201,
    summary="先上传照片",
    description="照片重新绘制，拍摄地点、手机型号等信息去掉，留存一小时；填报进度或者登记回头看时写明标识。",
)
def keep(here: Reporter, photo_file: SentPhoto) -> PhotoSent:
    """Drawn anew without what the camera wrote into it."""
    return keep_photo(here, photo_file)


@router.post(
    REPORTS,
    status_code=201,
    summary="填报进度",
    description="牵头单位填报，审核以前可以重报；一期只有一次有效的填报。",
)
def report(here: Reporter, project: TheProject, body: ReportBody) -> ReportShown:
    """The lead unit, or the office for it."""
    if not leads(here.place, known_row(here.house, here.place, project)):
        raise NotPermitted(act=Act.REPORT_PROGRESS.value)
    by = here.by()
    made = here.house.office.new_id(by, "report")
    progress = Progress(
        percent=body.percent,
        funds_spent=Money(body.funds_spent),
        words=body.words,
        problems=body.problems,
        photos=sent_photos(here, body.photos),
        reached=[step.number for step in body.reached],
        reached_on={step.number: step.on for step in body.reached if step.on is not None},
    )
    position = commands.report_progress(here.house.office, by, project, made, body.due_on, progress)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/projects/{project}/reports/{made}")
    return one_report(here, project, made)


@router.post(f"{REPORTS}/{{report}}/approve", summary="审核通过填报", description="居民在公开页上看到。")
def approve(here: Checker, project: TheProject, report: TheReport) -> ReportShown:
    """Residents see it from now on."""
    known_report(here.house, here.place, project, report)
    by = here.by(implementation_stream(project))
    here.done(commands.approve_report(here.house.office, by, project, report))
    return one_report(here, project, report)


@router.post(f"{REPORTS}/{{report}}/send-back", summary="退回填报", description="退回后不再计入进度。")
def send_back(here: Checker, project: TheProject, report: TheReport, body: ReasonBody) -> ReportShown:
    """With a reason."""
    known_report(here.house, here.place, project, report)
    by = here.by(implementation_stream(project))
    here.done(commands.send_back_report(here.house.office, by, project, report, body.reason))
    return one_report(here, project, report)


@router.post(
    f"{PROJECT}/photos/{{file}}/erase",
    summary="删除进度照片",
    description="填报或者回头看的照片；删除后不能恢复，公开页上也没有了。",
)
def erase(here: Checker, project: TheProject, file: TheFile, body: ReasonBody) -> ProjectShown:
    """Of what it must not show."""
    known_row(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    here.done(commands.erase_photo(here.house.office, here.house.private, by, project, file, body.reason))
    return one(here, project)


@router.post(f"{PROJECT}/milestones/{{number}}/reach", summary="登记节点完成")
def reach(here: Reporter, project: TheProject, number: TheNumber, body: DayBody) -> ProjectShown:
    """Between two reports."""
    known_row(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    here.done(commands.reach_milestone(here.house.office, by, project, number, body.on))
    return one(here, project)


@router.post(f"{PROJECT}/milestones/{{number}}/take-back", summary="节点改回未完成")
def take_back(here: Checker, project: TheProject, number: TheNumber, body: ReasonBody) -> ProjectShown:
    """The office found that it had not been reached."""
    known_row(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    here.done(commands.take_back_milestone(here.house.office, by, project, number, body.reason))
    return one(here, project)


@router.post(f"{PROJECT}/urge", summary="督办", description="逐级加码，不能退回到较轻的一级。")
def urge(here: Keeper, project: TheProject, body: UrgingBody) -> ProjectShown:
    """One step of escalation."""
    known_row(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    here.done(difficulties.urge_project(here.house.office, by, project, body.level, body.words, body.due_on))
    return one(here, project)


@router.get(f"{CONGRESS}/difficulties", summary="难题", description="没有解决的在前。")
def listed(here: OfficeReader, paging: Paged, year: AskedYear) -> Page[DifficultyShown]:
    """Of a year's projects."""
    with here.house.reading.connect() as connection:
        rows = progress_board.difficulties_of(connection, here.congress.id, year=year)
    return paging.part(here.told, rows, lambda row: row.difficulty, difficulty_shown)


@router.get(f"{PROJECT}/difficulties/{{difficulty}}", summary="一个难题")
def one_difficulty(here: Reader, project: TheProject, difficulty: TheDifficulty) -> DifficultyShown:
    """With what was decided on it."""
    here.shows(implementation_stream(project))
    known_row(here.house, here.place, project)
    with here.house.reading.connect() as connection:
        rows = progress_board.difficulties_of(connection, here.congress.id, project=project)
    found = next((row for row in rows if row.difficulty == difficulty), None)
    if found is None:
        raise NotFound(kind="difficulty", id=str(difficulty))
    return difficulty_shown(found)


@router.post(f"{PROJECT}/difficulties", status_code=201, summary="提出难题", description="提请领导小组研究。")
def raise_one(here: Reporter, project: TheProject, body: DifficultyBody) -> DifficultyShown:
    """The lead unit, or the office for it."""
    known_row(here.house, here.place, project)
    by = here.by()
    made = here.house.office.new_id(by, "difficulty")
    position = difficulties.raise_difficulty(here.house.office, by, project, made, body.words, body.needs)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/projects/{project}/difficulties/{made}")
    return one_difficulty(here, project, made)


@router.post(f"{PROJECT}/difficulties/{{difficulty}}/resolve", summary="登记难题已解决")
def resolve(here: Keeper, project: TheProject, difficulty: TheDifficulty, body: ResolutionBody) -> DifficultyShown:
    """It is out of the way."""
    known_row(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    here.done(difficulties.resolve_difficulty(here.house.office, by, project, difficulty, body.words))
    return one_difficulty(here, project, difficulty)


def _report(row: progress_board.ReportRow) -> ReportShown:
    return report_shown(row, days_late(row.due_on, row.given_on))
