"""A process that the supervisor has started: `python -m interfaces.serving.child web|worker SOCKET LIFELINE READY`.

SOCKET is the listening socket; LIFELINE a pipe that ends when the supervisor does, however it ends; on READY it says
that it is. All three are numbers of inherited files.
"""

import os
import signal
import socket
import sys
from collections.abc import Callable
from threading import Event, Thread

from interfaces.serving.listening import STOPS, allow_many_connections
from interfaces.serving.logs import set_up_logs
from interfaces.serving.opening import NoDatabase, open_patiently
from interfaces.serving.server import answer
from interfaces.serving.supervisor import WEB, WRONG_SETTINGS
from interfaces.serving.working import work
from interfaces.settings import Settings, WrongSettings
from interfaces.web.app import create_app


def main(kind: str, listener: int, lifeline: int, ready: int) -> int:
    """The exit status: 0 after a stop, 1 when the database does not answer, 2 when the settings are wrong."""
    try:
        settings = Settings()
    except WrongSettings as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201  # it speaks for the command
        return WRONG_SETTINGS
    set_up_logs(settings.log_level)
    Thread(target=_stop_with_the_supervisor, args=(lifeline,), name="lifeline", daemon=True).start()

    def tell() -> None:
        os.write(ready, b"!")
        os.close(ready)

    try:
        return (_web if kind == WEB else _worker)(settings, socket.socket(fileno=listener), tell)
    except NoDatabase as absent:
        print(absent, file=sys.stderr)  # noqa: T201  # as above
        return 1


def _web(settings: Settings, listener: socket.socket, tell: Callable[[], None]) -> int:
    allow_many_connections()
    house = open_patiently(settings, follow=False)
    try:
        return answer(create_app(house), listener, tell)
    finally:
        house.close()


def _worker(settings: Settings, listener: socket.socket, tell: Callable[[], None]) -> int:
    listener.close()
    return work_until_stopped(settings, tell)


def work_until_stopped(settings: Settings, tell: Callable[[], None] = lambda: None) -> int:
    """What a worker does from its start to its stop."""
    ended = Event()

    def stop(number: int, _: object) -> None:
        if ended.is_set():
            os._exit(128 + number)
        ended.set()

    house = open_patiently(settings, follow=False)
    for number in STOPS:
        signal.signal(number, stop)
    try:
        work(house, ended, tell)
    finally:
        house.close()
    return 0


def _stop_with_the_supervisor(lifeline: int) -> None:
    """A supervisor that was killed cannot ask anybody to stop."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:5])))
