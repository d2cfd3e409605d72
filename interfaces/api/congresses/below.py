"""What stands below a congress, and how far each body has come in a year."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import Query, Response
from pydantic import Field

from domain.accounts.scopes import Scope
from domain.congress.congress import Level
from interfaces.api._base.callers import OfficeReader
from interfaces.api._base.models import Shown
from interfaces.api._base.operations import operations
from interfaces.api._base.tables import WORKBOOK, file_of
from interfaces.web.below import routes as pages
from interfaces.web.below import views
from interfaces.web.below.standing import Standing, YearStage
from interfaces.web.below.views import Sums

router = operations("congresses", read=Scope.CONGRESS_READ, write=Scope.CONGRESS_WRITE)

PATH = "/congresses/{slug}/below"

OfYear = Annotated[int, Query(ge=2000, le=2100, description="年度；没有记录的年度按最近一年。", examples=[2026])]
OfLevel = Annotated[Level | None, Query(description="只看这一层级。", examples=["township"])]
OfStage = Annotated[YearStage | None, Query(description="只看到达这一阶段的。", examples=["call"])]


class ProposalTotals(Shown):
    """How proposals stand; received is the sum of all others (rule 18)."""

    received: int = Field(description="收到。", examples=[37])
    became_candidate: int = Field(description="成为候选项目。", examples=[12])
    merged: int = Field(description="合并。", examples=[20])
    transferred: int = Field(description="转办。", examples=[0])
    reserve: int = Field(description="储备。", examples=[0])
    declined: int = Field(description="不采纳。", examples=[5])
    open: int = Field(description="待办。", examples=[0])


class BodyBelow(Shown):
    """One body below."""

    slug: str = Field(description="在地址中的用词。", examples=["donghe"])
    name: str = Field(description="全称。", examples=["东河区人民代表大会"])
    level: Level = Field(description="层级。", examples=["county"])
    stage: YearStage = Field(description="到达的阶段。", examples=["call"])
    light: str = Field(description="状况：ok、info、warn、bad 或 idle。", examples=["warn"])
    light_words: str = Field(description="状况的文字说明。", examples=["征集已结束，6 件未办结"])
    call_opens_on: date | None = Field(description="征集开始。", examples=["2025-09-20"])
    call_closes_on: date | None = Field(description="征集截止。", examples=["2025-10-19"])
    proposals: ProposalTotals = Field(description="建议的办理情况。")
    candidates: int = Field(description="候选项目。", examples=[12])
    listed_on: date | None = Field(description="候选项目名单公布日期。", examples=["2026-01-05"])
    session_on: date | None = Field(description="会议开始日期。", examples=["2026-01-20"])
    poll_stage: str | None = Field(description="表决进行到哪一步。", examples=["declared"])
    adopted: int | None = Field(description="列入年度清单的项目；没有公告的为 null。", examples=[10])


class SumsBelow(Shown):
    """All shown bodies together."""

    congresses: int = Field(description="大会。", examples=[5])
    proposals: ProposalTotals = Field(description="建议的办理情况。")
    candidates: int = Field(description="候选项目。", examples=[12])
    listed: int = Field(description="名单已定的大会。", examples=[1])
    declared: int = Field(description="已公告的大会。", examples=[1])
    adopted: int = Field(description="列入项目。", examples=[10])


class Below(Shown):
    """Everything below a congress in one year."""

    year: int = Field(description="年度。", examples=[2026])
    items: list[BodyBelow] = Field(description="下级，每一个跟在它的上级之后。")
    sums: SumsBelow = Field(description="合计。")


@router.get(PATH, summary="下级一览", description="各下级大会这一年的进展和合计。上级只能阅读下级。")
def below(here: OfficeReader, year: OfYear = 2000, level: OfLevel = None, stage: OfStage = None) -> Below:
    """Every body below with the year's stages."""
    seen = views.overview(here.house, here.place, year, level or "", stage or "")
    return Below(year=seen.year, items=[_shown(one) for one in seen.shown], sums=_sums(seen.sums))


@router.get(f"{PATH}.xlsx", summary="下级一览（Excel）", **file_of(WORKBOOK))
def workbook(here: OfficeReader, year: OfYear = 2000, level: OfLevel = None, stage: OfStage = None) -> Response:
    """The same as a workbook."""
    return pages.workbook(here.house, here.place, year, level or "", stage or "")


def _shown(one: Standing) -> BodyBelow:
    return BodyBelow(
        slug=one.congress.slug,
        name=one.congress.name,
        level=Level(one.congress.level),
        stage=one.stage,
        light=one.light.kind,
        light_words=one.light.words,
        call_opens_on=one.call.opens_on if one.call else None,
        call_closes_on=one.call.closes_on if one.call else None,
        proposals=ProposalTotals(**asdict(one.totals)),
        candidates=one.candidates,
        listed_on=one.rail.listed_on if one.rail else None,
        session_on=one.rail.session_starts_on if one.rail else None,
        poll_stage=one.rail.poll_stage if one.rail else None,
        adopted=one.adopted,
    )


def _sums(sums: Sums) -> SumsBelow:
    return SumsBelow(
        congresses=sums.congresses,
        proposals=ProposalTotals(**asdict(sums.totals)),
        candidates=sums.candidates,
        listed=sums.listed,
        declared=sums.declared,
        adopted=sums.adopted,
    )
