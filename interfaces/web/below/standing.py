"""Where a congress stands in its year, seen from above: the stage it has reached, and whether somebody must look."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.congress.congress import Level
from domain.polls.poll import PollStage
from domain.proposals.totals import Totals
from interfaces.web._base.language import gettext as _
from projections import agenda, calls, proposal_register, year_rail
from projections.calls import CallRow
from projections.congress_directory import ListedCongress
from projections.year_rail import YearRail

PRE_READING: Final = timedelta(days=7)
"""How long before the vote the cards usually lie with the delegates (rule 16)."""
CALLS_BEGIN_BY: Final = (10, 1)
"""Month and day of the year before from which a missing call is asked about: they open in the third quarter."""


class YearStage(StrEnum):
    """How far a year has come."""

    NOT_BEGUN = "not_begun"
    CALL = "call"
    CANDIDATES = "candidates"
    DELIBERATION = "deliberation"
    VOTE = "vote"
    ADOPTED = "adopted"


class Light(NamedTuple):
    """Whether the upper level should ask: `ok`, `info`, `warn`, `bad` or `idle`, always with words."""

    kind: str
    words: str


class Standing(NamedTuple):
    """One congress in one year."""

    congress: ListedCongress
    depth: int
    stage: YearStage
    light: Light
    call: CallRow | None
    totals: Totals
    rail: YearRail | None

    @property
    def candidates(self) -> int:
        """Candidate projects, those of the fixed list where there is one."""
        if self.rail is None:
            return 0
        return self.rail.candidates if self.rail.listed is None else self.rail.listed

    @property
    def adopted(self) -> int | None:
        """Projects in the voted list, None before its announcement."""
        return self.rail.adopted if self.rail else None


def standings(conn: Connection, listed: list[tuple[ListedCongress, int]], year: int, today: date) -> list[Standing]:
    """Every congress given with how deep it stands, in the order given; four queries whatever their number."""
    ids = [congress.id for congress, _depth in listed]
    rails = year_rail.rails_of(conn, ids, year)
    published = calls.calls_among(conn, ids, year)
    totals = proposal_register.totals_of_year(conn, ids, year)
    met = agenda.decided_sessions(conn, [one.id for one, _depth in listed if one.level == Level.STREET])
    found = []
    for congress, depth in listed:
        rail, call = rails.get(congress.id), published.get(congress.id)
        counted = totals.get(congress.id, Totals(received=0))
        council_met = rail is not None and rail.session in met
        light = light_of(rail, call, counted, year, today, council_met=council_met)
        stage = stage_of(rail, call, council_met=council_met)
        found.append(Standing(congress, depth, stage, light, call, counted, rail))
    return found


def years_below(conn: Connection, ids: list[UUID]) -> list[int]:
    """The years with anything to show, newest first."""
    return sorted({*year_rail.years_among(conn, ids), *calls.call_years_among(conn, ids)}, reverse=True)


def stage_of(rail: YearRail | None, call: CallRow | None, *, council_met: bool = False) -> YearStage:
    """The furthest stage of which something is recorded; `council_met` for a street whose council has decided."""
    if rail is not None:
        if rail.adopted is not None:
            return YearStage.ADOPTED
        if rail.poll_stage is not None:
            return YearStage.VOTE
        if rail.listed or council_met:
            return YearStage.DELIBERATION
        if rail.candidates:
            return YearStage.CANDIDATES
    return YearStage.CALL if call is not None else YearStage.NOT_BEGUN


def light_of(
    rail: YearRail | None, call: CallRow | None, totals: Totals, year: int, today: date, *, council_met: bool = False
) -> Light:
    """The most pressing thing, from what is recorded alone: nobody sets a light by hand.

    A street's council that has decided, by hands or by a poll, is not late for want of a declared poll.
    """
    if rail is not None and rail.adopted is not None:
        return Light("ok", _("已公告"))
    late = None if council_met else _late(rail, today)
    if late is not None:
        return late
    if call is not None and today > call.closes_on and totals.open:
        return Light("warn", _("征集已结束，%(n)s 件未办结", n=totals.open))
    if council_met:
        return Light("ok", _("已有结果"))
    begun = rail is not None and (rail.candidates > 0 or rail.session_starts_on is not None)
    if call is None and not begun and today >= date(year - 1, *CALLS_BEGIN_BY):
        return Light("warn", _("还没有发布征集公告"))
    if call is not None and call.is_open(today):
        return Light("info", _("征集中，剩 %(n)s 天", n=call.days_left(today)))
    if rail is None and call is None:
        return Light("idle", _("还没有开始"))
    return Light("info", _("正在进行"))


def _late(rail: YearRail | None, today: date) -> Light | None:
    """A session that has passed or comes near, with what it needs missing."""
    if rail is None or rail.session_starts_on is None or rail.poll_stage == PollStage.DECLARED:
        return None
    if rail.session_starts_on < today:
        return Light("bad", _("会期已过，没有宣布结果"))
    if not rail.listed and rail.session_starts_on - today < PRE_READING:
        return Light("bad", _("离会议不足 %(n)s 天，名单未定", n=PRE_READING.days))
    return None
