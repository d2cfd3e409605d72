"""Working days of a congress: the year in months, and what its office marks."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from application import working_days as commands
from domain.accounts.permissions import Act
from domain.congress.working_days import FIRST_YEAR, LAST_YEAR, LONGEST_NAME, LONGEST_SPAN, DayKind
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.working_days import views
from interfaces.web.working_days.words import DAY_KINDS

router = APIRouter()

PATH = "/staff/{slug}/working-days"
Keeper = Annotated[Place, Depends(needing(Act.KEEP_WORKING_DAYS))]


@router.get(PATH)
def year(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The year, this one unless another is asked for."""
    shown = views.year_of(house, here.congress.id, shown_year(house, year))
    return page(
        request,
        "working_days/year.html",
        year=shown,
        today=house.office.today(),
        weekdays=(_("一"), _("二"), _("三"), _("四"), _("五"), _("六"), _("日")),
        may_keep=here.may(Act.KEEP_WORKING_DAYS),
        root=_root(here),
        office=f"/staff/{here.congress.slug}",
    )


@router.get(f"{PATH}/mark")
def marking(request: Request, house: TheHouse, here: Keeper, on: date | None = None) -> Response:
    """The form, for the day that was pointed at; a day that is worked is likely to become free."""
    day = on if on and FIRST_YEAR <= on.year <= LAST_YEAR else house.office.today()
    shown = views.year_of(house, here.congress.id, day.year)
    known = next((one for one in shown.spans if one.starts_on <= day <= one.ends_on), None)
    worked = commands.working_days(house.office, here.congress.id).is_working(day)
    mine = known if known and known.own else None
    form = blank(
        request,
        starts_on=(mine.starts_on if mine else day).isoformat(),
        ends_on=mine.ends_on.isoformat() if mine and mine.days > 1 else "",
        kind=mine.mark.kind if mine else DayKind.FREE if worked else DayKind.WORKING,
        name=mine.mark.name if mine else "",
    )
    return page(request, "working_days/mark.html", form=form, **_form(here, day.year, day, known))


@router.post(f"{PATH}/mark")
def mark(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Makes days free or worked, here and below."""
    try:
        starts_on, kind, name = typed.date("starts_on"), typed.choice("kind", DayKind), typed.required("name")
        ends_on = typed.date("ends_on") if typed.text("ends_on") else starts_on
        typed.settle()
        wanted: dict[str, Any] = {"starts_on": starts_on, "ends_on": ends_on, "kind": kind, "name": name}
        position = commands.mark_days(house.office, here.by(typed), here.congress.id, **wanted)
    except Refused as refused:
        return again(request, "working_days/mark.html", typed, refused, **_form(here, house.office.today().year))
    said = _("“%(name)s”已标记为%(kind)s。", name=name, kind=DAY_KINDS[kind])
    return done(request, position, f"{_root(here)}?year={starts_on.year}", said)


@router.post(f"{PATH}/take-back")
def take_back(request: Request, house: TheHouse, here: Keeper, typed: Form) -> Response:
    """Lets what is prepared or marked above count again."""
    starts_on, ends_on = typed.date("starts_on"), typed.date("ends_on")
    typed.settle()
    position = commands.take_back_marks(house.office, here.by(typed), here.congress.id, starts_on, ends_on)
    return done(request, position, f"{_root(here)}?year={starts_on.year}", _("标记已撤销，恢复为原来的安排。"))


def shown_year(house: House, asked: int) -> int:
    """The year asked for, where there can be one; else this year."""
    return asked if FIRST_YEAR <= asked <= LAST_YEAR else house.office.today().year


def _form(here: Place, year: int, day: date | None = None, known: views.Span | None = None) -> dict[str, Any]:
    return {
        "day": day,
        "known": known,
        "kinds": list(DAY_KINDS.items()),
        "longest_name": LONGEST_NAME,
        "longest_span": LONGEST_SPAN,
        "root": _root(here),
        "year": year,
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/working-days"
