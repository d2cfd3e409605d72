"""What the pages of paper and keypad counts show: batches, whose turn it is, what differs, what the chief decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from application.polls.paper_count import KEYPADS, agreed_entry, differing_in, entry_of
from application.private.workings import picture_of
from domain.polls.ballot_form import BallotForm
from domain.polls.before_count import Differing
from domain.polls.columns import Mark
from domain.polls.count import form_of
from domain.polls.paper import DoubtfulMarkDecided
from domain.polls.paper_count import TEAMS, Differences, Entry, ItemCount, decidable_marks
from domain.polls.poll import PollStage
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web.polls.desk import PollDesk

TEAM_WORDS: Final[dict[int, Lazy]] = {1: lazy("第一组"), 2: lazy("第二组")}

_MARKS: Final[dict[str, Lazy]] = {
    Mark.FOR.value: lazy("赞成"),
    Mark.AGAINST.value: lazy("反对"),
    Mark.ABSTAIN.value: lazy("弃权"),
    Mark.TICK.value: lazy("选中"),
    Mark.BLANK.value: lazy("空白"),
    Mark.UNREADABLE.value: lazy("无法辨认"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One column of the form: a mark of the ballot by its place there, or `u` unreadable, `d` doubtful."""

    field: str
    words: str
    key: str
    """What is typed for it when papers are entered one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """One batch as the overview lists it."""

    number: int
    papers: int
    teams: tuple[str, str]
    """What each team has done."""
    entered: tuple[bool, bool]
    kind: str
    words: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferingItem:
    """An item that stops, with the figures of both teams side by side in the order of the columns."""

    id: str
    name: str
    figures: tuple[tuple[int, bool], ...]
    """First team's, each with whether the other team has the same."""
    others: tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulMark:
    """A mark that waits for the chief, or was decided."""

    batch: int
    item: str
    name: str
    number: int
    decided: DoubtfulMarkDecided | None
    pictured: bool
    """Whether a scan shows it."""


def my_team(desk: PollDesk) -> int | None:
    """The team the person enters for; None before the first entry."""
    return desk.state.papers.teams.get(desk.here.actor.account)


def mark_words(mark: str, *, keypad: bool = False) -> str:
    """A mark as the form calls it; an option of an evaluation by its id."""
    if keypad and mark == Mark.BLANK:
        return _("未按键")
    return str(_MARKS.get(mark, mark))


def places(desk: PollDesk) -> tuple[Place, ...]:
    """The columns of the entry form, in the order of typing: marks, blank, unreadable, doubtful."""
    form, keypad = form_of(desk.id, desk.state.prepared), desk.state.prepared.keypad
    names = {option.id: option.name for option in form.options}
    marked = tuple(
        Place(field=str(place), words=names.get(mark) or mark_words(mark, keypad=keypad), key=str(place))
        for place, mark in enumerate(form.marks)
    )
    ordered = (*marked[1:], marked[0])
    if keypad:
        return ordered
    return (
        *ordered,
        Place(field="u", words=_("无法辨认"), key="?"),
        Place(field="d", words=_("存疑"), key="d"),
    )


def batches(desk: PollDesk) -> tuple[BatchLine, ...]:
    """Every batch with what each team has done; figures are not among it."""
    differing = differing_in(desk.house.private, desk.id, desk.state)
    return tuple(
        _line(desk, number, papers, differing) for number, papers in enumerate(desk.state.papers.batches, start=1)
    )


def keypad_line(desk: PollDesk) -> BatchLine:
    """The totals of the keypads as one line."""
    return _line(desk, KEYPADS, desk.state.papers.keypad_ballots, differing_in(desk.house.private, desk.id, desk.state))


