"""Closing the door: whoever has knocked is let in, nobody who comes later is left with a broken connection."""

import socket
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from interfaces.serving.listening import bound, turn_away_newcomers
from interfaces.settings import Settings
from tests.support.ports import free_port

KNOCKING = 20
ANSWERED_FIRST = 300


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no filter for sockets")
def test_a_door_closed_in_the_middle_of_a_burst_breaks_no_connection() -> None:
    listener = bound(Settings(port=free_port()))
    listener.listen(4096)
    told: list[str] = []
    clients = [Thread(target=_knock, args=(listener.getsockname(), told)) for _ in range(KNOCKING)]
    for client in clients:
        client.start()
    for _ in range(ANSWERED_FIRST):
        _answer_one(listener)
    turn_away_newcomers(listener)
    listener.settimeout(0.2)
    with suppress(TimeoutError):  # when nobody is left
        while True:
            _answer_one(listener)
    listener.close()
    for client in clients:
        client.join()
    answered = told.count("answered")
    assert answered >= ANSWERED_FIRST
    assert Counter(told) == {"answered": answered, "refused": KNOCKING}


def test_a_door_in_the_file_system_is_taken_away_and_who_stood_before_it_is_let_in(tmp_path: Path) -> None:
    path = tmp_path / "piaojue.sock"
    with bound(Settings(unix_socket=path)) as listener, socket.socket(socket.AF_UNIX) as early:
        listener.listen()
        early.connect(str(path))
        turn_away_newcomers(listener)
        turn_away_newcomers(listener)  # a second signal finds nothing left to do
        with socket.socket(socket.AF_UNIX) as late, pytest.raises(FileNotFoundError):
            late.connect(str(path))
        early.sendall(b"?")
        _answer_one(listener)
        assert early.recv(1) == b"!"


def _knock(address: tuple[str, int], told: list[str]) -> None:
    """As a client behind a hasty web server: a new connection for each request, until there is none to be had."""
    while True:
        with socket.socket() as client:
            client.settimeout(60)
            try:
                client.connect(address)
            except ConnectionRefusedError:
                told.append("refused")
                return
            except OSError as broken:
                told.append(type(broken).__name__)
                return
            try:
                client.sendall(b"?")
                told.append("answered" if client.recv(1) else "closed")
            except OSError as broken:
                told.append(type(broken).__name__)
                return


def _answer_one(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.settimeout(60)
        connection.recv(1)
        connection.sendall(b"!")
