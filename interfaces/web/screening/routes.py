"""The congress's screening rules: both lists, the order of approvals, every version with its decision."""

from typing import Any

from fastapi import APIRouter, Request, Response

from application.proposals import screening as commands
from domain.accounts.permissions import Act
from domain.proposals.screening import READY_MADE, ScreeningRulesAdopted, rules_stream
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Sheet, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.candidates.desk import ListKeeper
from interfaces.web.screening import candidacy, ticking
from interfaces.web.screening.desk import Screener
from interfaces.web.screening.rules import STEPS, choices, read_rules, rows_of, values_of
from interfaces.web.screening.words import APPROVALS

router = APIRouter()
router.routes.extend([*ticking.router.routes, *candidacy.router.routes])

STAFF, UNIT = "/staff/{slug}/screening", "/unit/{slug}/screening"


@router.get(STAFF)
def rules(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """What the congress screens by, and what it screened by before."""
    return page(request, "screening/rules.html", **_context(house, here))


@router.get(UNIT)
def rules_for_government(request: Request, house: TheHouse, here: Screener) -> Response:
    """The same for the government's office, which screens by them too."""
    return page(request, "screening/rules.html", **_context(house, here))


@router.get(f"{STAFF}/new")
def edit(request: Request, house: TheHouse, here: ListKeeper) -> Response:
    """The form for the next version, filled with the present one."""
    known = commands.rules_of(house.office, here.congress.id)
    form = blank(request, **values_of(known.rules if known else READY_MADE))
    return page(request, "screening/new.html", form=form, **_form_context(form, first=known is None))


@router.post(f"{STAFF}/new")
def adopt(request: Request, house: TheHouse, here: ListKeeper, typed: Form) -> Response:
    """Adopts the next version."""
    known = commands.rules_of(house.office, here.congress.id)
    try:
        position = commands.adopt_screening_rules(
            house.office, here.by(typed), here.congress.id, read_rules(typed), typed.text("decision")
        )
    except Refused as refused:
        sheet = Sheet(request=request, typed=typed.data)
        context = _form_context(sheet, first=known is None)
        return again(request, "screening/new.html", typed, refused, **context)
    return done(request, position, f"/staff/{here.congress.slug}/screening", _("新的初筛清单已经启用。"))


def _context(house: House, here: Place) -> dict[str, Any]:
    stream = rules_stream(here.congress.id)
    recorded = house.history.recorded_of((stream,)).get(stream, [])
    versions = [(one.at, one.fact) for one in recorded if isinstance(one.fact, ScreeningRulesAdopted)]
    return {
        "rules": versions[-1][1].rules if versions else READY_MADE,
        "adopted": versions[-1] if versions else None,
        "versions": versions[::-1],
        "approval_words": APPROVALS,
        "may_adopt": here.may(Act.FIX_LIST),
    }


def _form_context(form: Sheet, *, first: bool) -> dict[str, Any]:
    return {
        "positive": rows_of(form, "p"),
        "negative": rows_of(form, "n"),
        "steps": STEPS,
        "kinds": choices(),
        "first": first,
    }
