"""Finding secrets in what a server heard, said, wrote or logged: a key, a share, a row of marks, however encoded."""

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from logging import Handler, LogRecord
from pathlib import Path
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.polls.ballot_form import BallotForm, Row, encoded
from domain.polls.share import ROW_DIGITS, Share, printed_share, share_text
from domain.shared import CROCKFORD

_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CROCKFORD = bytes.maketrans(_RFC4648.encode(), CROCKFORD.encode())
_SQUEEZED = re.compile(rb"[^0-9A-Za-z]+")


@dataclass(frozen=True)
class Detector:
    """Needles by the name of the secret. A share is also looked for without separators and in any case."""

    needles: Mapping[str, tuple[bytes, ...]]
    squeezed: Mapping[str, tuple[bytes, ...]]

    def found(self, haystack: bytes) -> set[str]:
        """The names of the secrets that stand in these bytes, as they are or with percent signs resolved."""
        seen = set()
        for text in {haystack, unquote_to_bytes(haystack.replace(b"+", b" "))}:
            seen |= {name for name, all_of in self.needles.items() if any(needle in text for needle in all_of)}
            bare = _SQUEEZED.sub(b"", text).upper()
            seen |= {name for name, all_of in self.squeezed.items() if any(needle in bare for needle in all_of)}
        return seen


def detector(key: bytes, shares: Sequence[Share], rows: Sequence[Row], form: BallotForm) -> Detector:
    """Looks for the secret key, for each share or one row of its text, and for each opened ballot."""
    needles = {"key": tuple(encodings(key))}
    squeezed = {}
    for share in shares:
        text, name = share_text(share), f"share {share.number}"
        needles[name] = tuple(encodings(share.part)) if share.part != key else ()
        width = ROW_DIGITS + 1
        squeezed[name] = tuple(text[start : start + width].encode() for start in range(0, len(text), width))
    for number, row in enumerate(rows, start=1):
        needles[f"ballot {number}"] = tuple(rows_as(row, form))
    return Detector(needles, squeezed)


def encodings(secret: bytes) -> Iterator[bytes]:
    """The bytes themselves, hex, base64 and base32 at every alignment, and as lists of numbers."""
    yield secret
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    for kind in (base64.b64encode, base64.urlsafe_b64encode):
        yield from _aligned(secret, kind, 3, 4)
    for needle in _aligned(secret, base64.b32encode, 5, 8):
        yield needle
        yield needle.lower()
        yield needle.translate(_TO_CROCKFORD)
    yield ",".join(map(str, secret)).encode()
    yield ", ".join(map(str, secret)).encode()


def _aligned(secret: bytes, kind: object, size: int, digits: int) -> Iterator[bytes]:
    """What of an encoding depends on the secret alone, wherever it begins within other bytes."""
    assert callable(kind)
    for before in range(size):
        whole = len(secret[(size - before) % size :]) // size * size
        start = (size - before) % size
        text: bytes = kind(secret[start : start + whole])
        yield text[: whole // size * digits]


def rows_as(row: Row, form: BallotForm) -> Iterator[bytes]:
    """A ballot opened: its bytes, its numbers, its words."""
    opened = encoded(row, form)
    marks = opened[-len(form.items) :]
    yield from encodings(opened)
    yield from (marks, marks.hex().encode(), ",".join(map(str, marks)).encode(), ", ".join(map(str, marks)).encode())
    for separators in ((",", ":"), (", ", ": ")):
        yield json.dumps(row, separators=separators)[1:-1].encode()
    yield ",".join(row).encode()
    yield "".join(str(mark) for mark in marks).encode()


def spoken(share: Share) -> tuple[str, ...]:
    """How a share may stand somewhere: in one piece, as printed, as typed."""
    return share_text(share), "\n".join(printed_share(share)), " ".join(printed_share(share)).lower()


@dataclass
class Heard:
    """Everything that reached or left a server, and everything it logged."""

    pieces: list[tuple[str, bytes]] = field(default_factory=list)

    def note(self, where: str, piece: bytes) -> None:
        self.pieces.append((where, piece))

    def files(self, folder: Path) -> None:
        """What lies on the disk at this moment."""
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.note(f"file {path.name}", path.read_bytes())

    def leaks(self, looking: Detector) -> set[tuple[str, str]]:
        """Where which secret was found."""
        return {(where, name) for where, piece in self.pieces for name in looking.found(piece)}


class Recording:
    """Around an application: addresses, headers and bodies of requests and answers are kept."""

    def __init__(self, app: ASGIApp, heard: Heard) -> None:
        self.app, self.heard = app, heard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        where = f"{scope['method']} {scope['path']}"
        head = b"\n".join(b"%s: %s" % pair for pair in scope["headers"])
        self.heard.note(where, scope["raw_path"] + b"?" + scope["query_string"] + b"\n" + head)
        body, answer = bytearray(), bytearray()

        async def receiving() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                self.heard.note(where, bytes(body))
            return message

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.extend(b"\n".join(b"%s: %s" % pair for pair in message["headers"]))
            else:
                answer.extend(message.get("body", b""))
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self.heard.note(f"answer to {where}", bytes(answer))
            await send(message)

        await self.app(scope, receiving, sending)


class Listening(Handler):
    """Keeps every log line, whatever its level."""

    def __init__(self, heard: Heard) -> None:
        super().__init__(level=0)
        self.heard = heard

    def emit(self, record: LogRecord) -> None:
        self.heard.note(f"log {record.name}", f"{record.getMessage()}\n{record.exc_text or ''}".encode())
