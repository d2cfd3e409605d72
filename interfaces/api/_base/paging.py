"""Long lists in parts. A cursor names the last thing seen, so what is added before it shifts nothing."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query
from pydantic import BaseModel, Field
from starlette.requests import Request

from domain.shared import Invalid
from interfaces.api._base.callers import Told

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
MOST = 200


class Page(BaseModel, Generic[M]):
    """One part of a list."""

    items: list[M] = Field(description="这一页的内容，按列表的次序。")
    next: str | None = Field(
        description="下一页的游标，最后一页为 null；`Link` 头里有完整地址。",
        examples=["WyI0ZjE2YzljMi1hMDE3LTUyYjctOWQ0Yi1mNTQ5MWE4ZTU0MmEiLCA0OV0"],
    )


@dataclass(frozen=True, kw_only=True)
class Paging:
    """Which part is asked for, and how long it is at most."""

    request: Request
    limit: int
    cursor: str

    def part(self, told: Told, listed: Sequence[T], key: Callable[[T], object], shown: Callable[[T], M]) -> Page[M]:
        """The part of a whole list whose things are known by `key`. Raises Invalid (cursor)."""
        start = self._start([str(key(one)) for one in listed])
        part = listed[start : start + self.limit]
        end = start + len(part)
        cursor = _written(str(key(part[-1])), end - 1) if part and end < len(listed) else None
        return self.page(told, [shown(one) for one in part], cursor)

    def page(self, told: Told, items: list[M], cursor: str | None) -> Page[M]:
        """A part that was read by itself, with the cursor of the next one."""
        if cursor is not None:
            kept = [(name, value) for name, value in self.request.query_params.multi_items() if name != "cursor"]
            told.next = f"{self.request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"
        return Page[M](items=items, next=cursor)

    def last_seen(self) -> tuple[str, int] | None:
        """What the cursor names: the last thing seen and its place in the list then. Raises Invalid (cursor)."""
        if not self.cursor:
            return None
        try:
            padded = self.cursor + "=" * (-len(self.cursor) % 4)
            key, place = json.loads(urlsafe_b64decode(padded))
            return str(key), int(place)
        except (ValueError, TypeError):
            raise Invalid(field="cursor", reason="malformed", value=self.cursor[:40]) from None

    def _start(self, keys: list[str]) -> int:
        seen = self.last_seen()
        if seen is None:
            return 0
        key, place = seen
        if key in keys:
            return keys.index(key) + 1
        return min(max(place, 0), len(keys))


def cursor_at(key: object, place: int = 0) -> str:
    """The cursor for what comes behind `key`, for lists that read their parts themselves."""
    return _written(str(key), place)


def _written(key: str, place: int) -> str:
    return urlsafe_b64encode(json.dumps([key, place]).encode()).decode().rstrip("=")


def paging(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MOST, description="一页最多几项。", examples=[50])] = 50,
    cursor: Annotated[
        str,
        Query(
            max_length=200,
            pattern=r"^[A-Za-z0-9_-]*$",
            description="上一页的 `next`；第一页为空。",
            examples=[""],
        ),
    ] = "",
) -> Paging:
    """The part of a list that the query asks for."""
    return Paging(request=request, limit=limit, cursor=cursor)


Paged = Annotated[Paging, Depends(paging)]
