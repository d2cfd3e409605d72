"""The rules of the four asks: in force here, whose they are, tried out in words, adopted anew."""

from typing import Any

from fastapi import APIRouter, Request, Response

from application import asks as commands
from domain.accounts.permissions import Act
from domain.asks.rules import AskRules, AskRulesAdopted, adopt_rules, rules_stream
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Sheet, blank, refilled
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.asks.desk import Issuer
from interfaces.web.asks.rules_form import parts_of, read_rules, values_of
from interfaces.web.asks.telling import escalation_words, rule_words, window_words
from interfaces.web.asks.words import COUNTED_FROM
from projections import congress_directory

router = APIRouter()

PATH = "/staff/{slug}/asks/rules"


@router.get(PATH)
def rules(request: Request, house: TheHouse, here: OfficeReader) -> Response:
    """What counts here, from whom it comes, and what counted before."""
    return page(request, "asks/rules.html", **_context(house, here))


@router.get(f"{PATH}/new")
def edit(request: Request, house: TheHouse, here: Issuer) -> Response:
    """The form for the next version, filled with what counts now."""
    known = commands.rules_for(house.office, here.congress.id).rules
    form = blank(request, **values_of(known))
    return page(request, "asks/rules_new.html", form=form, **_form_context(form, known, house, here))


@router.post(f"{PATH}/new")
def adopt(request: Request, house: TheHouse, here: Issuer, typed: Form) -> Response:
    """Adopts the next version; `preview` only says in words what was typed."""
    previewed = None
    try:
        wanted = read_rules(typed)
        if typed.text("preview"):
            previewed = adopt_rules(None, here.congress.id, wanted, decision="–").rules
        else:
            position = commands.adopt_ask_rules(
                house.office, here.by(typed), here.congress.id, wanted, typed.text("decision")
            )
    except Refused as refused:
        sheet = refilled(request, typed, refused)
        return again(request, "asks/rules_new.html", typed, refused, **_form_context(sheet, None, house, here))
    if previewed is not None:
        sheet = Sheet(request=request, typed=typed.data)
        return page(request, "asks/rules_new.html", form=sheet, **_form_context(sheet, previewed, house, here))
    return done(request, position, f"/staff/{here.congress.slug}/asks/rules", _("新的四问规则已经启用。"))


def _context(house: House, here: Place) -> dict[str, Any]:
    known = commands.rules_for(house.office, here.congress.id)
    recorded = house.history.recorded_of((stream := rules_stream(here.congress.id),)).get(stream, [])
    with house.reading.connect() as conn:
        whose = congress_directory.congresses_named(conn, [known.congress]) if known.congress else []
    year = house.office.today().year
    return {
        "known": known,
        "whose": whose[0] if whose else None,
        "is_own": known.congress == here.congress.id,
        "told": [(rule_words(rule), window_words(rule, year), rule) for rule in known.rules.rules],
        "escalation": escalation_words(known.rules),
        "versions": [(one.at, one.fact) for one in reversed(recorded) if isinstance(one.fact, AskRulesAdopted)],
        "year": year,
        "may_adopt": here.may(Act.ISSUE_ASK),
    }


def _form_context(form: Sheet, told: AskRules | None, house: House, here: Place) -> dict[str, Any]:
    return {
        "parts": parts_of(form),
        "counted": [(one.value, str(words)) for one, words in COUNTED_FROM.items()],
        "told": [rule_words(rule) for rule in told.rules] if told else [],
        "escalation": escalation_words(told) if told else "",
        "first": house.office.versions_of((rules_stream(here.congress.id),)).get(rules_stream(here.congress.id), 0)
        == 0,
    }
