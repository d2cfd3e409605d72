"""What is shown of an earlier moment: fields in words, never a mark."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field

from interfaces.api._base.models import Shown

ID = "0d805666-3a54-5079-96c9-8dac14fe6b9c"

Then = Annotated[
    str,
    Query(
        pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]{4,15}([+-][0-9]{2}:[0-9]{2})?)?)?$",
        max_length=40,
        description="时刻：日期为整天，到分钟为整分钟；不填为现在。",
        examples=["2026-01-15T09:00"],
    ),
]


class FieldShown(Shown):
    """One field before and after."""

    field: str = Field(description="字段，给程序看。", examples=["card.total_funds"])
    label: str = Field(description="字段，用话说。", examples=["总投资"])
    before: str = Field(description="原来。", examples=["2,300 万元"])
    after: str = Field(description="后来。", examples=["2,500 万元"])


class ValueShown(Shown):
    """One field of a state."""

    field: str = Field(description="字段，给程序看。", examples=["card.total_funds"])
    label: str = Field(description="字段，用话说。", examples=["总投资"])
    value: str = Field(description="当时的内容，用话说。", examples=["2,300 万元"])


class VersionShown(Shown):
    """One thing that was done."""

    version: int = Field(description="第几次。", examples=[2])
    at: datetime = Field(description="时间。", examples=["2026-01-15T09:00:03.250000+08:00"])
    by: UUID | None = Field(description="办理的账号；null 为系统。", examples=[ID])
    by_name: str = Field(description="办理人当时的姓名，可以为空。", examples=["王敏"])
    said: str = Field(description="做了什么，用话说。", examples=["修改候选项目“老旧小区改造”的卡片。"])
    changed: list[FieldShown] = Field(description="改了什么。")


class AsOf(Shown):
    """Something at a moment, what has changed since, and everything that was done to it."""

    id: UUID = Field(description="标识。", examples=[ID])
    name: str = Field(description="名称。", examples=["老旧小区改造"])
    until: datetime = Field(description="算到哪一刻为止。", examples=["2026-01-15T09:00:59.999999+08:00"])
    there: bool = Field(description="当时是否已经有了。", examples=[True])
    state: list[ValueShown] = Field(description="当时的内容；还没有时为空。")
    since: list[FieldShown] = Field(description="从那时到现在改了什么。")
    versions: list[VersionShown] = Field(description="沿革，最近的在前。")
