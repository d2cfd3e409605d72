"""The shown proposals of a year, and supporting them."""

from typing import Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from application.office import By
from application.private import supporters
from application.proposals.support import support_online
from domain.accounts.permissions import RESIDENT
from domain.proposals.call import YEARS
from domain.proposals.deciding import ProposalSettled
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.public import device, flood
from interfaces.public.lists.views import congress as congress_of
from interfaces.public.supporting.standing import standing, standings
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import done, led_to, page
from interfaces.web._base.paging import pager
from projections import calls, proposal_register
from projections.congress_directory import ListedCongress
from projections.proposal_register import MOST_SUPPORTED, NEW_FIRST, ProposalRow

router = APIRouter()

PER_PAGE: Final = 20
LONGEST: Final = 40


@router.get("/{slug}/{year:int}/proposals")
def listed(request: Request, house: TheHouse, slug: str, year: int) -> Response:
    """What residents proposed, as the office shows it: found by words and category, the most supported first."""
    query = request.query_params
    words, order = query.get("words", "")[:LONGEST].strip(), query.get("order", "")
    order = NEW_FIRST if order == NEW_FIRST else MOST_SUPPORTED
    asked = query.get("category", "")[:LONGEST]
    category = asked if asked and asked.isprintable() else None
    if year not in YEARS:
        raise NotFound(kind="page", id=str(year))
    with house.reading.connect() as conn:
        congress = congress_of(conn, slug)
        wanted: dict[str, Any] = {"words": words, "category": category}
        pages = pager(request, proposal_register.shown_count(conn, congress.id, year, **wanted), PER_PAGE)
        rows = proposal_register.shown_of(
            conn, congress.id, year, order=order, offset=pages.offset, limit=PER_PAGE, **wanted
        )
        found = standings(conn, rows)
        call = calls.call_of(conn, congress.id, year)
        categories = [name for name, _number in proposal_register.categories(conn, congress.id, year) if name]
    supported = _supported(house, device.device_of(request), rows)
    return page(
        request,
        "supporting/list.html",
        congress=congress,
        year=year,
        pages=pages,
        found=[
            (row, one, house.seals.public_name(row.proposal), row.proposal in supported)
            for row, one in zip(rows, found, strict=True)
        ],
        call=call,
        is_open=call is not None and call.is_open(house.office.today()),
        categories=categories,
        words=words,
        category=category or "",
        order=order,
    )


@router.get("/{slug}/{year:int}/proposals/{name}")
def one(request: Request, house: TheHouse, slug: str, year: int, name: str) -> Response:
    """One shown proposal, to be read, supported and passed on."""
    with house.reading.connect() as conn:
        congress = congress_of(conn, slug)
        row = _shown(conn, house, congress, year, name)
        found = standing(conn, row)
        call = calls.call_of(conn, congress.id, year)
    supported = row.proposal in _supported(house, device.device_of(request), [row])
    return page(
        request,
        "supporting/one.html",
        congress=congress,
        year=year,
        row=row,
        standing=found,
        name=name,
        supported=supported,
        is_open=call is not None and call.is_open(house.office.today()),
    )


@router.post("/{slug}/{year:int}/proposals/{name}/support")
def support(request: Request, house: TheHouse, slug: str, year: int, name: str, _typed: Form) -> Response:
    """One voice, once a device."""
    with house.reading.connect() as conn:
        row = _shown(conn, house, congress_of(conn, slug), year, name)
    return supported_by(request, house, row.proposal, f"/{slug}/{year}/proposals/{name}")


@router.post("/t/{code}/support")
def support_by_code(request: Request, house: TheHouse, code: str, _typed: Form) -> Response:
    """The same from the page of a tracking code, for whoever follows a proposal on another device."""
    with house.reading.connect() as conn:
        row = proposal_register.proposal_by_code(conn, code[:LONGEST])
    if row is None:
        raise NotFound(kind="proposal", id="")
    return supported_by(request, house, row.proposal, f"/t/{row.code}")


def supported_by(request: Request, house: House, proposal: UUID, leads_to: str) -> Response:
    """Counts the voice and says so. Raises TooOften or NotFound."""
    known = device.known_device(request)
    hashed = device.device_hash(house, known, proposal)
    large = "?view=large" if request.query_params.get("view") == "large" else ""
    if supporters.has_supported(house.private, {hashed}):
        return led_to(request, leads_to + large, _("您已经附议过这条建议。"))
    flood.require_turn_to_support(house, request, proposal)
    by = By(actor=RESIDENT, key=f"support/{uuid4()}")  # the device, not the form, makes it one voice
    try:
        position = support_online(house.office, house.private, by, proposal, hashed)
    except ProposalSettled:  # since the page was opened
        return led_to(request, leads_to + large, _("这条建议已经办结，不再计附议。"))
    if position is None:
        return led_to(request, leads_to + large, _("您已经附议过这条建议。"))
    response = done(request, position, leads_to + large, _("附议已经计入，谢谢。"))
    device.remember(house, response, known)
    return response


def _supported(house: House, number: str, rows: list[ProposalRow]) -> set[UUID]:
    """Those of the rows that this device has supported."""
    if not number:
        return set()
    hashes = {device.device_hash(house, number, row.proposal): row.proposal for row in rows}
    return {hashes[known] for known in supporters.has_supported(house.private, set(hashes))}


def _shown(conn: Connection, house: House, congress: ListedCongress, year: int, name: str) -> ProposalRow:
    """Raises NotFound for what is not shown there."""
    identity = house.seals.identity_of(name[:LONGEST])
    row = proposal_register.proposal_at(conn, identity) if identity else None
    if row is None or not row.shown or (row.congress, row.year) != (congress.id, year):
        raise NotFound(kind="proposal", id="")
    return row
