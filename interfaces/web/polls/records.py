"""The office's way to the record of a poll and to the list of receipts for the hall, rehearsals too."""

from uuid import UUID

from fastapi import APIRouter, Response

from application.polls.record import receipts_of, record_of
from domain.shared import NotFound
from interfaces.documents.receipt_list import ReceiptList, receipt_list
from interfaces.record.packing import packed
from interfaces.web._base.asking import OfficeReader, TheHouse
from interfaces.web._base.language import gettext as _
from interfaces.web.polls.desk import poll_desk
from interfaces.web.polls.downloads import file, pdf

router = APIRouter()


@router.get("/staff/{slug}/polls/{poll}/record.zip")
def record(house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """The record, also where it is not published. Nothing in it is a single ballot."""
    desk = poll_desk(house, here, poll)
    files = record_of(house.office, house.box, house.notary, poll)
    return file(packed(files), f"{desk.state.prepared.title}-计票档案.zip", "application/zip")


@router.get("/staff/{slug}/polls/{poll}/receipts.pdf")
def receipts(house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """Every receipt, for the wall of the hall."""
    desk = poll_desk(house, here, poll)
    prepared, closed = desk.state.prepared, desk.state.closed
    if closed is None:
        raise NotFound(kind="record", id=str(poll))
    public = house.settings.public_url
    sheet = ReceiptList(
        session=prepared.session_title,
        poll=prepared.title,
        root=closed.root,
        address=f"{public}/records/{poll}" if public and not prepared.rehearsal else "",
        watermark=_("演练") if prepared.rehearsal else "",
    )
    return pdf(receipt_list(sheet, receipts_of(house.box, poll, desk.state)), f"{prepared.title}-回执清单.pdf")
