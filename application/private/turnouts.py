"""The turnout that every process of an installation shows: read from the box once in a step, by one of them.

Processes that read by themselves would show a finer step between them, and whoever watches two screens would see
whose card just went in.
"""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select

from application.private.store import PrivateStore, put, put_if_new, turnouts

NEVER = 0


def shared_turnout(store: PrivateStore, poll: UUID, now_ms: int, step_ms: int, read: Callable[[], int]) -> int:
    """The number read last, or a new one where that is a step ago; a clock that was set back begins a step."""
    with store.writing() as connection:
        put_if_new(connection, turnouts, poll=poll, read_ms=NEVER, ballots=0)
        asked = select(turnouts.c.read_ms, turnouts.c.ballots).where(turnouts.c.poll == poll)
        last = connection.execute(asked.with_for_update()).one()
        if last.read_ms <= now_ms < last.read_ms + step_ms:
            return int(last.ballots)
        ballots = read()
        put(connection, turnouts, poll=poll, read_ms=now_ms, ballots=ballots)
        return ballots
