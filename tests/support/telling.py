"""Facts told to one projection, and its questions asked: given these facts, what is read?"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine

from application.history.history import History
from application.history.recorded import Recorded
from domain.shared import CHINA
from projections.reading.follower import Followers
from projections.reading.projection import Projection

P = ParamSpec("P")
T = TypeVar("T")


class Telling:
    """Records facts a minute apart, from the morning of a day, and lets one projection follow."""

    def __init__(self, history: History, reading: Engine, projection: Projection) -> None:
        self._history, self._reading, self._projection = history, reading, projection
        self._followers = Followers(history, reading, [projection])
        self._versions: Counter[UUID] = Counter()
        self.now = datetime(2026, 1, 20, 9, 0, tzinfo=CHINA)

    def tell(self, *told: tuple[UUID, object]) -> int:
        """Each fact in its stream; returns the position of the last."""
        for stream, fact in told:
            self._versions[stream] += 1
            self.now += timedelta(minutes=1)
            self._history.append([Recorded(stream, self._versions[stream], self.now, None, fact)], seen={})
        self._followers.catch_up()
        assert self._followers.standings()[self._projection.name].fault is None
        return self._history.last_position()

    def ask(self, question: Callable[Concatenate[Connection, P], T], *about: P.args, **named: P.kwargs) -> T:
        """What a query of the projection answers now."""
        with self._reading.connect() as connection:
            return question(connection, *about, **named)
