"""The outermost layer: lets in, numbers, counts and logs every request, and answers the probes.

It is one layer and not five, because every page passes it. Of a request that carries a ballot it knows only that
one is being answered: no number, no line, no moment.
"""

import asyncio
import logging
from secrets import token_hex
from time import perf_counter
from typing import Final

from anyio.to_thread import current_default_thread_limiter
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from interfaces.composition import House
from interfaces.serving.logs import REQUEST
from interfaces.web.edge import turned_away
from interfaces.web.edge.admission import Budget, Budgets, budgets
from interfaces.web.edge.forwarded import Forwarded
from interfaces.web.edge.meters import Meters
from interfaces.web.health.probes import PATHS, Probes
from interfaces.web.health.readiness import Readiness
from interfaces.web.switch import is_ballot

_LOG = logging.getLogger("piaojue.access")
_CLOSE: Final = (b"connection", b"close")
_BAD: Final = 400


class Edge:
    """What one process keeps at its edge."""

    def __init__(self, house: House) -> None:
        self.budgets: Budgets = budgets()
        self.meters = Meters(self.budgets, lambda: house.history.recorder.waiting)
        self.readiness = Readiness(house)
        self.probes = Probes(house.settings, self.readiness, self.meters)
        self.forwarded = Forwarded(house.settings.proxy_networks, trusts_unix=house.settings.trusts_unix)
        self.is_stopping = False
        house.history.recorder.counted = self.meters.group

    def around(self, app: ASGIApp) -> ASGIApp:
        """The layer around the application."""
        return _Layer(self, app)

    def stop(self) -> None:
        """From now on every answer closes its connection, and nobody should be sent here."""
        self.is_stopping = self.probes.is_stopping = True


class _Layer:
    def __init__(self, edge: Edge, app: ASGIApp) -> None:
        self.app = app
        self._edge = edge
        self._budgets = edge.budgets
        self._forwarded = edge.forwarded
        self._count = edge.meters.request
        self._loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop = loop
            current_default_thread_limiter().total_tokens = self._budgets.threads
        path = scope["path"]
        if is_ballot(path):
            await self._ballot(scope, receive, send)
            return
        if path in PATHS:
            await self._edge.probes(scope, send)
            return
        if self._forwarded.trusts_somebody:
            self._forwarded.put_right(scope)
        budget = self._budgets.of(path)
        if not budget.enters_at_once() and not await budget.gets_in():
            away = turned_away.from_the_api if budget is self._budgets.api else turned_away.from_a_page
            await away(scope, send)
            return
        await self._answer(budget, scope, receive, send)

    async def _answer(self, budget: Budget, scope: Scope, receive: Receive, send: Send) -> None:
        """Counts and logs by the pattern of the page: what stands in its places could be a secret.

        The place is left when the whole answer is made: a slow phone that takes it in needs no thread of ours.
        """
        method = scope["method"]
        if method == "HEAD":  # answered as GET; the server leaves the body out
            scope = {**scope, "method": "GET"}
        number = token_hex(8)
        REQUEST.set(number)
        status, inside = 500, True
        started = perf_counter()

        async def sending(message: Message) -> None:
            nonlocal status, inside
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = [*message.get("headers", ()), (b"x-request-id", number.encode())]
                if self._edge.is_stopping:
                    headers.append(_CLOSE)
                message = {**message, "headers": headers}
            elif inside and not message.get("more_body", False):
                inside = False
                budget.leave()
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            if inside:
                budget.leave()
            seconds = perf_counter() - started
            route = scope.get("route")
            page = route.path if route is not None else "-"
            listening = budget is self._budgets.streams and status < _BAD
            if not listening:  # how long a screen hung on the wall says nothing about how fast we answer
                self._count(page, method, status, seconds)
            quiet = budget is self._budgets.public or listening
            level = logging.DEBUG if quiet and status < _BAD else logging.INFO
            if _LOG.isEnabledFor(level):
                told = {"page": page, "method": method, "status": status, "ms": round(seconds * 1000)}
                _LOG.log(level, "answered", extra=told)

    async def _ballot(self, scope: Scope, receive: Receive, send: Send) -> None:
        budget = self._budgets.of_ballot(scope["path"])
        if not budget.enters_at_once() and not await budget.gets_in():
            await turned_away.from_the_ballot(send)
            return
        is_cast = budget is self._budgets.cast

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                if is_cast:
                    self._edge.meters.ballot(message["status"])
                if self._edge.is_stopping:
                    message = {**message, "headers": [*message.get("headers", ()), _CLOSE]}
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            budget.leave()
