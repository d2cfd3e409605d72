"""One remark: corrected, assigned, answered, sent back, accepted; the units' list of what they are to answer."""

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import deliberation as commands
from application.deliberation import Said
from application.office import By
from domain.projects.remark import RemarkKind
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.deliberation import views
from interfaces.web.deliberation.desk import (
    Answering,
    Keeper,
    address,
    answered_by_me,
    known_remark,
    remark_context,
    sees_all,
)
from projections import candidate_board, deliberation

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/deliberation/remarks/{remark}", "/unit/{slug}/remarks/{remark}"
_PAGE = "deliberation/remark.html"


@router.get(STAFF)
def one(request: Request, house: TheHouse, here: OfficeReader, remark: UUID) -> Response:
    """A remark with everything that may be done with it."""
    return _shown(request, house, here, remark)


@router.get(UNIT)
def own(request: Request, house: TheHouse, here: Answering, remark: UUID) -> Response:
    """A remark to a unit, with the form for the answer."""
    return _shown(request, house, here, remark)


@router.get("/unit/{slug}/remarks")
def listed(request: Request, house: TheHouse, here: Answering, year: int = 0) -> Response:
    """What the unit is to answer, open ones first; the government office sees all."""
    today = house.office.today()
    with house.reading.connect() as conn:
        years = deliberation.years(conn, here.congress.id)
        chosen = year or (years[0] if years else today.year)
        candidates = candidate_board.candidates_of(conn, here.congress.id, chosen)
        rows = answered_by_me(house, here, chosen)
        shown = views.shown_all(conn, here.congress.id, rows, candidates, today)
    return page(
        request,
        "deliberation/unit.html",
        waiting=[one for one in shown if one.waits],
        others=[one for one in shown if not one.waits],
        sees_all=sees_all(here),
        year=chosen,
        years=years,
        root=f"/unit/{here.congress.slug}/remarks",
    )


@router.post(f"{STAFF}/correct")
def correct(request: Request, house: TheHouse, here: Keeper, remark: UUID, typed: Form) -> Response:
    """Puts right the words, the kind or the day."""
    row = known_remark(house, here, remark)

    def act(by: By) -> int:
        kind = RemarkKind.QUESTION if row.is_question else typed.choice("kind", RemarkKind)
        said = Said(kind=kind, words=typed.text("words"), on=typed.date("on"))
        typed.settle()
        return commands.correct_remark(house.office, by, row.project, remark, said)

    return _acted(request, house, here, remark, typed, act, _("已更正。"))


@router.post(f"{STAFF}/take-back")
def take_back(request: Request, house: TheHouse, here: Keeper, remark: UUID, typed: Form) -> Response:
    """Takes it back for whoever said it."""
    row = known_remark(house, here, remark)

    def act(by: By) -> int:
        reason = typed.required("taken_back_because")
        typed.settle()
        return commands.take_back_remark(house.office, by, row.project, remark, reason)

    return _acted(request, house, here, remark, typed, act, _("已撤回。"))


@router.post(f"{STAFF}/assign")
def assign(request: Request, house: TheHouse, here: Keeper, remark: UUID, typed: Form) -> Response:
    """Gives it to a unit."""
    row = known_remark(house, here, remark)

    def act(by: By) -> int:
        unit, due_on = typed.id("unit"), typed.date("due_on")
        typed.settle()
        return commands.assign_remark(house.office, by, row.project, remark, unit, due_on)

    return _acted(request, house, here, remark, typed, act, _("已交办。"))


@router.post(f"{STAFF}/answer")
@router.post(f"{UNIT}/answer")
def answer(request: Request, house: TheHouse, here: Answering, remark: UUID, typed: Form) -> Response:
    """Answers it."""
    row = known_remark(house, here, remark)

    def act(by: By) -> int:
        words = typed.required("answer")
        typed.settle()
        return commands.answer_remark(house.office, by, row.project, remark, words)

    return _acted(request, house, here, remark, typed, act, _("答复已提交。"))


@router.post(f"{STAFF}/send-back")
def send_back(request: Request, house: TheHouse, here: Keeper, remark: UUID, typed: Form) -> Response:
    """Asks for a better answer."""
    row = known_remark(house, here, remark)
    reason = typed.text("reason")
    return _acted(
        request,
        house,
        here,
        remark,
        typed,
        lambda by: commands.send_back_answer(house.office, by, row.project, remark, reason),
        _("已退回重答。"),
    )


@router.post(f"{STAFF}/accept")
def accept(request: Request, house: TheHouse, here: Keeper, remark: UUID, typed: Form) -> Response:
    """Takes the answer as good."""
    row = known_remark(house, here, remark)
    return _acted(
        request,
        house,
        here,
        remark,
        typed,
        lambda by: commands.accept_answer(house.office, by, row.project, remark),
        _("已认可答复。"),
    )


def _shown(request: Request, house: House, here: Place, remark: UUID) -> Response:
    context = remark_context(request, house, here, remark)
    row = context["row"]
    form = blank(
        request,
        answer=row.answer,
        kind=row.kind,
        words=row.words,
        on=row.said_on.isoformat(),
        unit=str(row.unit or ""),
        due_on=row.due_on.isoformat() if row.due_on else "",
    )
    return page(request, _PAGE, form=form, **context)


def _acted(
    request: Request, house: House, here: Place, remark: UUID, typed: Typed, act: Callable[[By], int], say: str
) -> Response:
    try:
        position = act(here.by(typed))
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **remark_context(request, house, here, remark))
    area = request.url.path.split("/")[1]
    return done(request, position, address(area, here, remark), say)
