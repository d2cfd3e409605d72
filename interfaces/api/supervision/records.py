"""Delegates' records 履职记录: what was done, never how anybody voted."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query
from pydantic import Field

from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import Shown
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.supervision.models import ID
from projections import delegate_record, roll
from projections.delegate_record import Deed, DeedRow

router = operations("supervision", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

CONGRESS = "/congresses/{slug}"
Supervisor = Annotated[At, Depends(needing(Act.SUPERVISE))]
Year = Annotated[int, Query(ge=2000, le=2100, description="哪一年。", examples=[2026])]
TheDelegate = Annotated[UUID, Path(description="代表的标识。", examples=[ID])]
_DEEDS = (
    "proposed 提出建议，remarked 审议意见，asked 会前提问，card 阅读候选项目，material 阅读材料，session 出席会议，"
    "group 参加代表小组，inspection 参加视察调研，note 现场监督记录，inquiry 专题询问提问。"
)


class DeedShown(Shown):
    """One thing done."""

    deed: Deed = Field(description=_DEEDS, examples=["note"])
    about: UUID = Field(description="所指的建议、意见、会议、视察或者记录等。", examples=[ID])
    on: date = Field(description="日期。", examples=["2026-05-19"])
    words: str = Field(description="内容，或者所指的名称。", examples=["井盖没有复位"])
    project: UUID | None = Field(description="有关的项目。", examples=[None])


class CountShown(Shown):
    """How often."""

    deed: Deed = Field(description=_DEEDS, examples=["note"])
    times: int = Field(description="几次。", examples=[3])


class RecordShown(Shown):
    """A delegate's year in figures."""

    delegate: UUID = Field(description="代表的标识。", examples=[ID])
    number: str = Field(description="代表证号。", examples=["0001"])
    name: str = Field(description="姓名。", examples=["王敏"])
    delegation: str = Field(description="代表团。", examples=["青山区代表团"])
    counts: list[CountShown] = Field(description="各做了几次；没有做的不列。")


@router.get(f"{CONGRESS}/records", summary="代表履职情况", description="名册上的每一名代表，也包括什么都没有做的。")
def all_records(here: OfficeReader, paging: Paged, year: Year) -> Page[RecordShown]:
    """Everybody's year in figures."""
    with here.house.reading.connect() as conn:
        listed, _total = roll.delegates_of(conn, here.congress.id)
        counts = delegate_record.counted(conn, here.congress.id, year)
    return paging.part(
        here.told,
        listed,
        lambda one: one.id,
        lambda one: RecordShown(
            delegate=one.id,
            number=one.number,
            name=one.name,
            delegation=one.delegation,
            counts=[
                CountShown(deed=deed, times=counts[one.id][deed])
                for deed in Deed
                if one.id in counts and counts[one.id][deed]
            ],
        ),
    )


@router.get(f"{CONGRESS}/delegates/{{delegate}}/record", summary="一名代表的履职记录")
def record_of(here: OfficeReader, paging: Paged, delegate: TheDelegate, year: Year) -> Page[DeedShown]:
    """Newest first."""
    with here.house.reading.connect() as conn:
        if roll.delegate_at(conn, here.congress.id, delegate) is None:
            raise NotFound(kind="delegate", id=str(delegate))
        rows = delegate_record.deeds_of(conn, here.congress.id, delegate, year)
    return paging.part(here.told, rows, _key, _shown)


@router.get(f"{CONGRESS}/own-record", summary="自己的履职记录")
def own_record(here: Supervisor, paging: Paged, year: Year) -> Page[DeedShown]:
    """The delegate's own."""
    me = here.place.delegate or UUID(int=0)
    with here.house.reading.connect() as conn:
        rows = delegate_record.deeds_of(conn, here.congress.id, me, year)
    return paging.part(here.told, rows, _key, _shown)


def _key(row: DeedRow) -> str:
    return f"{row.deed}/{row.about}"


def _shown(row: DeedRow) -> DeedShown:
    return DeedShown(
        deed=Deed(row.deed), about=row.about, on=row.on, words=row.words or row.project_name, project=row.project
    )
