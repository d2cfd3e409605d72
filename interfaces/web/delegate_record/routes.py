"""Each delegate's record: on the own phone, and in the office for everybody. How anybody voted is in none of them."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from domain.shared import NotFound
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.language import worded
from interfaces.web._base.pages import page
from interfaces.web.delegate_record import views
from interfaces.web.roll.views import as_workbook
from interfaces.web.supervision.desk import Supervisor
from interfaces.web.supervision.words import DEEDS
from projections import delegate_record, roll

router = APIRouter()

OWN = "/delegate/{slug}/record"
STAFF = "/staff/{slug}/supervision/records"


@router.get(OWN)
def own(request: Request, house: TheHouse, here: Supervisor, year: int = 0) -> Response:
    """The delegate's own."""
    return page(
        request, "delegate_record/own.html", root=f"/delegate/{here.congress.slug}/record", **_own(house, here, year)
    )


@router.get(f"{OWN}/record.xlsx")
def own_table(house: TheHouse, here: Supervisor, year: int = 0) -> Response:
    """The same to keep."""
    told = _own(house, here, year)
    name = told["delegate"].name
    content = views.own_workbook(name, told["year"], told["rows"])
    return as_workbook(content, f"履职记录-{name}-{told['year']}.xlsx")


@router.get(STAFF)
def everybody(request: Request, house: TheHouse, here: OfficeReader, year: int = 0, delegation: str = "") -> Response:
    """What everybody on the roll has done, in figures."""
    told = _everybody(house, here, year, delegation)
    return page(request, "delegate_record/all.html", deeds=DEEDS, root=_root(here), desk=_desk(here), **told)


@router.get(f"{STAFF}/records.xlsx")
def everybody_table(house: TheHouse, here: OfficeReader, year: int = 0, delegation: str = "") -> Response:
    """The same as a table."""
    told = _everybody(house, here, year, delegation)
    content = views.all_workbook(here.congress.short_name, told["year"], told["lines"])
    return as_workbook(content, f"{worded('代表')}履职情况-{here.congress.short_name}-{told['year']}.xlsx")


@router.get(f"{STAFF}/{{delegate}}")
def one(request: Request, house: TheHouse, here: OfficeReader, delegate: UUID, year: int = 0) -> Response:
    """One delegate's record in the office."""
    told = _record(house, here, delegate, year)
    return page(request, "delegate_record/one.html", root=_root(here), desk=_desk(here), **told)


@router.get(f"{STAFF}/{{delegate}}/record.xlsx")
def one_table(house: TheHouse, here: OfficeReader, delegate: UUID, year: int = 0) -> Response:
    """The same as a table."""
    told = _record(house, here, delegate, year)
    name = told["delegate"].name
    return as_workbook(views.own_workbook(name, told["year"], told["rows"]), f"履职记录-{name}-{told['year']}.xlsx")


def _own(house: House, here: Place, year: int) -> dict[str, Any]:
    if here.delegate is None:
        raise NotFound(kind="delegate", id="")
    return _record(house, here, here.delegate, year)


def _record(house: House, here: Place, delegate: UUID, year: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        known = roll.delegate_at(conn, here.congress.id, delegate)
        years = delegate_record.years(conn, here.congress.id, delegate)
        chosen = year or (years[0] if years else house.office.today().year)
        rows = delegate_record.deeds_of(conn, here.congress.id, delegate, chosen)
    if known is None:
        raise NotFound(kind="delegate", id=str(delegate))
    return {
        "delegate": known,
        "year": chosen,
        "years": years,
        "rows": rows,
        "counts": views.counted(rows),
        "months": views.by_month(rows),
    }


def _everybody(house: House, here: Place, year: int, delegation: str) -> dict[str, Any]:
    with house.reading.connect() as conn:
        years = delegate_record.years(conn, here.congress.id)
        chosen = year or (years[0] if years else house.office.today().year)
        listed, _total = roll.delegates_of(conn, here.congress.id, delegation=delegation)
        counts = delegate_record.counted(conn, here.congress.id, chosen)
        delegations = [one.name for one in roll.delegations_of(conn, here.congress.id)]
    return {
        "year": chosen,
        "years": years,
        "lines": views.lines(listed, counts),
        "delegation": delegation,
        "delegations": delegations,
    }


def _root(here: Place) -> str:
    return f"{_desk(here)}/supervision/records"


def _desk(here: Place) -> str:
    return f"/staff/{here.congress.slug}"
