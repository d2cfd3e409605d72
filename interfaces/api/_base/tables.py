"""Tables that are sent to be checked, and files that are sent back."""

from typing import Annotated, Any, Final

from fastapi import File, Response, UploadFile
from pydantic import Field

from application.private.uploads import Upload
from interfaces.api._base.models import Shown
from interfaces.tables.faults import Fault, sentence
from interfaces.tables.table import LARGEST_FILE

WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"

SentTable = Annotated[
    UploadFile, File(description="表格文件：.xlsx 或 .csv，最大 5 MB，第一行是标题。", examples=["代表名册.xlsx"])
]


class FaultShown(Shown):
    """One mistake in a table."""

    row: int = Field(description="第几行，与表格软件所示相同。", examples=[3])
    column: str = Field(description="列的标题。", examples=["代表团"])
    code: str = Field(description="哪里不对，给程序看的固定用词。", examples=["unknown_delegation"])
    detail: str = Field(description="给人看的话。", examples=["没有「城中代表团」这个代表团。"])


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
