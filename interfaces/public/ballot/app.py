"""The ballot's own application: one page, the same bytes for everyone, and two questions it asks.

Nothing here knows a person: requests come without cookie or address, and are in no log (ballot.md, step 4).
"""

import json
import logging
import math
from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from application.history.box_writer import try_again
from application.polls.casting import CastingDesk
from domain.polls.ballot import CardUsed, unpacked
from domain.polls.card import card_id, read_secret
from domain.shared import Refused
from interfaces.composition import House
from interfaces.public.ballot import views
from interfaces.public.ballot.sentences import BEFORE_CASTING, TOLD
from interfaces.web._base.headers import SECURITY_HEADERS
from interfaces.web._base.language import InTheirLanguage
from interfaces.web._base.sentences import sentence

LARGEST_REQUEST: Final = 16 * 1024
"""Bytes; a ballot of several hundred items is below 2 KB."""

HEADERS: Final = {**SECURITY_HEADERS, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}

_STATUS: Final = {"UnknownCard": 404, "MistypedCode": 422, "BallotUnreadable": 422}
_LOG = logging.getLogger("piaojue.ballot")

Question = Callable[[Request], Awaitable[dict[str, Any]]]


class NotAQuestion(Exception):
    """A request that the ballot page does not send."""


def create_ballot_app(house: House) -> ASGIApp:
    """The application behind `/v`."""
    door = _Door(CastingDesk(house.history, house.box))
    routes = [
        Route("/v", _page, methods=["GET"]),
        Route("/v/form", _answering(door.form, before_casting=True), methods=["POST"]),
        Route("/v/cast", _answering(door.cast, before_casting=False), methods=["POST"]),
    ]
    return InTheirLanguage(Starlette(routes=routes))


def _page(_request: Request) -> Response:
    return HTMLResponse(views.page(), headers=HEADERS)


class _Door:
    """The two questions the page asks."""

    def __init__(self, desk: CastingDesk) -> None:
        self._desk = desk

    async def form(self, request: Request) -> dict[str, Any]:
        """What the holder of a card may vote on."""
        said = await _said(request, "card")
        await self._look_again()
        card = card_id(read_secret(said["card"]))
        return views.slate(await run_in_threadpool(self._desk.slate, card))

    async def cast(self, request: Request) -> dict[str, Any]:
        """Takes a ballot; the answer holds the receipt and nothing else."""
        said = await _said(request, "card", "ballot", "form")
        await self._look_again()
        card = card_id(read_secret(said["card"]))
        return {"receipt": await self._desk.cast(card, unpacked(said["ballot"]), seen=said["form"])}

    async def _look_again(self) -> None:
        if self._desk.is_stale:
            await run_in_threadpool(self._desk.look_again)


def _answering(question: Question, *, before_casting: bool) -> Callable[[Request], Awaitable[Response]]:
    """Every failure becomes an answer here: a traceback on the server's log could hold a card."""

    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await question(request), headers=HEADERS)
        except NotAQuestion:
            return JSONResponse({"refused": "NotAQuestion"}, status_code=400, headers=HEADERS)
        except Refused as refused:
            return _refusal(refused, before_casting=before_casting)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:  # noqa: BLE001  # see above
            _LOG.error("a ballot request failed: %s", type(error).__name__)
            return _refusal(try_again(), before_casting=before_casting)

    return answer


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


def _refusal(refused: Refused, *, before_casting: bool) -> Response:
    name = type(refused).__name__
    patience = getattr(refused, "retry_after", None)
    if patience is not None:
        return JSONResponse({"refused": name}, 503, {**HEADERS, "Retry-After": str(math.ceil(patience))})
    told = TOLD.get(name)
    said = BEFORE_CASTING.get(name) if before_casting else None
    answer: dict[str, str] = {"refused": name, "sentence": str(said or sentence(refused))}
    if told is not None:
        answer |= {"title": str(told.title), "tone": told.tone, "again": told.again}
    if isinstance(refused, CardUsed):
        answer["receipt"] = refused.receipt
    return JSONResponse(answer, _STATUS.get(name, 409), HEADERS)
