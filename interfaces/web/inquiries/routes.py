"""Special inquiries and hearings in the office: planned, rearranged, cancelled, held, with the duties they leave."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.supervision import inquiries as commands
from domain.shared import Refused
from domain.supervision.duty import WITHIN
from domain.supervision.inquiry import InquiryKind, InquiryStage
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.duties.desk import order_of, project_names
from interfaces.web.duties.files import keeping_all, kept_response, sent_all
from interfaces.web.inquiries import asking, papers, speaking
from interfaces.web.inquiries.desk import (
    Keeper,
    choices,
    draft_of,
    inquiry_context,
    known_inquiry,
    minutes_of,
)
from interfaces.web.inquiries.words import INQUIRY_KINDS, INQUIRY_STAGES, TAGS
from projections import inquiries

router = APIRouter()
router.routes.extend([*asking.router.routes, *papers.router.routes, *speaking.router.routes])

PATH = "/staff/{slug}/inquiries"
_NEW, _ONE = "inquiries/plan.html", "inquiries/one.html"
_HOLD, _DUTY = "inquiries/hold.html", "inquiries/duty.html"


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: OfficeReader, year: int = 0, kind: str = "") -> Response:
    """Those of a year, the latest first."""
    with house.reading.connect() as conn:
        years = inquiries.years(conn, here.congress.id)
        chosen = year or (years[0] if years else house.office.today().year)
        rows = inquiries.inquiries_of(conn, here.congress.id, year=chosen, kind=kind if kind in INQUIRY_KINDS else "")
        about = inquiries.projects_of(conn, [row.inquiry for row in rows])
        names = project_names(conn, here.congress.id)
    return page(
        request,
        "inquiries/list.html",
        form=blank(request, kind=kind),
        year=chosen,
        years=years,
        rows=rows,
        about={row.inquiry: [names.get(project, "") for project in about[row.inquiry]] for row in rows},
        kinds=list(INQUIRY_KINDS.items()),
        kind_words=INQUIRY_KINDS,
        stage_words=INQUIRY_STAGES,
        tags=TAGS,
        kind=kind,
        root=f"/staff/{here.congress.slug}/inquiries",
    )


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Keeper, project: str = "") -> Response:
    """The form of a plan."""
    form = blank(request, kind=InquiryKind.INQUIRY.value, projects=[project] if project else [])
    return page(request, _NEW, form=form, **_planning(house, here))


@router.post(f"{PATH}/new")
def plan(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Puts it on the plan."""
    by = here.by(typed)
    inquiry = house.office.new_id(by, "inquiry")
    try:
        kind, draft = typed.choice("kind", InquiryKind), draft_of(typed)
        typed.settle()
        position = commands.plan_inquiry(house.office, by, here.congress.id, inquiry, kind, draft)
    except Refused as refused:
        return again(request, _NEW, typed, refused, **_planning(house, here))
    return done(request, position, _address(here, inquiry), _("已安排。代表可以在手机上提前提问。"))


@router.get(f"{PATH}/{{inquiry}}")
def one(request: Request, house: TheHouse, here: OfficeReader, inquiry: UUID) -> Response:
    """One of them with everything that may be done."""
    return page(request, _ONE, **inquiry_context(house, here, inquiry))


@router.get(f"{PATH}/{{inquiry}}/edit")
def editing(request: Request, house: TheHouse, here: Keeper, inquiry: UUID) -> Response:
    """The plan to be changed."""
    row = known_inquiry(house, here, inquiry)
    with house.reading.connect() as conn:
        about = inquiries.projects_of(conn, [inquiry])[inquiry]
    form = blank(
        request,
        kind=row.kind,
        topic=row.topic,
        on=row.on.isoformat(),
        starts_at=row.starts_at,
        place=row.place,
        presiding=row.presiding,
        others=row.others,
        background=row.background,
        projects=[str(project) for project in about],
        delegates=row.delegates,
        units=[unit["unit"] for unit in row.units],
    )
    return page(request, _NEW, form=form, **_planning(house, here, inquiry))


@router.post(f"{PATH}/{{inquiry}}/edit")
def rearrange(request: Request, house: TheHouse, here: Keeper, inquiry: UUID, typed: Form) -> Response:
    """Changes the plan."""
    known_inquiry(house, here, inquiry)
    try:
        draft = draft_of(typed)
        typed.settle()
        position = commands.rearrange_inquiry(house.office, here.by(typed), inquiry, draft)
    except Refused as refused:
        return again(request, _NEW, typed, refused, **_planning(house, here, inquiry))
    return done(request, position, _address(here, inquiry), _("安排已更改。"))


