"""What residents of the demonstration propose: made-up texts, put together from themes, reasons, wishes and places."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from domain.proposals.proposal import Suggestion
from interfaces.demo.town_hall import DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A matter that many write about, and where it leads: to the candidate of that name, or elsewhere."""

    name: str
    category: str
    leads_to: str
    where: str
    """城: of the town only; 乡: of villages only; empty: anywhere."""
    titles: tuple[str, ...]
    reasons: tuple[str, ...]
    wishes: tuple[str, ...]
    beneficiaries: str

    @property
    def is_candidate(self) -> bool:
        """Whether a candidate of the same name comes from it."""
        return self.leads_to == "候选"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place within a body."""

    part: str
    name: str
    longitude: Decimal
    latitude: Decimal

    @property
    def is_village(self) -> bool:
        """Whether it lies in the country."""
        return self.name.endswith("村")


class Pen:
    """Writes suggestions about the places of one body, no two alike as long as there are places left."""

    def __init__(self, slug: str, chance: Random) -> None:
        self._spots = _spots(slug)
        self._chance = chance
        self._written = 0

    def write(self, theme: Theme) -> Suggestion:
        """One more about this theme."""
        self._written += 1
        spots = [spot for spot in self._spots if spot.is_village == (theme.where == "乡") or not theme.where]
        spot = spots[self._written % len(spots)]
        title = theme.titles[self._written // len(spots) % len(theme.titles)].format(地=spot.name)
        reason = self._chance.choice(theme.reasons)
        content = f"{spot.part}{spot.name}：{reason}{self._chance.choice(theme.wishes)}"
        with_point = self._written % 3 == 0
        return Suggestion(
            title=title,
            content=content,
            place=f"{spot.part}{spot.name}",
            longitude=spot.longitude if with_point else None,
            latitude=spot.latitude if with_point else None,
            category=theme.category,
            beneficiaries=theme.beneficiaries,
        )


def themes() -> list[Theme]:
    """All themes, in the order of the table."""
    return [
        Theme(
            name=row["主题"],
            category=row["类别"],
            leads_to=row["归宿"],
            where=row["地域"],
            titles=_parts(row["标题"]),
            reasons=_parts(row["缘由"]),
            wishes=_parts(row["请求"]),
            beneficiaries=row["受益"],
        )
        for row in _rows("suggestions.csv")
    ]


def _spots(slug: str) -> Sequence[Spot]:
    return [
        Spot(part=row["片区"], name=row["地点"], longitude=Decimal(row["经度"]), latitude=Decimal(row["纬度"]))
        for row in _rows("places.csv")
        if row["机构"] == slug
    ]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split("/"))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))
