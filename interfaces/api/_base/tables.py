"""Tables that are sent to be checked, and files that are sent back."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import File, Response, UploadFile
from pydantic import Field

from application.private.uploads import Upload, UploadForgotten
from domain.shared import Invalid
from interfaces.api._base.callers import At
from interfaces.api._base.models import Asked, Id, Shown, Whole
from interfaces.tables.faults import Fault, sentence
from interfaces.tables.table import LARGEST_FILE
from interfaces.web._base.sent_tables import CheckedTable as Checked
from interfaces.web._base.sent_tables import Read, TableImport

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"
ID: Final = "0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"

SentTable = Annotated[
    UploadFile, File(description="表格文件：.xlsx 或 .csv，最大 5 MB，第一行是标题。", examples=["代表名册.xlsx"])
]


class FaultShown(Shown):
    """One mistake in a table."""

    row: int = Field(description="第几行，与表格软件所示相同。", examples=[3])
    column: str = Field(description="列的标题。", examples=["代表团"])
    code: str = Field(description="哪里不对，给程序看的固定用词。", examples=["unknown_delegation"])
    detail: str = Field(description="给人看的话。", examples=["没有「城中代表团」这个代表团。"])


class CheckedTable(Shown):
    """What a table would bring."""

    upload: UUID = Field(description="留存的文件，一小时内可据此导入。", examples=[ID])
    source: str = Field(description="文件名。", examples=["实施计划.xlsx"])
    rows: int = Field(description="没有差错、可以导入的行数。", examples=[12])
    faults: list[FaultShown] = Field(description="全部差错；有差错的行不导入。")


class TableConfirmed(Asked):
    """The confirmation of a checked table."""

    upload: Id = Field(description="核对时得到的文件标识。", examples=[ID])
    rows: Whole = Field(ge=1, le=20_000, description="核对时得到的行数；此后有变化则不办理。", examples=[12])


def check_table(here: At, of: TableImport[Read], sent: UploadFile, year: int) -> CheckedTable:
    """Keeps the table for an hour and tells what it would bring. Raises UnreadableTable."""
    upload = of.keep(here.house, here.place, upload_of(sent))
    checked = of.check(here.house, here.place, upload, year)
    return CheckedTable(
        upload=upload, source=checked.source, rows=len(checked.rows), faults=faults_shown(checked.faults)
    )


def checked_again(
    here: At, of: TableImport[Read], body: TableConfirmed, year: int, *, is_repeated: bool = False
) -> Checked[Read]:
    """A checked table with as many good rows as were told.

    Raises Invalid (upload, rows); the number may differ where this very request `is_repeated` and acted before.
    """
    try:
        checked = of.check(here.house, here.place, body.upload, year)
    except UploadForgotten:
        raise Invalid(field="upload", reason="forgotten", value="") from None
    if len(checked.rows) != body.rows and not is_repeated:
        raise Invalid(field="rows", reason="rows_changed", value=str(len(checked.rows)))
    return checked


def upload_of(sent: UploadFile) -> Upload:
    """The file as it is kept while it is checked."""
    return Upload(name=sent.filename or "", content=sent.file.read(LARGEST_FILE + 1))


def faults_shown(faults: tuple[Fault, ...]) -> list[FaultShown]:
    """The mistakes in the language of the request."""
    return [
        FaultShown(row=fault.row, column=fault.column, code=fault.reason.value, detail=sentence(fault))
        for fault in faults
    ]


def file_of(kind: str) -> dict[str, Any]:
    """How an operation that answers with a file declares it."""
    return {
        "response_class": Response,
        "responses": {200: {"content": {kind: {"schema": {"type": "string", "format": "binary"}}}}},
    }
