"""Pages: a template, what it shows, and what every page around it needs."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base import areas, desks, language, sentences, shown, tokens
from interfaces.web._base.asking import Place, Seat
from interfaces.web._base.assets import integrity, static
from interfaces.web._base.discovery import all_routes, template_folders
from interfaces.web._base.forms import Sheet, Typed, blank, refilled
from interfaces.web._base.rehearsals import rehearsal_at
from interfaces.web.edge.turned_away import seconds_to_wait

SAID_COOKIE: Final = "piaojue_said"
_SAID_SECONDS = 60


@cache
def environment() -> Environment:
    """The templates of all concepts; sentences go through the catalogue, everything else is escaped."""
    made = Environment(
        loader=FileSystemLoader([str(folder) for folder in template_folders()]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        language.sentence_of,
        language.sentence_for,
        newstyle=True,
    )
    made.filters.update(shown.FILTERS, worded=language.worded)
    made.globals.update(static=static, integrity=integrity)
    look = made.get_template("base/look.html").module
    made.globals.update(seal=look.seal)  # type: ignore[attr-defined]  # a macro
    made.globals.update(languages=language.LANGUAGES, current_language=language.current_language)
    return made


def render(template: str, /, **context: object) -> str:
    """A page that is the same for everybody in this language: no form, nobody signed in."""
    return environment().get_template(template).render(context)


def page(
    request: Request,
    template: str,
    /,
    *,
    status: int = 200,
    form: Sheet | None = None,
    headers: Mapping[str, str] | None = None,
    **context: object,
) -> Response:
    """The answer to a request: the template with its context, and `form`, `seat`, `here`, `area`, `top`, `said`."""
    house: House = request.app.state.house
    around = _around(request, house)
    sheet = form or blank(request)
    shown = {**around, **context, "form": sheet}
    html = render(template, **shown)
    if sheet.errors:  # the summary stands above the fields whose labels it names: now they are known
        html = render(template, **shown)
    response = HTMLResponse(html, status_code=status, headers=dict(headers or {}))
    tokens.give_form_cookie(request, response, secure=house.settings.is_https)
    desks.remember(request, response, around["seat"], secure=house.settings.is_https)
    if around["said"]:
        response.delete_cookie(SAID_COOKIE, path=_area(request.url.path))
    return response


def again(request: Request, template: str, /, typed: Typed, refused: Refused, **context: object) -> Response:
    """The same form with everything that was typed and what is wrong with it."""
    form = refilled(request, typed, refused)
    status = sentences.status_of(refused)
    return page(request, template, status=status, form=form, headers=retry_headers(refused), **context)


def done(request: Request, position: int, url: str, say: str = "") -> RedirectResponse:
    """After a command: waits until pages show it, then leads there and says so once."""
    house: House = request.app.state.house
    house.followers.wait_for(position)
    return led_to(request, url, say)


def led_to(request: Request, url: str, say: str = "") -> RedirectResponse:
    """Leads the browser to an address of ours (303) and says something once."""
    house: House = request.app.state.house
    response = RedirectResponse(url, status_code=303)
    if say:
        kept = urlsafe_b64encode(say[:600].encode()).decode()
        response.set_cookie(
            SAID_COOKIE,
            kept,
            max_age=_SAID_SECONDS,
            path=_area(url),
            secure=house.settings.is_https,
            httponly=True,
            samesite="lax",
        )
    return response


def retry_headers(refused: Refused) -> dict[str, str]:
    """When to come back, for refusals that pass by themselves: not all at once where it was too much for the system."""
    if hasattr(refused, "retry_after"):
        return {"Retry-After": str(seconds_to_wait())}
    seconds = getattr(refused, "seconds", None)
    return {} if seconds is None else {"Retry-After": str(int(seconds) or 1)}


def _around(request: Request, house: House) -> dict[str, Any]:
    seat: Seat | None = getattr(request.state, "seat", None)
    here = seat if isinstance(seat, Place) else None
    path = request.url.path
    return {
        "request": request,
        "seat": seat,
        "here": here,
        "area": areas.area_at(path),
        "top": _top(house, seat, path) if seat else None,
        "rehearsal": rehearsal_at(house, path) if seat else None,
        "said": _said(request),
        "public_url": house.settings.public_url,
        "is_local": house.settings.is_local,
        "large": request.query_params.get("view") == "large",
    }


@cache
def _paths() -> frozenset[str]:
    return frozenset(str(getattr(route, "path", "")) for route in all_routes())


def _top(house: House, seat: Seat, path: str) -> dict[str, Any]:
    return {
        "links": areas.links(seat, path, _paths()),
        "areas": areas.areas_of(seat),
        "desks": desks.desks_of(house, seat, path),
        "most_desks": desks.MOST,
    }


def _said(request: Request) -> str:
    try:
        return urlsafe_b64decode(request.cookies.get(SAID_COOKIE, "").encode()).decode()
    except (Error, ValueError):
        return ""


def _area(url: str) -> str:
    return "/" + url.split("?", maxsplit=1)[0].split("/")[1] if url.startswith("/") else "/"
