"""When an overdue duty goes up by itself: in force here, whose it is, adopted anew."""

from typing import Any

from fastapi import APIRouter, Request, Response

from application.supervision import duty_rules as commands
from application.supervision.duty_rules import DutyRulesInForce
from domain.accounts.permissions import Act
from domain.shared import Refused
from domain.supervision.duty import STEPS as IN_ORDER
from domain.supervision.duty_rules import DutyRules, DutyRulesAdopted, DutyRung, duty_rules_stream
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.duties.desk import Keeper
from interfaces.web.duties.words import STEPS
from projections import congress_directory

router = APIRouter()

PATH = "/staff/{slug}/duties/rules"
_PAGE = "duties/rules.html"


@router.get(PATH)
def rules(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """What counts here, whose it is, and the form for the next version filled with it."""
    known = commands.duty_rules_for(house.office, here.congress.id)
    form = blank(request, decision="", **_values_of(known.rules))
    return page(request, _PAGE, form=form, **_context(house, here, known))


@router.post(PATH)
def adopt(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Adopts the next version; a row that is left empty is left to the office, as are those after it."""
    try:
        wanted = _read(typed)
        decision = typed.text("decision")
        position = commands.adopt_duty_rules(house.office, here.by(typed), here.congress.id, wanted, decision)
    except Refused as refused:
        known = commands.duty_rules_for(house.office, here.congress.id)
        return again(request, _PAGE, typed, refused, **_context(house, here, known))
    return done(request, position, f"/staff/{here.congress.slug}/duties/rules", _("新的督办规则已经启用。"))


def rung_words(rung: DutyRung) -> str:
    """One step in words."""
    told = {"n": rung.after, "step": STEPS[rung.step.value]}
    if not rung.to:
        return _("逾期满 %(n)s 个工作日，自动%(step)s承办单位。", **told)
    return _("逾期满 %(n)s 个工作日，自动%(step)s，送%(to)s。", to=rung.to, **told)


def _values_of(rules: DutyRules) -> dict[str, Any]:
    after = {f"{rung.step.value}_after": rung.after for rung in rules.rungs}
    return {**after, **{f"{rung.step.value}_to": rung.to for rung in rules.rungs}}


def _read(typed: Typed) -> DutyRules:
    """Rows without a number are left out. Raises WrongFields."""
    rungs = tuple(
        DutyRung(step=step, after=typed.integer(f"{step.value}_after"), to=typed.text(f"{step.value}_to"))
        for step in IN_ORDER
        if typed.text(f"{step.value}_after")
    )
    typed.settle()
    return DutyRules(rungs=rungs)


def _context(house: House, here: Place, known: DutyRulesInForce) -> dict[str, Any]:
    stream = duty_rules_stream(here.congress.id)
    recorded = house.history.recorded_of((stream,)).get(stream, [])
    with house.reading.connect() as conn:
        whose = congress_directory.congresses_named(conn, [known.congress]) if known.congress else []
    return {
        "known": known,
        "whose": whose[0] if whose else None,
        "is_own": known.congress == here.congress.id,
        "told": [rung_words(rung) for rung in known.rules.rungs],
        "by_hand": [STEPS[step.value] for step in IN_ORDER[len(known.rules.rungs) :]],
        "rows": [(step.value, str(STEPS[step.value])) for step in IN_ORDER],
        "versions": [(one.at, one.fact) for one in reversed(recorded) if isinstance(one.fact, DutyRulesAdopted)],
        "may_adopt": here.may(Act.KEEP_SUPERVISION),
        "root": f"/staff/{here.congress.slug}/duties",
    }
