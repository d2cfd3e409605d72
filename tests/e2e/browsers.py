"""Phones as their browsers are: each loads the ballot page with all it names, asks for its form, and casts.

A connection that breaks is made anew and the same thing asked for again.
"""

import asyncio
import json
import random
import re
from dataclasses import dataclass, field

from domain.polls.card import Secret
from tests.e2e.bad_line import HOST, length_of_body

_NAMED = re.compile(r'(?:src|href)="(/static/[^"]+)"')
_OK, _SERVER_ERROR = 200, 500


@dataclass
class Browser:
    """One phone."""

    port: int
    broken: int = 0
    heard: int = 0
    """Bytes."""
    _line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None)

    async def vote(self, said: dict[str, str], later: float) -> str:
        """The receipt."""
        await asyncio.sleep(later)
        page = await self.ask("/v")
        for named in dict.fromkeys(_NAMED.findall(page.decode())):
            await self.ask(named)
        slate = json.loads(await self.ask("/v/form", {"card": said["card"]}))
        assert slate["key"] == said["key"]
        receipt: str = json.loads(await self.ask("/v/cast", said))["receipt"]
        self._hang_up()
        return receipt

    async def ask(self, path: str, said: dict[str, str] | None = None) -> bytes:
        """The body of the answer, however often it has to be asked for."""
        while True:
            try:
                status, body = await self._asked_once(path, said)
            except (OSError, asyncio.IncompleteReadError):
                self.broken += 1
            else:
                if status == _OK:
                    return body
                assert status >= _SERVER_ERROR, (path, status, body)
            self._hang_up()
            await asyncio.sleep(random.uniform(0.1, 0.5))

    async def _asked_once(self, path: str, said: dict[str, str] | None) -> tuple[int, bytes]:
        if self._line is None:
            self._line = await asyncio.open_connection(HOST, self.port)
        reader, writer = self._line
        body = json.dumps(said).encode() if said else b""
        head = f"{'POST' if said else 'GET'} {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: gzip\r\n"
        if said:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        elif path == "/v":
            head = head.replace("Accept-Encoding: gzip\r\n", "")  # this one is read
        writer.write(f"{head}\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        content = await reader.readexactly(length_of_body(answer))
        self.heard += len(answer) + len(content)
        return int(answer[9:12]), content

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line[1].transport.abort()
            self._line = None


async def everybody(
    port: int, sent: dict[Secret, dict[str, str]], within: float
) -> tuple[dict[str, str], list[Browser]]:
    """All phones begin at some moment within so many seconds; the receipts by card, and the phones."""
    phones = [Browser(port) for _ in sent]
    receipts = await asyncio.gather(
        *(phone.vote(said, random.uniform(0, within)) for phone, said in zip(phones, sent.values(), strict=True))
    )
    return dict(zip(sent, receipts, strict=True)), phones
