"""Between closing and counting: what is settled, what is not yet, and the one thing to do next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from application.polls.counting import obstacles
from application.polls.paper_count import FiguresLost
from domain.accounts.permissions import Act
from domain.polls.after_closing import IncidentsUndecided, PollToBeRepeated
from domain.polls.before_count import (
    BatchesNotEntered,
    DoubtfulUndecided,
    EntriesDiffer,
    KeypadDiffers,
    KeypadNotEntered,
    PapersNotTakenOut,
)
from domain.polls.count import returned_in
from domain.polls.opening import CardsNotAccounted
from domain.polls.opening_the_box import BoxNotOpened, OpeningsDiffer
from domain.polls.poll import PollStage
from domain.shared import Refused
from interfaces.web._base.language import Lazy, lazy
from interfaces.web._base.language import gettext as _
from interfaces.web._base.sentences import sentence
from interfaces.web.polls.desk import PollDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing that must be settled before the count. `url` is where it is settled, empty: not by this person."""

    met: bool
    title: str
    said: str
    more: tuple[str, ...] = ()
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """Refusals of one matter; `page` is below the poll's address; `table`: only the scrutineers' table has the page."""

    refusals: tuple[type[Refused], ...]
    title: Lazy
    met: Lazy
    page: str = ""
    label: Lazy = field(default_factory=lambda: lazy("去办理"))
    table: bool = False


_PAPER: Final = (PapersNotTakenOut, BatchesNotEntered, EntriesDiffer, FiguresLost)
_KEYPAD: Final = (KeypadNotEntered, KeypadDiffers)

_CARDS = _Kind(refusals=(CardsNotAccounted,), title=lazy("核对票卡"), met=lazy("可用票卡等于发出的票卡"))
_INCIDENTS = _Kind(
    refusals=(IncidentsUndecided, PollToBeRepeated),
    title=lazy("处理异常情况"),
    met=lazy("没有待决定的异常情况"),
    page="/incidents",
    label=lazy("看异常情况"),
)
_PAPERS = _Kind(
    refusals=_PAPER,
    title=lazy("清点、录入纸质票"),
    met=lazy("纸质票已清点，两组录入一致"),
    page="/papers",
    label=lazy("纸质票清点、录入"),
)
_DOUBTFUL = _Kind(
    refusals=(DoubtfulUndecided,),
    title=lazy("决定存疑的标记"),
    met=lazy("存疑的标记都已决定"),
    page="/papers/doubtful",
    label=lazy("看存疑的标记"),
)
_BOX = _Kind(
    refusals=(BoxNotOpened, OpeningsDiffer),
    title=lazy("打开票箱"),
    met=lazy("票箱开启两次，结果一致"),
    page="/box",
    label=lazy("去开票箱"),
    table=True,
)
_KEYPADS = _Kind(
    refusals=_KEYPAD,
    title=lazy("录入表决器总数"),
    met=lazy("表决器总数两人录入一致"),
    page="/papers",
    label=lazy("录入表决器总数"),
)


def matters(desk: PollDesk) -> tuple[Matter, ...]:
    """Everything that concerns this poll, met or not, in the order in which it is done."""
    if desk.stage is not PollStage.CLOSED:
        return ()
    open_ = obstacles(desk.house.private, desk.id, desk.state)
    return tuple(_matter(desk, kind, open_) for kind in _concerning(desk))


def first_open(desk: PollDesk) -> Matter | None:
    """The next thing to do before the count; None when it can be counted."""
    return next((matter for matter in matters(desk) if not matter.met), None)


def is_void_at_once(desk: PollDesk) -> bool:
    """Whether more ballots came back than were issued: the count will only say so (rule 2)."""
    return desk.state.closed is not None and returned_in(desk.state) > desk.state.issued


def _concerning(desk: PollDesk) -> Iterator[_Kind]:
    state = desk.state
    if state.prepared.keypad:
        if not is_void_at_once(desk):
            yield _KEYPADS
        return
    if state.prepared.card_set is not None:
        yield _CARDS
    if state.prepared.card_set is not None or state.cards.incidents:
        yield _INCIDENTS
    if is_void_at_once(desk):
        return
    if state.papers_issued or state.papers.taken_out:
        yield _PAPERS
    if any(entry.doubtful for entry in state.papers.entries.values()):
        yield _DOUBTFUL
    if state.is_sealed and state.closed and state.closed.ballots:
        yield _BOX


def _matter(desk: PollDesk, kind: _Kind, open_: tuple[Refused, ...]) -> Matter:
    unmet = [sentence(refused) for refused in open_ if isinstance(refused, kind.refusals)]
    reachable = bool(kind.page) and (desk.area == "scrutineer" or (not kind.table and desk.may(Act.ENTER_PAPERS)))
    url = f"{desk.root}{kind.page}" if reachable else ""
    if not unmet:
        return Matter(met=True, title=str(kind.title), said=str(kind.met), url=url, label=str(kind.label))
    return Matter(
        met=False,
        title=str(kind.title),
        said=unmet[0],
        more=tuple(unmet[1:]),
        url=url,
        label=str(kind.label),
    )


def said_at_once(desk: PollDesk) -> str:
    """What the way to the count ends in."""
    if is_void_at_once(desk):
        return _("收回的票多于发出的票。计票以后本次表决整次无效，不计算也不显示任何得票。")
    return _("应办的事都已办妥，可以计票。")
