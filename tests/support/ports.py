"""Ports for servers of tests: none is given twice, whoever asks for one in the meantime."""

import os
import socket
import sys
from collections import deque

HERE = "127.0.0.1"
HELD = 100
"""How many ports stay reserved at a time; each is an open file."""

_held: deque[int] = deque()


def free_port() -> int:
    """A port that nobody uses, and that nobody else is given before its server has begun, or between two servers.

    On Linux the socket stays bound, and silent: a server that may reuse addresses (all of ours do) takes the port all
    the same, while the system gives it to nobody who leaves the choice to it.
    """
    with socket.socket() as found:
        if sys.platform == "linux":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((HERE, 0))
        port = int(found.getsockname()[1])
        if sys.platform == "linux":
            _hold(found.detach())
        return port


def _hold(socket_of_a_port: int) -> None:
    _held.append(socket_of_a_port)
    if len(_held) > HELD:
        os.close(_held.popleft())
