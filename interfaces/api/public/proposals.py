"""Shown proposals with their support, and what became of a proposal: without a token, as on the public pages."""

from datetime import date
from typing import Annotated, Final

from fastapi import Path, Query, Request
from pydantic import Field

from domain.shared import NotFound
from interfaces.api._base.callers import SLUG, Told
from interfaces.api._base.models import Shown
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged, cursor_at
from interfaces.composition import House
from interfaces.public.lists.views import congress as congress_of
from interfaces.public.supporting.standing import Standing, standings
from interfaces.public.tracking.views import end_of, state_of
from interfaces.web._base.asking import TheHouse
from projections import proposal_register
from projections.proposal_register import ProposalRow

router = operations("public", public=True)

TheSlug = Annotated[str, Path(pattern=SLUG, description="大会在地址中的用词。", examples=["qingcheng"])]
TheYear = Annotated[int, Path(ge=1, le=9999, description="年份。", examples=[2027])]
TheCode = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,16}$", description="建议的查询码。", examples=["8F1M23DRG0M"])]
Words = Annotated[
    str, Query(max_length=40, pattern=r"^[^\x00-\x1f]*$", description="标题和内容里的用词；空为全部。", examples=[""])
]
_FARTHEST: Final = 1_000_000


class PublicProposal(Shown):
    """A proposal in the office's public wording."""

    name: str = Field(description="在地址中的名称，不是查询码。", examples=["07b839hp8y5d3qeyt5bt4vtp3p"])
    title: str = Field(description="标题。", examples=["给北街小学门口装红绿灯"])
    content: str = Field(description="内容。", examples=["路口车多，孩子过马路不安全。"])
    category: str = Field(description="类别；没有则为空。", examples=["交通出行"])
    place: str = Field(description="地点；没有则为空。", examples=["北街小学东门"])
    received_on: date = Field(description="收到日期。", examples=["2026-08-20"])
    proposals: int = Field(description="建议条数：这一条和并入它的。", examples=[3])
    supporters: int = Field(description="附议人数。", examples=[128])
    stars: int = Field(description="民意指数的星数，0 到 5。", examples=[3])
    takes_support: bool = Field(description="是否还计附议。", examples=[True])
    address: str = Field(
        description="给人看的页面。",
        examples=["https://rd.example.cn/qingcheng/2027/proposals/07b839hp8y5d3qeyt5bt4vtp3p"],
    )


class ProposalStep(Shown):
    """One step of a proposal's way."""

    on: date | None = Field(description="日期；还没有定的为 null。", examples=["2026-08-20"])
    said: str = Field(description="发生了什么，用话说。", examples=["收到建议，发给查询码。"])
    more: list[str] = Field(description="理由和依据。", examples=[[]])
    done: bool = Field(description="已经发生，还是下一步。", examples=[True])


class ProposalWay(Shown):
    """What became of a proposal, for whoever has its code."""

    code: str = Field(description="查询码。", examples=["8F1M23DRG0M"])
    congress: str = Field(description="大会在地址中的用词。", examples=["qingcheng"])
    year: int = Field(description="年份。", examples=[2027])
    title: str = Field(description="标题。", examples=["给北街小学门口装红绿灯"])
    received_on: date = Field(description="收到日期。", examples=["2026-08-20"])
    state: str = Field(description="现在的状态，用话说。", examples=["正在办理"])
    project: str | None = Field(description="成为的项目的公开短码；没有则为 null。", examples=[None])
    steps: list[ProposalStep] = Field(description="经过，早的在前，最后是下一步。")


@router.get("/congresses/{slug}/proposals/{year}", summary="公开的建议和附议")
def shown(
    request: Request, house: TheHouse, slug: TheSlug, year: TheYear, paging: Paged, words: Words = ""
) -> Page[PublicProposal]:
    """What the office shows, the newest first."""
    seen = paging.last_seen()
    offset = min(max(seen[1], 0), _FARTHEST) if seen else 0
    with house.reading.connect() as connection:
        congress = congress_of(connection, slug)
        rows = proposal_register.shown_of(
            connection, congress.id, year, words=words, offset=offset, limit=paging.limit + 1
        )
        part = rows[: paging.limit]
        found = standings(connection, part)
    items = [_shown(house, slug, row, one) for row, one in zip(part, found, strict=True)]
    told: Told = request.state.told
    cursor = cursor_at(items[-1].name, offset + len(part)) if len(rows) > len(part) else None
    return paging.page(told, items, cursor)


@router.get("/proposals/{code}", summary="一条建议的办理经过")
def way(house: TheHouse, code: TheCode) -> ProposalWay:
    """Step by step, as on the page of the tracking code."""
    with house.reading.connect() as connection:
        row = proposal_register.proposal_by_code(connection, code)
        if row is None:
            raise NotFound(kind="proposal", id=code)
        end = end_of(connection, row)
        state = state_of(connection, house.office.today(), row, end)
    return ProposalWay(
        code=row.code,
        congress=state.congress.slug,
        year=row.year,
        title=row.title,
        received_on=row.received_on,
        state=state.status.words,
        project=end.page.code if end.page else None,
        steps=[
            ProposalStep(
                on=None if step.on == date.max else step.on, said=step.said, more=list(step.more), done=step.done
            )
            for step in state.steps
        ],
    )


def _shown(house: House, slug: str, row: ProposalRow, found: Standing) -> PublicProposal:
    name = house.seals.public_name(row.proposal)
    return PublicProposal(
        name=name,
        title=row.public_title,
        content=row.public_content,
        category=row.category,
        place=row.place,
        received_on=row.received_on,
        proposals=found.voices.proposals,
        supporters=found.voices.supporters,
        stars=found.voices.stars,
        takes_support=found.takes_support,
        address=f"{house.settings.public_url}/{slug}/{row.year}/proposals/{name}",
    )
