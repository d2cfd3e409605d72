"""A process that the supervisor has started: `python -m interfaces.serving.child web|worker SOCKET LIFELINE READY`.

SOCKET is the listening socket; LIFELINE a pipe that ends when the supervisor does, however it ends; on READY it says
that it is. All three are numbers of inherited files.
"""

import os
import signal
import socket
import sys
from threading import Thread

from interfaces.serving.listening import put_off_collecting
from interfaces.serving.logs import set_up_logs
from interfaces.serving.supervisor import WEB, WRONG_SETTINGS
from interfaces.settings import Settings, WrongSettings


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

    put_off_collecting()
    if kind == WEB:
        from interfaces.serving import alone  # noqa: PLC0415  # the whole site: a worker does without

        return alone.run(settings, socket.socket(fileno=listener), follow=False, started=tell)
    os.close(listener)
    from interfaces.serving import working  # noqa: PLC0415  # after collecting was put off

    return working.run(settings, tell)


def _stop_with_the_supervisor(lifeline: int) -> None:
    """A supervisor that was killed cannot ask anybody to stop."""
    os.read(lifeline, 1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:5])))
