"""What is sent and shown of materials and their readers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from domain.files import Attached, FileType
from interfaces.api._base.models import LINE, LINES, Asked, Id, Shown
from interfaces.web.materials.reading import Readership
from projections.materials import MaterialRow

ID = "5c4b3a29-1807-5f6e-9d5c-4b3a29180716"
FILE = "c2a1b0f9-e8d7-5c6b-a594-837261504f3e"

TheMaterial = Annotated[UUID, Path(description="材料的标识。", examples=[ID])]


class MaterialBody(Asked):
    """A material to be sent."""

    session: Id = Field(description="会议的标识。", examples=["6d2f4c1e-8a9b-5c3d-9e4f-5a6b7c8d9e0f"])
    title: str = Field(pattern=LINE, max_length=100, description="标题。", examples=["会议议程（草案）"])
    words: str = Field(default="", pattern=LINES, max_length=5000, description="正文或说明。", examples=["共三项。"])
    document: Id | None = Field(default=None, description="先上传的文件的标识；没有为 null。", examples=[FILE])
    delegations: list[Annotated[str, Field(pattern=LINE, max_length=100)]] = Field(
        default_factory=list, max_length=200, description="发给哪些代表团；空为全体代表。", examples=[[]]
    )


class EditionBody(Asked):
    """A better edition."""

    title: str = Field(pattern=LINE, max_length=100, description="标题。", examples=["会议议程"])
    words: str = Field(default="", pattern=LINES, max_length=5000, description="正文或说明。", examples=["共四项。"])
    document: Id | None = Field(default=None, description="先上传的新文件的标识；不填沿用原来的。", examples=[FILE])
    reason: str = Field(pattern=LINE, max_length=500, description="更换理由，代表会看到。", examples=["增加一项"])


class DocumentShown(Shown):
    """A file that is kept."""

    id: UUID = Field(description="标识。", examples=[FILE])
    name: str = Field(description="文件名。", examples=["会议议程.pdf"])
    type: FileType = Field(description="类型，从内容认出。", examples=["application/pdf"])
    size: int = Field(description="字节数。", examples=[48213])
    digest: str = Field(description="内容的 SHA-256。", examples=["9f86d081884c7d659a2feaa0c55ad015"])


class DelegationRead(Shown):
    """How far a delegation has read."""

    name: str = Field(description="代表团。", examples=["青山区代表团"])
    read: int = Field(description="已读几人。", examples=[31])
    total: int = Field(description="共几人。", examples=[40])
    unread: list[UUID] = Field(description="未读的代表。", examples=[["0f7f3a44-6a53-5a53-8a2f-0b0a8f6c9d21"]])


class ReadersShown(Shown):
    """Who has read."""

    read: int = Field(description="已读几人。", examples=[120])
    total: int = Field(description="发给几人。", examples=[327])
    reminded_on: date | None = Field(description="最近一次提醒；没有为 null。", examples=["2026-01-12"])
    delegations: list[DelegationRead] = Field(description="逐代表团，按名册的顺序。")


class MaterialLine(Shown):
    """A material."""

    id: UUID = Field(description="标识。", examples=[ID])
    session: UUID = Field(description="会议的标识。", examples=["6d2f4c1e-8a9b-5c3d-9e4f-5a6b7c8d9e0f"])
    title: str = Field(description="标题。", examples=["会议议程（草案）"])
    words: str = Field(description="正文或说明。", examples=["共三项。"])
    document: DocumentShown | None = Field(description="文件；没有为 null。")
    delegations: list[str] = Field(description="发给哪些代表团；空为全体代表。", examples=[[]])
    edition: int = Field(description="第几版。", examples=[1])
    sent_on: date = Field(description="这一版发出的日期。", examples=["2026-01-10"])
    is_withdrawn: bool = Field(description="是否已撤回。", examples=[False])
    withdrawn_because: str = Field(description="撤回理由。", examples=[""])


class MaterialShown(MaterialLine):
    """A material with its readers."""

    readers: ReadersShown = Field(description="最新一版的阅读情况。")


class OwnMaterialShown(MaterialLine):
    """A material as the delegate has it."""

    is_read: bool = Field(description="本人是否已读最新一版。", examples=[False])


def document_shown(file: Attached) -> DocumentShown:
    """A kept file."""
    return DocumentShown(id=file.file, name=file.name, type=file.type, size=file.size, digest=file.digest)


def line(row: MaterialRow) -> MaterialLine:
    """A material by itself."""
    latest = row.latest
    return MaterialLine(
        id=row.material,
        session=row.session,
        title=latest.title,
        words=latest.words,
        document=document_shown(latest.file) if latest.file else None,
        delegations=list(row.delegations),
        edition=latest.edition,
        sent_on=latest.sent_on,
        is_withdrawn=row.is_withdrawn,
        withdrawn_because=row.withdrawn_because,
    )


def readers_shown(readers: Readership) -> ReadersShown:
    """Who has read."""
    return ReadersShown(
        read=readers.read,
        total=readers.total,
        reminded_on=readers.reminder.on if readers.reminder else None,
        delegations=[
            DelegationRead(name=one.name, read=one.read, total=one.total, unread=[d.id for d in one.unread])
            for one in readers.delegations
        ],
    )
