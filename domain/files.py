"""A file that stands beside facts: photos, scans, documents. Facts name it; its bytes lie in an erasable store."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class FileType(StrEnum):
    """What is taken in; the type is read from the bytes, never from the name."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file of a fact. `digest` is the SHA-256 of its bytes, so that a scan cannot be exchanged unnoticed."""

    file: UUID
    name: str
    """As shown to people; made safe at the edge."""
    type: FileType
    size: int
    """Bytes."""
    digest: str
    """64 hexadecimal digits."""
