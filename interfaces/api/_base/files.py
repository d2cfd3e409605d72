"""Photos and documents by program: sent first, kept for an hour, named by what is recorded next.

They are looked through exactly as on the pages, and become part of the record only when a command takes them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import File, UploadFile
from pydantic import Field

from application.office import KeyUsedOtherwise
from application.private import uploads
from application.private.uploads import Upload, UploadForgotten
from domain.files import Attached, FileType
from domain.shared import Invalid
from domain.supervision.wording import MOST_FILES
from interfaces.api._base.callers import At
from interfaces.api._base.models import Id, Shown
from interfaces.public.proposing.photos import PURPOSE, HeldPhoto, attach
from interfaces.uploads import document, limits, photo
from interfaces.web.candidates.papers import Sent

ID = "0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"

SentPhoto = Annotated[UploadFile, File(description="JPEG、PNG 或 WEBP，最大 10 MB。", examples=["现场.jpg"])]
SentDocument = Annotated[
    UploadFile,
    File(description="PDF、DOCX、XLSX、JPEG 或 PNG，没有宏和密码，最大 20 MB。", examples=["市财政局意见.pdf"]),
]
SentDocuments = Annotated[
    tuple[Id, ...], Field(max_length=MOST_FILES, description="先上传的文件的标识，可以没有。", examples=[[ID]])
]


class PhotoSent(Shown):
    """A photo that waits to be named."""

    photo: UUID = Field(description="随后登记时写这个标识，一小时内有效。", examples=[ID])
    name: str = Field(description="文件名。", examples=["现场.jpg"])


class DocumentSent(Shown):
    """A document that waits to be named."""

    document: UUID = Field(description="随后登记时写这个标识，一小时内有效。", examples=[ID])
    name: str = Field(description="文件名。", examples=["市财政局意见.pdf"])


class FileShown(Shown):
    """A file that is kept."""

    id: UUID = Field(description="标识。", examples=[ID])
    name: str = Field(description="文件名。", examples=["整改情况.pdf"])
    type: FileType = Field(description="类型，从内容认出。", examples=["application/pdf"])
    size: int = Field(description="字节数。", examples=[48213])


def keep_photo(here: At, sent: UploadFile) -> PhotoSent:
    """Drawn anew without what the camera wrote into it. Raises what interfaces.uploads refuses."""
    made = photo(sent.filename or "", sent.file.read(limits.PHOTO_BYTES + 1))
    return PhotoSent(photo=_kept(here, PURPOSE, made.name, made.content), name=made.name)


def keep_document(here: At, sent: UploadFile) -> DocumentSent:
    """Looked through; its bytes wait as they came. Raises what interfaces.uploads refuses."""
    content = sent.file.read(limits.DOCUMENT_BYTES + 1)
    made = document(sent.filename or "", content)
    return DocumentSent(document=_kept(here, _documents(here), made.name, content), name=made.name)


def sent_photos(here: At, photos: Sequence[UUID]) -> tuple[Attached, ...]:
    """The photos that were sent first, kept for good. Raises Invalid (photos) for one that is forgotten."""
    found = [(one, _sent(here, PURPOSE, one, "photos")) for one in dict.fromkeys(photos)]
    held = [HeldPhoto(id=one, name=kept.name, content=kept.content) for one, kept in found]
    return attach(here.house, here.congress.id, held)


def sent_document(here: At, upload: UUID | None) -> Sent | None:
    """The document that was sent first. Raises Invalid (document) for one that is forgotten."""
    if upload is None:
        return None
    kept = _sent(here, _documents(here), upload, "document")
    return Sent(kept.name, kept.content)


def sent_documents(here: At, documents: Sequence[UUID]) -> list[Sent]:
    """The documents that were sent first. Raises Invalid (documents) for one that is forgotten."""
    found = [_sent(here, _documents(here), one, "documents") for one in dict.fromkeys(documents)]
    return [Sent(kept.name, kept.content) for kept in found]


def files_shown(rows: Iterable[Mapping[str, Any]]) -> list[FileShown]:
    """Files as rows of a read model hold them."""
    return [FileShown(id=one["file"], name=one["name"], type=one["type"], size=one["size"]) for one in rows]


def attached_shown(files: Iterable[Attached]) -> list[FileShown]:
    """Files as facts hold them."""
    return [FileShown(id=one.file, name=one.name, type=one.type, size=one.size) for one in files]


def _kept(here: At, purpose: str, name: str, content: bytes) -> UUID:
    """The same file under the same key is kept once. Raises KeyUsedOtherwise for another under this key."""
    by, now = here.by(), here.house.office.now()
    made = here.house.office.new_id(by, f"sent/{purpose}")
    sent = Upload(name=name, content=content)
    try:
        before = uploads.kept(here.house.private, here.actor.account, purpose, made, now)
    except UploadForgotten:
        return uploads.keep(here.house.private, here.actor.account, purpose, sent, now, made)
    if before != sent:
        raise KeyUsedOtherwise(key=by.key)
    return made


def _sent(here: At, purpose: str, upload: UUID, field: str) -> Upload:
    try:
        return uploads.kept(here.house.private, here.actor.account, purpose, upload, here.house.office.now())
    except UploadForgotten:
        raise Invalid(field=field, reason="forgotten", value=str(upload)) from None


def _documents(here: At) -> str:
    return f"document/{here.congress.id}"
