"""Which models this process takes forward. On PostgreSQL several may run; one follows a model, the others stand by."""

import logging
from collections.abc import Mapping

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

_CLASS = 0x666F6C6C
"""First key of the advisory locks; the second is made of the projection's name and shape."""

_TRY = text("SELECT pg_try_advisory_lock(:class, hashtext(:model))")

_log = logging.getLogger(__name__)


class Duty:
    """Holds a lock of the server's for each model that this process follows, for as long as its connection lives.

    The locks save double work. Facts are shown once without them too: whoever finds a position moved
    by somebody else takes its own rows back.
    """

    def __init__(self, engine: Engine, shapes: Mapping[str, str]) -> None:
        self._engine = engine
        self._shapes = shapes
        self._alone = engine.dialect.name != "postgresql"
        self._connection: Connection | None = None
        self._held: set[str] = set()

    def take(self) -> set[str]:
        """Tries for what is not held yet; returns the names of the projections to follow.

        Raises what the database raises; nothing is held then.
        """
        if self._alone:
            return set(self._shapes)
        try:
            if self._connection is None:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._connection.execute(text("SELECT 1"))  # a lock lives as long as its connection
            for name in sorted(set(self._shapes) - self._held):
                if self._connection.scalar(_TRY, {"class": _CLASS, "model": f"{name} {self._shapes[name]}"}):
                    self._held.add(name)
        except DBAPIError:
            self.leave()
            raise
        return set(self._held)

    def leave(self) -> None:
        """Lets others follow."""
        held, self._held = self._connection, set()
        self._connection = None
        if held is None:
            return
        try:
            held.invalidate()  # closed, not given back to the pool: the locks would go with it
            held.close()
        except DBAPIError as error:
            _log.warning("the connection that held the followers' locks was broken", exc_info=error)
