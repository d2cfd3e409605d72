"""Calls 征集公告 of a congress: published, extended, reworded, and what came in on which way."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Response
from pydantic import Field

from application.proposals import calls as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.proposals.call import OFFERED, CallPublished, CallReworded, Channel, call_stream
from domain.shared import Year
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Day, Shown, Whole
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import file_of
from interfaces.web.calls import papers
from interfaces.web.calls.routes import known
from projections import calls
from projections.calls import CallRow

router = operations("calls", read=Scope.PROPOSALS_READ, write=Scope.PROPOSALS_WRITE)

PATH = "/congresses/{slug}/calls"
ONE = f"{PATH}/{{year}}"
WRITTEN = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*[^\s\x00-\x1F\x7F][^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$"
ID = "4f16c9c2-a017-52b7-9d4b-f5491a8e542a"

Publisher = Annotated[At, Depends(needing(Act.PUBLISH_CALL))]
TheYear = Annotated[int, Path(ge=2000, le=2100, description="哪一年的项目。", examples=[2027])]


class Wording(Asked):
    """What the public reads."""

    title: str = Field(
        pattern=LINE, max_length=80, description="标题。", examples=["关于征集2027年度民生实事项目建议的公告"]
    )
    words: str = Field(
        pattern=WRITTEN,
        max_length=6000,
        description="正文：可以提什么、哪些不列入、怎样办理。",
        examples=["现向社会公开征集…"],
    )
    channels: list[Channel] = Field(
        min_length=1, max_length=len(OFFERED), description="对外开放的征集渠道。", examples=[["web", "qr", "paper"]]
    )
    address: str = Field(
        default="", pattern=MAYBE_LINE, max_length=200, description="收信地址，可以为空。", examples=["政和路1号"]
    )
    telephone: str = Field(
        default="", pattern=MAYBE_LINE, max_length=200, description="征集电话，可以为空。", examples=["0477-8581188"]
    )
    notice_number: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=200,
        description="公告文号，可以为空。",
        examples=["江人常办〔2026〕18号"],
    )


class CallBody(Wording):
    """A call that is to be published."""

    year: Whole = Field(ge=2000, le=2100, description="哪一年的项目；一年一份。", examples=[2027])
    opens_on: Day = Field(description="第一天。", examples=["2026-09-20"])
    closes_on: Day = Field(description="最后一天，首尾两天都算，不少于 30 天。", examples=["2026-10-19"])
    waiver: str = Field(default="", pattern=MAYBE_LINE, max_length=200, description="不足 30 天的理由。", examples=[""])


class Extension(Asked):
    """A later last day."""

    closes_on: Day = Field(description="新的最后一天，只能更晚。", examples=["2026-10-31"])
    reason: str = Field(pattern=LINE, max_length=200, description="理由，公开。", examples=["部分乡镇推迟了座谈会"])


class ByChannel(Shown):
    """What came in on one way."""

    channel: str = Field(description="渠道。", examples=["web"])
    received: int = Field(description="收到多少件。", examples=[12])


class Call(Shown):
    """A call."""

    id: UUID = Field(description="标识。", examples=[ID])
    year: int = Field(description="哪一年的项目。", examples=[2027])
    title: str = Field(description="标题。", examples=["关于征集2027年度民生实事项目建议的公告"])
    words: str = Field(description="正文。", examples=["现向社会公开征集…"])
    opens_on: date = Field(description="第一天。", examples=["2026-09-20"])
    closes_on: date = Field(description="最后一天。", examples=["2026-10-19"])
    first_closes_on: date = Field(description="最初公布的最后一天。", examples=["2026-10-19"])
    extended_because: str = Field(description="延长的理由，可以为空。", examples=[""])
    open: bool = Field(description="今天是否在征集期内。", examples=[True])
    days_left: int = Field(description="还剩多少天，今天也算；已结束为 0。", examples=[12])
    channels: list[str] = Field(description="对外开放的渠道。", examples=[["web", "qr", "paper"]])
    address: str = Field(description="收信地址，可以为空。", examples=["政和路1号"])
    telephone: str = Field(description="征集电话，可以为空。", examples=["0477-8581188"])
    notice_number: str = Field(description="公告文号，可以为空。", examples=["江人常办〔2026〕18号"])
    waiver: str = Field(description="征集期不足 30 天的理由，可以为空。", examples=[""])
    received: list[ByChannel] = Field(description="各渠道收到的件数，多的在前。")


@router.get(PATH, summary="各年的征集公告")
def published(here: OfficeReader, paging: Paged) -> Page[Call]:
    """Every call, the newest year first."""
    with here.house.reading.connect() as connection:
        rows = calls.calls_of(connection, here.congress.id)
    return paging.part(here.told, rows, lambda row: row.year, lambda row: _shown(here, row))


@router.post(
    PATH,
    status_code=201,
    summary="发布征集公告",
    description="开始日期不在第三季度的也可以发布；征集期不足 30 天须写明理由。",
)
def publish(here: Publisher, body: CallBody) -> Call:
    """The call of a year."""
    told = {name: getattr(body, name) for name in CallBody.model_fields}
    fact = CallPublished(
        **told | {"congress": here.congress.id, "year": Year(body.year), "channels": _in_order(body.channels)}
    )
    position = commands.publish_call(here.house.office, here.by(), fact)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/calls/{body.year}")
    return one(here, body.year)


@router.get(ONE, summary="一年的征集公告")
def one(here: OfficeReader, year: TheYear) -> Call:
    """One call."""
    here.shows(call_stream(here.congress.id, year))
    return _shown(here, known(here.house, here.place, year))


@router.post(f"{ONE}/extend", summary="延长征集期", description="只能延长，不能缩短。")
def extend(here: Publisher, year: TheYear, body: Extension) -> Call:
    """A later last day."""
    known(here.house, here.place, year)
    by = here.by(call_stream(here.congress.id, year))
    here.done(commands.extend_call(here.house.office, by, here.congress.id, year, body.closes_on, body.reason))
    return one(here, year)


@router.put(f"{ONE}/wording", summary="更正公告文字", description="征集期不变。")
def reword(here: Publisher, year: TheYear, body: Wording) -> Call:
    """What the public reads, put right."""
    known(here.house, here.place, year)
    told = {name: getattr(body, name) for name in Wording.model_fields} | {"channels": _in_order(body.channels)}
    by = here.by(call_stream(here.congress.id, year))
    here.done(commands.reword_call(here.house.office, by, here.congress.id, year, CallReworded(**told)))
    return one(here, year)


@router.get(f"{ONE}/notice.docx", summary="征集公告（公文）", **file_of(papers.DOCX))
def notice(here: OfficeReader, year: TheYear) -> Response:
    """The call as an official paper."""
    return papers.notice(here.house, here.place, year)


@router.get(f"{ONE}/poster.pdf", summary="征集海报（A3）", **file_of(papers.PDF))
def poster(here: OfficeReader, year: TheYear) -> Response:
    """The poster."""
    return papers.poster(here.house, here.place, year)


@router.get(f"{ONE}/leaflet.pdf", summary="征集折页", **file_of(papers.PDF))
def leaflet(here: OfficeReader, year: TheYear) -> Response:
    """The leaflet."""
    return papers.leaflet(here.house, here.place, year)


def _in_order(channels: list[Channel]) -> tuple[Channel, ...]:
    """As forms show them; one that is not for the public stays, to be refused by the rules."""
    others = [channel for channel in channels if channel not in OFFERED]
    return (*(channel for channel in OFFERED if channel in channels), *others)


def _shown(here: At, row: CallRow) -> Call:
    today = here.house.office.today()
    with here.house.reading.connect() as connection:
        received = calls.received_by_channel(connection, here.congress.id, row.year)
    same = {name: getattr(row, name) for name in Call.model_fields if name in row._fields}
    counted = [ByChannel(channel=channel, received=number) for channel, number in received.items()]
    return Call(
        **same | {"id": row.call, "open": row.is_open(today), "days_left": row.days_left(today), "received": counted}
    )
