"""A council's agenda as it is sent and shown."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from domain.congress.council import ChosenBy, ItemResult
from interfaces.api._base.models import LINE, LINES, MAYBE_LINE, Asked, Id, Shown, Whole
from projections.agenda import AgendaRow, ListedRow, NoteRow

_ID = "4f16c9c2-a017-52b7-9d4b-f5491a8e542a"

TheItem = Annotated[UUID, Path(description="议程事项的标识。", examples=[_ID])]
TheNote = Annotated[UUID, Path(description="发言记录的标识。", examples=[_ID])]


class MatterBody(Asked):
    """What an item says."""

    title: str = Field(pattern=LINE, max_length=60, description="事项，一项一件事。", examples=["北巷路灯"])
    content: str = Field("", pattern=LINES, max_length=2000, description="内容。", examples=["沿巷加装 12 盏。"])
    presenter: str = Field("", pattern=MAYBE_LINE, max_length=60, description="提出人或小组。", examples=["第二小组"])


class NewItemBody(MatterBody):
    """An item for the end of the agenda."""

    proposal: Id | None = Field(None, description="关于收到的哪件建议；没有就不填。", examples=[_ID])


class MoveBody(Asked):
    """Where an item goes."""

    to: Whole = Field(ge=1, le=100, description="移到第几项。", examples=[1])


class RemovalBody(Asked):
    """Why an item goes."""

    reason: str = Field("", pattern=MAYBE_LINE, max_length=200, description="已有发言的必须写。", examples=["重复"])


class NoteBody(Asked):
    """What was said."""

    speaker: str = Field(
        "", pattern=MAYBE_LINE, max_length=60, description="发言人的身份或小组。", examples=["第一小组"]
    )
    words: str = Field(pattern=LINES, min_length=1, max_length=2000, description="发言内容。", examples=["先修北巷。"])


class CorrectionBody(NoteBody):
    """What was really said."""

    reason: str = Field(pattern=LINE, max_length=200, description="更正的理由。", examples=["记错一个字"])


class HandsBody(Asked):
    """Hands counted: the four numbers are everybody present."""

    profile: Id = Field(description="按哪个已经通过的办法。", examples=[_ID])
    present: Whole = Field(ge=0, le=99999, description="到会人数。", examples=[26])
    votes_for: Whole = Field(ge=0, le=99999, description="赞成。", examples=[23])
    against: Whole = Field(ge=0, le=99999, description="反对。", examples=[2])
    abstain: Whole = Field(ge=0, le=99999, description="弃权。", examples=[1])
    not_voting: Whole = Field(ge=0, le=99999, description="未表态。", examples=[0])
    counted_by: str = Field(pattern=LINE, max_length=60, description="清点人。", examples=["林兰"])
    reason: str = Field("", pattern=MAYBE_LINE, max_length=200, description="重新清点的理由。", examples=["数错了"])


class DecidingPollBody(Asked):
    """The poll that decides instead of hands."""

    poll: Id = Field(description="本次会议的哪次表决。", examples=[_ID])
    poll_item: str = Field(pattern=LINE, max_length=40, description="那张选票上的第几项。", examples=["1"])


class ResultBody(Asked):
    """What the council made of an item."""

    result: ItemResult = Field(description="chosen 选定、not_chosen 未选定、deferred 暂缓。", examples=["chosen"])
    reason: str = Field("", pattern=MAYBE_LINE, max_length=200, description="暂缓的理由。", examples=["等测量后再议"])


class PassedItemBody(Asked):
    """What is proposed to the upper body for one item."""

    item: Id = Field(description="议程事项的标识。", examples=[_ID])
    title: str = Field("", pattern=MAYBE_LINE, max_length=60, description="标题，不填用事项。", examples=["北巷路灯"])
    content: str = Field(
        "", pattern=LINES, max_length=2000, description="内容，不填用事项的内容加会商结果。", examples=["沿巷加装。"]
    )


class PassOnBody(Asked):
    """Chosen items to be passed on, all of them or none."""

    items: list[PassedItemBody] = Field(
        min_length=1, max_length=100, description="报送哪些。", examples=[[{"item": _ID}]]
    )


class StreetListBody(Asked):
    """Chosen items for the street's own list."""

    items: list[Id] = Field(min_length=1, max_length=100, description="列入哪些。", examples=[[_ID]])
    notice_number: str = Field(pattern=LINE, max_length=60, description="公告编号。", examples=["西街居议〔2027〕1号"])


