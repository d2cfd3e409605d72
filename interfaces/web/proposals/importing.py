"""Importing a list of proposals: sent, checked, confirmed."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.office import By
from application.proposals.receiving import imported_proposal, receive_proposals
from domain.shared import Missing, NotFound
from interfaces.composition import House
from interfaces.documents.workbook import sheet
from interfaces.tables.faults import Fault
from interfaces.tables.proposals import COLUMNS, REQUIRED_COLUMNS, ReadProposal, Taker, read_proposals
from interfaces.tables.table import Table
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form
from interfaces.web._base.language import gettext as _
from interfaces.web._base.sent_tables import MOST_MEGABYTES, TableImport
from interfaces.web.calls.words import CHANNELS
from interfaces.web.proposals.desk import STAFF, Receiver, chosen_year, contacts_left, root_of
from interfaces.web.roll.views import as_workbook
from projections import calls

router = APIRouter()

_NOTES = (
    "一行一件建议，一件建议一件事；第一行是标题，不要改标题的文字。",
    "渠道填 书面、电话、来信、座谈会、网上、扫码 之一，不填按书面。收到日期写成 2026-09-15，不填按今天。",
    "填了单位名称的是单位建议，其余是个人建议。",
    "姓名、电话、地址另外保存，可以删除；不要写在标题和内容里。",
)


@router.get(f"{STAFF}/import")
def start(request: Request, house: TheHouse, here: Receiver, year: int = 0) -> Response:
    """The form for a file."""
    return LIST.start(request, house, here, year)


@router.get(f"{STAFF}/template.xlsx")
def template(here: Receiver) -> Response:
    """An empty list with the headings and how to fill it in."""
    content = sheet("建议", [column.heading for column in COLUMNS], [], notes=_NOTES)
    return as_workbook(content, f"建议模板-{here.congress.short_name}.xlsx")


@router.post(f"{STAFF}/import")
def send(request: Request, house: TheHouse, here: Receiver, typed: Form) -> Response:
    """Keeps the file for an hour and leads to what is right and wrong in it."""
    return LIST.take(request, house, here, typed)


@router.get(f"{STAFF}/import/{{upload}}")
def preview(request: Request, house: TheHouse, here: Receiver, upload: UUID, year: int) -> Response:
    """Every mistake, and the rows that would be taken in."""
    return LIST.preview(request, house, here, upload, year)


@router.post(f"{STAFF}/import/{{upload}}")
def confirm(request: Request, house: TheHouse, here: Receiver, upload: UUID, typed: Form) -> Response:
    """Takes the good rows in."""

    def act(by: By, _year: int, rows: tuple[ReadProposal, ...]) -> int:
        return take_in(house, by, here.congress.id, rows)

    return LIST.confirm(request, house, here, upload, typed, act, lambda n: _("已录入 %(n)s 件建议。", n=n))


def take_in(house: House, by: By, congress: UUID, read: tuple[ReadProposal, ...]) -> int:
    """Receives the rows in one transaction, with their contact data beside. Raises Missing when there are none."""
    if not read:
        raise Missing(fields=("table",))
    import_id = house.office.new_id(by, "proposals")
    left = {
        house.office.new_id(by, f"contact {place}"): one.contact
        for place, one in enumerate(read)
        if not one.contact.is_empty
    }
    received = []
    for place, one in enumerate(read):
        contact = house.office.new_id(by, f"contact {place}")
        fact = replace(one.fact, contact=contact if contact in left else None)
        received.append((imported_proposal(import_id, place), fact))
    with contacts_left(house, congress, received[0][0], left):
        return receive_proposals(house.office, by, received)


def _read(house: House, here: Place, table: Table, year: int) -> tuple[tuple[ReadProposal, ...], tuple[Fault, ...]]:
    """Against the year's call. Raises NotFound (call)."""
    with house.reading.connect() as conn:
        call = calls.call_of(conn, here.congress.id, year)
    if call is None:
        raise NotFound(kind="call", id=str(year))
    taker = Taker(
        congress=here.congress.id,
        year=year,
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        today=house.office.today(),
    )
    return read_proposals(table, taker)


def _form(request: Request, house: House, here: Place, year: int) -> dict[str, Any]:
    with house.reading.connect() as conn:
        chosen, _years = chosen_year(conn, here, house.office.today(), year)
    return {
        "headings": [(column.heading, column.heading in REQUIRED_COLUMNS) for column in COLUMNS],
        "root": root_of(request, here),
        "year": chosen,
        "most_mb": MOST_MEGABYTES,
    }


LIST = TableImport(
    kind="proposals", read=_read, root=root_of, form=_form, coming=lambda *_asked: {"channels": CHANNELS}
)
