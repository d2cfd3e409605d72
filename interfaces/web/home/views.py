"""The year as a rail, and what needs somebody now."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from domain.asks.ask import AskKind, AskStage
from domain.polls.poll import PollStage
from domain.projects.project import Stage
from interfaces.public.projects.timeline import ASKS
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web._base.shown import day
from projections import asks_board, candidate_board, reading_receipts, year_rail
from projections.asks_board import AskRow
from projections.congress_directory import ListedCongress
from projections.year_rail import YearRail

_POLL_STEPS = {
    PollStage.PREPARED: (lazy("表决已准备好，等待开始投票"), lazy("去开始")),
    PollStage.OPEN: (lazy("正在投票"), lazy("看进度")),
    PollStage.CLOSED: (lazy("投票已截止，等待计票"), lazy("去计票")),
    PollStage.COUNTED: (lazy("计票完成，等待签名和宣布"), lazy("去签名宣布")),
}


class Stop(NamedTuple):
    """One stage of the year: `now` while it is the one at work, `later` before it has begun."""

    title: str
    figure: str
    small: str
    url: str
    state: str


class Need(NamedTuple):
    """Something that waits for the office."""

    words: str
    small: str
    url: str
    button: str


def rail_of(rail: YearRail, asks: list[AskRow], readers: int, delegates: int, root: str) -> list[Stop]:
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
            str(delegates) if rail.listed else "–",
            _("人送达，%(n)s 人读完", n=readers) if rail.listed else _("名单公布后送达"),
            f"{root}/projects/list?year={rail.year}",
        ),
        (
            _("票决"),
            str(rail.returned if rail.returned is not None else rail.issued or "–"),
            _vote_words(rail),
            f"{root}/polls/{rail.poll}" if rail.poll else f"{root}/sessions",
        ),
        (
            _("公告"),
            str(rail.adopted) if rail.adopted is not None else "–",
            _("项，%(number)s", number=rail.notice_number) if rail.notice_number else _("宣布后公告"),
            f"{root}/lists/{rail.year}" if rail.adopted is not None else f"{root}/sessions",
        ),
        _ask_stop(asks, f"{root}/asks?year={rail.year}"),
    )
    return [Stop(*stop, "now" if place == at else "later" if place > at else "") for place, stop in enumerate(stops)]


def _stage(rail: YearRail) -> int:
    if rail.adopted is not None:
        return 4
    if rail.poll_stage is not None:
        return 3 if rail.poll_stage == PollStage.DECLARED else 2
    return 1 if rail.listed else 0


def _vote_words(rail: YearRail) -> str:
    if rail.returned is not None and rail.voted_on is not None:
        return _("张收回，%(day)s", day=day(rail.voted_on))
    if rail.issued is not None:
        return _("张发出，正在投票")
    return day(rail.session_starts_on) if rail.session_starts_on else _("会议还没有召集")


def _ask_stop(asks: list[AskRow], url: str) -> tuple[str, str, str, str]:
    """The ask that falls due next, else the last one."""
    waiting = [ask for ask in asks if ask.stage in (AskStage.ISSUED, AskStage.SENT_BACK)]
    if not asks:
        return _("四问"), "–", _("宣布后发出"), url
    kind = (waiting[0] if waiting else asks[-1]).kind
    same = [ask for ask in asks if ask.kind == kind]
    answered = [ask for ask in same if ask.stage in (AskStage.ANSWERED, AskStage.APPROVED)]
    due = max(ask.due_on for ask in same)
    return (
        _("四问 · %(kind)s", kind=ASKS[kind]),
        f"{len(answered)}/{len(same)}",
        _("%(day)s 截止", day=day(due)),
        url,
    )


def needs(conn: Connection, congress: ListedCongress, rail: YearRail, today: date, root: str) -> list[Need]:
    """What waits for the office in this year, most pressing first."""
    found: list[Need] = []
    if rail.poll is not None and rail.poll_stage in _POLL_STEPS:
        step, button = _POLL_STEPS[PollStage(rail.poll_stage)]
        small = _("%(year)s 年民生实事项目票决", year=rail.year)
        found.append(Need(str(step), small, f"{root}/polls/{rail.poll}", str(button)))
    candidates = candidate_board.candidates_of(conn, congress.id, rail.year)
    drafts = [one for one in candidates if one.stage == Stage.DRAFT]
    with_gaps = [one for one in drafts if one.gaps]
    if with_gaps:
        names = "、".join(one.name for one in with_gaps[:3])
        words = _("%(n)s 个候选项目还有缺项", n=len(with_gaps))
        found.append(Need(words, names, f"{root}/projects?year={rail.year}", _("补齐")))
    elif drafts and rail.listed is None:
        words = _("候选项目已齐全，名单还没有公布")
        found.append(
            Need(words, _("公布后开始计算提前送达的天数"), f"{root}/projects/list?year={rail.year}", _("公布名单"))
        )
    if rail.listed and rail.poll is None and rail.adopted is None:
        words = _("名单已公布，等待准备表决")
        url = f"{root}/sessions/{rail.session}/polls" if rail.session else f"{root}/sessions"
        found.append(Need(words, _("印票卡、选办法、批准监票人"), url, _("准备表决")))
    return found + _ask_needs(asks_board.asks_of(conn, congress.id, rail.year), today, root)


def _ask_needs(asks: list[AskRow], today: date, root: str) -> list[Need]:
    found: list[Need] = []
    for kind in AskKind:
        overdue = [ask for ask in asks if ask.kind == kind and ask.is_overdue(today)]
        answered = [ask for ask in asks if ask.kind == kind and ask.stage == AskStage.ANSWERED]
        title = ASKS[kind.value]
        if overdue:
            words = _("%(n)s 件“%(title)s”逾期未答", n=len(overdue), title=title)
            who = "、".join(dict.fromkeys(ask.unit_name for ask in overdue if ask.unit_name))
            found.append(Need(words, who, f"{root}/asks?year={overdue[0].year}", _("查看")))
        if answered:
            words = _("%(n)s 件“%(title)s”答复等待认可", n=len(answered), title=title)
            who = "、".join(dict.fromkeys(ask.unit_name for ask in answered if ask.unit_name))
            url = f"{root}/asks/{answered[0].ask}" if len(answered) == 1 else f"{root}/asks?year={answered[0].year}"
            found.append(Need(words, who, url, _("办理")))
    return found


def readers(conn: Connection, congress: ListedCongress, rail: YearRail) -> tuple[int, int]:
    """How many delegates have read every listed card, and how many delegates there are."""
    everybody = reading_receipts.readers_of(conn, congress.id, rail.year)
    return sum(one.cards >= (rail.listed or 1) for one in everybody), len(everybody)


def shown_year(conn: Connection, congress: ListedCongress, asked: int) -> tuple[YearRail | None, list[int]]:
    """The year that is shown, the newest by default, and all years there are."""
    years = year_rail.years(conn, congress.id)
    chosen = asked if asked in years else (years[0] if years else 0)
    return year_rail.rail(conn, congress.id, chosen), years
