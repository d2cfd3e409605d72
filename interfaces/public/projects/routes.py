"""The public page of a project, by its QR code or its typed short code, and its whole way."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from domain.shared import NotFound, normal_code
from interfaces.composition import House
from interfaces.documents.timeline import TimelineSheet, timeline_sheet
from interfaces.public.kept import is_large, keep
from interfaces.public.projects import views
from interfaces.public.projects.photos import photo_response
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render
from interfaces.web.session.codes import drawn
from interfaces.web.timeline.choosing import chosen
from interfaces.web.timeline.sheet import sheet_of
from projections import progress_timeline, public_page
from projections.progress_timeline import Reader

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
    shown = _shown(house, code)
    if shown is None:
        return _unknown(request, code)
    if shown["page"].code != code:
        return RedirectResponse(f"/p/{shown['page'].code}", status_code=308)
    address = f"{house.settings.public_url}/p/{code}"
    share = {"address": address, "qr": drawn(address, shown["page"].card["name"])}
    html = render("projects/page.html", large=is_large(request), named=house.seals.public_name, **share, **shown)
    return keep(request, HTMLResponse(html), of=shown["page"].congress)


@router.get("/p/{code}/timeline")
def way(request: Request, house: TheHouse, code: str) -> Response:
    """Everything that happened, by year; narrowed by kind and year."""
    shown = _shown(house, code)
    if shown is None:
        return _unknown(request, code)
    if shown["page"].code != code:
        return RedirectResponse(f"/p/{shown['page'].code}/timeline", status_code=308)
    found = chosen(shown["lines"], request.query_params)
    html = render("projects/timeline.html", large=is_large(request), chosen=found, **shown)
    return keep(request, HTMLResponse(html), of=shown["page"].congress)


@router.get("/p/{code}/timeline.pdf")
def way_on_paper(request: Request, house: TheHouse, code: str) -> Response:
    """The same to be printed and put up."""
    shown = _shown(house, code)
    if shown is None:
        return _unknown(request, code)
    page = shown["page"]
    about = f"{shown['congress'].public_name} · {page.year}"
    address = f"{house.settings.public_url}/p/{page.code}"
    sheet = sheet_of(page.card["name"], about, shown["status"].words, shown["lines"], house.office.today(), address)
    return keep(request, _pdf(sheet, page.code), of=page.congress)


@router.get("/p/{code}/photos/{photo}")
def photo(request: Request, house: TheHouse, code: str, photo: UUID) -> Response:
    """A photo of an approved report: only what a line for residents shows."""
    with house.reading.connect() as conn:
        page = public_page.page(conn, normal_code(code[:LONGEST_CODE]))
        if page is None:
            raise NotFound(kind="project", id=code)
        entries = progress_timeline.timeline(conn, page.project, Reader.RESIDENT)
    return photo_response(request, house, entries, photo)


def _shown(house: House, code: str) -> dict[str, Any] | None:
    with house.reading.connect() as conn:
        return views.context(conn, normal_code(code[:LONGEST_CODE]), house.office.today())


def _unknown(request: Request, code: str) -> Response:
    html = render("projects/find.html", typed=code[:LONGEST_CODE], unknown=True, large=is_large(request))
    return HTMLResponse(html, status_code=404)


def _pdf(sheet: TimelineSheet, code: str) -> Response:
    named = {"Content-Disposition": f'inline; filename="{code}.pdf"'}
    return Response(timeline_sheet(sheet), media_type="application/pdf", headers=named)
