"""Allowances: whoever asks far more often than people do has to wait, and nobody is ever shut out.

An allowance fills again by itself, so what is kept of it can be thrown away once it is whole: an address is remembered
for minutes, and under a keyed hash only. Kept in the store, so that all processes count together.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from sqlalchemy import Connection, delete, select

from application.private.proposal_tables import turns
from application.private.store import PrivateStore, put, put_if_new
from domain.shared import Refused

_MILLI = 1000
_MINUTE_MS = 60_000


@dataclass(eq=False)
class TooOften(Refused):
    """The allowance is used up; `seconds` later there is enough of it again."""

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """So much at once, and so much more every minute."""

    at_once: float
    a_minute: float


def take_turn(store: PrivateStore, bucket: str, allowance: Allowance, now: datetime, cost: float = 1) -> None:
    """Takes `cost` of the allowance. Raises TooOften, and takes nothing, when there is not enough left."""
    at_ms, price = int(now.timestamp() * 1000), round(cost * _MILLI)
    with store.writing() as connection:
        taken = _left_to_fill(connection, bucket, allowance, at_ms)
        beyond = taken + price - allowance.at_once * _MILLI
        if beyond > 0:
            raise TooOften(seconds=max(1, ceil(beyond / _MILLI / allowance.a_minute * 60)))
        whole_in = (taken + price) / _MILLI / allowance.a_minute * 60
        put(
            connection,
            turns,
            bucket=bucket,
            taken_milli=round(taken + price),
            at_ms=at_ms,
            until=ceil(at_ms / 1000 + whole_in),
        )


def sweep(store: PrivateStore, now: datetime) -> None:
    """Forgets allowances that are whole again."""
    with store.writing() as connection:
        connection.execute(delete(turns).where(turns.c.until < int(now.timestamp())))


def _left_to_fill(connection: Connection, bucket: str, allowance: Allowance, at_ms: int) -> float:
    """Thousandths that are taken and have not come back yet; the row is held until the transaction ends."""
    put_if_new(connection, turns, bucket=bucket, taken_milli=0, at_ms=at_ms, until=at_ms // 1000)
    asked = select(turns.c.taken_milli, turns.c.at_ms).where(turns.c.bucket == bucket).with_for_update()
    row = connection.execute(asked).one()
    came_back = max(0, at_ms - row.at_ms) / _MINUTE_MS * allowance.a_minute * _MILLI
    return max(0.0, float(row.taken_milli) - float(came_back))
