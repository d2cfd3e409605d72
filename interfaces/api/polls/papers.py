"""Counting papers and keypads by program: what came back, what two teams entered, what the chief decided.

Figures go in and are never given out: before the count nobody reads them, and after it there is the count.
"""

from typing import Annotated

from fastapi import Path
from pydantic import Field

from application.office import By
from application.polls import counting
from application.polls import paper_count as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.polls.count import form_of
from domain.polls.paper_count import Entry, ItemCount
from domain.polls.poll import PollStage
from interfaces.api._base.callers import At, Here
from interfaces.api._base.models import LINE, Asked, Shown, Whole
from interfaces.api._base.operations import operations
from interfaces.api.polls.models import ThePoll
from interfaces.api.polls.seen import desk_of
from interfaces.web._base.sentences import sentence
from interfaces.web.papers.views import BatchLine, batches, doubtful, keypad_line
from interfaces.web.polls.desk import PollDesk

router = operations("polls", read=Scope.POLLS_READ, write=Scope.POLLS_WRITE)

ONE = "/congresses/{slug}/polls/{poll}"
MOST = 100_000
TheBatch = Annotated[int, Path(ge=1, le=999, description="第几批。", examples=[1])]
Team = Annotated[int, Field(strict=True, ge=1, le=2, description="第几组。", examples=[1])]
Number = Annotated[int, Field(strict=True, ge=0, le=MOST)]


class Returned(Asked):
    """The papers of the boxes, mixed and cut."""

    batches: tuple[Annotated[int, Field(strict=True, ge=1, le=MOST)], ...] = Field(
        max_length=500, description="每批张数；一张都没有收回的为空。", examples=[[50, 50, 48]]
    )


class ItemEntered(Asked):
    """What a team counted of one item."""

    id: str = Field(pattern=LINE, max_length=40, description="票面上的序号。", examples=["1"])
    marks: tuple[Number, ...] = Field(
        min_length=1,
        max_length=60,
        description="各种标记的张数，按选票编码的次序，空白在前：空白、赞成、反对、弃权。",
        examples=[[2, 40, 6, 2]],
    )
    unreadable: Number = Field(default=0, description="无法辨认的。", examples=[0])
    doubtful: Number = Field(default=0, description="存疑，由总监票人决定的。", examples=[0])


class BatchBody(Asked):
    """A team's figures of one batch."""

    team: Team
    void: Number = Field(default=0, description="整张无效的张数。", examples=[0])
    items: tuple[ItemEntered, ...] = Field(min_length=1, max_length=200, description="各项目，每个一次。")


class KeypadBody(Asked):
    """One person's totals of the keypads."""

    team: Team
    present: Number = Field(description="表决器总数，即到会人数。", examples=[2872])
    items: tuple[ItemEntered, ...] = Field(min_length=1, max_length=200, description="各项目；空白为未按键。")


class DoubtBody(Asked):
    """How a doubtful mark counts."""

    item: str = Field(pattern=LINE, max_length=40, description="票面上的序号。", examples=["5"])
    number: Whole = Field(ge=1, le=MOST, description="这一批这个项目的第几处存疑。", examples=[1])
    mark: str = Field(max_length=40, pattern=r"^[^\x00-\x1f]*$", description="算作什么；空为空白。", examples=["for"])
    reason: str = Field(pattern=LINE, max_length=300, description="理由，留存在记录里。", examples=["勾出格，意思清楚"])


class BatchShown(Shown):
    """One batch; figures are not shown."""

    number: int = Field(description="第几批；0 为表决器总数。", examples=[1])
    papers: int = Field(description="张数。", examples=[50])
    entered: list[bool] = Field(description="两组各自是否已录入。", examples=[[True, False]])
    status: str = Field(description="核对情况，用话说。", examples=["待录入"])


class DoubtShown(Shown):
    """A doubtful mark; as what it counts is not shown."""

    batch: int = Field(description="第几批。", examples=[1])
    item: str = Field(description="票面上的序号。", examples=["5"])
    number: int = Field(description="第几处。", examples=[1])
    decided: bool = Field(description="是否已决定。", examples=[False])
    reason: str = Field(description="理由；没有决定的为空。", examples=[""])


class PapersShown(Shown):
    """How far the papers are counted."""

    returned: int | None = Field(description="收回的纸质票；没有登记为 null。", examples=[148])
    batches: list[BatchShown] = Field(description="各批，或表决器总数。")
    doubtful: list[DoubtShown] = Field(description="两组一致的各批里存疑的标记。")
    obstacles: list[str] = Field(description="还不能计票的原因，用话说。", examples=[[]])


