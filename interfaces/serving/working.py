"""What goes on without a request: following the history, and sweeping out what has run out."""

import logging
import os
import signal
import sys
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from domain.shared import Refused
from interfaces.composition import House
from interfaces.serving.listening import STOPS, collect_from_now_on, end_at_once_when_asked
from interfaces.serving.opening import NoDatabase, open_patiently
from interfaces.serving.rounds import daily_round
from interfaces.settings import Settings
from projections.reading.engine import is_passing

SWEEP_EVERY: Final = 600.0
SIGN_EVERY: Final = 10.0
"""Seconds between two looks whether the hash tree has to grow, and whether a checkpoint is due that nobody made."""

LOOK_EVERY: Final = 1.0
"""Seconds between two looks of the leading worker whether it still leads, and of the others whether they may."""

_TURN: Final = 0x7069616F
"""Key of the PostgreSQL advisory lock of the worker that leads."""

_SESSION: Final = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
"""The server lets go of a worker whose computer is gone within half a minute."""

_LOG = logging.getLogger("piaojue.worker")


class Duties:
    """Periodic work, in a thread."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._ended = Event()
        self._thread = Thread(target=self._go_on, name="duties", daemon=True)

    def start(self) -> None:
        """The first round is due later: opening the house has just done it."""
        self._thread.start()

    def stop(self) -> None:
        """Returns when the round that is going on has ended."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _go_on(self) -> None:
        swept_at = signed_at = monotonic()
        while not self._ended.wait(min(SIGN_EVERY, SWEEP_EVERY)):
            if monotonic() - signed_at >= SIGN_EVERY:
                signed_at = monotonic()
                _sign(self._house)
            if monotonic() - swept_at >= SWEEP_EVERY:
                swept_at = monotonic()
                _sweep(self._house)


class Turn:
    """Held by one worker at a time, by a lock of the database that goes with its connection.

    Nothing depends on it but that work is not done twice: two followers at once stay correct.
    """

    def __init__(self, reading: Engine) -> None:
        self._engine = create_engine(
            reading.url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={"connect_timeout": 2, "options": _SESSION},
            hide_parameters=True,
        )
        self._held: Connection | None = None

    def is_mine(self) -> bool:
        """Whether this worker leads; takes the lead if nobody has it."""
        if self._held is not None:
            return self._still_held(self._held)
        try:
            connection = self._engine.connect()
        except SQLAlchemyError:
            return False
        try:
            if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _TURN}):
                self._held = connection
                return True
        except SQLAlchemyError:
            connection.invalidate()
        connection.close()
        return False

    def give_up(self) -> None:
        """Lets the next one lead."""
        if self._held is not None:
            self._held.close()
            self._held = None
        self._engine.dispose()

    def _still_held(self, connection: Connection) -> bool:
        try:
            connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            connection.invalidate()
            connection.close()
            self._held = None
            return False
        return True


def work(house: House, ended: Event, ready: Callable[[], None] = lambda: None) -> None:
    """Follows until `ended` is set; sweeps and makes the daily round in this worker's turn. The house follows not yet.

    The followers agree among themselves who takes which model forward: a newer program fills those that
    only it knows while an older one still goes on with the others.
    """
    turn = Turn(house.reading)
    leads = False
    swept_at = signed_at = float("-inf")
    rounds = daily_round(house, may=lambda: leads)
    house.followers.start(caught_up=False)
    rounds.start()
    ready()
    try:
        while not ended.is_set():
            if turn.is_mine() != leads:
                leads = not leads
                _LOG.info("leads" if leads else "stands by")
            if leads and monotonic() - swept_at > SWEEP_EVERY:
                swept_at = monotonic()
                _sweep(house)
            if leads and monotonic() - signed_at > SIGN_EVERY:
                signed_at = monotonic()
                _sign(house)
            ended.wait(LOOK_EVERY)
    finally:
        rounds.stop()
        house.followers.stop()
        turn.give_up()


def run(settings: Settings, ready: Callable[[], None] = lambda: None) -> int:
    """What a worker does from its start to its stop; 1 when the database does not answer."""
    ended = Event()

    def stop(number: int, _: object) -> None:
        if ended.is_set():
            os._exit(128 + number)
        ended.set()

    end_at_once_when_asked()
    try:
        house = open_patiently(settings, follow=False)
    except NoDatabase as absent:
        print(absent, file=sys.stderr)  # noqa: T201  # it speaks for the command
        return 1
    for number in STOPS:
        signal.signal(number, stop)
    collect_from_now_on()
    try:
        work(house, ended, ready)
    finally:
        house.close()
    return 0


def _sign(house: House) -> None:
    try:
        house.notary.catch_up()
    except Exception as error:  # noqa: BLE001  # the next round may succeed
        known = isinstance(error, Refused) or is_passing(error)
        _LOG.warning("the hash tree does not follow: %s", type(error).__name__, exc_info=None if known else error)


def _sweep(house: House) -> None:
    try:
        house.sweep()
    except Exception as error:  # noqa: BLE001  # the next round may succeed
        _LOG.warning("sweeping failed", exc_info=None if is_passing(error) else error)
