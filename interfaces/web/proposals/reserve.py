"""The reserve pool 储备库: what waits for a later year, and bringing it there."""

from typing import Any

from fastapi import APIRouter, Request, Response

from application.proposals import handling
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web._base.paging import pager
from interfaces.web.calls.words import CHANNELS
from interfaces.web.proposals.desk import STAFF, UNIT, Decider, ProposalReader, ids_in, root_of
from projections import calls, proposal_register

router = APIRouter()


@router.get(f"{STAFF}/reserve")
@router.get(f"{UNIT}/reserve")
def pool(request: Request, house: TheHouse, here: ProposalReader) -> Response:
    """Every proposal in the pool, of whatever year."""
    return page(request, "proposals/reserve.html", **_context(request, house, here))


@router.post(f"{STAFF}/reserve")
@router.post(f"{UNIT}/reserve")
def draw(request: Request, house: TheHouse, here: Decider, typed: Form) -> Response:
    """Brings the ticked ones into a later year, where they are received anew."""
    chosen = ids_in(typed, "chosen")
    try:
        year = typed.integer("into_year")
        typed.settle()
        position = handling.draw_from_reserve(house.office, here.by(typed), chosen, year)
    except Refused as refused:
        return again(request, "proposals/reserve.html", typed, refused, **_context(request, house, here))
    said = _("已把 %(n)s 件建议转入 %(year)s 年。", n=len(chosen), year=year)
    return done(request, position, f"{root_of(request, here)}?year={year}", said)


def _context(request: Request, house: House, here: Place) -> dict[str, Any]:
    with house.reading.connect() as conn:
        listed = pager(request, proposal_register.reserved_count(conn, here.congress.id))
        rows = proposal_register.reserved(conn, here.congress.id, offset=listed.offset, limit=listed.per_page)
        drawn = proposal_register.onward_of_many(conn, [row.proposal for row in rows])
        reasons = proposal_register.reserved_because(conn, [row.proposal for row in rows])
        called = sorted(call.year for call in calls.calls_of(conn, here.congress.id))
        years = [year for year in called if rows and year > min(row.year for row in rows)]
    return {
        "proposals": rows,
        "pager": listed,
        "drawn": drawn,
        "reasons": reasons,
        "years": years,
        "year_choices": [(year, _("%(year)s 年", year=year)) for year in years],
        "channels": CHANNELS,
        "root": root_of(request, here),
    }
