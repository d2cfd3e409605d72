"""The way of a proposal in plain steps, followed through mergers, transfers and the reserve to the finished project."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.proposals.proposal import Outcome, TransferTo
from domain.shared import CHINA
from interfaces.public.projects import timeline
from interfaces.web._base.language import gettext as _
from interfaces.web.proposals.words import DECLINE_REASONS
from projections import progress_timeline, proposal_register
from projections.congress_directory import congresses_named
from projections.proposal_register import Fate, ProposalRow
from projections.public_page import PublicPage

FARTHEST: Final = 6
"""Proposals that one is followed through; real ones go on twice at most."""

_OUTCOMES: Final = frozenset(outcome.value for outcome in Outcome)
_ALSO_OF_OTHERS: Final = _OUTCOMES - {Outcome.MERGED.value} | {"reopened"}
"""What the author of a merged proposal hears of the one that took it in."""

Told = Mapping[str, Any]


class Step(NamedTuple):
    """What happened on a day; `address` leads to where there is more, `done` is False for what is still to come."""

    on: date
    said: str
    more: tuple[str, ...] = ()
    address: str = ""
    done: bool = True


def trail(conn: Connection, row: ProposalRow, page: PublicPage | None, project: UUID | None) -> list[Step]:
    """Every step until today, the first one first; `project` is what it ended in, `page` that one's public page."""
    steps = _way(conn, row, None, FARTHEST)
    if project is not None:
        steps += _of_project(conn, project, page)
    return [Step(row.received_on, _("收到建议，发给查询码。")), *sorted(steps, key=lambda step: step.on)]


def last_taker(conn: Connection, row: ProposalRow) -> ProposalRow:
    """What the proposal goes on as: itself, what took it in, or what it became elsewhere."""
    for _place in range(FARTHEST):
        onward = _onward(conn, row)
        if onward is None:
            return row
        row = onward
    return row


def _onward(conn: Connection, row: ProposalRow) -> ProposalRow | None:
    if row.into is not None:
        return proposal_register.proposal_at(conn, row.into)
    if row.outcome in (Outcome.TRANSFERRED, Outcome.RESERVE):
        found = proposal_register.onward_of(conn, row.proposal)
        return found[-1] if found else None
    return None


def _way(conn: Connection, row: ProposalRow, since: datetime | None, left: int) -> list[Step]:
    """The steps of one proposal; of one that took another in, `since` then, only what concerns both."""
    fates = proposal_register.fates(conn, row.proposal)
    onward = _onward(conn, row) if left else None
    steps = [_step(row, fate, onward) for fate in fates if since is None or _concerns_both(fate, since)]
    if since is not None and row.outcome is not None and not any(fate.at >= since for fate in fates if _ends(fate)):
        last = next((fate for fate in reversed(fates) if _ends(fate)), None)
        steps += [_step(row, last, onward)._replace(on=_day(since))] if last else []
    if onward is not None:
        steps += _further(conn, row, onward, fates, left)
    return [step for step in steps if step.said]


def _further(conn: Connection, row: ProposalRow, onward: ProposalRow, fates: list[Fate], left: int) -> list[Step]:
    """How it went on as another one: in its own words for a merger, as a new file elsewhere."""
    if row.into is not None:
        merged = next(fate for fate in reversed(fates) if fate.kind == Outcome.MERGED)
        return _way(conn, onward, merged.at, left - 1)
    known = congresses_named(conn, {onward.congress})
    name = known[0].name if known else ""
    began = Step(onward.received_on, _("由%(name)s列入 %(year)s 年的建议办理。", name=name, year=onward.year))
    return [began, *_way(conn, onward, _first_moment(conn, onward), left - 1)]


def _first_moment(conn: Connection, row: ProposalRow) -> datetime:
    return proposal_register.received_at(conn, row.proposal) or datetime.combine(
        row.received_on, datetime.min.time(), CHINA
    )


def _concerns_both(fate: Fate, since: datetime) -> bool:
    return fate.at >= since and fate.kind in _ALSO_OF_OTHERS


def _ends(fate: Fate) -> bool:
    return fate.kind in _OUTCOMES


def _step(row: ProposalRow, fate: Fate, onward: ProposalRow | None) -> Step:
    told = {**fate.told, "taker": _name_of(onward) if row.into is not None and onward is not None else ""}
    speak = _SAID.get(fate.kind)
    said, *more = speak(told) if speak else ("",)
    return Step(_day(fate.at), said, tuple(line for line in more if line))


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()


def _name_of(taker: ProposalRow) -> str:
    """What residents may know it by; what somebody else wrote is shown in the office's wording only."""
    return taker.public_title if taker.shown else ""


def _merged(told: Told) -> tuple[str, ...]:
    if told["taker"]:
        return _("与同类建议合并办理：%(title)s。", title=told["taker"]), told["reason"]
    return _("与同类建议合并办理。"), told["reason"]


def _transferred(told: Told) -> tuple[str, ...]:
    if told["to"] == TransferTo.HOTLINE:
        said = (
            _("转 12345 热线办理（工单 %(name)s）。", name=told["name"]) if told["name"] else _("转 12345 热线办理。")
        )
        return said, told["reason"]
    return _("转%(name)s办理。", name=told["name"]), told["reason"]


def _declined(told: Told) -> tuple[str, ...]:
    rules = "；".join(f"{code} {name}" for code, name in told["rules"])
    said = _("没有采纳：%(reason)s。", reason=DECLINE_REASONS[told["reason"]])
    return said, told["words"], _("依据：%(rules)s", rules=rules) if rules else ""


_SAID: Final[dict[str, Callable[[Told], tuple[str, ...]]]] = {
    "put_right": lambda told: (_("工作机构整理了建议的文字。"), told["reason"]),
    "shown": lambda _told: (_("建议公开，居民可以附议。"),),
    "hidden": lambda _told: (_("建议不再公开展示，办理照常进行。"),),
    "screened": lambda _told: (_("对照正面清单和负面清单作了初筛。"),),
    Outcome.MERGED: _merged,
    Outcome.TRANSFERRED: _transferred,
    Outcome.RESERVE: lambda told: (_("列入储备库，供以后年度选用。"), told["reason"]),
    Outcome.DECLINED: _declined,
    Outcome.BECAME_CANDIDATE: lambda told: (_("成为候选项目：%(name)s。", name=told["name"]),),
    "reopened": lambda told: (_("重新办理。"), told["reason"]),
    "photo_erased": lambda _told: (_("工作机构删除了一张照片。"),),
    "forgotten": lambda _told: (_("联系方式已经删除。"),),
}


def _of_project(conn: Connection, project: UUID, page: PublicPage | None) -> list[Step]:
    """What residents may read of the project after it became a candidate."""
    entries = progress_timeline.timeline(conn, project, progress_timeline.Reader.RESIDENT)
    told = [entry for entry in entries if entry.kind not in _KNOWN_ALREADY]
    lines = timeline.lines(told, with_counts=page is not None and page.full_counts)
    address = f"/p/{page.code}" if page else ""
    return [Step(line.on, _in_full(line), line.more, address) for line in reversed(lines)]


def _in_full(line: timeline.Line) -> str:
    """With what it belongs to: an ask, a report."""
    return _("%(what)s：%(said)s", what=line.heading, said=line.said) if line.heading else line.said


_KNOWN_ALREADY: Final = frozenset({"suggested", "drafted"})
