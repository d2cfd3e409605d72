"""Findings of a guidance visit: noted, sent back and approved above; answered and passed to units below."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.office import By
from application.supervision import visits as commands
from domain.shared import NotFound, Refused
from domain.supervision.duty import WITHIN
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.duties.desk import order_of
from interfaces.web.duties.files import keeping_all, sent_all
from interfaces.web.visits.desk import Keeper, Visitor, address, known_visit, own_visit, visit_context

router = APIRouter()

ONE = "/staff/{slug}/visits/{visit}"
FINDING = f"{ONE}/findings/{{finding}}"
_NEW, _ANSWER, _BACK, _DUTY = (
    "visits/finding_new.html",
    "visits/finding_answer.html",
    "visits/finding_back.html",
    "visits/finding_duty.html",
)


@router.get(f"{ONE}/findings/new")
def new(request: Request, house: TheHouse, here: Visitor, visit: UUID) -> Response:
    """The form of a finding."""
    own_visit(house, here, visit)
    return page(request, _NEW, form=blank(request, working_days=WITHIN), **visit_context(house, here, visit))


@router.post(f"{ONE}/findings/new")
def note(request: Request, house: TheHouse, here: Visitor, visit: UUID, typed: Form) -> Response:
    """What the lower congress is to answer."""
    own_visit(house, here, visit)
    by = here.by(typed)
    try:
        words, days = typed.required("words"), typed.integer("working_days")
        project = typed.id("project") if typed.text("project") else None
        typed.settle()
        position = commands.note_finding(
            house.office,
            by,
            visit,
            house.office.new_id(by, "finding"),
            words,
            working_days=days,
            project=project,
        )
    except Refused as refused:
        return again(request, _NEW, typed, refused, **visit_context(house, here, visit))
    return done(request, position, address(here, visit), _("已发给下级办公室。"))


@router.get(f"{FINDING}/answer")
def answering(request: Request, house: TheHouse, here: Keeper, visit: UUID, finding: UUID) -> Response:
    """The form of the lower office's answer."""
    return _form(request, house, here, visit, finding, _ANSWER, upper=False)


@router.post(f"{FINDING}/answer")
def answer(request: Request, house: TheHouse, here: Keeper, visit: UUID, finding: UUID, typed: Form) -> Response:
    """The lower office answers."""

    def act(by: By) -> int:
        words = typed.required("answer")
        typed.settle()
        with keeping_all(house, by, here.congress.id, sent_all(typed), f"finding/{finding}") as files:
            return commands.answer_finding(house.office, by, visit, finding, words, files)

    return _acted(request, house, here, visit, finding, typed, act, _("答复已提交上级。"), _ANSWER, upper=False)


@router.get(f"{FINDING}/duty")
def ordering(request: Request, house: TheHouse, here: Keeper, visit: UUID, finding: UUID) -> Response:
    """The form with which the lower office passes it to one of its units."""
    return _form(request, house, here, visit, finding, _DUTY, upper=False)


@router.post(f"{FINDING}/duty")
def raise_duty(request: Request, house: TheHouse, here: Keeper, visit: UUID, finding: UUID, typed: Form) -> Response:
    """The lower office passes it to a unit."""

    def act(by: By) -> int:
        order = order_of(typed)
        typed.settle()
        return commands.raise_duty(house.office, by, visit, finding, house.office.new_id(by, "duty"), order)

    return _acted(request, house, here, visit, finding, typed, act, _("已交办给单位。"), _DUTY, upper=False)


@router.get(f"{FINDING}/judge")
def judging(request: Request, house: TheHouse, here: Visitor, visit: UUID, finding: UUID) -> Response:
    """The answer to be approved or sent back."""
    return _form(request, house, here, visit, finding, _BACK, upper=True)


@router.post(f"{FINDING}/send-back")
def send_back(request: Request, house: TheHouse, here: Visitor, visit: UUID, finding: UUID, typed: Form) -> Response:
    """Asks for a better answer."""

    def act(by: By) -> int:
        reason, days = typed.required("reason"), typed.integer("working_days")
        typed.settle()
        return commands.send_back_finding(house.office, by, visit, finding, reason, days)

    return _acted(request, house, here, visit, finding, typed, act, _("已退回重办。"), _BACK, upper=True)


@router.post(f"{FINDING}/approve")
def approve(request: Request, house: TheHouse, here: Visitor, visit: UUID, finding: UUID, typed: Form) -> Response:
    """Takes the answer as good."""
    remark = typed.text("remark")

    def act(by: By) -> int:
        return commands.approve_finding(house.office, by, visit, finding, remark)

    return _acted(request, house, here, visit, finding, typed, act, _("已认可。"), _BACK, upper=True)


@router.post(f"{FINDING}/withdraw")
def withdraw(request: Request, house: TheHouse, here: Visitor, visit: UUID, finding: UUID, typed: Form) -> Response:
    """It was noted by mistake."""

    def act(by: By) -> int:
        reason = typed.required("withdrawn_because")
        typed.settle()
        return commands.withdraw_finding(house.office, by, visit, finding, reason)

    return _acted(request, house, here, visit, finding, typed, act, _("已撤销。"), _BACK, upper=True)


def _form(
    request: Request, house: House, here: Place, visit: UUID, finding: UUID, template: str, *, upper: bool
) -> Response:
    context = _context(house, here, visit, finding, upper=upper)
    row = context["finding"].row
    form = blank(
        request,
        answer=row.answer,
        words=row.words,
        project=str(row.project or ""),
        working_days=WITHIN,
    )
    return page(request, template, form=form, **context)


def _acted(
    request: Request,
    house: House,
    here: Place,
    visit: UUID,
    finding: UUID,
    typed: Typed,
    act: Callable[[By], int],
    say: str,
    template: str,
    *,
    upper: bool,
) -> Response:
    context = _context(house, here, visit, finding, upper=upper)
    try:
        position = act(here.by(typed))
    except Refused as refused:
        return again(request, template, typed, refused, **context)
    return done(request, position, f"{address(here, visit)}#{finding}", say)


def _context(house: House, here: Place, visit: UUID, finding: UUID, *, upper: bool) -> dict[str, Any]:
    """The page of one finding, for the office whose part it is. Raises NotFound."""
    row = known_visit(house, here, visit)
    if (row.congress if upper else row.visited) != here.congress.id:
        raise NotFound(kind="visit", id=str(visit))
    context = visit_context(house, here, visit)
    known = next((one for one in context["one"].findings if one.row.finding == finding), None)
    if known is None:
        raise NotFound(kind="visit_finding", id=str(finding))
    return {**context, "finding": known, "finding_address": f"{address(here, visit)}/findings/{finding}"}
