"""Difficulties of projects and the leading group's meetings 领导小组会议 that decide on them."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.implementation import difficulties as commands
from application.implementation.difficulties import Settled
from application.private.files import file_at
from domain.accounts.permissions import Act
from domain.projects import difficulty as rules
from domain.projects.difficulty import LONGEST, LeadingGroupMet
from domain.shared import NotFound, Refused, Year
from interfaces.composition import House
from interfaces.uploads import file_response
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.candidates.papers import keeping, sent_along
from interfaces.web.progress import views
from interfaces.web.progress.desk import Keeper, Reader, Reporter, file_context, known_row, leads, measure_of
from projections import progress_board
from projections.congress_register import units_of
from projections.progress_board import DifficultyRow

router = APIRouter()

STAFF, UNIT = (
    "/staff/{slug}/implementation/{project}/difficulties",
    "/unit/{slug}/implementation/{project}/difficulties",
)
MEETINGS = "/staff/{slug}/meetings"
_PAGE, _NEW = "progress/difficulties.html", "progress/meeting_new.html"


@router.get(STAFF)
@router.get(UNIT)
def of_project(request: Request, house: TheHouse, here: Reader, project: UUID) -> Response:
    """The difficulties of one project with what was decided, and the form for one more."""
    return page(request, _PAGE, **_context(request, house, here, project))


@router.post(STAFF)
@router.post(UNIT)
def raise_one(request: Request, house: TheHouse, here: Reporter, project: UUID, typed: Form) -> Response:
    """Raises a difficulty."""
    known_row(house, here, project)
    by = here.by(typed)
    made = house.office.new_id(by, "difficulty")
    try:
        position = commands.raise_difficulty(house.office, by, project, made, typed.text("words"), typed.text("needs"))
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **_context(request, house, here, project))
    return done(request, position, request.url.path, _("已提请领导小组研究。"))


@router.post(f"{STAFF}/{{difficulty}}/resolve")
def resolve(request: Request, house: TheHouse, here: Keeper, project: UUID, difficulty: UUID, typed: Form) -> Response:
    """It is out of the way."""
    known_row(house, here, project)
    try:
        words = typed.required("resolved")
        typed.settle()
        position = commands.resolve_difficulty(house.office, here.by(typed), project, difficulty, words)
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **_context(request, house, here, project))
    return done(
        request, position, f"/staff/{here.congress.slug}/implementation/{project}/difficulties", _("已登记为解决。")
    )


@router.get(MEETINGS)
def meetings(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """What waits for the leading group, and the meetings that were held."""
    with house.reading.connect() as conn:
        years = progress_board.years(conn, here.congress.id)
        chosen = year if year in years else (years[0] if years else house.office.today().year)
        held = progress_board.meetings_of(conn, here.congress.id, chosen)
        found = progress_board.difficulties_of(conn, here.congress.id, year=chosen)
    return page(
        request,
        "progress/meetings.html",
        year=chosen,
        years=years,
        waiting=[one for one in found if one.resolved_on is None and not one.decisions],
        carried_out=[one for one in found if one.resolved_on is None and one.decisions],
        meetings=held,
        decisions={met.meeting: [one for one in found if _decided_at(one, met.meeting)] for met in held},
        today=house.office.today(),
        office=f"/staff/{here.congress.slug}",
        root=f"/staff/{here.congress.slug}/meetings",
        may_keep=here.may(Act.KEEP_IMPLEMENTATION),
    )


@router.get(f"{MEETINGS}/new")
def new(request: Request, house: TheHouse, here: Keeper, year: int = 0) -> Response:
    """The form for a meeting with all it decided."""
    form = blank(request, held_on=house.office.today().isoformat(), year=year)
    return page(request, _NEW, form=form, **_meeting_context(house, here, year))


@router.post(f"{MEETINGS}/new")
def record(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Records a meeting; what it decided stands on each project's timeline."""
    year = typed.integer("year")
    context = _meeting_context(house, here, year)
    by = here.by(typed)
    meeting = house.office.new_id(by, "meeting")
    try:
        title, held_on = typed.required("title"), typed.date("held_on")
        settled = _read_settled(typed, context["open"])
        typed.settle()
        with keeping(house, by, here.congress.id, sent_along(typed, "minutes"), "minutes") as minutes:
            met = LeadingGroupMet(
                congress=here.congress.id,
                year=Year(year),
                title=title,
                held_on=held_on,
                chair=typed.text("chair"),
                words=typed.text("words"),
                minutes=minutes,
            )
            position = commands.record_meeting(house.office, by, meeting, met, settled)
    except Refused as refused:
        return again(request, _NEW, typed, refused, **context)
    return done(request, position, f"/staff/{here.congress.slug}/meetings?year={year}", _("会议已登记。"))


@router.get(f"{MEETINGS}/{{meeting}}/minutes")
def minutes(house: TheHouse, here: OfficeReader, meeting: UUID) -> Response:
    """The minutes of a meeting."""
    return minutes_file(house, here, meeting)


def minutes_file(house: House, here: Place, meeting: UUID) -> Response:
    """The file as it was sent along. Raises NotFound where there is none or it was erased."""
    met = house.office.state_of(meeting, rules.evolve_meeting)
    attached = met.minutes if isinstance(met, LeadingGroupMet) and met.congress == here.congress.id else None
    kept = file_at(house.private, attached.file) if attached else None
    if kept is None:
        raise NotFound(kind="file", id=str(meeting))
    return file_response(kept)


def _decided_at(one: DifficultyRow, meeting: UUID) -> bool:
    return any(decision.meeting == meeting for decision in one.decisions)


def _read_settled(typed: Typed, open_ones: list[DifficultyRow]) -> list[Settled]:
    """The decisions of the difficulties beside which something is written."""
    found = []
    for one in open_ones:
        field = f"decided_{one.difficulty}"
        due = f"due_{one.difficulty}"
        if typed.text(field):
            found.append(
                Settled(
                    project=one.project,
                    difficulty=one.difficulty,
                    words=typed.text(field),
                    unit_name=typed.text(f"unit_{one.difficulty}"),
                    due_on=typed.date(due) if typed.text(due) else None,
                )
            )
    return found


def _meeting_context(house: House, here: Place, year: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        found = progress_board.difficulties_of(conn, here.congress.id, year=year)
        units = [one.name for one in units_of(conn, here.congress.id) if not one.withdrawn]
    return {
        "open": [one for one in found if one.resolved_on is None],
        "units": units,
        "year": year,
        "longest": LONGEST,
        "root": f"/staff/{here.congress.slug}/meetings",
    }


def _context(request: Request, house: House, here: Place, project: UUID) -> dict[str, Any]:
    row = known_row(house, here, project)
    with house.reading.connect() as conn:
        found = progress_board.difficulties_of(conn, here.congress.id, project=project)
    return {
        **file_context(request, here, views.shown(row, measure_of(house, here))),
        "difficulties": found,
        "may_raise": leads(here, row) and row.plan is not None,
        "longest": LONGEST,
    }
