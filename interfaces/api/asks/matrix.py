"""The matrix of congress × ask × year for the upper level."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from domain.accounts.scopes import Scope
from interfaces.api._base.callers import OfficeReader
from interfaces.api._base.models import Shown
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.asks.models import ID
from interfaces.web.matrix import views

router = operations("asks", read=Scope.ASKS_READ, write=Scope.ASKS_WRITE)


class CellShown(Shown):
    """The asks of one kind, congress and year together."""

    congress: UUID = Field(description="大会。", examples=[ID])
    slug: str = Field(description="大会在地址中的名称。", examples=["donghe"])
    name: str = Field(description="大会的简称。", examples=["东河区人大"])
    year: int = Field(description="哪一年的项目。", examples=[2026])
    kind: str = Field(description="`plan` `result` `progress` `summary`。", examples=["progress"])
    issued: int = Field(description="发出几件。", examples=[10])
    answered: int = Field(description="已答复几件，包括已认可的。", examples=[7])
    approved: int = Field(description="已认可几件。", examples=[6])
    sent_back: int = Field(description="退回重报的。", examples=[1])
    overdue: int = Field(description="今天逾期的。", examples=[2])
    escalated: int = Field(description="逾期的提级督办到第几级。", examples=[1])
    due_on: date | None = Field(description="待答复的最早期限。", examples=["2026-07-31"])
    light: str = Field(description="`ok` `info` `warn` `bad` `idle`。", examples=["bad"])
    words: str = Field(description="状况。", examples=["逾期 6 天"])


@router.get(
    "/congresses/{slug}/ask-matrix",
    summary="四问一览",
    description="本大会和全部下级，按大会、年度、种类；没有发出的不列。",
)
def matrix(
    here: OfficeReader,
    paging: Paged,
    first_year: Annotated[int, Query(ge=2000, le=2100, description="从哪一年起。", examples=[2025])],
    last_year: Annotated[int, Query(ge=2000, le=2100, description="到哪一年。", examples=[2026])],
) -> Page[CellShown]:
    """Every cell with an ask in it."""
    asked = range(first_year, last_year + 1)
    seen = views.matrix(here.house, here.place, asked)
    names = {row.congress.id: row.congress for row in seen.rows}
    keys = [key for key in sorted(seen.cells, key=str) if key[1] in asked]

    def shown(key: views.Key) -> CellShown:
        cell, mark, of = seen.cells[key], seen.marks[key], names[key[0]]
        figures = {name: value for name, value in cell._asdict().items() if name in CellShown.model_fields}
        return CellShown(**figures, slug=of.slug, name=of.short_name, light=mark.kind, words=mark.words)

    return paging.part(here.told, keys, lambda key: "/".join(map(str, key)), shown)
