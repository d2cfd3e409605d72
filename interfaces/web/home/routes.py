"""The office's first page: the year, and what to do next."""

from fastapi import APIRouter, Request, Response

from interfaces.web._base.asking import OfficeReader, TheHouse
from interfaces.web._base.pages import page
from interfaces.web.home import views
from projections import asks_board, public_page, voted_list

router = APIRouter()


@router.get("/staff/{slug}")
def this_year(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The year as a rail, what needs somebody now, and the projects under way."""
    root = f"/staff/{here.congress.slug}"
    today = house.office.today()
    with house.reading.connect() as conn:
        rail, years = views.shown_year(conn, here.congress, year)
        if rail is None:
            return page(request, "home/begin.html", root=root)
        asks = asks_board.asks_of(conn, here.congress.id, rail.year)
        read, delegates = views.readers(conn, here.congress, rail)
        needs = views.needs(conn, here.congress, rail, today, root)
        adopted = voted_list.adopted(conn, here.congress.id, rail.year)
        progress = public_page.progress_by_project(conn, here.congress.id, rail.year)
    return page(
        request,
        "home/year.html",
        rail=rail,
        years=years,
        stops=views.rail_of(rail, asks, read, delegates, root),
        needs=needs,
        adopted=adopted,
        progress=progress,
        root=root,
    )
