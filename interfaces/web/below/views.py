"""The overview of everything below a congress: rows, sums that add up, and the same as a workbook."""

from dataclasses import dataclass, fields
from typing import Any, Final

from domain.congress.congress import Level
from domain.polls.poll import PollStage
from domain.proposals.totals import Totals
from interfaces.composition import House
from interfaces.documents.workbook import SheetHeading, Value, sheet
from interfaces.web._base.asking import Place
from interfaces.web._base.language import gettext as _
from interfaces.web.below.standing import Standing, YearStage, standings, years_below
from interfaces.web.below.words import STAGES
from interfaces.web.congress.views import tree
from interfaces.web.congress.words import LEVELS
from interfaces.web.polls.words import STAGES as POLL_STAGES
from projections.congress_directory import congresses_below

ALL: Final = ""
_FIGURES: Final = tuple(one.name for one in fields(Totals))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What several congresses have together; every figure is the sum of the rows that are shown."""

    congresses: int
    totals: Totals
    candidates: int
    listed: int
    """Congresses whose list is fixed."""
    declared: int
    """Congresses whose voted list is announced."""
    adopted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything below one congress in one year."""

    year: int
    years: list[int]
    shown: list[Standing]
    every: list[Standing]
    level: str
    stage: str

    @property
    def sums(self) -> Sums:
        """Of the rows that are shown."""
        return sums_of(self.shown)

    @property
    def stages(self) -> list[tuple[str, str, int]]:
        """Each stage with how many of the chosen level have reached it and got no further."""
        of_level = [one for one in self.every if self.level in (ALL, one.congress.level)]
        return [(stage, str(STAGES[stage]), sum(one.stage is stage for one in of_level)) for stage in YearStage]

    @property
    def levels(self) -> list[tuple[str, str, Sums]]:
        """Each level there is, with what its bodies have together at the chosen stage."""
        of_stage = [one for one in self.every if self.stage in (ALL, one.stage)]
        there = {one.congress.level for one in self.every}
        return [
            (level, str(words), sums_of([one for one in of_stage if one.congress.level == level]))
            for level, words in LEVELS.items()
            if level in there
        ]


def overview(house: House, here: Place, year: int, level: str, stage: str) -> Overview:
    """The year asked for, else the newest; filters that mean nothing are left aside."""
    today = house.office.today()
    with house.reading.connect() as conn:
        below = congresses_below(conn, here.congress.id)
        years = years_below(conn, [one.id for one in below]) or [today.year]
        chosen = year if year in years else years[0]
        every = standings(conn, [(one.congress, one.depth) for one in tree(below)], chosen, today)
    level = level if level in set(Level) else ALL
    stage = stage if stage in set(YearStage) else ALL
    shown = [one for one in every if level in (ALL, one.congress.level) and stage in (ALL, one.stage)]
    return Overview(year=chosen, years=years, shown=shown, every=every, level=level, stage=stage)


def sums_of(rows: list[Standing]) -> Sums:
    """The rows together."""
    added = {name: sum(getattr(one.totals, name) for one in rows) for name in _FIGURES}
    return Sums(
        congresses=len(rows),
        totals=Totals(**added),
        candidates=sum(one.candidates for one in rows),
        listed=sum(one.rail is not None and bool(one.rail.listed) for one in rows),
        declared=sum(one.adopted is not None for one in rows),
        adopted=sum(one.adopted or 0 for one in rows),
    )


def as_sheet(here: Place, seen: Overview) -> bytes:
    """The rows that are shown, and their sum, as a workbook."""
    headings = [SheetHeading(words=words) for words in _HEADINGS]
    together = seen.sums
    last: list[Any] = [_("合计"), "", "", "", None, None, *(getattr(together.totals, name) for name in _FIGURES)]
    last += [together.candidates, None, None, "", together.adopted]
    caption = f"{here.congress.name}下级一览（{seen.year}年）"
    return sheet("下级一览", headings, [*(_line(one) for one in seen.shown), last], caption=caption)


_HEADINGS: Final = (
    *("大会", "层级", "阶段", "状况", "征集开始", "征集截止", "收到建议", "成为候选", "合并", "转办", "储备", "不采纳"),
    *("待办", "候选项目", "名单确定", "会议", "票决", "列入项目"),
)


def _line(one: Standing) -> list[Value]:
    rail, call = one.rail, one.call
    return [
        one.congress.name,
        str(LEVELS[Level(one.congress.level)]),
        str(STAGES[one.stage]),
        one.light.words,
        call.opens_on if call else None,
        call.closes_on if call else None,
        *(getattr(one.totals, name) for name in _FIGURES),
        one.candidates,
        rail.listed_on if rail else None,
        rail.session_starts_on if rail else None,
        poll_words(one),
        one.adopted,
    ]


def poll_words(one: Standing) -> str:
    """Where the year's own vote stands."""
    stage = one.rail.poll_stage if one.rail else None
    return str(POLL_STAGES[PollStage(stage)]) if stage else ""
