"""A bad line between phones and a server: slow, narrow, and broken off at random, all from one address.

`async with bad_line(port, Weather(...)) as line` listens on `line.url`. Phones that share it share its width, as a
hall shares one access point.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

PIECE = 4096
HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Weather:
    """How bad it is."""

    latency: float = 0.0
    """Seconds before a request, and again before an answer, is let through."""
    width: float = float("inf")
    """Bytes a second towards the phones, for all of them together."""
    breaks: float = 0.0
    """The share of requests and of answers at which the connection is reset."""
    eats_answers: Callable[[bytes], bool] = lambda _request: False
    """Whether the answer to this request never arrives: the server has done it all, the phone hears nothing."""


@dataclass
class Line:
    """What happened on it."""

    url: str
    weather: Weather
    chance: random.Random
    broken: int = 0
    eaten: int = 0
    free_at: float = 0.0
    carrying: set["asyncio.Future[None]"] = field(default_factory=set)
    """Its connections."""

    async def wait_for_room(self, size: int) -> None:
        """Pieces go one after the other."""
        now = asyncio.get_running_loop().time()
        self.free_at = max(self.free_at, now) + size / self.weather.width
        await asyncio.sleep(self.free_at - now)

    def breaks_now(self) -> bool:
        if self.chance.random() >= self.weather.breaks:
            return False
        self.broken += 1
        return True


@asynccontextmanager
async def bad_line(port: int, weather: Weather, *, seed: int = 1) -> AsyncIterator[Line]:
    """A line to the server on this port; the same seed breaks as often, though not at the same moments."""
    line = Line("", weather, random.Random(seed))

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        carrying = asyncio.ensure_future(_carry(line, port, reader, writer))
        line.carrying.add(carrying)
        with suppress(OSError, asyncio.CancelledError):
            await carrying
        line.carrying.discard(carrying)
        writer.transport.abort()

    server = await asyncio.start_server(meet, HOST, 0, backlog=1024)
    line.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    try:
        yield line
    finally:
        server.close()
        await server.wait_closed()
        for left in line.carrying:
            left.cancel()
        await asyncio.gather(*line.carrying, return_exceptions=True)
        await asyncio.sleep(0.01)  # the connections that were broken off are closed a moment later


async def _carry(line: Line, port: int, phone: asyncio.StreamReader, to_phone: asyncio.StreamWriter) -> None:
    """One connection of a phone, request by request, until either side or the weather ends it."""
    server, to_server = await asyncio.open_connection(HOST, port)
    try:
        while request := await _message(phone):
            await asyncio.sleep(line.weather.latency)
            if line.breaks_now():
                return
            to_server.write(request)
            answer = await _message(server)
            if line.weather.eats_answers(request):
                line.eaten += 1
                return
            await asyncio.sleep(line.weather.latency)
            breaks = line.breaks_now()
            for start in range(0, len(answer) // 2 if breaks else len(answer), PIECE):
                piece = answer[start : start + PIECE]
                await line.wait_for_room(len(piece))
                to_phone.write(piece)
                await to_phone.drain()
            if breaks or not answer:
                return
    finally:
        to_server.transport.abort()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """A request or an answer, head and body; empty when there comes no more, or not all of it."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        return head + await reader.readexactly(length_of_body(head))
    except asyncio.IncompleteReadError:
        return b""


def length_of_body(head: bytes) -> int:
    """What the head says; 0 where it says nothing."""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
