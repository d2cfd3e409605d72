"""What became of the places a declared poll left open: a second ballot, a decision, or nothing yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from application.office import Office
from domain.polls import poll as polls
from domain.polls.count import open_items, read_count
from domain.polls.places import DecidedBy, PlacesDecided
from domain.polls.poll import Poll, PollStage, counted_in
from domain.polls.second_ballots import open_places
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from interfaces.web.polls.results import Result, ResultRow

BODIES: Final[Mapping[str, Lazy]] = {
    DecidedBy.PRESIDIUM.value: lazy("主席团"),
    DecidedBy.STANDING_COMMITTEE.value: lazy("常委会"),
}

_UNDER_WAY: Final[Mapping[PollStage, Lazy]] = {
    PollStage.PREPARED: lazy("再次票决正在准备。"),
    PollStage.OPEN: lazy("再次票决正在投票。"),
    PollStage.CLOSED: lazy("再次票决已经截止，结果还没有宣布。"),
    PollStage.COUNTED: lazy("再次票决已经计票，结果还没有宣布。"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequel:
    """`standings` says of an item that was left open what became of it; `placed` are those that got a place."""

    said: tuple[str, ...] = ()
    standings: Mapping[str, str] = field(default_factory=dict)
    placed: frozenset[str] = frozenset()


def sequel_of(office: Office, state: Poll) -> Sequel:
    """Empty while nobody has seen to the open places, and for a poll that left none."""
    if state.stage is not PollStage.DECLARED or open_places(state) is None:
        return Sequel()
    if state.places is not None:
        return _decided(state, state.places)
    if state.again_in is not None:
        return _held_again(office, state, state.again_in)
    return Sequel()


def with_sequel(result: Result, sequel: Sequel) -> Result:
    """The result with what became of its open places instead of what was to be done."""
    if not sequel.said:
        return result
    rows = tuple(_row(row, sequel) for row in result.rows)
    return replace(result, rows=rows, still_open=(), sequel=sequel.said)


def _row(row: ResultRow, sequel: Sequel) -> ResultRow:
    standing = sequel.standings.get(row.id, row.standing)
    return replace(row, standing=standing, placed=row.id in sequel.placed)


def _decided(state: Poll, decided: PlacesDecided) -> Sequel:
    who = BODIES[decided.by.value]
    by_id = {item.id: item for item in state.prepared.items}
    placed = frozenset(item.id for item in state.prepared.items if item.project in decided.adopted)
    left = open_items(read_count(counted_in(state).count))
    said = _("%(who)s于%(day)s决定（%(number)s）：", who=who, day=day(decided.on), number=decided.number)
    names = _named(by_id[item].name for item in by_id if item in placed)
    said += _("列入%(names)s。", names=names) if placed else _("空缺的名额不再补足。")
    return Sequel(
        said=(said,),
        standings={item: _("%(who)s决定列入", who=who) if item in placed else _("未列入") for item in left},
        placed=placed,
    )


def _held_again(office: Office, state: Poll, again: UUID) -> Sequel:
    child = polls.known(office.state_of(again, polls.evolve))
    found = open_places(state)
    asked = found.items if found else ()
    if child.stage is not PollStage.DECLARED or child.declared is None:
        words = {item: _("待再次票决") for item in asked}
        return Sequel(said=(str(_UNDER_WAY.get(child.stage, lazy("再次票决没有结果。"))),), standings=words)
    after = sequel_of(office, child)
    adopted = frozenset(item.id for item in child.prepared.items if item.project in child.declared.adopted)
    names = _named(item.name for item in child.prepared.items if item.id in adopted)
    said = _("再次票决的结果已经宣布（%(number)s）：", number=child.declared.notice_number)
    said += _("列入%(names)s。", names=names) if adopted else _("没有项目列入。")
    left = open_items(read_count(counted_in(child).count))
    standings = {item: _("再次票决未列入") for item in asked}
    standings |= dict.fromkeys(adopted, _("再次票决列入")) | dict.fromkeys(left, _("待定")) | dict(after.standings)
    waiting = () if after.said or not left else (_("再次票决以后仍有名额待定。"),)
    return Sequel(said=(said, *after.said, *waiting), standings=standings, placed=adopted | after.placed)


def _named(names: Iterable[str]) -> str:
    return "".join(_("“%(name)s”", name=name) for name in names)
