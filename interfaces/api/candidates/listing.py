"""The candidate list of a year: published, taken back, and who has read it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from pydantic import Field

from application import projects as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.projects import candidate_list as lists
from domain.projects.candidate_list import CandidateList, PresidiumDecision
from domain.shared import Missing
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.files import sent_document
from interfaces.api._base.models import LINE, MAYBE_LINE, Asked, Day, Id, Shown
from interfaces.api._base.operations import operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.candidates.models import ID, TheYear, Withdrawal
from interfaces.web.candidates.desk import pre_reading
from interfaces.web.candidates.papers import keeping, paper_response
from projections import candidate_board, reading_receipts
from projections.reading_receipts import Reader

router = operations("candidates", read=Scope.CANDIDATES_READ, write=Scope.CANDIDATES_WRITE)

YEAR = "/congresses/{slug}/candidates/{year}"

ListKeeper = Annotated[At, Depends(needing(Act.FIX_LIST))]


class Publication(Asked):
    """Which candidates go to the vote, and who decided so."""

    session: Id = Field(description="在哪次会议票决。", examples=[ID])
    projects: tuple[Id, ...] = Field(
        min_length=1, max_length=200, description="列入名单的项目；编号取自卡片。", examples=[[ID]]
    )
    decision: str = Field(pattern=LINE, max_length=300, description="主席团的决定。", examples=["大会主席团会议通过"])
    decision_number: str = Field(
        default="",
        pattern=MAYBE_LINE,
        max_length=60,
        description="决定文号；启用了初筛清单的必填。",
        examples=["〔2026〕3号"],
    )
    decided_on: Day | None = Field(
        default=None, description="决定日期；启用了初筛清单的必填。", examples=["2025-12-18"]
    )
    scan: Id | None = Field(default=None, description="先上传的决定扫描件的标识，可以没有。", examples=[ID])


class ListedShown(Shown):
    """One line of the list."""

    project: UUID = Field(description="项目的标识。", examples=[ID])
    number: int = Field(description="编号。", examples=[1])
    name: str = Field(description="名称。", examples=["老旧小区改造"])


class ListShown(Shown):
    """The list of a year."""

    year: int = Field(description="哪一年的项目。", examples=[2026])
    published: bool = Field(description="是否已公布。", examples=[True])
    session: UUID | None = Field(description="在哪次会议票决；没有公布为 null。", examples=[ID])
    decision: str | None = Field(description="主席团的决定；没有公布为 null。", examples=["大会主席团会议通过"])
    decision_number: str | None = Field(description="决定文号；没有为 null。", examples=["〔2026〕3号"])
    decided_on: date | None = Field(description="决定日期；没有为 null。", examples=["2025-12-18"])
    scan: str | None = Field(description="决定扫描件的文件名；没有为 null。", examples=["决定.pdf"])
    published_on: date | None = Field(description="公布日期；没有公布为 null。", examples=["2025-12-20"])
    pre_reading_days: int | None = Field(description="票决前至少须公布几天；没有公布为 null。", examples=[30])
    earliest: date | None = Field(description="最早可以票决的日期；没有公布为 null。", examples=["2026-01-19"])
    candidates: list[ListedShown] = Field(description="名单。")


class ReaderShown(Shown):
    """A delegate and how far the reading is."""

    delegate: UUID = Field(description="代表的标识。", examples=[ID])
    number: str = Field(description="代表证号。", examples=["0123"])
    name: str = Field(description="姓名。", examples=["王敏"])
    delegation: str = Field(description="代表团的名称。", examples=["城中代表团"])
    cards: int = Field(description="已阅读的卡片数。", examples=[12])


@router.get(YEAR, summary="候选项目名单")
def shown(here: OfficeReader, year: TheYear) -> ListShown:
    """The list as it stands."""
    stream = lists.list_stream(here.congress.id, year)
    here.shows(stream)
    listed = here.house.office.state_of(stream, lists.evolve)
    if listed is None or not listed.published:
        return ListShown(
            year=year,
            published=False,
            session=None,
            decision=None,
            decision_number=None,
            decided_on=None,
            scan=None,
            published_on=None,
            pre_reading_days=None,
            earliest=None,
            candidates=[],
        )
    return _published(here, listed)


@router.post(f"{YEAR}/publish", summary="公布名单", description="从公布之日起计算代表阅读的天数。")
def publish(here: ListKeeper, year: TheYear, body: Publication) -> ListShown:
    """The list is fixed."""
    by = here.by(lists.list_stream(here.congress.id, year))
    with keeping(here.house, by, here.congress.id, sent_document(here, body.scan), "scan") as scan:
        position = commands.publish_list(
            here.house.office,
            by,
            here.congress.id,
            year,
            body.session,
            _numbered(here, year, body.projects),
            PresidiumDecision(words=body.decision, number=body.decision_number, on=body.decided_on, scan=scan),
            here.house.office.today(),
        )
    here.done(position)
    return shown(here, year)


@router.get(f"{YEAR}/scan", summary="主席团决定的扫描件", **file_of(PDF))
def scan(here: OfficeReader, year: TheYear) -> Response:
    """The signed decision by which the list was fixed."""
    listed = here.house.office.state_of(lists.list_stream(here.congress.id, year), lists.evolve)
    return paper_response(here.house, here.place, listed.decision.scan if listed and listed.published else None)


@router.post(f"{YEAR}/withdraw", summary="撤回名单", description="没有用于表决以前，可以撤回修改。")
def withdraw_list(here: ListKeeper, year: TheYear, body: Withdrawal) -> ListShown:
    """The list is taken back."""
    by = here.by(lists.list_stream(here.congress.id, year))
    here.done(commands.withdraw_list(here.house.office, by, here.congress.id, year, body.reason))
    return shown(here, year)


@router.get(f"{YEAR}/readers", summary="阅读情况")
def readers(here: OfficeReader, year: TheYear, paging: Paged) -> Page[ReaderShown]:
    """Every delegate in office with the number of the list's cards read."""
    with here.house.reading.connect() as connection:
        candidates = candidate_board.candidates_of(connection, here.congress.id, year)
        listed = [one.project for one in candidates if one.listed_number is not None]
        found = reading_receipts.readers_of(connection, here.congress.id, year, listed)
    return paging.part(here.told, found, lambda one: one.delegate, _reader)


def _published(here: At, listed: CandidateList) -> ListShown:
    with here.house.reading.connect() as connection:
        decision = candidate_board.decision_of(connection, here.congress.id, listed.year)
    reading = pre_reading(here.house, here.place, listed.session, listed.published_on)
    return ListShown(
        year=listed.year,
        published=True,
        session=listed.session,
        decision=decision,
        decision_number=listed.decision.number or None,
        decided_on=listed.decision.on,
        scan=listed.decision.scan.name if listed.decision.scan else None,
        published_on=listed.published_on,
        pre_reading_days=reading.days,
        earliest=reading.earliest,
        candidates=[ListedShown(project=one.project, number=one.number, name=one.name) for one in listed.candidates],
    )


def _numbered(here: At, year: int, projects: Sequence[UUID]) -> list[tuple[UUID, int]]:
    """The chosen candidates of the year with the numbers of their cards. Raises Missing where there is none."""
    with here.house.reading.connect() as connection:
        known = candidate_board.candidates_of(connection, here.congress.id, year)
    chosen = [(one.project, one.number or 0) for one in known if one.project in set(projects)]
    if len(chosen) != len(set(projects)):
        raise Missing(fields=("projects",))
    return chosen


def _reader(one: Reader) -> ReaderShown:
    return ReaderShown(**one._asdict())
