"""The public home and the annual lists."""

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from interfaces.public.council.years import years_with_results
from interfaces.public.kept import is_large, keep
from interfaces.public.lists import views
from interfaces.public.results.words import result_words
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render
from interfaces.web.voted_list.words import how_adopted, how_supplemented, why_not
from projections import calls

router = APIRouter()

LONGEST_CATEGORY = 40


@router.get("/")
def home(request: Request, house: TheHouse) -> Response:
    """Every body of the installation with its lists, and the field for a short code."""
    with house.reading.connect() as conn:
        html = render("lists/home.html", large=is_large(request), **views.home(conn, house.office.today()))
    return keep(request, HTMLResponse(html), of=None)


@router.get("/{slug}")
def newest(house: TheHouse, request: Request, slug: str) -> Response:
    """The newest list of a congress."""
    with house.reading.connect() as conn:
        congress = views.congress(conn, slug)
        year = views.latest_year(conn, congress)
        call = calls.current_call(conn, congress.id, house.office.today())
        council_years = years_with_results(conn, congress.id)
    if year is not None:
        return keep(request, RedirectResponse(f"/{slug}/{year}", status_code=303), of=congress.id)
    told = {"congress": congress, "call": call, "council_years": council_years}
    html = render("lists/none_yet.html", large=is_large(request), **told)
    return keep(request, HTMLResponse(html), of=congress.id)


@router.get("/{slug}/{year:int}")
def year(request: Request, house: TheHouse, slug: str, year: int, category: str = "", light: str = "") -> Response:
    """The annual voted list of a congress: all of it, one category, or what stands in one light."""
    narrowed, today = views.Narrowed(category[:LONGEST_CATEGORY], light[:LONGEST_CATEGORY]), house.office.today()
    with house.reading.connect() as conn:
        listed = views.year_list(conn, slug, year, today, narrowed)
        call = calls.current_call(conn, listed["congress"].id, today)
        around = {"call": call, "council_years": years_with_results(conn, listed["congress"].id)}
    words = {"how": how_adopted, "why": why_not, "how_supplemented": how_supplemented, "result_words": result_words}
    html = render("lists/year.html", large=is_large(request), **around, **words, **listed)
    return HTMLResponse(html) if category or light else keep(request, HTMLResponse(html), of=listed["congress"].id)


@router.get("/{slug}/{year:int}.json")
def year_json(request: Request, house: TheHouse, slug: str, year: int) -> Response:
    """The same for machines."""
    with house.reading.connect() as conn:
        listed = views.year_list(conn, slug, year, house.office.today())
    told = JSONResponse(views.as_json(listed, house.settings.public_url))
    return keep(request, told, of=listed["congress"].id)
