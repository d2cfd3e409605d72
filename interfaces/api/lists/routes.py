"""The annual voted lists 年度票决清单 in the office: what was adopted with its votes, and the papers made from them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path, Query, Response
from pydantic import Field

from domain.accounts.scopes import Scope
from domain.shared import NotFound
from interfaces.api._base.callers import OfficeReader
from interfaces.api._base.models import Shown
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, WORKBOOK, file_of
from interfaces.web.voted_list import routes as pages
from projections import voted_list
from projections.voted_list import VotedProject

router = operations("lists", read=Scope.CANDIDATES_READ)

PATH = "/congresses/{slug}/voted-lists"
ID = "5b1d2a30-3e7f-5c55-9a0e-2f4a7c1b9d10"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

TheYear = Annotated[int, Path(ge=2000, le=2100, description="哪一年的清单。", examples=[2026])]
TheProject = Annotated[UUID, Path(description="项目的标识。", examples=[ID])]


class ListedYear(Shown):
    """One announced list."""

    year: int = Field(description="年度。", examples=[2026])
    poll: UUID = Field(description="表决的标识。", examples=[ID])
    notice_number: str = Field(description="公告文号。", examples=["青人公〔2026〕3号"])
    announced_on: date = Field(description="公告日期。", examples=["2026-01-24"])


class Voted(Shown):
    """One candidate with how it was voted."""

    project: UUID = Field(description="项目的标识。", examples=[ID])
    code: str = Field(description="公开编码。", examples=["7K2M9QXA"])
    stage: str = Field(description="`adopted` 列入，`not_adopted` 未列入。", examples=["adopted"])
    number: int | None = Field(description="清单上的序号；未列入为 null。", examples=[1])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    lead_unit: str = Field(description="牵头单位。", examples=["市住房和城乡建设局"])
    total_funds: Decimal | None = Field(description="总投资，元。", examples=["23000000"])
    votes_for: int | None = Field(description="赞成。", examples=[288])
    against: int | None = Field(description="反对。", examples=[12])
    abstain: int | None = Field(description="弃权。", examples=[13])
    needed: int | None = Field(description="通过线；只比较得票多少的为 null。", examples=[164])
    passed: bool | None = Field(description="是否达到通过线。", examples=[True])
    poll: UUID | None = Field(description="得票所在的那次表决。", examples=[ID])
    again: str = Field(description="再次票决的缘由：`tie` 得票相同，`shortfall` 通过的不足；首轮为空。", examples=[""])
    first_votes: int | None = Field(description="再次票决的，首轮赞成票；否则为 null。", examples=[None])
    decided_by: str = Field(description="`presidium` 主席团、`standing_committee` 常委会；票决的为空。", examples=[""])
    notice_number: str = Field(description="列入所据的公告或决定的文号；未列入为空。", examples=["青人公〔2026〕3号"])


class WholeList(ListedYear):
    """A list with all its projects."""

    full_counts: bool = Field(description="是否公布每个项目的得票数。", examples=[True])
    projects: list[Voted] = Field(description="列入的在前，按序号；未列入的在后。")


@router.get(PATH, summary="年度票决清单")
def lists(here: OfficeReader, paging: Paged) -> Page[ListedYear]:
    """The announced lists, the newest first."""
    with here.house.reading.connect() as connection:
        known = voted_list.all_announced(connection, here.congress.id)
    return paging.part(
        here.told,
        known,
        lambda one: one.year,
        lambda one: ListedYear(
            year=one.year, poll=one.poll, notice_number=one.notice_number, announced_on=one.announced_on
        ),
    )


@router.get(f"{PATH}/{{year}}", summary="一年的清单")
def one(here: OfficeReader, year: TheYear) -> WholeList:
    """The list with the votes."""
    with here.house.reading.connect() as connection:
        listed = voted_list.announced(connection, here.congress.id, year)
        voted = voted_list.voted(connection, here.congress.id, year)
    if listed is None:
        raise NotFound(kind="voted_list", id=str(year))
    return WholeList(
        year=listed.year,
        poll=listed.poll,
        notice_number=listed.notice_number,
        announced_on=listed.announced_on,
        full_counts=listed.full_counts,
        projects=[_voted(one) for one in voted],
    )


@router.get(f"{PATH}/{{year}}/notice.docx", summary="公告（Word）", **file_of(DOCX))
def notice(here: OfficeReader, year: TheYear) -> Response:
    """The notice as the congress publishes it."""
    return pages.official_notice(here.house, here.place, year)


@router.get(f"{PATH}/{{year}}/list.xlsx", summary="清单（Excel）", **file_of(WORKBOOK))
def workbook(here: OfficeReader, year: TheYear) -> Response:
    """The list as a workbook."""
    return pages.workbook(here.house, here.place, year)


@router.get(f"{PATH}/{{year}}/placards.pdf", summary="二维码标牌", **file_of(PDF))
def placards(
    here: OfficeReader,
    year: TheYear,
    size: Annotated[
        Literal["six_a_page", "whole_page"], Query(description="每页六个或一个。", examples=["six_a_page"])
    ] = "six_a_page",
) -> Response:
    """QR placards of every adopted project."""
    return pages.all_placards(here.house, here.place, year, size)


@router.get(f"{PATH}/{{year}}/placards/{{project}}.pdf", summary="一个项目的二维码标牌", **file_of(PDF))
def placard(here: OfficeReader, year: TheYear, project: TheProject) -> Response:
    """The placard of one project."""
    return pages.one_placard(here.house, here.place, year, project)


def _voted(one: VotedProject) -> Voted:
    return Voted(**{name: getattr(one, name) for name in Voted.model_fields})