def _line(desk: PollDesk, number: int, papers: int, differing: Differing) -> BatchLine:
    state = desk.state.papers
    facts = [state.keypad.get(team) if number == KEYPADS else state.entries.get((number, team)) for team in TEAMS]
    lost = any(
        fact and entry_of(desk.house.private, desk.id, desk.state, number, team) is None
        for team, fact in zip(TEAMS, facts, strict=True)
    )
    entered = tuple(fact is not None for fact in facts)
    differs = all(entered) and len({fact.digest for fact in facts if fact}) > 1
    kind, words = _status(desk, number, differing.get(number), complete=all(entered), lost=lost, differs=differs)
    scanned = [bool(getattr(fact, "scanned", False)) for fact in facts]
    done = [
        _("扫描录入") if by_scan else _("已录入") if one else _("未录入")
        for one, by_scan in zip(entered, scanned, strict=True)
    ]
    return BatchLine(
        number=number,
        papers=papers,
        teams=(done[0], done[1]),
        entered=(entered[0], entered[1]),
        kind=kind,
        words=words,
        differs=differs and not lost,
    )


def _status(
    desk: PollDesk, number: int, differing: Differences | None, *, complete: bool, lost: bool, differs: bool
) -> tuple[str, str]:
    if lost:
        return "bad", _("数字已不在系统中，请重新录入")
    if not complete:
        return "idle", _("待录入")
    if differs:
        items = differing.items if differing and not differing.papers else ()
        return "bad", _("不一致：项目%(items)s", items=_("、").join(items)) if items else _("不一致：张数")
    waiting = sum(one.decided is None for one in doubtful(desk, number))
    return ("warn", _("一致，%(n)s处存疑待定", n=waiting)) if waiting else ("ok", _("一致"))


def side_by_side(desk: PollDesk, first: Entry, second: Entry, differing: Differences) -> tuple[DifferingItem, ...]:
    """Only the items that differ; all of them where the numbers of papers do."""
    columns = places(desk)
    names = {item.id: item.name for item in desk.state.prepared.items}
    pairs = zip(first.items, second.items, strict=True)
    return tuple(
        DifferingItem(
            id=one.id,
            name=names[one.id],
            figures=tuple((_figure(one, at), _figure(one, at) == _figure(other, at)) for at in columns),
            others=tuple((_figure(other, at), _figure(one, at) == _figure(other, at)) for at in columns),
        )
        for one, other in pairs
        if differing.papers or one.id in differing.items
    )


def _figure(item: ItemCount, place: Place) -> int:
    match place.field:
        case "u":
            return item.unreadable
        case "d":
            return item.doubtful
        case field:
            return item.marks[int(field)]


def doubtful(desk: PollDesk, only: int | None = None) -> tuple[DoubtfulMark, ...]:
    """Every doubtful mark of the batches on which both teams agree, decided or not."""
    numbers = range(1, len(desk.state.papers.batches) + 1) if only is None else (only,)
    return tuple(mark for number in numbers if number != KEYPADS for mark in _doubtful_in(desk, number))


def _doubtful_in(desk: PollDesk, batch: int) -> Iterator[DoubtfulMark]:
    agreed = agreed_entry(desk.house.private, desk.id, desk.state, batch)
    names = {item.id: item.name for item in desk.state.prepared.items}
    for item in agreed.items if agreed else ():
        for number in range(1, item.doubtful + 1):
            decided = desk.state.papers.decisions.get((batch, item.id, number))
            pictured = picture_of(desk.house.private, desk.id, batch, item.id, number) is not None
            yield DoubtfulMark(
                batch=batch, item=item.id, name=names[item.id], number=number, decided=decided, pictured=pictured
            )


def decidable(form: BallotForm) -> list[tuple[str, str]]:
    """What a doubtful mark may count as; the empty mark needs a word of its own in a form."""
    names = {option.id: option.name for option in form.options}
    return [(mark or "blank", names.get(mark) or mark_words(mark)) for mark in decidable_marks(form)]


def may_change(desk: PollDesk) -> bool:
    """Whether figures may still be entered."""
    return desk.stage in (PollStage.CLOSED, PollStage.COUNTED)
