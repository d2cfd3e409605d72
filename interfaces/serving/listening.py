"""The socket an installation is reached by, and what else a process settles before it serves."""

import contextlib
import ctypes
import gc
import os
import signal
import socket
import struct
import sys
from pathlib import Path
from typing import Final

from interfaces.settings import Settings

BACKLOG: Final = 4096

LINGER_SECONDS: Final = 1.0
"""How long connections that are silent stay open after a request to stop: what is on its way is still answered, and
each answer then closes its connection."""

ARRIVAL_SECONDS: Final = 0.2
"""How long whoever had knocked before newcomers were turned away is still let in."""

_ATTACH_FILTER: Final = 26
"""SO_ATTACH_FILTER of Linux, which Python does not name."""

_NO_FIRST_PACKETS: Final = (
    (0x30, 0, 0, 13),  # load the flags of the TCP header
    (0x54, 0, 0, 0x12),  # of these SYN and ACK
    (0x15, 0, 1, 0x02),  # SYN alone, the first packet of a connection:
    (0x06, 0, 0, 0),  # is dropped
    (0x06, 0, 0, 0xFFFFFFFF),  # anything else passes
)

STOPS: Final = tuple(signal.Signals[name] for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))


class CannotListen(Exception):
    """The address is taken or not ours; the text is one sentence."""


def bound(settings: Settings) -> socket.socket:
    """The socket of the settings, taken but silent: whoever answers first begins to listen. Raises CannotListen."""
    try:
        found = _unix(settings.unix_socket) if settings.unix_socket else _tcp(settings.host, settings.port)
    except OSError as problem:
        where = settings.unix_socket or f"{settings.host}:{settings.port}"
        raise CannotListen(f"{where} 不能使用，可能已被占用 / cannot be used: {problem.strerror}") from None
    return found


def _tcp(host: str, port: int) -> socket.socket:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    made = socket.socket(family, kind)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
    except OSError:
        made.close()
        raise
    return made


def _unix(path: Path) -> socket.socket:
    """A socket that a killed process left behind is taken over; one that answers is not."""
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if path.is_socket() and not _answers(path):
            path.unlink()
        made.bind(str(path))
        path.chmod(0o660)  # the web server in front belongs to the group
    except OSError:
        made.close()
        raise
    return made


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
        return asked.connect_ex(str(path)) == 0


def turn_away_newcomers(listener: socket.socket) -> None:
    """From this moment nobody new gets a connection; whoever has one, accepted or not yet, keeps it.

    A socket that is closed resets the connections nobody has accepted yet, and under a burst there always are some:
    their owners were let in as far as they can tell, and would never hear whether their ballot was kept. So the socket
    stops taking connections first, and is closed when everybody in front of it was accepted. It holds for every
    process that shares the socket. Where the system cannot do it, the socket goes on as it was.
    """
    with contextlib.suppress(OSError):
        if listener.family == getattr(socket, "AF_UNIX", None):
            Path(listener.getsockname()).unlink()
        elif sys.platform == "linux":
            program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in _NO_FIRST_PACKETS))
            filtered = struct.pack("HP", len(_NO_FIRST_PACKETS), ctypes.addressof(program))
            listener.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, filtered)


def allow_many_connections() -> None:
    """Each connection is an open file; most systems allow a process far fewer than it may ask for."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 1 << 16), hard))


def end_at_once_when_asked() -> None:
    """While nobody is let in yet nobody waits for an answer. A container's first process ends by no other means."""
    for number in STOPS:
        signal.signal(number, lambda given, _: os._exit(128 + given))


def put_off_collecting() -> None:
    """While a process starts it makes half a million objects and drops hardly one: looking for garbage is in vain."""
    gc.disable()


def collect_from_now_on() -> None:
    """What was made at the start stays for good, and is not looked through again each time."""
    gc.freeze()
    gc.enable()
