"""Meetings of the leading group 领导小组会议 with their minutes; documents for them and for acceptances, sent first."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Response

from application.implementation import difficulties
from application.implementation.difficulties import Settled
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.projects.difficulty import LeadingGroupMet
from domain.shared import Year
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.files import DocumentSent, SentDocument, keep_document, sent_document
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.progress.models import ID, MeetingBody, MeetingShown, meeting_shown
from interfaces.web.candidates.papers import keeping
from interfaces.web.progress.difficulties import minutes_file
from projections import progress_board

router = operations("progress", read=Scope.IMPLEMENTATION_READ, write=Scope.IMPLEMENTATION_WRITE)

CONGRESS = "/congresses/{slug}"
Keeper = Annotated[At, Depends(needing(Act.KEEP_IMPLEMENTATION))]
AskedYear = Annotated[int, Query(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])]
TheMeeting = Annotated[UUID, Path(description="会议的标识。", examples=[ID])]


@router.post(
    f"{CONGRESS}/implementation-documents",
    status_code=201,
    summary="先上传文件",
    description="留存一小时，登记领导小组会议或者验收时写明标识。",
)
def keep_paper(here: Keeper, document_file: SentDocument) -> DocumentSent:
    """Looked through as on the pages."""
    return keep_document(here, document_file)


@router.get(f"{CONGRESS}/meetings", summary="领导小组会议")
def listed_meetings(here: OfficeReader, paging: Paged, year: AskedYear) -> Page[MeetingShown]:
    """Of a year, newest first."""
    with here.house.reading.connect() as connection:
        rows = progress_board.meetings_of(connection, here.congress.id, year)
    return paging.part(here.told, rows, lambda row: row.meeting, meeting_shown)


@router.post(
    f"{CONGRESS}/meetings", status_code=201, summary="登记领导小组会议", description="议定事项写入各项目的时间线。"
)
def record(here: Keeper, body: MeetingBody) -> MeetingShown:
    """With all it decided, or nothing."""
    by = here.by()
    made = here.house.office.new_id(by, "meeting")
    settled = [Settled(**decision.model_dump()) for decision in body.decisions]
    with keeping(here.house, by, here.congress.id, sent_document(here, body.document), "minutes") as minutes:
        met = LeadingGroupMet(
            congress=here.congress.id,
            year=Year(body.year),
            title=body.title,
            held_on=body.held_on,
            chair=body.chair,
            words=body.words,
            minutes=minutes,
        )
        position = difficulties.record_meeting(here.house.office, by, made, met, settled)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/meetings?year={body.year}")
    return MeetingShown(
        id=made,
        title=body.title,
        held_on=body.held_on,
        chair=body.chair,
        words=body.words,
        minutes=minutes.name if minutes else "",
    )


@router.get(f"{CONGRESS}/meetings/{{meeting}}/minutes", summary="会议纪要的文件", **file_of(PDF))
def minutes_of(here: OfficeReader, meeting: TheMeeting) -> Response:
    """As it was sent along."""
    return minutes_file(here.house, here.place, meeting)
