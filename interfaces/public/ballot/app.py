"""The ballot's own application: one page, the same bytes for everyone, and two questions it asks.

Nothing here knows a person: requests come without cookie or address, and are in no log (ballot.md, step 4).
There is no framework in between, as thousands of ballots arrive within seconds.
"""

import json
import logging
import math
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from http import HTTPMethod, HTTPStatus
from typing import Any, Final
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from application.history.box_writer import try_again
from application.office import Busy
from application.polls.casting import CastingDesk
from domain.polls.ballot import CardUsed, unpacked
from domain.polls.card import CardId, card_id, read_secret
from domain.shared import Refused
from interfaces.composition import House
from interfaces.public.ballot import views
from interfaces.public.ballot.sentences import BEFORE_CASTING, TOLD
from interfaces.web._base.addressed import level_of
from interfaces.web._base.headers import SECURITY_HEADERS, WITH_CAMERA
from interfaces.web._base.language import language_of, speaking, speaking_of
from interfaces.web._base.sentences import sentence

LARGEST_REQUEST: Final = 16 * 1024
"""Bytes; a ballot of several hundred items is below 2 KB."""

PAGE: Final = "/v"

_HEADERS: Final = tuple(
    (name.lower().encode(), value.encode())
    for name, value in {
        **SECURITY_HEADERS,
        "Permissions-Policy": WITH_CAMERA,
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }.items()
)
_STATUS: Final = {"UnknownCard": 404, "MistypedCode": 422, "BallotUnreadable": 422}
_LOG = logging.getLogger("piaojue.ballot")

Said = dict[str, str]


class NotAQuestion(Exception):
    """A request that the ballot page does not send."""


class Gone(Exception):
    """Whoever asked has hung up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    body: bytes = b""
    status: int = HTTPStatus.OK
    kind: bytes = b"application/json"
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One of the two questions: what it must say, and how it is answered."""

    names: tuple[str, ...]
    answer: Callable[[Said], Awaitable[dict[str, Any]]]
    optional: tuple[str, ...] = ()
    """What it may say beside, empty where it does not."""
    sentences: dict[str, Any] = field(default_factory=dict)
    """How refusals are told where the usual sentence would mislead."""


def create_ballot_app(house: House) -> ASGIApp:
    """The application behind `/v`; what is known of polls and cards is taken in at once, before anybody waits."""
    desk = CastingDesk(house.history, house.box, ask_word=house.hall_words.require)
    with suppress(Busy):  # the database is away for a moment: the first who asks looks
        desk.warm_up()
    return _Ballot(desk, lru_cache(maxsize=1024)(partial(level_of, house)))


class _Ballot:
    """The page and the two questions it asks."""

    def __init__(self, desk: CastingDesk, level_of_body: Callable[[UUID], str]) -> None:
        self._desk = desk
        self._level_of = level_of_body
        self._questions = {
            f"{PAGE}/form": _Question(names=("card",), answer=self._form, sentences=dict(BEFORE_CASTING)),
            f"{PAGE}/cast": _Question(names=("card", "ballot", "form"), optional=("key", "word"), answer=self._cast),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await self._answered(scope, receive)
        except Gone:
            return
        await _send(answer, send)

    async def _answered(self, scope: Scope, receive: Receive) -> _Answer:
        question = self._questions.get(scope["path"])
        if question is not None:
            return await _asked(question, scope, receive)
        if scope["path"] != PAGE:
            return _Answer(status=HTTPStatus.NOT_FOUND, kind=b"text/plain")
        if scope["method"] not in {HTTPMethod.GET, HTTPMethod.HEAD}:
            return _wrong_method(b"GET, HEAD")
        with speaking(language_of(scope)):
            return _Answer(body=views.page().encode(), kind=b"text/html; charset=utf-8")

    async def _form(self, said: Said) -> dict[str, Any]:
        """What the holder of a card may vote on."""
        await self._look_again()
        return await run_in_threadpool(self._slate, card_id(read_secret(said["card"])))

    def _slate(self, card: CardId) -> dict[str, Any]:
        shown = self._desk.slate(card)
        with speaking_of(self._level_of(shown.state.prepared.congress)):
            return views.slate(shown)

    async def _cast(self, said: Said) -> dict[str, Any]:
        """Takes a ballot; the answer holds the receipt and nothing else."""
        await self._look_again()
        card = card_id(read_secret(said["card"]))
        ballot, key = unpacked(said["ballot"]), said["key"] or None
        return {"receipt": await self._desk.cast(card, ballot, seen=said["form"], key=key, word=said["word"])}

    async def _look_again(self) -> None:
        if self._desk.is_stale:
            await run_in_threadpool(self._desk.look_again)


async def _asked(question: _Question, scope: Scope, receive: Receive) -> _Answer:
    """Every failure becomes an answer here: a traceback on the server's log could hold a card."""
    if scope["method"] != HTTPMethod.POST:
        return _wrong_method(b"POST")
    try:
        said = await _said(receive, question)
        if question.sentences:
            with speaking(language_of(scope)):
                return _Answer(body=_encoded(await question.answer(said)))
        return _Answer(body=_encoded(await question.answer(said)))
    except NotAQuestion:
        return _Answer(status=HTTPStatus.BAD_REQUEST, body=_encoded({"refused": "NotAQuestion"}))
    except Refused as refused:
        refusal = refused
    except Gone:
        raise
    except Exception as error:  # noqa: BLE001  # see above
        _LOG.error("a ballot request failed: %s", type(error).__name__)
        refusal = try_again()
    with speaking(language_of(scope)):
        return _refusal(refusal, question)


async def _said(receive: Receive, question: _Question) -> Said:
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_REQUEST:
            raise NotAQuestion
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAQuestion from None
    if not isinstance(said, dict) or not set(question.names) <= said.keys():
        raise NotAQuestion
    found = {name: said.get(name, "") for name in (*question.names, *question.optional)}
    if not all(isinstance(value, str) for value in found.values()):
        raise NotAQuestion
    return found


def _refusal(refused: Refused, question: _Question) -> _Answer:
    name = type(refused).__name__
    patience = getattr(refused, "retry_after", None)
    if patience is not None:
        wait = ((b"retry-after", str(math.ceil(patience)).encode()),)
        return _Answer(status=HTTPStatus.SERVICE_UNAVAILABLE, body=_encoded({"refused": name}), headers=wait)
    told, said = TOLD.get(name), question.sentences.get(name)
    answer: dict[str, str] = {"refused": name, "sentence": str(said or sentence(refused))}
    if told is not None:
        answer |= {"title": str(told.title), "tone": told.tone, "again": told.again}
    if isinstance(refused, CardUsed):
        answer["receipt"] = refused.receipt
    return _Answer(status=_STATUS.get(name, HTTPStatus.CONFLICT), body=_encoded(answer))


def _wrong_method(right: bytes) -> _Answer:
    return _Answer(status=HTTPStatus.METHOD_NOT_ALLOWED, kind=b"text/plain", headers=((b"allow", right),))


def _encoded(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


async def _send(answer: _Answer, send: Send) -> None:
    headers = [
        (b"content-type", answer.kind),
        (b"content-length", b"%d" % len(answer.body)),
        *answer.headers,
        *_HEADERS,
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
