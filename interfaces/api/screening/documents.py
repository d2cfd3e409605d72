"""Documents that go along with an approval or a decision: sent first, named by what is recorded next."""

from typing import Annotated

from fastapi import Depends

from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from interfaces.api._base.callers import At, needing
from interfaces.api._base.files import DocumentSent, SentDocument, keep_document
from interfaces.api._base.operations import operations

router = operations("screening", read=Scope.CANDIDATES_READ, write=Scope.CANDIDATES_WRITE)

Recorder = Annotated[At, Depends(needing(Act.RECORD_APPROVALS))]


@router.post(
    "/congresses/{slug}/documents",
    summary="先上传文件",
    description="查看文件的格式，留存一小时；随后登记审定意见或者公布名单时写明标识，才成为记录的一部分。",
)
def send(here: Recorder, document_file: SentDocument) -> DocumentSent:
    """A document is looked through and kept until it is named."""
    return keep_document(here, document_file)
