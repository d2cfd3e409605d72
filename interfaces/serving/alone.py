"""One web process: it answers, and unless a worker does, it follows, sweeps and makes the daily round."""

import socket
import sys
from collections.abc import Callable

from interfaces.composition import House
from interfaces.serving.listening import CannotListen, allow_many_connections, bound, end_at_once_when_asked
from interfaces.serving.logs import set_up_logs
from interfaces.serving.opening import NoDatabase, open_patiently
from interfaces.serving.rounds import daily_round
from interfaces.serving.server import answer
from interfaces.serving.working import Duties
from interfaces.settings import Settings
from interfaces.web.app import create_app


def run(
    settings: Settings, listener: socket.socket, *, follow: bool, started: Callable[[], None] = lambda: None
) -> int:
    """0 after a stop, 1 when the database does not answer. With `follow` false it leaves following to a worker."""
    end_at_once_when_asked()
    try:
        house = open_patiently(settings, follow=follow)
    except NoDatabase as absent:
        print(absent, file=sys.stderr)  # noqa: T201  # it speaks for the command
        return 1
    return _served(house, listener, follow=follow, started=started)


def serve(house: House) -> int:
    """Serves a house that is open, and closes it; 1 when the address cannot be used."""
    set_up_logs(house.settings.log_level)
    try:
        listener = bound(house.settings)
    except CannotListen as taken:
        print(taken, file=sys.stderr)  # noqa: T201  # as above
        house.close()
        return 1
    return _served(house, listener, follow=True)


def _served(house: House, listener: socket.socket, *, follow: bool, started: Callable[[], None] = lambda: None) -> int:
    allow_many_connections()
    duties, rounds = Duties(house), daily_round(house)
    if follow:
        duties.start()
        rounds.start()
    try:
        return answer(create_app(house), listener, started, shared=not follow)
    finally:
        rounds.stop()
        duties.stop()
        house.close()
