"""Draws of sites: announced, the pool closed, drawn, given up."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path
from pydantic import Field

from application.supervision import draws as commands
from application.supervision.draws import DrawTerms, OfferedSite
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from domain.supervision.draw import LONGEST_TITLE, LONGEST_WORDS, MOST_SITES, Draw, DrawStage, Spread
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Shown, Whole
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.supervision.models import ID, ReasonBody, SiteBody
from projections import site_draws

router = operations("supervision", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

PATH = "/congresses/{slug}/draws"
ONE = f"{PATH}/{{draw}}"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
Keeper = Annotated[At, Depends(needing(Act.KEEP_SUPERVISION))]
TheDraw = Annotated[UUID, Path(description="抽点的标识。", examples=[ID])]


class TermsBody(Asked):
    """What is fixed before anybody knows the pool."""

    title: str = Field(pattern=LINE, max_length=LONGEST_TITLE, description="名称。", examples=["第二季度抽点"])
    year: Whole = Field(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])
    takes: Whole = Field(ge=1, le=MOST_SITES, description="抽几个。", examples=[3])
    spread: Spread = Field(description="pool 从全部点位里抽，project 每个项目各抽。", examples=["pool"])
    witness: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=LONGEST_WORDS,
        description="另外混入的数从哪里来；空为不混入。",
        examples=["当天福利彩票的开奖号码"],
    )
    purpose: str = Field(
        default="", pattern=MAYBE_LINE, max_length=LONGEST_WORDS, description="用途。", examples=["暗访"]
    )


class PoolBody(Asked):
    """The pool."""

    sites: tuple[SiteBody, ...] = Field(
        min_length=1, max_length=MOST_SITES, description="点位，按此次序从 1 编号，封闭后不能再改。"
    )


class NumberBody(Asked):
    """What was witnessed."""

    number: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=80,
        description="混入的数；公布时写明要混入的必填。",
        examples=["482913"],
    )


class PoolSiteShown(Shown):
    """A site of the pool."""

    number: int = Field(description="号。", examples=[1])
    name: str = Field(description="点位。", examples=["青山路 12 号院"])
    place: str = Field(description="地点。", examples=["青山路中段"])
    code: str = Field(description="项目的公开编码；没有为空。", examples=["0000000A"])


class DrawShown(Shown):
    """A draw of sites as far as it is published."""

    id: UUID = Field(description="标识。", examples=[ID])
    title: str = Field(description="名称。", examples=["第二季度抽点"])
    purpose: str = Field(description="用途。", examples=["暗访"])
    year: int = Field(description="哪一年的项目。", examples=[2026])
    stage: DrawStage = Field(
        description="announced 已公布承诺值，closed 名单已封闭，drawn 已抽出，given_up 已放弃。", examples=["drawn"]
    )
    commitment: str = Field(description="承诺值：种子的 SHA-256。", examples=[DIGEST])
    takes: int = Field(description="抽几个。", examples=[3])
    spread: Spread = Field(description="怎么抽。", examples=["pool"])
    witness: str = Field(description="另外混入的数从哪里来。", examples=["当天福利彩票的开奖号码"])
    announced_on: date = Field(description="公布日期。", examples=["2026-05-11"])
    sites: list[PoolSiteShown] = Field(description="点位名单；封闭以前为空。")
    pool_digest: str = Field(description="名单的摘要；封闭以前为空。", examples=[DIGEST])
    seed: str = Field(description="种子；抽出以前为空。", examples=[""])
    number: str = Field(description="混入的数。", examples=[""])
    drawn: list[int] = Field(description="抽出的号，按签号的次序。", examples=[[4, 1, 9]])
    given_up_because: str = Field(description="放弃的原因。", examples=[""])


@router.get(PATH, summary="随机抽点", description="新的在前，放弃的也在内。")
def all_draws(here: OfficeReader, paging: Paged) -> Page[DrawShown]:
    """All draws."""
    with here.house.reading.connect() as conn:
        rows = site_draws.draws_of(conn, here.congress.id)
    return paging.part(here.told, rows, lambda row: row.draw, lambda row: _shown(row.draw, _known(here, row.draw)))


@router.get(ONE, summary="一次抽点")
def draw_at(here: OfficeReader, draw: TheDraw) -> DrawShown:
    """One draw."""
    here.shows(draw)
    return _shown(draw, _known(here, draw))


@router.post(
    PATH, status_code=201, summary="公布一次抽点", description="种子由系统产生并立即公布承诺值，抽出以前不公开。"
)
def announce(here: Keeper, body: TermsBody) -> DrawShown:
    """Publishes what binds the seed."""
    by = here.by()
    made = here.house.office.new_id(by, "draw")
    fields: dict[str, Any] = {name: getattr(body, name) for name in type(body).model_fields}
    terms = DrawTerms(**fields)
    position = commands.announce_draw(here.house.office, here.house.seals, by, here.congress.id, made, terms)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/draws/{made}")
    return draw_at(here, made)


@router.post(f"{ONE}/close", summary="封闭点位名单", description="名单立即公布，不能再改。")
def close(here: Keeper, draw: TheDraw, body: PoolBody) -> DrawShown:
    """Fixes the pool."""
    _known(here, draw)
    sites = [OfferedSite(name=site.name, place=site.place, project=site.project) for site in body.sites]
    here.done(commands.close_pool(here.house.office, here.by(draw), draw, sites))
    return draw_at(here, draw)


@router.post(f"{ONE}/draw", summary="抽出", description="公开种子，结果立即公布。")
def draw_now(here: Keeper, draw: TheDraw, body: NumberBody) -> DrawShown:
    """Opens the seed and draws."""
    _known(here, draw)
    here.done(commands.draw_sites(here.house.office, here.house.seals, here.by(draw), draw, body.number))
    return draw_at(here, draw)


@router.post(f"{ONE}/give-up", summary="放弃抽点", description="抽点和原因一直公开。")
def give_up(here: Keeper, draw: TheDraw, body: ReasonBody) -> DrawShown:
    """Leaves it undone."""
    _known(here, draw)
    here.done(commands.give_up_draw(here.house.office, here.by(draw), draw, body.reason))
    return draw_at(here, draw)


def _known(here: At, draw: UUID) -> Draw:
    """Of this congress. Raises NotFound."""
    state = commands.known_draw(here.house.office, draw)
    if state.announced.congress != here.congress.id:
        raise NotFound(kind="draw", id=str(draw))
    return state


def _shown(draw: UUID, state: Draw) -> DrawShown:
    told, pool, result = state.announced, state.pool, state.result
    return DrawShown(
        id=draw,
        title=told.title,
        purpose=told.purpose,
        year=told.year,
        stage=state.stage,
        commitment=told.commitment,
        takes=told.takes,
        spread=told.spread,
        witness=told.witness,
        announced_on=told.on,
        sites=[
            PoolSiteShown(number=one.number, name=one.name, place=one.place, code=one.code)
            for one in (pool.sites if pool else ())
        ],
        pool_digest=pool.digest if pool else "",
        seed=result.seed if result else "",
        number=result.number if result else "",
        drawn=list(result.drawn) if result else [],
        given_up_because=state.given_up.reason if state.given_up else "",
    )