@router.get(f"{ONE}/papers", summary="纸质票清点", description="收回、分批、两组录入的进展；从不含票数。")
def papers(here: Here, poll: ThePoll) -> PapersShown:
    """How far the papers are counted."""
    here.shows(poll)
    desk = desk_of(here, poll)
    here.actor.require(Act.COUNT_POLL, here.congress.id)
    state = desk.state
    lines = (keypad_line(desk),) if state.prepared.keypad else batches(desk)
    return PapersShown(
        returned=state.papers.returned if state.papers.taken_out else None,
        batches=[_batch(line) for line in lines],
        doubtful=[
            DoubtShown(
                batch=one.batch,
                item=one.item,
                number=one.number,
                decided=one.decided is not None,
                reason=one.decided.reason if one.decided else "",
            )
            for one in doubtful(desk)
        ],
        obstacles=_obstacles(desk),
    )


@router.post(f"{ONE}/papers", summary="登记收回的纸质票", description="混匀、分批以后；每批不少于票决办法规定的张数。")
def returned(here: Here, poll: ThePoll, body: Returned) -> PapersShown:
    """What the boxes held."""
    desk_of(here, poll)
    here.done(commands.return_papers(here.house.office, here.by(poll), poll, body.batches))
    return papers(here, poll)


@router.post(
    f"{ONE}/papers/{{batch}}/enter",
    summary="录入一批纸质票",
    description="两组由不同的人各自录入，同一个账号只能为一组录入。扫描件只在页面上读取。",
)
def enter_batch(here: Here, poll: ThePoll, batch: TheBatch, body: BatchBody) -> PapersShown:
    """A team's figures."""
    desk = desk_of(here, poll)
    sizes = desk.state.papers.batches
    size = sizes[batch - 1] if batch <= len(sizes) else 0
    entry = _entry(desk, body.items, papers=size, void=body.void)
    house = here.house
    here.done(
        commands.enter_batch(house.office, house.private, _by(here), poll, team=body.team, batch=batch, entry=entry)
    )
    return papers(here, poll)


@router.post(f"{ONE}/keypad", summary="录入表决器总数", description="由两人各自录入，未按键的记在空白一栏。")
def enter_keypad(here: Here, poll: ThePoll, body: KeypadBody) -> PapersShown:
    """One person's totals."""
    desk, house = desk_of(here, poll), here.house
    entry = _entry(desk, body.items, papers=body.present)
    here.done(commands.enter_keypad(house.office, house.private, _by(here), poll, team=body.team, entry=entry))
    return papers(here, poll)


@router.post(
    f"{ONE}/papers/{{batch}}/doubtful", summary="决定一处存疑的标记", description="只有总监票人；算作什么不留存。"
)
def decide_doubtful(here: Here, poll: ThePoll, batch: TheBatch, body: DoubtBody) -> PapersShown:
    """The chief's decision."""
    desk_of(here, poll)
    house = here.house
    position = commands.decide_doubtful(
        house.office,
        house.private,
        _by(here),
        poll,
        batch=batch,
        item=body.item,
        number=body.number,
        mark=body.mark,
        reason=body.reason,
    )
    here.done(position)
    return papers(here, poll)


def _by(here: At) -> By:
    """The hash of the request would stand for a few figures; the command puts a salted one in its place."""
    return By(actor=here.actor, key=f"api/{here.key}")


def _entry(desk: PollDesk, items: tuple[ItemEntered, ...], *, papers: int, void: int = 0) -> Entry:
    known = {item.id: item for item in items}
    listed = [item.id for item in form_of(desk.id, desk.state.prepared).items]
    order = [*(id for id in listed if id in known), *(item.id for item in items if item.id not in listed)]
    found = order if len(known) == len(items) else [item.id for item in items]
    return Entry(
        papers=papers,
        void=void,
        items=tuple(
            ItemCount(id=id, marks=known[id].marks, unreadable=known[id].unreadable, doubtful=known[id].doubtful)
            for id in found
        ),
    )


def _batch(line: BatchLine) -> BatchShown:
    return BatchShown(number=line.number, papers=line.papers, entered=list(line.entered), status=line.words)


def _obstacles(desk: PollDesk) -> list[str]:
    if desk.stage is not PollStage.CLOSED:
        return []
    return [sentence(refused) for refused in counting.obstacles(desk.house.private, desk.id, desk.state)]
