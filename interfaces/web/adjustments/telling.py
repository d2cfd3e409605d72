"""The duty “report to the next session” (rule 20): what is still to be told, and that it was told."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.implementation import adjusting as commands
from domain.shared import Missing, Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.adjustments.desk import Decider, around, shown
from projections import plans
from projections.congress_register import sessions_of

router = APIRouter()

PATH = "/staff/{slug}/adjustments/report"
_PAGE = "adjustments/report.html"


@router.get(PATH)
def show(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """The decided adjustments that no session was told of, with the paper to tell them by."""
    context = _context(request, house, here)
    chosen = [str(one.row.adjustment) for one in context["to_tell"]]
    return page(request, _PAGE, form=blank(request, chosen=chosen), **context)


@router.post(PATH)
def told(request: Request, house: TheHouse, here: Decider, typed: Form) -> Response:
    """Records the session in which the chosen ones were told."""
    try:
        session = typed.id("session")
        typed.settle()
        wanted = set(typed.texts("chosen"))
        with house.reading.connect() as conn:
            open_ = plans.session_duties(conn, here.congress.id)
        chosen: list[tuple[UUID, UUID]] = [
            (one.project, one.adjustment) for one in open_ if str(one.adjustment) in wanted
        ]
        if not chosen:
            raise Missing(fields=("adjustments",))
        position = commands.inform_session(house.office, here.by(typed), here.congress.id, session, chosen)
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **_context(request, house, here))
    said = _("已登记：%(n)s 项调整已向大会报告。", n=len(chosen))
    return done(request, position, around(request, here)["list"], said)


def _context(request: Request, house: House, here: Place) -> dict[str, Any]:
    today = house.office.today()
    with house.reading.connect() as conn:
        to_tell = [shown(row) for row in plans.session_duties(conn, here.congress.id)]
        sessions = sessions_of(conn, here.congress.id)
    earliest = min((one.row.notice_on for one in to_tell if one.row.notice_on), default=today)
    held = [(str(one.id), one.title) for one in sessions if earliest <= one.starts_on <= today]
    coming = sorted((one for one in sessions if one.starts_on > today), key=lambda one: one.starts_on)
    return {
        "to_tell": to_tell,
        "held": held,
        "coming": coming[0] if coming else None,
        **around(request, here),
    }
