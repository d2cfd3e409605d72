"""The ballot's own application: one page, the same bytes for everyone, and two questions it asks.

Nothing here knows a person: requests come without cookie or address, and are in no log (ballot.md, step 4).
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from application.polls.casting import CastingDesk
from domain.polls.ballot import BallotUnreadable, CardUsed, unpacked
from domain.polls.card import MistypedCode, card_id, read_secret
from domain.shared import Refused
from interfaces.composition import House
from interfaces.public.ballot import views
from interfaces.public.ballot.sentences import TOLD
from interfaces.web._base.headers import SECURITY_HEADERS
from interfaces.web._base.language import InTheirLanguage
from interfaces.web._base.sentences import sentence

LARGEST_REQUEST: Final = 16 * 1024
"""Bytes; a ballot of several hundred items is below 2 KB."""

HEADERS: Final = {**SECURITY_HEADERS, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}

_STATUS: Final = {"TryAgain": 503, "Busy": 503, "NotAnswering": 503, "UnknownCard": 404, "MistypedCode": 422}
_RETRY_AFTER: Final = "2"


class NotAQuestion(Exception):
    """A request that the ballot page does not send."""


def create_ballot_app(house: House) -> ASGIApp:
    """The application behind `/v`."""
    door = _Door(CastingDesk(house.history, house.box))
    routes = [
        Route("/v", _page, methods=["GET"]),
        Route("/v/form", door.form, methods=["POST"]),
        Route("/v/cast", door.cast, methods=["POST"]),
    ]
    handlers: Mapping[Any, Any] = {NotAQuestion: _not_a_question, Refused: _refused}
    return InTheirLanguage(Starlette(routes=routes, exception_handlers=handlers))


def _page(_request: Request) -> Response:
    return HTMLResponse(views.page(), headers=HEADERS)


class _Door:
    """The two questions the page asks."""

    def __init__(self, desk: CastingDesk) -> None:
        self._desk = desk

    async def form(self, request: Request) -> Response:
        """What the holder of a card may vote on."""
        said = await _said(request, "card")
        await self._look_again()
        card = card_id(read_secret(said["card"]))
        slate = await run_in_threadpool(self._desk.slate, card)
        return JSONResponse(views.slate(slate), headers=HEADERS)

    async def cast(self, request: Request) -> Response:
        """Takes a ballot; the answer holds the receipt and nothing else."""
        said = await _said(request, "card", "ballot", "form")
        await self._look_again()
        card = card_id(read_secret(said["card"]))
        receipt = await self._desk.cast(card, unpacked(said["ballot"]), seen=said["form"])
        return JSONResponse({"receipt": receipt}, headers=HEADERS)

    async def _look_again(self) -> None:
        if self._desk.is_stale:
            await run_in_threadpool(self._desk.look_again)


async def _said(request: Request, *names: str) -> dict[str, str]:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_REQUEST:
            raise NotAQuestion
    try:
        said = json.loads(bytes(body))
    except (ValueError, RecursionError):
        raise NotAQuestion from None
    if not isinstance(said, dict) or not all(isinstance(said.get(name), str) for name in names):
        raise NotAQuestion
    return {name: said[name] for name in names}


async def _not_a_question(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"refused": "NotAQuestion"}, status_code=400, headers=HEADERS)


async def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise TypeError(type(error).__name__)
    name = type(error).__name__
    told = TOLD.get(name)
    answer: dict[str, str] = {"refused": name, "sentence": sentence(error)}
    if told is not None:
        answer |= {"title": str(told.title), "tone": told.tone, "again": "soon" if told.soon else ""}
    if isinstance(error, CardUsed):
        answer["receipt"] = error.receipt
    status = _STATUS.get(name, 422 if isinstance(error, BallotUnreadable | MistypedCode) else 409)
    return JSONResponse(answer, status_code=status, headers=_with_patience(status))


def _with_patience(status: int) -> dict[str, str]:
    return {**HEADERS, "Retry-After": _RETRY_AFTER} if status == 503 else HEADERS
