"""Departments' and the government office's own proposals: the form for units, and what became of each."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Connection

from application.proposals.receiving import receive_proposal
from domain.accounts.permissions import Act, Role
from domain.proposals import proposal as proposals
from domain.proposals.call import Channel
from domain.proposals.deciding import LONGEST_CONTENT, LONGEST_PLACE, LONGEST_TITLE
from domain.proposals.proposal import ProposalForm, ProposalReceived, tracking_code
from domain.shared import NotFound, NotPermitted, Refused, Year
from interfaces.composition import House
from interfaces.public.proposing.categories import categories
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.delegate_proposals import views
from interfaces.web.proposals.forms import read_suggestion
from projections import proposal_register
from projections.calls import CallRow
from projections.congress_register import units_of
from projections.proposal_register import ProposalRow

router = APIRouter()

PATH = "/unit/{slug}/suggestions"
MOST_SHOWN = 200


def require_unit(here: Place) -> None:
    """Raises NotPermitted for who neither answers for a unit nor belongs to the government office."""
    is_government = any(
        grant.role is Role.GOVERNMENT and grant.congress == here.congress.id for grant in here.actor.grants
    )
    if here.unit is None and not is_government:
        raise NotPermitted(act=Act.PROPOSE.value)


def _for_a_unit(here: Annotated[Place, Depends(needing(Act.PROPOSE))]) -> Place:
    require_unit(here)
    return here


Proposing = Annotated[Place, Depends(_for_a_unit)]


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: Proposing) -> Response:
    """What the unit has brought, newest first; the government office sees what all units have."""
    with house.reading.connect() as conn:
        context = views.listed(request, conn, here, own_rows(conn, here), house.office.today())
    return page(request, "unit_proposals/list.html", of_all=here.unit is None, root=_root(here), **context)


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Proposing) -> Response:
    """The form for units, or that there is no call yet."""
    with house.reading.connect() as conn:
        context = _form_context(conn, house, here)
    if context["call"] is None:
        return page(request, "unit_proposals/closed.html", root=_root(here))
    return page(request, "unit_proposals/new.html", form=blank(request, unit=here.unit or ""), **context)


@router.post(f"{PATH}/new")
def bring(request: Request, house: TheHouse, here: Proposing, typed: Form) -> Response:
    """Brings the proposal in the name of the unit."""
    with house.reading.connect() as conn:
        context = _form_context(conn, house, here)
    call: CallRow | None = context["call"]
    if call is None:
        raise NotFound(kind="call", id="")
    by = here.by(typed)
    proposal = house.office.new_id(by, "proposal")
    try:
        fact = _read(house, here, typed, call.year)
        position = receive_proposal(house.office, by, proposal, fact)
    except Refused as refused:
        return again(request, "unit_proposals/new.html", typed, refused, **context)
    code = tracking_code(proposal)
    return done(request, position, f"{_root(here)}/{proposal}", _("建议已提交，查询码 %(code)s。", code=code))


@router.get(f"{PATH}/{{proposal}}")
def one(request: Request, house: TheHouse, here: Proposing, proposal: UUID) -> Response:
    """One of the unit's proposals with its way up to the finished project."""
    with house.reading.connect() as conn:
        row = known(conn, here, proposal)
        shown, steps = views.way(conn, row, house.office.today())
    state = house.office.state_of(proposal, proposals.evolve)
    suggestion = state.suggestion if state else None
    return page(
        request, "unit_proposals/one.html", one=shown, steps=steps, suggestion=suggestion, row=row, root=_root(here)
    )


def own_rows(conn: Connection, here: Place) -> list[ProposalRow]:
    """The proposals of the unit, or those of all units for the government office, newest first."""
    if here.unit is not None:
        return proposal_register.brought_by(conn, here.congress.id, unit=here.unit)
    found: list[ProposalRow] = []
    for year in proposal_register.years(conn, here.congress.id):
        found += proposal_register.proposals_of(
            conn, here.congress.id, year, channel=Channel.UNIT, limit=MOST_SHOWN - len(found)
        )
        if len(found) >= MOST_SHOWN:
            break
    return found


def known(conn: Connection, here: Place, proposal: UUID) -> ProposalRow:
    """Raises NotFound for what another unit or a resident brought."""
    row = proposal_register.proposal_at(conn, proposal)
    is_ours = row is not None and row.congress == here.congress.id and row.channel == Channel.UNIT
    if row is None or not is_ours or here.unit not in (None, row.unit):
        raise NotFound(kind="proposal", id=str(proposal))
    return row


def name_of(house: House, congress: UUID, unit: UUID | None) -> str:
    """What a unit is called; None stands for the government office itself. Raises NotFound."""
    if unit is None:
        return _("政府办公室")
    with house.reading.connect() as conn:
        found = next((one.name for one in units_of(conn, congress) if one.id == unit), None)
    if found is None:
        raise NotFound(kind="unit", id=str(unit))
    return found


def _read(house: House, here: Place, typed: Typed, year: int) -> ProposalReceived:
    unit = here.unit or (typed.id("unit") if typed.text("unit") else None)
    suggestion = read_suggestion(typed)
    typed.settle()
    return ProposalReceived(
        congress=here.congress.id,
        year=Year(year),
        code="",
        form=ProposalForm.UNIT,
        channel=Channel.UNIT,
        received_on=house.office.today(),
        suggestion=suggestion,
        unit=unit,
        unit_name=name_of(house, here.congress.id, unit),
    )


def _form_context(conn: Connection, house: House, here: Place) -> dict[str, Any]:
    known_units = [(unit.id, unit.name) for unit in units_of(conn, here.congress.id) if not unit.withdrawn]
    return {
        "call": views.call_to_answer(conn, here, house.office.today()),
        "units": known_units,
        "unit_name": dict(known_units).get(here.unit, "") if here.unit else "",
        "categories": [(one, one) for one in categories(conn, here.congress.id)],
        "most": {"title": LONGEST_TITLE, "content": LONGEST_CONTENT, "place": LONGEST_PLACE},
        "root": _root(here),
    }


def _root(here: Place) -> str:
    return f"/unit/{here.congress.slug}/suggestions"
