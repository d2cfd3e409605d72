"""What the screens of the hall are told as it happens: one look for all screens of a poll, and no thread for any.

A screen that is open costs a waiting task. The office's threads are for people; looking has one thread of its own.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic
from typing import Final, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from application.history.wake import Wake

LOOK_AFTER: Final = 0.5
"""Seconds between two looks while facts are recorded."""

LOOK_ANYWAY: Final = 5.0
"""Seconds after which a look is due without a new fact: turnout moves on without one."""

HEARTBEAT: Final = 15.0
"""Seconds of silence after which a comment is sent, so that what lies between keeps the connection open."""

STOP_WITHIN: Final = 0.5
"""Seconds within which every stream ends when the process is asked to stop."""

RETRY_MS: Final = 3000
"""After which a screen that lost its connection calls again."""

WORD_LASTS: Final = 60.0
"""Seconds after which a screen with the hall word has to call again, so that it is asked anew who is signed in."""

_LOG = logging.getLogger("piaojue.hall")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """Screens that show the same: a language, with or without the word that only the hall may see."""

    language: str
    with_word: bool


Render = Callable[[UUID, Iterable[View]], dict[View, str]]
"""The screen of a poll for each of these views, from one look."""


@dataclass
class _Watched:
    """A poll that is shown somewhere, what it shows, and who waits for something new."""

    views: dict[View, int] = field(default_factory=dict)
    """How many screens have each view."""
    shown: dict[View, str] = field(default_factory=dict)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    looking: asyncio.Task[None] | None = None


class Halls:
    """All screens this process keeps informed."""

    def __init__(self, render: Render, wake: Wake, is_stopping: Callable[[], bool]) -> None:
        self._render = render
        self._wake = wake
        self._is_stopping = is_stopping
        self._of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, _OfLoop] = WeakKeyDictionary()

    @property
    def screens(self) -> int:
        """How many screens are listening."""
        return sum(sum(one.views.values()) for of in self._of_loop.values() for one in of.watched.values())

    async def listen(self, poll: UUID, view: View, seen: str = "") -> AsyncIterator[str]:
        """The stream of one screen, in the words of server-sent events; `seen` is the last event it has had.

        Ends when the process stops: the screen calls again and finds another one.
        """
        of = self._here()
        watched = of.watched.setdefault(poll, _Watched())
        watched.views[view] = watched.views.get(view, 0) + 1
        if watched.looking is None:
            watched.looking = asyncio.create_task(self._look_on(of, poll, watched))
        try:
            yield f"retry: {RETRY_MS}\n\n"
            quiet_since = monotonic()
            until = quiet_since + WORD_LASTS if view.with_word else float("inf")
            while not self._is_stopping() and monotonic() < until:
                html = watched.shown.get(view)
                if html is not None and event_id(html) != seen:
                    seen, quiet_since = event_id(html), monotonic()
                    yield event(html, seen)
                elif monotonic() - quiet_since > HEARTBEAT:
                    quiet_since = monotonic()
                    yield ": \n\n"
                await _wait(watched.changed, STOP_WITHIN)
        finally:
            self._leave(of, poll, watched, view)

    async def aside(self, ask: Callable[[], T]) -> T:
        """Asks the stores in the screens' own thread."""
        return await run_sync(ask, limiter=self._here().thread)

    def _here(self) -> "_OfLoop":
        return self._of_loop.setdefault(asyncio.get_running_loop(), _OfLoop())

    def _leave(self, of: "_OfLoop", poll: UUID, watched: _Watched, view: View) -> None:
        watched.views[view] -= 1
        if not watched.views[view]:
            del watched.views[view]
            watched.shown.pop(view, None)
        if not watched.views and watched.looking is not None:
            watched.looking.cancel()
            of.watched.pop(poll, None)

    async def _look_on(self, of: "_OfLoop", poll: UUID, watched: _Watched) -> None:
        heard, looked_at, known = -1, float("-inf"), frozenset[View]()
        while True:
            calls, views = self._wake.calls, frozenset(watched.views)
            if calls != heard or views != known or monotonic() - looked_at > LOOK_ANYWAY:
                heard, known, looked_at = calls, views, monotonic()
                await self._look(of, poll, watched, views)
            await asyncio.sleep(LOOK_AFTER)

    async def _look(self, of: "_OfLoop", poll: UUID, watched: _Watched, views: Iterable[View]) -> None:
        try:
            shown = await run_sync(self._render, poll, tuple(views), limiter=of.thread)
        except Exception as error:  # noqa: BLE001  # whatever it was, the screen shows what it showed until it passes
            _LOG.info("the hall was not looked at", extra={"kind": type(error).__name__})
            return
        async with watched.changed:
            watched.shown.update(shown)
            watched.changed.notify_all()


@dataclass(eq=False)
class _OfLoop:
    watched: dict[UUID, _Watched] = field(default_factory=dict)
    thread: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))


def event(html: str, known_as: str) -> str:
    """One event with a screen in it."""
    lines = "".join(f"data: {line}\n" for line in html.splitlines())
    return f"id: {known_as}\nevent: board\n{lines}\n"


def event_id(html: str) -> str:
    """The same screen has the same name in every process, so that nothing is sent twice after a new call."""
    return sha256(html.encode("utf-8")).hexdigest()[:16]


async def _wait(changed: asyncio.Condition, seconds: float) -> None:
    async with changed:
        try:
            await asyncio.wait_for(changed.wait(), seconds)
        except TimeoutError:
            return
