"""The upper level's matrix: who has answered which ask, year beside year."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from domain.asks.ask import AskKind
from interfaces.web._base.asking import OfficeReader, TheHouse
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web.asks.words import SHORT_KINDS
from interfaces.web.matrix import views
from interfaces.web.roll.views import as_workbook

router = APIRouter()

PATH = "/staff/{slug}/matrix"

Years = Annotated[list[int], Query(alias="year", max_length=views.MOST_YEARS, default_factory=list)]


@router.get(PATH)
def matrix(
    request: Request,
    house: TheHouse,
    here: OfficeReader,
    years: Years,
    level: str = "",
    state: str = "",
) -> Response:
    """Every congress from this one down, each ask a light with its figures; a cell leads to the asks behind it."""
    seen = views.matrix(house, here, years, level, state)
    return page(
        request,
        "matrix/all.html",
        seen=seen,
        kinds=[(kind.value, str(words)) for kind, words in SHORT_KINDS.items()],
        today=house.office.today(),
        root=f"/staff/{here.congress.slug}/matrix",
        first=AskKind.PLAN.value,
    )


@router.get(f"{PATH}/matrix.xlsx")
def workbook(house: TheHouse, here: OfficeReader, years: Years, level: str = "", state: str = "") -> Response:
    """The rows that are shown, as a workbook."""
    seen = views.matrix(house, here, years, level, state)
    name = _("%(name)s四问一览-%(year)s.xlsx", name=here.congress.short_name, year="-".join(map(str, seen.years)))
    return as_workbook(views.as_sheet(here, seen), name)
