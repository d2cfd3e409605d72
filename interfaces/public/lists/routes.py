"""The public home and the annual lists."""

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from interfaces.public.lists import views
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render

router = APIRouter()

LONGEST_CATEGORY = 40


@router.get("/")
def home(request: Request, house: TheHouse) -> Response:
    """Every body of the installation with its lists, and the field for a short code."""
    with house.reading.connect() as conn:
        return HTMLResponse(render("lists/home.html", large=_large(request), **views.home(conn)))


@router.get("/{slug}")
def newest(house: TheHouse, request: Request, slug: str) -> Response:
    """The newest list of a congress."""
    with house.reading.connect() as conn:
        year = views.latest_year(conn, slug)
        if year is not None:
            return RedirectResponse(f"/{slug}/{year}", status_code=303)
        return HTMLResponse(render("lists/none_yet.html", large=_large(request), congress=views.congress(conn, slug)))


@router.get("/{slug}/{year:int}")
def year(request: Request, house: TheHouse, slug: str, year: int, category: str = "") -> Response:
    """The annual voted list of a congress, all or one category."""
    with house.reading.connect() as conn:
        listed = views.year_list(conn, slug, year, category[:LONGEST_CATEGORY])
    return HTMLResponse(render("lists/year.html", large=_large(request), outcome_words=views.outcome_words, **listed))


@router.get("/{slug}/{year:int}.json")
def year_json(house: TheHouse, slug: str, year: int) -> Response:
    """The same for machines."""
    with house.reading.connect() as conn:
        listed = views.year_list(conn, slug, year)
    return JSONResponse(views.as_json(listed, house.settings.public_url))


def _large(request: Request) -> bool:
    return request.query_params.get("view") == "large"
