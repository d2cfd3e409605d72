"""An operation: who is let in, which headers it asks for, and what its answer carries, the same for all."""

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from hashlib import sha256
from re import compile as pattern
from typing import Any, ClassVar, Final

from fastapi import APIRouter, params
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from application.api_tokens import TokenNotGiven, bearer_of
from domain.accounts.scopes import Scope
from domain.accounts.second_factor import is_demanded
from interfaces.api._base import versions
from interfaces.api._base.callers import Caller, Told
from interfaces.api._base.refusals import KeyNotGiven, NotJson, SecondFactorNotSetUp, VersionNotGiven
from interfaces.composition import House

ROOT: Final = "/api/v1"
CHANGING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
CONDITIONAL: Final = frozenset({"PUT", "PATCH", "DELETE"})
POSITION: Final = "Piaojue-Position"
MAX_BODY: Final = 6 * 1024 * 1024
"""Bytes of JSON; forms may be as large as those of the pages, for the same files."""

FORM: Final = "multipart/form-data"
PUBLIC_SECONDS: Final = 15
"""How long anybody may keep a public answer without asking again."""

_KEY: Final = pattern(r"[\x21-\x7e]{1,128}")
_BEARER: Final = pattern(r"(?i)bearer +([\x21-\x7e]+) *")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What the operations of one concept ask of a token: a scope to read, one to change; None: any living token."""

    read: Scope | None = None
    write: Scope | None = None
    public: bool = False

    def scope(self, method: str) -> Scope | None:
        """The scope that a method needs."""
        return self.write if method in CHANGING else self.read


class Operation(APIRoute):
    """A route of the API. Everything here happens before its own parameters are looked at, or after its answer."""

    rule: ClassVar[Rule] = Rule()

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The endpoint with what surrounds it."""
        answer = super().get_route_handler()
        known = frozenset(_query_names(self.dependant))

        async def surrounded(request: Request) -> Response:
            told = request.state.told = Told()
            if not self.rule.public:
                request.state.caller = await self._admitted(request, told)
            _refuse_unknown(request, known)
            return _finished(request, await answer(request), told, public=self.rule.public)

        return surrounded

    @property
    def takes_form(self) -> bool:
        """Whether the body is a form with files instead of JSON."""
        return self.body_field is not None and isinstance(self.body_field.field_info, params.Form)

    async def _admitted(self, request: Request, told: Told) -> Caller:
        house: House = request.app.state.house
        scope, secret = self.rule.scope(request.method), _secret(request)
        bearer = await run_in_threadpool(bearer_of, house.office, house.private, secret)
        request.app.state.rates.take(bearer.id)
        if not bearer.account.second_factor and is_demanded(
            bearer.account.grants, house.settings.roles_with_second_factor
        ):
            raise SecondFactorNotSetUp
        actor = bearer.actor(scope)
        if request.method not in CHANGING:
            return Caller(house=house, bearer=bearer, actor=actor, told=told)
        key = _key(request)
        if_match = request.headers.get("if-match")
        if if_match is None and request.method in CONDITIONAL:
            raise VersionNotGiven
        if if_match is not None:
            versions.require_tags(if_match)
        content = await self._content(request)
        return Caller(house=house, bearer=bearer, actor=actor, key=key, content=content, if_match=if_match, told=told)

    async def _content(self, request: Request) -> str:
        """Stands for the whole request. Raises NotJson; whoever sends nothing where nothing is needed says no kind.

        What came in parts of unknown number, so that no size was announced, is weighed here.
        """
        body, kind = await request.body(), kind_of(request.headers)
        if kind != FORM and len(body) > MAX_BODY:
            raise HTTPException(413)
        wanted = FORM if self.takes_form else "application/json"
        left_out = not (body or kind) and self.body_field is not None and not self.body_field.field_info.is_required()
        if self.body_field is not None and kind != wanted and not left_out:
            raise NotJson
        return sha256(b"\n".join((request.method.encode(), request.url.path.encode(), body))).hexdigest()[:16]


def operations(tag: str, *, read: Scope | None = None, write: Scope | None = None, public: bool = False) -> APIRouter:
    """The router of one concept, whose operations need `read` to show and `write` to change."""

    class Ruled(Operation):
        rule = Rule(read=read, write=write, public=public)

    prefix = f"{ROOT}/public" if public else ROOT
    return APIRouter(
        prefix=prefix, route_class=Ruled, tags=[tag], redirect_slashes=False, generate_unique_id_function=_operation_id
    )


def kind_of(headers: Headers) -> str:
    """The content type without its parameters."""
    return headers.get("content-type", "").split(";")[0].strip().lower()


def _operation_id(route: APIRoute) -> str:
    """E.g. `units.change`."""
    return f"{route.tags[0]}.{route.name}"


def _secret(request: Request) -> str:
    """Raises TokenNotGiven."""
    given = _BEARER.fullmatch(request.headers.get("authorization", ""))
    if given is None:
        raise TokenNotGiven
    return given[1]


def _key(request: Request) -> str:
    """Raises KeyNotGiven."""
    key = request.headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        raise KeyNotGiven
    return key


def _query_names(dependant: Dependant) -> Iterator[str]:
    for asked in dependant.query_params:
        yield asked.alias
    for inner in dependant.dependencies:
        yield from _query_names(inner)


def _refuse_unknown(request: Request, known: frozenset[str]) -> None:
    unknown = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if unknown:
        wrong = [{"type": "extra_forbidden", "loc": ("query", name), "msg": "", "input": None} for name in unknown]
        raise RequestValidationError(wrong)


def _finished(request: Request, response: Response, told: Told, *, public: bool) -> Response:
    """The answer with its headers, or 304 for who has it already."""
    headers = response.headers
    if told.position is not None:
        headers[POSITION] = str(told.position)
    if told.location:
        headers["Location"] = told.location
    if told.next:
        headers["Link"] = f'<{told.next}>; rel="next"'
    if public:
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Access-Control-Expose-Headers"] = "ETag, Link"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if response.status_code not in (200, 201):
        return response
    headers["ETag"] = versions.tag_of(told.versions, bytes(response.body))
    if request.method not in CHANGING:
        headers["Vary"] = "Accept-Language" if public else "Accept-Language, Authorization"
        headers["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}" if public else "private, no-cache"
        if versions.fits(headers["ETag"], request.headers.get("if-none-match", "")):
            kept = {name: value for name, value in headers.items() if name not in ("content-length", "content-type")}
            return Response(status_code=304, headers=kept)
    return response
