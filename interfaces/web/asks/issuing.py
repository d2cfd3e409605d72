"""Asks are issued: the plan of a year to the own government, any of the four to congresses below, several at once."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import asks as commands
from application.asks import rules_for
from domain.accounts.permissions import Act
from domain.asks.ask import AskKind, ask_id
from domain.congress.congress import Level
from domain.proposals.call import YEARS
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Here, Place, TheHouse
from interfaces.web._base.forms import Form, Typed, WrongFields, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.asks.desk import Issuer
from interfaces.web.asks.forms import optional_date
from interfaces.web.asks.telling import window_words
from interfaces.web.asks.words import KINDS
from interfaces.web.congress.views import tree
from projections import asks_board, congress_directory

router = APIRouter()

PATH = "/staff/{slug}/asks"


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Issuer, kind: str = AskKind.PLAN, year: int = 0) -> Response:
    """The form: which ask, of which year, to whom."""
    today = house.office.today()
    chosen = AskKind(kind) if kind in set(AskKind) else AskKind.PLAN
    of = year if year in YEARS else today.year + (1 if chosen is AskKind.PLAN else 0)
    return page(
        request,
        "asks/new.html",
        form=blank(request, kind=chosen, year=of),
        **_context(house, here, chosen, of),
    )


@router.post(f"{PATH}/plan")
def ask_for_plan(request: Request, house: TheHouse, here: Here, typed: Form) -> Response:
    """Issues ask 1 for a year, within the congress."""
    try:
        year = _year(typed)
        due_on = optional_date(typed, "due_on")
        typed.settle()
        position = commands.ask_for_plan(house.office, here.by(typed), here.congress.id, year, due_on)
    except Refused as refused:
        return again(request, "asks/new.html", typed, refused, **_typed_context(house, here, typed))
    return done(request, position, f"/staff/{here.congress.slug}/asks?year={year}", _("已发出“年底问计划”。"))


@router.post(f"{PATH}/below")
def ask_below(request: Request, house: TheHouse, here: Here, typed: Form) -> Response:
    """Issues one of the four to every congress that was ticked."""
    try:
        year, kind, due_on = _year(typed), typed.choice("kind", AskKind), optional_date(typed, "due_on")
        below = [UUID(text) for text in typed.texts("below") if _is_id(text)]
        typed.settle()
        position = commands.ask_below(house.office, here.by(typed), here.congress.id, kind, year, below, due_on)
    except Refused as refused:
        return again(request, "asks/new.html", typed, refused, **_typed_context(house, here, typed))
    words = {"n": len(below), "kind": KINDS[kind]}
    return done(
        request,
        position,
        f"/staff/{here.congress.slug}/asks?year={year}",
        _("已向 %(n)s 个下级发出“%(kind)s”。", **words),
    )


def _context(house: House, here: Place, kind: AskKind, year: int) -> dict[str, Any]:
    """The congresses below (a street has none), each with whether it has the ask; and by which rules it is issued."""
    with house.reading.connect() as conn:
        bodies = congress_directory.congresses_below(conn, here.congress.id)
        below = tree([one for one in bodies if one.level != Level.STREET])
        put = {row.ask for row in asks_board.asks_put_below(conn, here.congress.id, year) if row.kind == kind}
    rules = rules_for(house.office, here.congress.id).rules
    asked = {one.congress.id: ask_id(one.congress.id, year, kind, asked_by=here.congress.id) in put for one in below}
    return {
        "chosen": kind,
        "kinds": [(one.value, str(words)) for one, words in KINDS.items()],
        "year": year,
        "below": [(one, asked[one.congress.id]) for one in below],
        "window": window_words(rules.of(kind), year),
        "may_ask_own": kind is AskKind.PLAN and here.may(Act.ISSUE_ASK),
    }


def _typed_context(house: House, here: Place, typed: Typed) -> dict[str, Any]:
    kind = typed.text("kind")
    try:
        year = _year(typed)
    except WrongFields:
        year = house.office.today().year
    return _context(house, here, AskKind(kind) if kind in set(AskKind) else AskKind.PLAN, year)


def _year(typed: Typed) -> int:
    """Raises WrongFields for a number that is no year of projects."""
    year = typed.integer("year")
    if year not in YEARS:
        typed.wrong("year", "year", str(year))
    typed.settle()
    return year


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
