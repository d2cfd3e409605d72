"""Documents that go along with an approval or a decision: sent first, named by what is recorded next."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, File, UploadFile
from pydantic import Field

from application.private import uploads
from application.private.uploads import UploadForgotten
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import Invalid
from interfaces.api._base.callers import At, needing
from interfaces.api._base.models import Shown
from interfaces.api._base.operations import operations
from interfaces.uploads import document
from interfaces.uploads.limits import DOCUMENT_BYTES
from interfaces.web.candidates.papers import Sent

router = operations("screening", read=Scope.CANDIDATES_READ, write=Scope.CANDIDATES_WRITE)

ID = "0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"

Recorder = Annotated[At, Depends(needing(Act.RECORD_APPROVALS))]
SentDocument = Annotated[
    UploadFile, File(description="PDF、DOCX、XLSX、JPEG 或 PNG，最大 20 MB。", examples=["市财政局意见.pdf"])
]


class DocumentSent(Shown):
    """A document that waits to be named."""

    document: UUID = Field(description="登记审定意见、公布名单或者发送材料时写这个标识，一小时内有效。", examples=[ID])
    name: str = Field(description="文件名。", examples=["市财政局意见.pdf"])


@router.post(
    "/congresses/{slug}/documents",
    summary="先上传文件",
    description="查看文件的格式，留存一小时；随后登记审定意见或者公布名单时写明标识，才成为记录的一部分。",
)
def send(here: Recorder, document_file: SentDocument) -> DocumentSent:
    """A document is looked through and kept until it is named."""
    return kept_an_hour(here, document_file)


def kept_an_hour(here: At, document_file: UploadFile) -> DocumentSent:
    """Looks a document through and keeps it for this account. Raises what interfaces.uploads refuses."""
    content = document_file.file.read(DOCUMENT_BYTES + 1)
    made = document(document_file.filename or "", content)
    sent = uploads.Upload(name=made.name, content=content)
    kept = uploads.keep(here.house.private, here.actor.account, _purpose(here), sent, here.house.office.now())
    return DocumentSent(document=kept, name=made.name)


def sent_before(here: At, upload: UUID | None) -> Sent | None:
    """The document that was sent first. Raises Invalid (document) for one that is forgotten."""
    if upload is None:
        return None
    try:
        now = here.house.office.now()
        kept = uploads.kept(here.house.private, here.actor.account, _purpose(here), upload, now)
    except UploadForgotten:
        raise Invalid(field="document", reason="forgotten", value="") from None
    return Sent(kept.name, kept.content)


def _purpose(here: At) -> str:
    return f"document/{here.congress.id}"
