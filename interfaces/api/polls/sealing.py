"""The sealed box by program: what is known of its key and openings, the second opening, and its end.

A key is made, tried and used for the first opening in the scrutineers' browser alone, so there is no operation for it.
"""

from uuid import UUID

from fastapi import Response
from pydantic import Field

from application.polls import opening_the_box as commands
from domain.accounts.scopes import Scope
from domain.polls.box_opening import BoxOpened, OpenedOn
from domain.polls.raw_columns import read_raw
from interfaces.api._base.callers import Here
from interfaces.api._base.models import LINE, LINES, Asked, Id, Shown, Whole
from interfaces.api._base.operations import operations
from interfaces.api._base.tables import file_of
from interfaces.api.polls.models import ID, ThePoll
from interfaces.api.polls.seen import desk_of
from interfaces.web.polls.downloads import file
from interfaces.web.scrutineer.box import box_text

router = operations("polls", read=Scope.POLLS_READ, write=Scope.POLLS_WRITE)

ONE = "/congresses/{slug}/polls/{poll}"
BOX = "application/octet-stream"
_HASH = "9f86d081" * 8
_COLUMNS = '{"format":"piaojue-columns/1"}'


class OpeningShown(Shown):
    """One opening of the box, without its figures."""

    holders: list[UUID] = Field(description="谁带来份额，代表的标识。", examples=[[ID]])
    ballots: int = Field(description="打开的选票。", examples=[313])
    root: str = Field(description="所打开的票箱根。", examples=[_HASH])


class SealingShown(Shown):
    """What is known of a sealed poll's key; shares and the secret half are not."""

    public_key: str | None = Field(description="公钥；还没有生成的为 null。", examples=[_HASH])
    fingerprint: str | None = Field(description="密钥指纹。", examples=[_HASH])
    threshold: int | None = Field(description="凑齐几份能打开票箱。", examples=[2])
    holders: list[UUID] = Field(description="份额的保管人，代表的标识。", examples=[[ID, ID, ID]])
    shares: list[str] = Field(description="份额指纹，按保管人的顺序。", examples=[[_HASH, _HASH, _HASH]])
    tried: bool = Field(description="是否已试开。", examples=[True])
    openings: dict[str, OpeningShown] = Field(description="开箱：`browser` 和 `offline`。", examples=[{}])
    agrees: bool = Field(description="两次开箱是否一致。", examples=[False])
    deleted: bool = Field(description="密封的选票是否已删除。", examples=[False])


class OpenedOffline(Asked):
    """What `piaojue open` wrote, and who brought shares."""

    columns: str = Field(
        pattern=LINES,
        max_length=20_000,
        description="columns.json 的内容。",
        examples=['{"format":"piaojue-columns/1"}'],
    )
    holders: tuple[Id, ...] = Field(
        min_length=1, max_length=7, description="谁带来份额，代表的标识。", examples=[[ID, ID]]
    )


class CannotOpen(Asked):
    """Too few shares can be brought."""

    brought: Whole = Field(ge=0, le=7, description="能带来几份。", examples=[1])
    reason: str = Field(pattern=LINE, max_length=300, description="理由。", examples=["两份份额在会前遗失"])


class Destroyed(Asked):
    """Whose shares were destroyed in the chief's sight."""

    destroyed: tuple[Id, ...] = Field(
        min_length=1, max_length=7, description="份额已销毁的保管人，须是全部。", examples=[[ID, ID, ID]]
    )


@router.get(f"{ONE}/sealing", summary="密封和开箱", description="只有公钥和指纹；两次开箱的票数在计票里。")
def sealing(here: Here, poll: ThePoll) -> SealingShown:
    """The key as far as it is known, and the openings."""
    here.shows(poll)
    state = desk_of(here, poll).state
    key = state.key
    return SealingShown(
        public_key=key.public_key if key else None,
        fingerprint=key.fingerprint if key else None,
        threshold=key.threshold if key else None,
        holders=list(key.holders) if key else [],
        shares=list(key.shares) if key else [],
        tried=key.tried if key else False,
        openings={place.value: _opening(one) for place, one in state.box.openings.items()},
        agrees=state.box.agrees,
        deleted=state.box.deleted,
    )


@router.get(
    f"{ONE}/box.json",
    summary="密封的票箱",
    description="截止以后，供监票人在离线电脑上用 piaojue open 打开；没有票卡号。",
    **file_of(BOX),
)
def sealed_box(here: Here, poll: ThePoll) -> Response:
    """The sealed ballots sorted by receipt, for the scrutineers of the poll."""
    return file(box_text(desk_of(here, poll)).encode(), "box.json", BOX)


@router.post(f"{ONE}/opened-offline", summary="收下离线开箱的票数")
def opened_offline(here: Here, poll: ThePoll, body: OpenedOffline) -> SealingShown:
    """The second opening."""
    desk_of(here, poll)
    position = commands.open_box(
        here.house.office,
        here.house.private,
        here.by(poll),
        poll,
        opened_on=OpenedOn.OFFLINE,
        columns=read_raw(body.columns),
        holders=body.holders,
    )
    here.done(position)
    return sealing(here, poll)


@router.post(f"{ONE}/cannot-open", summary="票箱打不开", description="份额带不齐：总监票人结束这次表决，须重新表决。")
def cannot_open(here: Here, poll: ThePoll, body: CannotOpen) -> SealingShown:
    """The poll ends without a result."""
    desk_of(here, poll)
    house, by = here.house, here.by(poll)
    here.done(commands.end_unopened(house.office, house.private, by, poll, brought=body.brought, reason=body.reason))
    return sealing(here, poll)


@router.post(f"{ONE}/delete-sealed", summary="删除密封的选票", description="异议期过后；回执和票箱根仍然保存。")
def delete_sealed(here: Here, poll: ThePoll, body: Destroyed) -> SealingShown:
    """The bytes are gone; receipts and root stay."""
    desk_of(here, poll)
    by = here.by(poll)
    here.done(commands.delete_sealed_ballots(here.house.office, here.house.box, by, poll, destroyed=body.destroyed))
    return sealing(here, poll)


def _opening(opened: BoxOpened) -> OpeningShown:
    return OpeningShown(holders=list(opened.holders), ballots=opened.ballots, root=opened.root)
