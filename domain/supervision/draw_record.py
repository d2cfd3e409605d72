"""The published record of a draw of sites, and the check whether it holds: all that is needed to make it again.

A JSON object of plain values; every step of a draw has its record, the last one with seed and result.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.shared import Refused, Year
from domain.supervision.draw import (
    Draw,
    DrawAnnounced,
    PoolClosed,
    PoolSite,
    Spread,
    commitment_of,
    drawn_from,
    pool_digest,
)

FORMAT: Final = "piaojue-draw/1"
LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a record that is read."""


class Check(StrEnum):
    """What is looked at, in this order."""

    COMMITMENT = "commitment"
    POOL = "pool"
    RESULT = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What one check computed beside what the record says."""

    check: Check
    said: str
    computed: str

    @property
    def holds(self) -> bool:
        """Whether both are the same."""
        return self.said == self.computed


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Everything that was checked."""

    title: str
    checks: tuple[Checked, ...]
    drawn: tuple[PoolSite, ...]
    """The sites as they were computed, in their order."""

    @property
    def holds(self) -> bool:
        """Whether all of it is as the record says."""
        return all(one.holds for one in self.checks)


@dataclass(eq=False)
class DrawRecordUnreadable(Refused):
    """The file is no record of a draw that was made."""


def record_of(draw: UUID, state: Draw, congress: str) -> dict[str, Any]:
    """The record as it stands at this step; what has not happened yet is left out."""
    announced = state.announced
    made: dict[str, Any] = {
        "format": FORMAT,
        "draw": str(draw),
        "congress": congress,
        "title": announced.title,
        "purpose": announced.purpose,
        "commitment": announced.commitment,
        "takes": announced.takes,
        "spread": announced.spread.value,
        "witness": announced.witness,
        "announced_on": announced.on.isoformat(),
    }
    if state.pool is not None:
        made["sites"] = [
            {"number": one.number, "code": one.code, "name": one.name, "place": one.place} for one in state.pool.sites
        ]
        made |= {"pool_digest": state.pool.digest, "closed_on": state.pool.on.isoformat()}
    if state.result is not None:
        made |= {"seed": state.result.seed, "number": state.result.number, "drawn": list(state.result.drawn)}
        made["drawn_on"] = state.result.on.isoformat()
    if state.given_up is not None:
        made |= {"given_up_because": state.given_up.reason, "given_up_on": state.given_up.on.isoformat()}
    return made


def verify(content: bytes) -> Verified:
    """Makes the draw again from its record alone. Raises DrawRecordUnreadable."""
    try:
        record = json.loads(content[: LARGEST + 1].decode())
        if record["format"] != FORMAT or len(content) > LARGEST:
            raise DrawRecordUnreadable
        return _verified(record)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DrawRecordUnreadable from None


def _verified(record: Mapping[str, Any]) -> Verified:
    sites = tuple(
        PoolSite(
            number=_whole(one["number"]), name=_text(one["name"]), place=_text(one["place"]), code=_text(one["code"])
        )
        for one in record["sites"]
    )
    draw, seed, number = UUID(_text(record["draw"])), _text(record["seed"]), _text(record["number"])
    if str(draw) != record["draw"]:
        raise ValueError(record["draw"])
    pool = PoolClosed(sites=sites, digest=pool_digest(sites), on=date.min)
    drawn = drawn_from(pool, _announced(record), draw, seed, number)
    by_number = {site.number: site for site in sites}
    said = ", ".join(str(_whole(one)) for one in record["drawn"])
    checks = (
        Checked(check=Check.COMMITMENT, said=_text(record["commitment"]), computed=commitment_of(seed)),
        Checked(check=Check.POOL, said=_text(record["pool_digest"]), computed=pool.digest),
        Checked(check=Check.RESULT, said=said, computed=", ".join(map(str, drawn))),
    )
    return Verified(title=_text(record["title"]), checks=checks, drawn=tuple(by_number[one] for one in drawn))


def _announced(record: Mapping[str, Any]) -> DrawAnnounced:
    return DrawAnnounced(
        congress=UUID(int=0),
        year=Year(0),
        title="",
        purpose="",
        commitment="",
        takes=_whole(record["takes"]),
        spread=Spread(record["spread"]),
        witness="",
        on=date.min,
    )


def _whole(value: object) -> int:
    """Raises TypeError for anything but a whole number: 2.5, "2" and true are no places in a pool."""
    if type(value) is not int:
        raise TypeError(value)
    return value


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value
