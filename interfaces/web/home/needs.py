"""What waits for the office now, most pressing first."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from domain.asks.ask import AskKind, AskStage
from domain.polls.poll import PollStage
from domain.projects.project import Stage
from interfaces.public.projects.timeline import ASKS
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web._base.shown import day
from interfaces.web.home.views import Calling
from projections.asks_board import AskRow
from projections.candidate_board import ListedCandidate
from projections.deliberation import RemarkRow
from projections.year_rail import YearRail

SOON: Final = timedelta(days=15)
"""How long before its due date an open ask is brought up."""

_POLL_STEPS = {
    PollStage.PREPARED: (lazy("表决已准备好，等待开始投票"), lazy("去开始")),
    PollStage.OPEN: (lazy("正在投票"), lazy("看进度")),
    PollStage.CLOSED: (lazy("投票已截止，等待计票"), lazy("去计票")),
    PollStage.COUNTED: (lazy("计票完成，等待签名和宣布"), lazy("去签名宣布")),
}


class Need(NamedTuple):
    """Something that waits for the office."""

    words: str
    small: str
    url: str
    button: str


CALL_ENDS_SOON: Final = 7
"""Days left of a call when it is brought up."""


def of(
    rail: YearRail,
    calling: Calling,
    candidates: list[ListedCandidate],
    asks: list[AskRow],
    today: date,
    root: str,
    earliest: date | None,
) -> list[Need]:
    """Everything that waits; `asks` of all years, for an old year's summary stays due in the next."""
    return [
        *_of_poll(rail, root),
        *_of_asks(asks, today, root),
        *_of_call(rail, calling, today, root),
        *_of_candidates(rail, calling, candidates, today, root),
        *_of_list(rail, earliest, root),
    ]


def of_next_call(year: int, root: str) -> Need:
    """The call for a year is not out although its time has come."""
    small = _("征集通常在第三季度开始，不少于 30 天")
    return Need(_("%(year)s 年征集公告还没有发布", year=year), small, f"{root}/calls/new", _("发布"))


def of_remarks(remarks: list[RemarkRow], today: date, year: int, root: str) -> list[Need]:
    """Remarks and questions whose answers are overdue, or that nobody is to answer."""
    overdue = sum(one.is_overdue(today) for one in remarks)
    loose = sum(one.waits and one.unit is None for one in remarks)
    url = f"{root}/deliberation?year={year}"
    found = []
    if overdue:
        small = _("审议意见和代表提问，票决前要答复代表")
        found.append(Need(_("%(n)s 条意见逾期未答复", n=overdue), small, url, _("查看")))
    if loose:
        found.append(Need(_("%(n)s 条意见还没有交办", n=loose), _("项目没有登记过的牵头单位"), url, _("去交办")))
    return found


def _of_call(rail: YearRail, calling: Calling, today: date, root: str) -> list[Need]:
    call, totals = calling
    if call is None or rail.listed is not None:
        return []
    left = call.days_left(today)
    if call.is_open(today) and left <= CALL_ENDS_SOON:
        words = _("%(year)s 年征集还剩 %(n)s 天", year=rail.year, n=left)
        small = _("已收到 %(n)s 件，需要时可以延长", n=totals.received)
        return [Need(words, small, f"{root}/calls/{rail.year}", _("查看"))]
    if not left and totals.open:
        words = _("征集已结束，%(n)s 件建议还没有办结", n=totals.open)
        small = _("共收到 %(n)s 件；每件都要有结果和理由", n=totals.received)
        return [Need(words, small, f"{root}/proposals?year={rail.year}", _("办理"))]
    return []


def _of_poll(rail: YearRail, root: str) -> list[Need]:
    if rail.poll is None or rail.poll_stage not in _POLL_STEPS:
        return []
    words, button = _POLL_STEPS[PollStage(rail.poll_stage)]
    small = _("%(year)s 年民生实事项目票决", year=rail.year)
    return [Need(str(words), small, f"{root}/polls/{rail.poll}", str(button))]


def _of_candidates(
    rail: YearRail, calling: Calling, candidates: list[ListedCandidate], today: date, root: str
) -> list[Need]:
    if rail.listed is not None:
        return []
    drafts = [one for one in candidates if one.stage == Stage.DRAFT]
    with_gaps = [one for one in drafts if one.gaps]
    if with_gaps:
        words = _("%(n)s 个候选项目还有缺项", n=len(with_gaps))
        return [Need(words, some(one.name for one in with_gaps), f"{root}/projects?year={rail.year}", _("补齐"))]
    if drafts and rail.session is None:
        words = _("候选项目已齐全，会议还没有召集")
        return [Need(words, _("名单属于一次会议"), f"{root}/sessions/new", _("召集会议"))]
    if drafts:
        words = _("候选项目已齐全，名单还没有公布")
        url = f"{root}/projects/list?year={rail.year}"
        return [Need(words, _("公布后开始计算提前送达的天数"), url, _("公布名单"))]
    if calling.call is not None and (today <= calling.call.closes_on or calling.totals.open):
        return []
    return [Need(_("还没有候选项目"), _("从 Excel 或 CSV 导入，或逐个添加"), f"{root}/projects/import", _("导入"))]


def _of_list(rail: YearRail, earliest: date | None, root: str) -> list[Need]:
    if not rail.listed or rail.poll is not None or rail.adopted is not None:
        return []
    url = f"{root}/sessions/{rail.session}/polls" if rail.session else f"{root}/sessions"
    small = _("印票卡、选办法、批准监票人")
    if earliest is not None:
        small = _("%(day)s 起可以票决；印票卡、选办法、批准监票人", day=day(earliest))
    return [Need(_("名单已公布，等待准备表决"), small, url, _("准备表决"))]


def _of_asks(asks: list[AskRow], today: date, root: str) -> list[Need]:
    found: list[Need] = []
    for kind in AskKind:
        same = [ask for ask in asks if ask.kind == kind]
        waiting = [ask for ask in same if ask.stage in (AskStage.ISSUED, AskStage.SENT_BACK)]
        overdue = [ask for ask in waiting if ask.is_overdue(today)]
        soon = [ask for ask in waiting if ask.opens_on <= today <= ask.due_on <= today + SOON]
        answered = [ask for ask in same if ask.stage == AskStage.ANSWERED]
        title = ASKS[kind.value]
        if overdue:
            words = _("%(n)s 件“%(title)s”逾期未答", n=len(overdue), title=title)
            found.append(_need(words, overdue, root, _("查看")))
        if answered:
            words = _("%(n)s 件“%(title)s”答复等待认可", n=len(answered), title=title)
            found.append(_need(words, answered, root, _("办理")))
        if soon:
            words = _("%(n)s 件“%(title)s”%(days)s 天内到期", n=len(soon), title=title, days=SOON.days)
            found.append(_need(words, soon, root, _("查看")))
    return found


def _need(words: str, asks: list[AskRow], root: str, button: str) -> Need:
    """Straight to the ask when it is the only one."""
    url = f"{root}/asks/{asks[0].ask}" if len(asks) == 1 else f"{root}/asks?year={asks[0].year}"
    return Need(words, some(dict.fromkeys(ask.unit_name or _("本办公室") for ask in asks)), url, button)


def some(names: Iterable[str], most: int = 4) -> str:
    """The first few names, and that there are more."""
    listed = list(names)
    more = _("等 %(n)s 个", n=len(listed)) if len(listed) > most else ""
    return _("、").join(listed[:most]) + more
