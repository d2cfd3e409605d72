"""What stands below a congress, for its office: who has come how far in the year."""

from typing import Any

from fastapi import APIRouter, Request, Response

from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.pages import page
from interfaces.web.below import views
from interfaces.web.below.views import Overview
from interfaces.web.below.words import STAGES
from interfaces.web.congress.words import LEVELS
from interfaces.web.roll.views import as_workbook

router = APIRouter()

PATH = "/staff/{slug}/below"


@router.get(PATH)
def below(
    request: Request, house: TheHouse, here: OfficeReader, year: int = 0, level: str = "", stage: str = ""
) -> Response:
    """Every congress below, as a tree, by level or by stage, and what they have together."""
    seen = views.overview(house, here, year, level, stage)
    return page(request, "below/all.html", **_around(house, here, seen))


@router.get(f"{PATH}/below.xlsx")
def workbook(house: TheHouse, here: OfficeReader, year: int = 0, level: str = "", stage: str = "") -> Response:
    """The rows that are shown, as a workbook."""
    seen = views.overview(house, here, year, level, stage)
    return as_workbook(views.as_sheet(here, seen), f"{here.congress.short_name}下级一览-{seen.year}.xlsx")


def _around(house: House, here: Place, seen: Overview) -> dict[str, Any]:
    return {
        "seen": seen,
        "sums": seen.sums,
        "levels": LEVELS,
        "stage_words": STAGES,
        "poll_words": views.poll_words,
        "today": house.office.today(),
        "root": f"/staff/{here.congress.slug}/below",
    }
