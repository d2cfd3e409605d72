"""What is sent and shown of a roll."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Path
from pydantic import Field

from domain.congress.roll import DelegateEntry, Gender
from domain.shared import Invalid
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Flag, Id, Named, Shown, Whole
from interfaces.api._base.tables import FaultShown, faults_shown
from interfaces.tables import cells
from interfaces.tables.cells import CellRefused
from interfaces.tables.table import tidy
from interfaces.web.roll.checking import CheckedList
from projections.roll import ListedDelegate, RollImport

ID = "9e1c52b1-7a53-5d0c-9d2e-6f9b2a8f1c11"

TheDelegate = Annotated[UUID, Path(description="代表的标识。", examples=[ID])]
TheImport = Annotated[UUID, Path(description="这次导入的标识。", examples=[ID])]


class DelegateBody(Asked):
    """One line of the roll."""

    number: str = Field(
        pattern=LINE, max_length=40, description="代表证号：数字、字母和短横，最多 20 位，不重复。", examples=["0123"]
    )
    name: str = Field(pattern=LINE, max_length=80, description="姓名。", examples=["王敏"])
    delegation: str = Field(pattern=LINE, max_length=60, description="代表团的名称。", examples=["城中代表团"])
    gender: Gender | None = Field(default=None, description="性别；不填为 null。", examples=["female"])
    ethnicity: str = Field(
        default="", pattern=MAYBE_LINE, max_length=60, description="民族，可以为空。", examples=["汉族"]
    )
    special_committee: Flag = Field(default=False, description="是否专门委员会成员。", examples=[False])
    unit: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=60,
        description="所在单位，写单位名录里的全称；在候选项目责任单位工作的代表不能担任监票人。",
        examples=["市教育局"],
    )


class Delegate(Shown):
    """A delegate in office."""

    id: UUID = Field(description="标识。", examples=[ID])
    number: str = Field(description="代表证号。", examples=["0123"])
    name: str = Field(description="姓名。", examples=["王敏"])
    delegation: str = Field(description="代表团的名称。", examples=["城中代表团"])
    gender: str | None = Field(description="性别：male、female，没有填写为 null。", examples=["female"])
    ethnicity: str = Field(description="民族，可以为空。", examples=["汉族"])
    special_committee: bool = Field(description="是否专门委员会成员。", examples=[False])
    unit: str = Field(description="所在单位，可以为空。", examples=["市教育局"])


class DelegationShown(Shown):
    """A delegation."""

    name: str = Field(description="名称。", examples=["城中代表团"])
    delegates: int = Field(description="代表人数。", examples=[42])


class Checked(Shown):
    """What a file would bring."""

    upload: UUID = Field(description="留存的文件，一小时内可据此导入。", examples=[ID])
    source: str = Field(description="文件名。", examples=["代表名册.xlsx"])
    rows: int = Field(description="没有差错、可以导入的行数。", examples=[327])
    delegations: list[DelegationShown] = Field(description="这些行的代表团和人数。")
    new_delegations: list[str] = Field(description="其中名册上还没有的代表团。", examples=[["城北代表团"]])
    faults: list[FaultShown] = Field(description="全部差错；有差错的行不导入。")


class ImportBody(Asked):
    """The confirmation of a checked file."""

    upload: Id = Field(description="核对时得到的文件标识。", examples=[ID])
    rows: Whole = Field(ge=1, le=20_000, description="核对时得到的行数；此后有变化则不办理。", examples=[327])
    new_delegations: Literal["refused", "allowed"] = Field(
        default="refused", description="是否接受名册上还没有的代表团，与核对时相同。", examples=["refused"]
    )


class ImportShown(Shown):
    """An import of delegates."""

    id: UUID = Field(description="标识。", examples=[ID])
    source: str = Field(description="文件名。", examples=["代表名册.xlsx"])
    delegates: int = Field(description="导入的人数。", examples=[327])
    left: int = Field(description="其中还在名册上的人数。", examples=[327])
    at: datetime = Field(description="时间。", examples=["2026-01-05T09:30:00+08:00"])
    by: Named | None = Field(description="办理的账号；不详则为 null。")
    undone_at: datetime | None = Field(description="撤销的时间；没有撤销则为 null。", examples=[None])


def entry_of(body: DelegateBody, delegate: UUID) -> DelegateEntry:
    """The line, read as a line of an imported table is. Raises Invalid."""
    return DelegateEntry(
        delegate=delegate,
        number=_read(body.number, "number", cells.certificate_number, "certificate_number"),
        name=_read(body.name, "name", cells.person, "person"),
        delegation=_read(body.delegation, "delegation", cells.delegation, "delegation"),
        gender=body.gender,
        ethnicity=cells.without_padding(tidy(body.ethnicity)),
        special_committee=body.special_committee,
        unit=cells.without_padding(tidy(body.unit)),
    )


def delegate_shown(one: ListedDelegate) -> Delegate:
    """As it is shown."""
    return Delegate(**one._asdict())


def checked_shown(upload: UUID, checked: CheckedList) -> Checked:
    """As it is shown."""
    return Checked(
        upload=upload,
        source=checked.source,
        rows=len(checked.entries),
        delegations=[DelegationShown(name=name, delegates=n) for name, n, _new in checked.delegations],
        new_delegations=[name for name, _n, new in checked.delegations if new],
        faults=faults_shown(checked.faults),
    )


def import_shown(one: RollImport, names: dict[UUID, str]) -> ImportShown:
    """As it is shown."""
    by = Named(id=one.by, name=names.get(one.by, "")) if one.by else None
    return ImportShown(**{**one._asdict(), "by": by})


def _read(text: str, name: str, meaning: Callable[[str], str], reason: str) -> str:
    try:
        return meaning(tidy(text))
    except CellRefused:
        raise Invalid(field=name, reason=reason, value=text[:60]) from None
