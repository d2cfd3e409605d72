"""One web process: how it listens, answers, and stops without leaving anybody unanswered."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import socket
from collections.abc import Callable, Iterator
from time import monotonic
from types import FrameType
from typing import Final

import uvicorn
from anyio.to_thread import current_default_thread_limiter

from interfaces.serving.listening import (
    ARRIVAL_SECONDS,
    BACKLOG,
    LINGER_SECONDS,
    STOPS,
    collect_from_now_on,
    turn_away_newcomers,
)
from interfaces.web.app import Site

KEEP_ALIVE_SECONDS: Final = 75
"""Longer than web servers in front keep their connections to us, so that it is never us who closes one in use."""

_PULSE_TICKS: Final = 10
_LOG = logging.getLogger("piaojue.serving")


class Server(uvicorn.Server):
    """Stops as `docs/operations/processes.md` says: nobody who was let in goes without an answer.

    A socket that is `shared` is its supervisor's: others may go on listening to it.
    """

    def __init__(self, site: Site, stop_seconds: int, started: Callable[[], None], *, shared: bool) -> None:
        super().__init__(
            uvicorn.Config(
                site,
                access_log=False,
                log_config=None,
                server_header=False,
                proxy_headers=False,
                lifespan="off",
                ws="none",
                timeout_keep_alive=KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=stop_seconds,
                backlog=BACKLOG,
            )
        )
        self._site = site
        self._tell_started = started
        self._is_shared = shared

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tells when it answers; what threads need is loaded before, or the first to ask would wait for it."""
        current_default_thread_limiter()
        await super().startup(sockets)
        self._tell_started()

    async def on_tick(self, counter: int) -> bool:
        """Lets the figures out, once a second."""
        if counter % _PULSE_TICKS == 0:
            self._site.edge.meters.pulse()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Nobody new comes in; who is inside or on the way is answered; then the connections close."""
        self._site.edge.stop()
        if not self._is_shared:
            for listener in sockets or ():
                turn_away_newcomers(listener)
        await asyncio.sleep(ARRIVAL_SECONDS)
        for server in self.servers:
            server.close()
        until = monotonic() + LINGER_SECONDS
        while self.server_state.connections and monotonic() < until:  # noqa: ASYNC110  # uvicorn has no event for it
            await asyncio.sleep(0.05)
        await super().shutdown(sockets)
        self._site.edge.readiness.close()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Unlike uvicorn, does not die of the signal afterwards: the stores are closed first."""
        before = {number: signal.signal(number, self.handle_exit) for number in STOPS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002  # as in uvicorn
        """The first signal stops, a second one ends at once: what has a receipt is on disk in any case."""
        if self.should_exit:
            os._exit(128 + sig)
        self.should_exit = True


def answer(site: Site, listener: socket.socket, started: Callable[[], None], *, shared: bool) -> int:
    """Answers on the socket until a signal stops it; 0 after that, 1 when it could not start.

    The site is put together before, not by the first request: parts of it look into the stores.
    """
    site.middleware_stack = site.build_middleware_stack()
    collect_from_now_on()
    server = Server(site, site.state.house.settings.stop_seconds, started, shared=shared)
    gc.collect()
    gc.freeze()  # what is loaded stays; looking through it again and again makes everybody wait a tenth of a second
    try:
        server.run([listener])
    except SystemExit:  # uvicorn says why on its log
        return 1
    return 0 if server.started else 1
