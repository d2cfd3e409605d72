"""The congresses of the city in full size: itself, its districts and their townships, each with units and a roll."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Final
from uuid import UUID, uuid5

from domain.congress.congress import CongressFounded, Level, SlugTakenBy, UnitAdded, slug_stream
from domain.congress.roll import DelegateEntry, DelegatesImported, Gender, roll_stream
from domain.polls.profile import ProfileDrafted
from domain.polls.rules import RuleProfile
from domain.shared import CHINA

HOME: Final = UUID("00000000-0000-5000-8000-00000005ca1e")
DISTRICTS: Final = 9
QUOTA: Final = 20
TERM_YEARS: Final = 5
FIRST_TERM: Final = 15
PROFILE: Final = RuleProfile(title="民生实事项目票决办法（逐项表决，全体代表过半数）", quota=QUOTA)

_SIZES: Final = {Level.CITY: 300, Level.COUNTY: 150, Level.TOWNSHIP: 60}
_DELEGATIONS: Final = {Level.CITY: 10, Level.COUNTY: 8, Level.TOWNSHIP: 4}
_UNITS: Final = (
    "住房和城乡建设局",
    "教育局",
    "卫生健康局",
    "民政局",
    "交通运输局",
    "水务局",
    "农牧局",
    "城市管理局",
    "文化和旅游局",
    "生态环境局",
)
_DISTRICTS: Final = "东西南北新河山林湖"
_TOWNS: Final = "石柳杨松白黄青红大小"
_PLACES: Final = "桥泉坪川"
_SURNAMES: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN: Final = "敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华慧建国文斌玲波辉鑫宇"

Told = tuple[UUID, datetime, object]


@dataclass(frozen=True, eq=False)
class Body:
    """The number-th congress: 0 is the city's, then its districts', then their townships'."""

    number: int
    founded: datetime

    @property
    def level(self) -> Level:
        """Where it stands."""
        return Level.CITY if self.number == 0 else Level.COUNTY if self.number <= DISTRICTS else Level.TOWNSHIP

    @property
    def id(self) -> UUID:
        """Its identity."""
        return congress_id(self.number)

    @property
    def parent(self) -> UUID | None:
        """The congress above."""
        if self.number == 0:
            return None
        return congress_id(0 if self.number <= DISTRICTS else 1 + self.number % DISTRICTS)

    @property
    def slug(self) -> str:
        """Its word in addresses."""
        return "gy" if self.number == 0 else f"gy-{self.number}"

    @cached_property
    def area(self) -> str:
        """What it is called."""
        if self.level is Level.CITY:
            return "广原市"
        if self.level is Level.COUNTY:
            return f"{_DISTRICTS[self.number - 1]}城区"
        place = self.number - DISTRICTS - 1
        return f"{_TOWNS[place % len(_TOWNS)]}{_PLACES[place // len(_TOWNS) % len(_PLACES)]}镇" + (
            f"（{place // 40 + 1}）" if place >= len(_TOWNS) * len(_PLACES) else ""
        )

    @cached_property
    def units(self) -> tuple[tuple[UUID, str], ...]:
        """Its departments."""
        return tuple((uuid5(self.id, f"unit {name}"), f"{self.area}{name}") for name in _UNITS)

    @property
    def delegates(self) -> int:
        """N."""
        return _SIZES[self.level]

    @property
    def profile(self) -> UUID:
        """The rules by which it votes."""
        return uuid5(self.id, "profile")

    def delegate(self, place: int) -> UUID:
        """One of its delegates, counted from 0."""
        return uuid5(self.id, f"delegate {place}")

    def founding(self) -> Iterator[Told]:
        """The congress with its units, its roll and the draft of its rules."""
        at = self.founded
        yield slug_stream(self.slug), at, SlugTakenBy(slug=self.slug, congress=self.id)
        named = CongressFounded(
            name=f"{self.area}人民代表大会",
            short_name=f"{self.area}人大",
            slug=self.slug,
            level=self.level,
            parent=self.parent,
            term=FIRST_TERM + 1,
        )
        yield self.id, at, named
        for place, (unit, name) in enumerate(self.units):
            phone = f"0470-{8000000 + self.number * 100 + place}"
            yield self.id, at, UnitAdded(unit=unit, name=name, duty_phone=phone)
        imported = DelegatesImported(
            congress=self.id, import_id=uuid5(self.id, "roll"), source="代表名册.xlsx", entries=tuple(self._entries())
        )
        yield roll_stream(self.id), at + timedelta(minutes=5), imported
        yield self.profile, at + timedelta(minutes=9), ProfileDrafted(congress=self.id, rules=PROFILE)

    def _entries(self) -> Iterator[DelegateEntry]:
        chance = Random(self.number)  # noqa: S311 -- made-up names, no secrets
        for place in range(self.delegates):
            yield DelegateEntry(
                delegate=self.delegate(place),
                number=f"{place + 1:04d}",
                name=chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2)))),
                delegation=f"第{place % _DELEGATIONS[self.level] + 1}代表团",
                gender=Gender.FEMALE if chance.random() < 0.3 else Gender.MALE,
            )


def congress_id(number: int) -> UUID:
    """The number-th congress."""
    return uuid5(HOME, f"congress {number}")


def bodies(number: int, first_year: int) -> list[Body]:
    """So many congresses, founded the summer before their first voting year."""
    return [Body(place, datetime(first_year - 1, 7, 1, 9, tzinfo=CHINA)) for place in range(number)]
