"""Progress reports: given by the lead unit on a desk or phone, with photos and milestones; checked by the office."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.implementation import difficulties
from application.implementation import reports as commands
from application.office import By
from domain.projects.implementation import PlanNotPublished, ReportStage
from domain.projects.periods import days_late
from domain.projects.reporting import MOST_PHOTOS, Progress
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.uploads import limits
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, Sheet, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web._base.shown import day, wan
from interfaces.web.progress import views
from interfaces.web.progress.desk import Checker, Reader, Reporter, area_of, file_context, known_row, leads, measure_of
from interfaces.web.progress.photos import Photos, kept_photos, photo_response, photos_of
from interfaces.web.progress.views import ShownProject
from interfaces.web.progress.words import REPORT_KINDS, REPORT_STAGES
from projections import progress_board
from projections.progress_board import REPLACED, ReportRow

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/implementation/{project}/reports", "/unit/{slug}/implementation/{project}/reports"
_NEW, _ONE = "progress/report_new.html", "progress/report.html"


@router.get(f"{STAFF}/new")
@router.get(f"{UNIT}/new")
def new(request: Request, house: TheHouse, here: Reporter, project: UUID, due_on: str = "") -> Response:
    """The form, with what was reported last; for a report that was sent back with what stood in it."""
    context = _form_context(request, house, here, project)
    return page(request, _NEW, form=_filled(request, house, context, due_on), held=[], **context)


@router.post(f"{STAFF}/new")
@router.post(f"{UNIT}/new")
def report(request: Request, house: TheHouse, here: Reporter, project: UUID, typed: Form) -> Response:
    """Gives the report; what is asked of the leading group is raised with it. Photos may be sent up first."""
    context = _form_context(request, house, here, project)
    photos = photos_of(house, here, typed)
    if typed.text("act") == "photos" and not photos.wrong:
        form = Sheet(request=request, typed=typed.data)
        return page(request, _NEW, form=form, held=photos.held, **context)
    by = here.by(typed)
    made = house.office.new_id(by, "report")
    try:
        due_on, progress = typed.date("due_on"), _read(house, here, typed, photos)
        position = commands.report_progress(house.office, by, project, made, due_on, progress)
        if typed.text("needs"):
            difficulty = house.office.new_id(by, "difficulty")
            step = by.step("difficulty")
            words = progress.problems or typed.text("needs")
            position = difficulties.raise_difficulty(
                house.office, step, project, difficulty, words, typed.text("needs")
            )
    except Refused as refused:
        return again(request, _NEW, typed, refused, held=photos.held, **context)
    return done(request, position, f"{context['address']}/reports/{made}", _("进度已报送，等待审核。"))


@router.get(f"{STAFF}/{{report_id}}")
@router.get(f"{UNIT}/{{report_id}}")
def one(request: Request, house: TheHouse, here: Reader, project: UUID, report_id: UUID) -> Response:
    """One report with its photos, and what may be done with it."""
    return page(request, _ONE, **_context(request, house, here, project, report_id))


@router.get(f"{STAFF}/{{report_id}}/photos/{{file}}")
@router.get(f"{UNIT}/{{report_id}}/photos/{{file}}")
def photo(house: TheHouse, here: Reader, project: UUID, report_id: UUID, file: UUID) -> Response:
    """A photo of a report."""
    return photo_response(house, known_report(house, here, project, report_id).photos, file)


@router.post(f"{STAFF}/{{report_id}}/approve")
def approve(request: Request, house: TheHouse, here: Checker, project: UUID, report_id: UUID, typed: Form) -> Response:
    """Takes it as checked; residents see it from now on."""

    def act(by: By) -> int:
        return commands.approve_report(house.office, by, project, report_id)

    return _checked(request, house, here, (project, report_id), typed, act, _("已审核，公开页已更新。"))


@router.post(f"{STAFF}/{{report_id}}/send-back")
def send_back(
    request: Request, house: TheHouse, here: Checker, project: UUID, report_id: UUID, typed: Form
) -> Response:
    """Sends it back with a reason."""

    def act(by: By) -> int:
        reason = typed.required("reason")
        typed.settle()
        return commands.send_back_report(house.office, by, project, report_id, reason)

    return _checked(request, house, here, (project, report_id), typed, act, _("已退回重报。"))


@router.post(f"{STAFF}/{{report_id}}/photos/{{file}}/erase")
def erase(
    request: Request, house: TheHouse, here: Checker, project: UUID, report_id: UUID, file: UUID, typed: Form
) -> Response:
    """Erases a photo that shows what it must not, here and on the public page."""

    def act(by: By) -> int:
        reason = typed.required(f"photo_reason_{file}")
        typed.settle()
        return commands.erase_photo(house.office, house.private, by, project, file, reason)

    return _checked(request, house, here, (project, report_id), typed, act, _("照片已删除。"))


def known_report(house: House, here: Place, project: UUID, report_id: UUID) -> ReportRow:
    """A report of a project that the person sees. Raises NotFound."""
    known_row(house, here, project)
    with house.reading.connect() as conn:
        row = progress_board.report_at(conn, report_id)
    if row is None or row.project != project:
        raise NotFound(kind="report", id=str(report_id))
    return row


def _checked(
    request: Request,
    house: House,
    here: Place,
    which: tuple[UUID, UUID],
    typed: Typed,
    act: Callable[[By], int],
    say: str,
) -> Response:
    known_report(house, here, *which)
    try:
        position = act(here.by(typed))
    except Refused as refused:
        return again(request, _ONE, typed, refused, **_context(request, house, here, *which))
    project, report_id = which
    root = f"/staff/{here.congress.slug}/implementation/{project}"
    return done(request, position, f"{root}/reports/{report_id}", say)


def _read(house: House, here: Place, typed: Typed, photos: Photos) -> Progress:
    """What was typed. Raises WrongFields or WrongPhotos."""
    percent, spent = typed.decimal("percent"), typed.money_in_wan("funds_spent")
    words, problems = typed.required("words"), typed.text("problems")
    # Nine digits are a step that is not found as well as a thousand are.
    reached = [int(number[:9]) for number in typed.texts("reached") if number.isdecimal()]
    days = {number: typed.date(f"reached_{number}") for number in reached if typed.text(f"reached_{number}")}
    photos.settle(typed)
    kept = kept_photos(house, here, photos)
    return Progress(
        percent=percent,
        funds_spent=spent,
        words=words,
        problems=problems,
        photos=kept,
        reached=reached,
        reached_on=days,
    )


def _form_context(request: Request, house: House, here: Place, project: UUID) -> dict[str, Any]:
    measure = measure_of(house, here)
    row = known_row(house, here, project)
    if not leads(here, row):
        raise NotFound(kind="project", id=str(project))
    if row.plan is None:
        raise PlanNotPublished(name=row.name)
    one = views.shown(row, measure)
    dues = views.open_dues(row, measure)
    return {
        **file_context(request, here, one),
        "dues": [(due.isoformat(), _due_words(one, due)) for due in dues],
        "suggested": views.suggested_due(one, dues),
        "open_steps": [step for step in one.steps if step.reached_on is None],
        "most": {"photos": MOST_PHOTOS, "photo_mb": limits.PHOTO_BYTES // 1024 // 1024},
    }


def _due_words(one: ShownProject, due: Any) -> str:
    late = days_late(due, one.today)
    return _("%(day)s（逾期 %(n)s 天）", day=day(due), n=late) if late else day(due)


def _filled(request: Request, house: House, context: dict[str, Any], due_on: str) -> Sheet:
    one: ShownProject = context["one"]
    known = [value for value, _words in context["dues"]]
    suggested = context["suggested"].isoformat() if context["suggested"] else ""
    chosen = due_on if due_on in known else suggested
    with house.reading.connect() as conn:
        earlier = [row for row in progress_board.reports_of(conn, one.row.project) if row.due_on.isoformat() == chosen]
    values: dict[str, Any] = {"due_on": chosen}
    if earlier:
        row = earlier[0]
        values |= {"percent": views.plain(row.percent), "funds_spent": wan(row.spent)}
        values |= {"words": row.words, "problems": row.problems}
    elif one.last:
        values |= {"percent": views.plain(one.last.percent), "funds_spent": wan(one.last.spent)}
    return blank(request, **values)


def _context(request: Request, house: House, here: Place, project: UUID, report_id: UUID) -> dict[str, Any]:
    one = views.shown(known_row(house, here, project), measure_of(house, here))
    found = known_report(house, here, project, report_id)
    with house.reading.connect() as conn:
        same = [row for row in progress_board.reports_of(conn, project, replaced=True) if row.due_on == found.due_on]
    newest = found.stage != REPLACED
    context = file_context(request, here, one)
    return {
        **context,
        "report": found,
        "others": [row for row in same if row.report != found.report],
        "late": days_late(found.due_on, found.given_on),
        "stages": REPORT_STAGES,
        "kinds": REPORT_KINDS,
        "may_erase": context["may_check"] and area_of(request) == "staff",
        "may_check": context["may_check"] and found.stage == ReportStage.GIVEN,
        "may_again": context["may_report"] and newest and found.stage != ReportStage.APPROVED and one.row.is_under_way,
    }
