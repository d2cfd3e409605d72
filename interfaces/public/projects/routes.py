"""The public page of a project, by its QR code or its typed short code."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from domain.shared import normal_code
from interfaces.public.kept import is_large, keep
from interfaces.public.projects import views
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render

router = APIRouter()

LONGEST_CODE = 40


@router.get("/p")
def find(request: Request, code: str = "") -> Response:
    """Where somebody types the short code under a QR code; straight to the page once it is typed."""
    if code.strip():
        return RedirectResponse(f"/p/{quote(normal_code(code[:LONGEST_CODE]) or '0', safe='')}", status_code=303)
    return HTMLResponse(render("projects/find.html", typed="", unknown=False, large=is_large(request)))


@router.get("/p/{code}")
def show(request: Request, house: TheHouse, code: str) -> Response:
    """The project's page: no sign-in, no script."""
    normal = normal_code(code[:LONGEST_CODE])
    with house.reading.connect() as conn:
        shown = views.context(conn, normal)
    if shown is None:
        html = render("projects/find.html", typed=code[:LONGEST_CODE], unknown=True, large=is_large(request))
        return HTMLResponse(html, status_code=404)
    if normal != code:
        return RedirectResponse(f"/p/{normal}", status_code=308)
    html = render("projects/page.html", large=is_large(request), named=house.seals.public_name, **shown)
    return keep(request, HTMLResponse(html), of=shown["page"].congress)
