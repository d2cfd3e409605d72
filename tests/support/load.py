"""Load from a process of its own: ready-made requests over kept connections, as fast as they are answered.

`hammer(ports, requests, connections)` runs as a program beside the server it measures, and costs
some 20 µs of a processor a request.
"""

import pickle
import selectors
import socket
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter, process_time

HOST = "127.0.0.1"
_LARGEST_READ = 1 << 20


@dataclass
class Load:
    """What came back."""

    seconds: float = 0.0
    own_seconds: float = 0.0
    """Of a processor, spent by the load itself."""
    statuses: Counter[int] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    """Seconds for each request, sorted."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def wait_of(self, share: float) -> float:
        """Milliseconds within which this share of the requests was answered."""
        return self.waits[min(len(self.waits) - 1, int(share * len(self.waits)))] * 1000


def post(path: str, body: bytes) -> bytes:
    """One request as it goes over the wire."""
    head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


def get(path: str, **headers: str) -> bytes:
    """As above; `if_none_match=…` becomes a header."""
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{told}\r\n".encode()


def hammer(ports: Sequence[int], requests: Sequence[bytes], connections: int) -> Load:
    """Sends every request once, over so many connections spread over the servers."""
    given = pickle.dumps((list(ports), list(requests), connections))
    program = (sys.executable, "-c", "from tests.support.load import main; main()")
    told = subprocess.run(program, input=given, stdout=subprocess.PIPE, check=True)
    load: Load = pickle.loads(told.stdout)  # what our own program wrote
    return load


@dataclass(slots=True)
class _Line:
    """One connection and the request on it."""

    connection: socket.socket
    sent_at: float = 0.0
    heard: bytes = b""
    awaited: int = -1
    """The length of the whole answer, once its head is there."""


def _run(ports: Sequence[int], requests: Sequence[bytes], connections: int) -> Load:
    waiting = deque(requests)
    load = Load()
    with _lines(ports, connections) as lines, selectors.DefaultSelector() as ready:
        before, started = process_time(), perf_counter()
        open_lines = 0
        for line in lines:
            if waiting:
                ready.register(line.connection, selectors.EVENT_READ, line)
                _send(line, waiting.popleft())
                open_lines += 1
        while open_lines:
            for key, _ in ready.select():
                line = key.data
                if not _heard_all(line, load):
                    continue
                if waiting:
                    _send(line, waiting.popleft())
                else:
                    ready.unregister(line.connection)
                    open_lines -= 1
        load.seconds, load.own_seconds = perf_counter() - started, process_time() - before
    load.waits.sort()
    return load


@contextmanager
def _lines(ports: Sequence[int], connections: int) -> Iterator[list[_Line]]:
    lines = []
    for place in range(connections):
        connection = socket.create_connection((HOST, ports[place % len(ports)]), timeout=60)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines.append(_Line(connection))
    try:
        yield lines
    finally:
        for line in lines:
            line.connection.close()


def _send(line: _Line, request: bytes) -> None:
    line.heard, line.awaited, line.sent_at = b"", -1, perf_counter()
    line.connection.sendall(request)


def _heard_all(line: _Line, load: Load) -> bool:
    part = line.connection.recv(_LARGEST_READ)
    if not part:
        raise ConnectionError("the server hung up")
    line.heard += part
    if line.awaited < 0:
        end = line.heard.find(b"\r\n\r\n")
        if end < 0:
            return False
        line.awaited = end + 4 + _length_of_body(line.heard[:end])
    if len(line.heard) < line.awaited:
        return False
    load.waits.append(perf_counter() - line.sent_at)
    load.statuses[int(line.heard[9:12])] += 1
    return True


def _length_of_body(head: bytes) -> int:
    if head[9:12] in {b"304", b"204"}:
        return 0
    place = head.lower().find(b"content-length:")
    return int(head[place + 15 :].split(b"\r\n", 1)[0])


def main() -> None:
    """The program: what `hammer` says on standard input, a Load on standard output."""
    sys.stdout.buffer.write(pickle.dumps(_run(*pickle.loads(sys.stdin.buffer.read()))))  # see above
