"""Who did what, when: for auditors and administrators."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Path, Query
from pydantic import Field

from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import CHINA, Invalid, NotFound
from interfaces.api._base.callers import SLUG, Caller, TheCaller
from interfaces.api._base.models import MAYBE_LINE, Day, Id, Shown
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged, cursor_at
from interfaces.web.audit import reading, words
from interfaces.web.audit.reading import LAST_POSITION
from projections import audit_trail
from projections.audit_trail import Asked
from projections.congress_directory import congress_at

router = operations("audit", read=Scope.AUDIT_READ)

PATH = "/audit"
Concept = Literal["accounts", "congress", "projects", "polls", "asks", "backups"]


class Line(Shown):
    """One line of the trail."""

    position: int = Field(description="在记录中的序号。", examples=[1024])
    at: datetime = Field(description="时间。", examples=["2026-01-20T09:41:03+08:00"])
    by: UUID | None = Field(description="办理的账号；null 为系统。", examples=["5d8c7b0a-3f0e-5b7e-8f57-0f7f0d2f1c11"])
    by_name: str = Field(description="办理人当时的姓名。", examples=["王敏"])
    fact: str = Field(description="事实的名称，不会更改。", examples=["congress.unit-added"])
    act: str = Field(description="事实的名称，用话说。", examples=["增加单位"])
    said: str = Field(description="做了什么，用话说。", examples=["增加单位“市教育局”。"])
    subject: str = Field(description="关于什么，可以为空。", examples=["市教育局"])
    congress: UUID | None = Field(
        description="所属大会的标识；null 为全系统。", examples=["a3b4d7e8-2f5c-5d11-9c3e-0d5a7f0c9b21"]
    )


class WholeLine(Line):
    """A line with the fact as it is recorded."""

    stream: UUID = Field(description="事实所在的流。", examples=["a3b4d7e8-2f5c-5d11-9c3e-0d5a7f0c9b21"])
    version: int = Field(description="在流中的版本。", examples=[4])
    recorded: dict[str, Any] = Field(
        description="记录的内容，字段随事实而异；宣布以前的计票结果不显示。",
        examples=[{"name": "市教育局", "duty_phone": ""}],
    )


@router.get(PATH, summary="操作记录", description="新的在前。不指定大会的，须有权查看全部记录。")
def trail(
    caller: TheCaller,
    paging: Paged,
    congress: Annotated[
        str | None, Query(pattern=SLUG, description="大会在地址中的用词。", examples=["qingcheng"])
    ] = None,
    concept: Annotated[Concept | None, Query(description="只看这一类。", examples=["congress"])] = None,
    by: Annotated[Id | None, Query(description="只看这个账号办理的。")] = None,
    since: Annotated[Day | None, Query(description="从这一天起。", examples=["2026-01-20"])] = None,
    until: Annotated[Day | None, Query(description="到这一天为止。", examples=["2026-01-21"])] = None,
    words_: Annotated[
        str,
        Query(
            alias="words", pattern=MAYBE_LINE, max_length=100, description="出现这些词的，用空格隔开。", examples=[""]
        ),
    ] = "",
) -> Page[Line]:
    """The newest lines first."""
    where = _congress(caller, congress)
    caller.actor.require(Act.READ_AUDIT, where)
    asked = Asked(
        congress=where,
        facts=words.facts_of(concept) if concept else (),
        by=by,
        since=_morning(since),
        until=_morning(_next(until)),
        words=words_,
    )
    with caller.house.reading.connect() as connection:
        found = audit_trail.entries(connection, asked, before=_before(paging), limit=paging.limit + 1)
        part = reading.lines(caller.house, connection, found[: paging.limit])
    cursor = cursor_at(found[paging.limit - 1].position) if len(found) > paging.limit else None
    return paging.page(caller.told, [Line(**_told(line)) for line in part], cursor)


@router.get(f"{PATH}/{{position}}", summary="一条记录")
def one(
    caller: TheCaller,
    position: Annotated[int, Path(ge=1, le=LAST_POSITION, description="在记录中的序号。", examples=[1024])],
) -> WholeLine:
    """One fact as it is recorded."""
    found = reading.whole_line(caller.house, caller.actor, position, None)
    congress = found.line.entry.congress
    if congress is not None and not caller.reaches(congress):
        raise NotFound(kind="page", id=str(position))
    caller.actor.require(Act.READ_AUDIT, congress)
    return WholeLine(
        **_told(found.line), stream=found.noticed.stream, version=found.noticed.version, recorded=found.recorded
    )


def _congress(caller: Caller, slug: str | None) -> UUID | None:
    if slug is None:
        return None
    with caller.house.reading.connect() as connection:
        found = congress_at(connection, slug)
    if found is None or not caller.reaches(found.id):
        raise NotFound(kind="congress", id=slug)
    return found.id


def _before(paging: Paged) -> int | None:
    seen = paging.last_seen()
    if seen is None:
        return None
    if not seen[0].isdecimal() or not 0 < int(seen[0]) <= LAST_POSITION:
        raise Invalid(field="cursor", reason="malformed", value=seen[0][:40])
    return int(seen[0])


def _next(day: date | None) -> date | None:
    return day + timedelta(days=1) if day is not None and day < date.max else day


def _morning(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), CHINA) if day else None


def _told(line: reading.Line) -> dict[str, Any]:
    entry = line.entry
    return {
        "position": entry.position,
        "at": entry.at,
        "by": entry.by,
        "by_name": line.who,
        "fact": entry.fact,
        "act": line.act,
        "said": line.said,
        "subject": entry.subject,
        "congress": entry.congress,
    }
