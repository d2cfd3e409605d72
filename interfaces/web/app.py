"""The web application: every concept's pages behind one switch, which keeps the ballot apart."""

from collections.abc import Callable
from functools import cache, cached_property, partial

from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from interfaces.api.app import BesideThePages, create_api
from interfaces.composition import House
from interfaces.public.ballot.app import create_ballot_app
from interfaces.public.kept import Kept, Pages
from interfaces.web._base import areas, errors
from interfaces.web._base.addressed import speak_of_addressed
from interfaces.web._base.asking import seated
from interfaces.web._base.discovery import all_routes
from interfaces.web._base.forms import typed_form
from interfaces.web._base.headers import Guarded
from interfaces.web._base.language import InTheirLanguage
from interfaces.web.edge import unanswered
from interfaces.web.edge.edge import Edge
from interfaces.web.switch import Switch


class Site(FastAPI):
    """FastAPI with everything that must lie around it, the edge outermost."""

    def __init__(self, house: House) -> None:
        super().__init__(
            openapi_url=None, redirect_slashes=False, max_body_size=house.settings.max_body_bytes, title="Piaojue"
        )
        self.state.house = house
        self.state.levels = {}
        self.api = create_api(house)
        self.pages = Pages()
        self._house = house

    @cached_property
    def edge(self) -> Edge:
        """What this process keeps at its edge: places, figures, probes."""
        return Edge(self._house)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Without FastAPI's own telemetry, which lies around everything: a trace would hold the moment of a ballot."""
        await super(FastAPI, self).__call__(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        """The office in its wrappers, or the ballot in none but the edge."""
        office = super().build_middleware_stack()
        for wrap in reversed(layers(self)):
            office = wrap(office)
        return self.edge.around(Switch(office, create_ballot_app(self._house)))


def layers(site: Site) -> list[Callable[[ASGIApp], ASGIApp]]:
    """What every request of the office passes, outermost first."""
    house: House = site.state.house
    return [
        partial(Guarded, is_https=house.settings.is_https),
        partial(BesideThePages, api=site.api, largest_form=house.settings.max_body_bytes),
        InTheirLanguage,
        errors.NoSuchAddress,
        partial(Kept, house=house, pages=site.pages),
        partial(errors.TooLarge, limit=house.settings.max_body_bytes),
    ]


def create_app(house: House) -> Site:
    """The whole site on an open house. Raises UnguardedPage for a page that forgets to ask who is there."""
    app = Site(house)
    for route in all_routes():
        _refuse_unguarded(route)
    app.router.routes.extend(_pages().routes)
    errors.add_to(app)
    unanswered.add_to(app)
    app.middleware_stack = app.build_middleware_stack()  # now: else the first voter would wait for it
    return app


@cache
def _pages() -> APIRouter:
    """Every page, put together once: the sites of a process share what FastAPI works out for each address."""
    gathered, pages = APIRouter(redirect_slashes=False), APIRouter(redirect_slashes=False)
    gathered.routes.extend(all_routes())
    pages.include_router(gathered, dependencies=[Depends(speak_of_addressed)])
    return pages


class UnguardedPage(Exception):
    """A page in a signed-in area without a seat, or a form that is not checked to be ours."""


def _refuse_unguarded(route: BaseRoute) -> None:
    path, methods = str(getattr(route, "path", "")), getattr(route, "methods", None) or set()
    dependant = getattr(route, "dependant", None)
    if areas.area_at(path) is not None and not _asks(dependant, seated):
        raise UnguardedPage(f"{path} does not ask for Seated or Here")
    if methods - {"GET", "HEAD"} and not _asks(dependant, typed_form):
        raise UnguardedPage(f"{path} does not ask for Form")


def _asks(dependant: object, question: object) -> bool:
    inner = getattr(dependant, "dependencies", ())
    return any(getattr(one, "call", None) is question or _asks(one, question) for one in inner)
