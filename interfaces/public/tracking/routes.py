"""Where somebody follows a proposal by its code, prints the code, and has the contact data erased."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection
from starlette.responses import RedirectResponse

from application.office import By
from application.proposals.forgetting import forget_proposer
from domain.accounts.permissions import RESIDENT
from domain.shared import NotFound, Refused, normal_code
from interfaces.public import device, flood
from interfaces.public.tracking import views
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.forms import Form, Typed, refilled
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import done, page, retry_headers
from interfaces.web._base.sentences import status_of
from projections import proposal_register
from projections.proposal_register import ProposalRow
from projections.proposal_register.reaching import proposals_with

router = APIRouter()

LONGEST_CODE = 40
_NO_REFERRER = {"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"}


@router.get("/t")
def find(request: Request, code: str = "") -> Response:
    """Where somebody types the code."""
    if code.strip():
        large = "?view=large" if request.query_params.get("view") == "large" else ""
        wanted = quote(normal_code(code[:LONGEST_CODE]) or "0", safe="")
        return RedirectResponse(f"/t/{wanted}{large}", status_code=303)
    return page(request, "tracking/find.html", typed="", unknown=False)


@router.get("/t/{code}")
def show(request: Request, house: TheHouse, code: str) -> Response:
    """What became of it, step by step, up to the finished project."""
    normal = normal_code(code[:LONGEST_CODE])
    with house.reading.connect() as conn:
        row = proposal_register.proposal_by_code(conn, normal)
        if row is None:
            return _unknown(request, code)
        if normal != code:
            large = "?view=large" if request.query_params.get("view") == "large" else ""
            return RedirectResponse(f"/t/{normal}{large}", status_code=308)
        context = views.context(conn, house, row, device.device_of(request))
    return page(request, "tracking/one.html", headers=_NO_REFERRER, **context)


@router.get("/t/{code}/sent")
def sent(request: Request, house: TheHouse, code: str) -> Response:
    """The slip with the code, to be kept, copied or printed, and what happens next."""
    with house.reading.connect() as conn:
        row = proposal_register.proposal_by_code(conn, code[:LONGEST_CODE])
        if row is None:
            return _unknown(request, code)
        context = views.slip(conn, house, views.receipt_of(row))
    return page(request, "tracking/sent.html", headers=_NO_REFERRER, **context)


@router.post("/t/{code}/forget")
def forget(request: Request, house: TheHouse, code: str, typed: Form) -> Response:
    """Erases the contact data for whoever gives the telephone number that was left."""
    with house.reading.connect() as conn:
        row = _known(conn, code)
    try:
        flood.require_turn_to_guess(house, request, row.proposal)
        by = By(actor=RESIDENT, key=f"forget/{typed.key}")
        with house.reading.connect() as conn:
            carrying = proposals_with(conn, [row.contact])[row.contact] if row.contact else []
        position = forget_proposer(house.office, house.private, by, row.proposal, typed.text("phone"), carrying)
    except Refused as refused:
        return _again(request, house, row, typed, refused)
    return done(request, position, f"/t/{row.code}", _("联系方式已经删除。"))


def _known(conn: Connection, code: str) -> ProposalRow:
    """Raises NotFound."""
    row = proposal_register.proposal_by_code(conn, code[:LONGEST_CODE])
    if row is None:
        raise NotFound(kind="proposal", id="")
    return row


def _again(request: Request, house: TheHouse, row: ProposalRow, typed: Typed, refused: Refused) -> Response:
    with house.reading.connect() as conn:
        context = views.context(conn, house, row, device.device_of(request))
    form = refilled(request, typed, refused)
    status = status_of(refused)
    return page(request, "tracking/one.html", form=form, status=status, headers=retry_headers(refused), **context)


def _unknown(request: Request, code: str) -> Response:
    return page(request, "tracking/find.html", status=404, typed=code[:LONGEST_CODE], unknown=True)