@router.post(f"{PATH}/{{inquiry}}/cancel")
def cancel(request: Request, house: TheHouse, here: Keeper, inquiry: UUID, typed: Form) -> Response:
    """It will not be held."""
    known_inquiry(house, here, inquiry)
    try:
        reason = typed.required("cancelled_because")
        typed.settle()
        position = commands.cancel_inquiry(house.office, here.by(typed), inquiry, reason)
    except Refused as refused:
        return again(request, _ONE, typed, refused, **inquiry_context(house, here, inquiry))
    return done(request, position, _address(here, inquiry), _("已取消。"))


@router.get(f"{PATH}/{{inquiry}}/hold")
def holding(request: Request, house: TheHouse, here: Keeper, inquiry: UUID) -> Response:
    """The form for how the day went."""
    row = known_inquiry(house, here, inquiry)
    form = blank(
        request,
        held_on=(row.on if row.stage == InquiryStage.HELD else min(row.on, house.office.today())).isoformat(),
        conclusion=row.conclusion,
        attending=row.attending or "",
    )
    return page(request, _HOLD, form=form, **inquiry_context(house, here, inquiry))


@router.post(f"{PATH}/{{inquiry}}/hold")
def hold(request: Request, house: TheHouse, here: Keeper, inquiry: UUID, typed: Form) -> Response:
    """It took place; the minutes end with what was found. Files chosen before stay unless others are chosen."""
    known_inquiry(house, here, inquiry)
    by = here.by(typed)
    try:
        minutes = minutes_of(typed)
        typed.settle()
        with keeping_all(house, by, here.congress.id, sent_all(typed), f"inquiry/{inquiry}") as files:
            before = commands.known_inquiry(house.office, inquiry).files
            position = commands.hold_inquiry(house.office, by, inquiry, replace(minutes, files=files or before))
    except Refused as refused:
        return again(request, _HOLD, typed, refused, **inquiry_context(house, here, inquiry))
    return done(request, position, _address(here, inquiry), _("已登记。发现的问题可以交办给单位。"))


@router.get(f"{PATH}/{{inquiry}}/duties/new")
def ordering(request: Request, house: TheHouse, here: Keeper, inquiry: UUID, question: str = "") -> Response:
    """The form of a duty, filled from the question it comes from."""
    context = inquiry_context(house, here, inquiry)
    asked = next((one for one in context["questions"] if str(one.question) == question), None)
    about = context["about"]
    form = blank(
        request,
        words=asked.words if asked else "",
        unit=str(asked.unit) if asked and asked.unit else "",
        project=str(about[0][0]) if len(about) == 1 else "",
        working_days=WITHIN,
    )
    return page(request, _DUTY, form=form, **context)


@router.post(f"{PATH}/{{inquiry}}/duties/new")
def raise_duty(request: Request, house: TheHouse, here: Keeper, inquiry: UUID, typed: Form) -> Response:
    """Gives something that was found to a unit."""
    known_inquiry(house, here, inquiry)
    by = here.by(typed)
    duty = house.office.new_id(by, "duty")
    try:
        order = order_of(typed)
        typed.settle()
        position = commands.raise_duty(house.office, by, inquiry, duty, order)
    except Refused as refused:
        return again(request, _DUTY, typed, refused, **inquiry_context(house, here, inquiry))
    return done(request, position, _address(here, inquiry), _("已交办。"))


@router.get(f"{PATH}/{{inquiry}}/files/{{file}}")
def paper(house: TheHouse, here: OfficeReader, inquiry: UUID, file: UUID) -> Response:
    """A file of the minutes."""
    return minutes_paper(house, here, inquiry, file)


def minutes_paper(house: House, here: Place, inquiry: UUID, file: UUID) -> Response:
    """A file that went along with the minutes. Raises NotFound."""
    row = known_inquiry(house, here, inquiry)
    is_of_it = any(one["file"] == str(file) for one in row.files)
    return kept_response(house, file if is_of_it else None, here.congress.id)


def _planning(house: House, here: Place, inquiry: UUID | None = None) -> dict[str, Any]:
    """What the form of a plan needs; `inquiry`: the one that is changed."""
    root = f"/staff/{here.congress.slug}/inquiries"
    with house.reading.connect() as conn:
        offered = choices(conn, here.congress.id)
    return {**offered, "root": root, "address": f"{root}/{inquiry}" if inquiry else "", "is_new": inquiry is None}


def _address(here: Place, inquiry: UUID) -> str:
    return f"/staff/{here.congress.slug}/inquiries/{inquiry}"
