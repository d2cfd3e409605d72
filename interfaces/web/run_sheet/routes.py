"""The run sheet of a poll, on the screen and as PDF, for the office and for the scrutineers."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from interfaces.documents.run_sheet import run_sheet
from interfaces.web._base.asking import Here, OfficeReader, TheHouse
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web.polls.desk import PollDesk, around, poll_desk
from interfaces.web.polls.downloads import pdf
from interfaces.web.run_sheet.views import sheet_of
from interfaces.web.scrutineer.table import at_table

router = APIRouter()


@router.get("/staff/{slug}/polls/{poll}/run-sheet")
def on_screen(request: Request, house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """The sheet on the office's screen."""
    return _page(request, poll_desk(house, here, poll))


@router.get("/staff/{slug}/polls/{poll}/run-sheet.pdf")
def printed(house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """The sheet to print."""
    return _pdf(poll_desk(house, here, poll))


@router.get("/scrutineer/{slug}/polls/{poll}/run-sheet")
def at_the_table(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The same at the scrutineers' table."""
    return _page(request, at_table(house, here, poll))


@router.get("/scrutineer/{slug}/polls/{poll}/run-sheet.pdf")
def printed_there(house: TheHouse, here: Here, poll: UUID) -> Response:
    """The same to print."""
    return _pdf(at_table(house, here, poll))


def _page(request: Request, desk: PollDesk) -> Response:
    return page(request, "run_sheet/sheet.html", sheet=sheet_of(desk), **around(desk))


def _pdf(desk: PollDesk) -> Response:
    return pdf(run_sheet(sheet_of(desk)), _("流程单.pdf"))
