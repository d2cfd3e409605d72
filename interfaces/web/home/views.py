"""The year as a rail, and how far its projects are."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection

from domain.asks.ask import AskKind, AskStage
from domain.polls.poll import PollStage
from domain.proposals.call import USUAL_MONTHS
from domain.proposals.totals import Totals
from interfaces.public.projects.timeline import ASKS
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from projections import calls, proposal_register, reading_receipts, year_rail
from projections.asks_board import AskRow
from projections.calls import CallRow
from projections.candidate_board import ListedCandidate
from projections.congress_directory import ListedCongress
from projections.year_rail import YearRail

CALLS_BEGIN: Final = min(USUAL_MONTHS)
"""The month from which a missing call for the next year is brought up (rule 17: the third quarter)."""


class Reading(NamedTuple):
    """How many delegates have read every listed card, how many there are, and when voting may begin (rule 16)."""

    read: int
    delegates: int
    earliest: date | None


class Calling(NamedTuple):
    """The call of the year, None before it is published, and how its proposals stand."""

    call: CallRow | None
    totals: Totals


class Stop(NamedTuple):
    """One stage of the year: `now` while it is the one at work, `later` before it has begun."""

    title: str
    figure: str
    small: str
    url: str
    button: str
    state: str


class Tally(NamedTuple):
    """The asks of one kind to one unit together."""

    issued: int
    answered: int
    approved: int
    overdue: int


def rail_of(
    rail: YearRail,
    calling: Calling,
    asks: list[AskRow],
    reading: Reading,
    today: date,
    root: str,
    council: tuple[str, str, str, str, str] | None = None,
) -> list[Stop]:
    """The stages of the year, in order; one of them is now. `council` is the stop of a street's council."""
    at = _stage(rail, calling, today)
    stops = (
        _call_stop(calling, rail.year, today, root),
        (
            _("初定"),
            str(rail.candidates),
            _("候选，应选 %(n)s", n=rail.quota) if rail.quota else _("个候选项目"),
            f"{root}/projects?year={rail.year}",
            _("候选项目"),
        ),
        council
        or (
            _("审议"),
            str(reading.delegates) if rail.listed else "–",
            _reading_words(rail, reading),
            f"{root}/deliberation?year={rail.year}" if rail.listed else f"{root}/projects/list?year={rail.year}",
            _("看审议") if rail.listed else _("候选名单"),
        ),
        (
            _("票决"),
            _vote_figure(rail),
            _vote_words(rail),
            f"{root}/polls/{rail.poll}" if rail.poll else f"{root}/sessions",
            _("看票决"),
        ),
        (
            _("公告"),
            str(rail.adopted) if rail.adopted is not None else "–",
            _("项，%(number)s", number=rail.notice_number) if rail.notice_number else _("宣布后公告"),
            f"{root}/lists/{rail.year}" if rail.adopted is not None else f"{root}/sessions",
            _("去公告"),
        ),
        (*_ask_stop(asks, today, f"{root}/asks?year={rail.year}"), _("看四问")),
        _evaluation_stop(rail, root),
    )
    return [Stop(*stop, "now" if place == at else "later" if place > at else "") for place, stop in enumerate(stops)]


def asked_by_unit(asks: Sequence[AskRow], today: date) -> list[tuple[str, dict[AskKind, Tally]]]:
    """Each unit that is asked with its asks by kind, those with something overdue first."""
    found: dict[str, dict[AskKind, list[AskRow]]] = {}
    for one in asks:
        found.setdefault(one.unit_name or _("本办公室"), {}).setdefault(AskKind(one.kind), []).append(one)
    told = [(name, {kind: _tally(of_kind, today) for kind, of_kind in kinds.items()}) for name, kinds in found.items()]
    return sorted(told, key=lambda pair: -sum(one.overdue for one in pair[1].values()))


def _tally(asks: Sequence[AskRow], today: date) -> Tally:
    approved = sum(one.stage == AskStage.APPROVED for one in asks)
    answered = approved + sum(one.stage == AskStage.ANSWERED for one in asks)
    return Tally(len(asks), answered, approved, sum(one.is_overdue(today) for one in asks))


def readers(
    conn: Connection, congress: ListedCongress, year: int, candidates: Iterable[ListedCandidate]
) -> tuple[int, int]:
    """How many delegates have read every listed card, and how many delegates there are."""
    listed = [one.project for one in candidates if one.listed_number is not None]
    return reading_receipts.read_by_all(conn, congress.id, year, listed)


def calling_of(conn: Connection, congress: ListedCongress, year: int) -> Calling:
    """The call of a year and its proposals."""
    totals = proposal_register.totals(conn, congress.id, year)
    return Calling(calls.call_of(conn, congress.id, year), totals)


def next_call(conn: Connection, congress: ListedCongress, today: date) -> int | None:
    """The next year, when its call is due and neither it nor a candidate is there."""
    year = today.year + 1
    if today.month < CALLS_BEGIN or calls.call_of(conn, congress.id, year) is not None:
        return None
    following = year_rail.rail(conn, congress.id, year)
    return None if following is not None and following.candidates else year


def shown_year(conn: Connection, congress: ListedCongress, asked: int) -> tuple[YearRail | None, list[int]]:
    """The year that is shown, the newest by default, and all years there are."""
    years = year_rail.years(conn, congress.id)
    chosen = asked if asked in years else (years[0] if years else 0)
    return year_rail.rail(conn, congress.id, chosen), years


def _stage(rail: YearRail, calling: Calling, today: date) -> int:
    if rail.evaluation_stage is not None:
        return 6
    if rail.adopted is not None:
        return 5
    if rail.poll_stage is not None:
        return 4 if rail.poll_stage == PollStage.DECLARED else 3
    if rail.listed:
        return 2
    if calling.call is not None:
        return int(today > calling.call.closes_on)
    return 1 if rail.candidates or rail.session else 0


def _call_stop(calling: Calling, year: int, today: date, root: str) -> tuple[str, str, str, str, str]:
    """How many proposals came in, and how long anybody may bring more."""
    call, totals = calling
    inbox = f"{root}/proposals?year={year}"
    if call is None:
        return _("征集"), "–", _("还没有公告"), f"{root}/calls", _("发布公告")
    url = f"{root}/calls/{year}"
    if today < call.opens_on:
        return _("征集"), str(totals.received), _("件；%(day)s 开始", day=day(call.opens_on)), url, _("看公告")
    left = call.days_left(today)
    if left:
        said = _("件；%(day)s 截止，剩 %(n)s 天", day=day(call.closes_on), n=left)
        return _("征集"), str(totals.received), said, inbox, _("办理建议")
    if totals.open:
        ended = _("件；已截止，%(n)s 件待办", n=totals.open)
    else:
        ended = _("件，全部办结") if totals.received else _("件，已截止")
    return _("征集"), str(totals.received), ended, inbox, _("办理建议")


def _evaluation_stop(rail: YearRail, root: str) -> tuple[str, str, str, str, str]:
    """The newest evaluation of the year."""
    if rail.evaluation_stage is None:
        return _("测评"), "–", _("年底测评"), f"{root}/sessions", _("去测评")
    url = f"{root}/polls/{rail.evaluation}"
    if rail.evaluation_stage == PollStage.DECLARED:
        said = _("项已测评，%(day)s", day=day(rail.evaluated_on)) if rail.evaluated_on else _("项已测评")
    else:
        said = _("项，正在测评") if rail.evaluation_stage == PollStage.OPEN else _("项待测评")
    return _("测评"), str(rail.evaluated or "–"), said, url, _("看测评")


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
