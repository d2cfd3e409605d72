"""The year as a rail, and how far its projects are."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection

from domain.asks.ask import AskStage
from domain.polls.poll import PollStage
from interfaces.public.projects.timeline import ASKS
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from projections import reading_receipts, year_rail
from projections.asks_board import AskRow
from projections.congress_directory import ListedCongress
from projections.year_rail import YearRail


class Reading(NamedTuple):
    """How many delegates have read every listed card, how many there are, and when voting may begin (rule 16)."""

    read: int
    delegates: int
    earliest: date | None


class Stop(NamedTuple):
    """One stage of the year: `now` while it is the one at work, `later` before it has begun."""

    title: str
    figure: str
    small: str
    url: str
    state: str


class Progress(NamedTuple):
    """How far a project is, from the last approved answer."""

    percent: int
    spent: Decimal
    """Yuan."""
    on: date


def rail_of(rail: YearRail, asks: list[AskRow], reading: Reading, today: date, root: str) -> list[Stop]:
    """The stages of the year, in order; one of them is now."""
    at = _stage(rail)
    stops = (
        (
            _("初定"),
            str(rail.candidates),
            _("候选，应选 %(n)s", n=rail.quota) if rail.quota else _("个候选项目"),
            f"{root}/projects?year={rail.year}",
        ),
        (
            _("审议"),
            str(reading.delegates) if rail.listed else "–",
            _reading_words(rail, reading),
            f"{root}/projects/list?year={rail.year}",
        ),
        (
            _("票决"),
            _vote_figure(rail),
            _vote_words(rail),
            f"{root}/polls/{rail.poll}" if rail.poll else f"{root}/sessions",
        ),
        (
            _("公告"),
            str(rail.adopted) if rail.adopted is not None else "–",
            _("项，%(number)s", number=rail.notice_number) if rail.notice_number else _("宣布后公告"),
            f"{root}/lists/{rail.year}" if rail.adopted is not None else f"{root}/sessions",
        ),
        _ask_stop(asks, today, f"{root}/asks?year={rail.year}"),
    )
    return [Stop(*stop, "now" if place == at else "later" if place > at else "") for place, stop in enumerate(stops)]


def progress_of(told: Mapping[str, Any]) -> Progress:
    """The approved answer as figures."""
    return Progress(int(told["percent"]), Decimal(told["funds_spent"]), date.fromisoformat(told["on"]))


def readers(conn: Connection, congress: ListedCongress, rail: YearRail) -> tuple[int, int]:
    """How many delegates have read every listed card, and how many delegates there are."""
    everybody = reading_receipts.readers_of(conn, congress.id, rail.year)
    return sum(one.cards >= (rail.listed or 1) for one in everybody), len(everybody)


def shown_year(conn: Connection, congress: ListedCongress, asked: int) -> tuple[YearRail | None, list[int]]:
    """The year that is shown, the newest by default, and all years there are."""
    years = year_rail.years(conn, congress.id)
    chosen = asked if asked in years else (years[0] if years else 0)
    return year_rail.rail(conn, congress.id, chosen), years


def _stage(rail: YearRail) -> int:
    if rail.adopted is not None:
        return 4
    if rail.poll_stage is not None:
        return 3 if rail.poll_stage == PollStage.DECLARED else 2
    return 1 if rail.listed else 0


def _reading_words(rail: YearRail, reading: Reading) -> str:
    if not rail.listed:
        return _("名单公布后送达")
    said = _("人送达，%(n)s 人读完", n=reading.read)
    if reading.earliest is None:
        return said
    return said + _("；%(day)s 起可以票决", day=day(reading.earliest))


def _vote_figure(rail: YearRail) -> str:
    if rail.returned is not None:
        return str(rail.returned)
    if rail.issued is not None:
        return str(rail.issued)
    return str(rail.listed) if rail.poll_stage == PollStage.PREPARED and rail.listed else "–"


def _vote_words(rail: YearRail) -> str:
    if rail.returned is not None and rail.voted_on is not None:
        return _("张收回，%(day)s", day=day(rail.voted_on))
    if rail.issued is not None:
        return _("张发出，正在投票")
    if rail.session_starts_on is None:
        return _("会议还没有召集")
    if rail.poll_stage == PollStage.PREPARED:
        return _("项待票决，%(day)s", day=day(rail.session_starts_on))
    return _("会议 %(day)s 开始", day=day(rail.session_starts_on))


def _ask_stop(asks: list[AskRow], today: date, url: str) -> tuple[str, str, str, str]:
    """The ask that falls due next, else the last one."""
    waiting = [ask for ask in asks if ask.stage in (AskStage.ISSUED, AskStage.SENT_BACK)]
    if not asks:
        return _("四问"), "–", _("宣布后发出"), url
    kind = (waiting[0] if waiting else asks[-1]).kind
    same = [ask for ask in asks if ask.kind == kind]
    answered = [ask for ask in same if ask.stage in (AskStage.ANSWERED, AskStage.APPROVED)]
    due = max(ask.due_on for ask in same)
    said = _("%(day)s截止", day=day(due))
    if len(answered) < len(same):
        left = (due - today).days
        said += _("，剩 %(n)s 天", n=left) if left >= 0 else _("，逾期 %(n)s 天", n=-left)
    return _("四问 · %(kind)s", kind=ASKS[kind]), f"{len(answered)}/{len(same)}", said, url