class NoteShown(Shown):
    """What was said."""

    id: UUID = Field(description="标识。", examples=[_ID])
    speaker: str = Field(description="发言人的身份或小组。", examples=["第一小组"])
    words: str = Field(description="发言内容。", examples=["先修北巷。"])


class HandsCounted(Shown):
    """Hands as they were counted, and what was asked of them."""

    present: int = Field(description="到会人数。", examples=[26])
    votes_for: int = Field(description="赞成。", examples=[23])
    against: int = Field(description="反对。", examples=[2])
    abstain: int = Field(description="弃权。", examples=[1])
    not_voting: int = Field(description="未表态。", examples=[0])
    members: int = Field(description="全体人数。", examples=[30])
    quorum: int = Field(description="法定人数。", examples=[20])
    needed: int = Field(description="须赞成的人数。", examples=[14])
    carried: bool = Field(description="赞成人数是否够了。", examples=[True])
    counted_by: str = Field(description="清点人。", examples=["林兰"])
    rules: str = Field(description="按哪个办法。", examples=["居民议事会会商办法"])


class ItemShown(Shown):
    """An item with everything about it."""

    id: UUID = Field(description="标识。", examples=[_ID])
    place: int = Field(description="第几项。", examples=[1])
    title: str = Field(description="事项。", examples=["北巷路灯"])
    content: str = Field(description="内容。", examples=["沿巷加装 12 盏。"])
    presenter: str = Field(description="提出人或小组。", examples=["第二小组"])
    proposal: UUID | None = Field(description="关于哪件建议。", examples=[_ID])
    notes: list[NoteShown] = Field(description="发言记录。", examples=[[]])
    hands: HandsCounted | None = Field(description="举手表决；没有为空。", examples=[None])
    poll: UUID | None = Field(description="由哪次表决决定；没有为空。", examples=[None])
    result: ItemResult | None = Field(description="结果；没有为空。", examples=["chosen"])
    chosen_by: ChosenBy | None = Field(description="怎样定的。", examples=["hands"])
    decided_on: date | None = Field(description="登记结果的日期。", examples=["2026-01-20"])
    reason: str = Field(description="理由。", examples=[""])
    passed_as: UUID | None = Field(description="报送上级后的建议。", examples=[None])
    code: str = Field(description="报送上级后的查询码。", examples=["Q7CPQHVTHRB"])
    listed: int | None = Field(description="本街道清单第几项。", examples=[None])


class ListedShown(Shown):
    """A line of the street's own list."""

    number: int = Field(description="序号。", examples=[1])
    item: UUID = Field(description="议程事项的标识。", examples=[_ID])
    title: str = Field(description="事项。", examples=["社区食堂"])
    votes_for: int = Field(description="赞成人数。", examples=[20])
    present: int = Field(description="到会人数。", examples=[26])
    notice_number: str = Field(description="公告编号。", examples=["西街居议〔2027〕1号"])
    announced_on: date = Field(description="公布日期。", examples=["2026-01-20"])


def item_shown(row: AgendaRow, notes: list[NoteRow]) -> ItemShown:
    """An item with its notes."""
    return ItemShown(
        id=row.item,
        place=row.place,
        title=row.title,
        content=row.content,
        presenter=row.presenter,
        proposal=row.proposal,
        notes=[NoteShown(id=note.note, speaker=note.speaker, words=note.words) for note in notes],
        hands=_hands(row),
        poll=row.poll,
        result=ItemResult(row.result) if row.result else None,
        chosen_by=ChosenBy(row.chosen_by) if row.chosen_by else None,
        decided_on=row.decided_on,
        reason=row.reason or "",
        passed_as=row.passed_as,
        code=row.code or "",
        listed=row.listed,
    )


def listed_shown(row: ListedRow) -> ListedShown:
    """A line of the list."""
    return ListedShown(**{name: getattr(row, name) for name in ListedShown.model_fields})


def _hands(row: AgendaRow) -> HandsCounted | None:
    if row.votes_for is None:
        return None
    numbers = ("present", "votes_for", "against", "abstain", "not_voting", "members", "quorum", "needed")
    return HandsCounted(
        **{name: getattr(row, name) for name in numbers},
        carried=row.is_carried,
        counted_by=row.counted_by or "",
        rules=row.profile_title or "",
    )
