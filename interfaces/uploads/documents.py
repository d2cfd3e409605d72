"""Documents: PDF, DOCX, XLSX and scans as pictures. What could run, explode or not be opened is refused."""

import io
import re
import zipfile
import zlib
from typing import Final

from application.private.files import Upload
from domain.files import FileType
from interfaces.uploads.limits import DOCUMENT_BYTES, PARTS, RATIO, SCAN_SIDE, SMALL_PART, UNPACKED_BYTES
from interfaces.uploads.names import safe_name, shown_name
from interfaces.uploads.photos import drawn_anew, looks_like_picture
from interfaces.uploads.refusals import (
    UploadEncrypted,
    UploadOfWrongType,
    UploadTooLarge,
    UploadUnreadable,
    UploadWithMacros,
)

TAKEN: Final = "PDF、DOCX、XLSX、JPG、PNG"
_PDF: Final = b"%PDF-"
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old .doc and .xls, and what a password locks."""

_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_TAIL: Final = 2048
_PROGRAMS: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_MACRO_PARTS: Final = re.compile(r"vbaproject|/macrosheets/|/dialogsheets/|/activex/|oleobject", re.IGNORECASE)
_MAIN: Final = {"word/document.xml": FileType.DOCX, "xl/workbook.xml": FileType.XLSX}
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
_CONTENT_TYPES: Final = "[Content_Types].xml"


def document(name: str, content: bytes) -> Upload:
    """The document as it is kept; pictures are drawn anew, others keep their bytes under a safe name.

    Raises UploadTooLarge, UploadOfWrongType, UploadUnreadable, UploadWithMacros or UploadEncrypted.
    """
    said = shown_name(name)
    if len(content) > DOCUMENT_BYTES:
        raise UploadTooLarge(name=said, limit=f"{DOCUMENT_BYTES // (1024 * 1024)} MB")
    if looks_like_picture(content):
        return drawn_anew(name, content, SCAN_SIDE)
    if content.startswith(_PDF):
        kind = _pdf(said, content)
    elif content.startswith(_ZIP):
        kind = _packed(said, content)
    elif content.startswith(_COMPOUND) and _LOCKED in content:
        raise UploadEncrypted(name=said)
    else:
        raise UploadOfWrongType(name=said, taken=TAKEN)
    return Upload(name=safe_name(name, kind), type=kind, content=content)


def _pdf(said: str, content: bytes) -> FileType:
    if b"%%EOF" not in content[-_TAIL:]:
        raise UploadUnreadable(name=said)
    if re.search(rb"/Encrypt\b", content):
        raise UploadEncrypted(name=said)
    if _PROGRAMS.search(content):
        raise UploadWithMacros(name=said)
    return FileType.PDF


def _packed(said: str, content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _weigh(said, parts)
            kind = _kind(said, parts)
            types = archive.read(_CONTENT_TYPES)
    except _BROKEN as error:
        raise UploadUnreadable(name=said) from error
    if b"macroEnabled" in types:
        raise UploadWithMacros(name=said)
    return kind


def _weigh(said: str, parts: list[zipfile.ZipInfo]) -> None:
    """The sizes a zip states bind its readers, so a bomb is known before a byte of it is unpacked."""
    if any(part.flag_bits & 0x1 for part in parts):
        raise UploadEncrypted(name=said)
    swollen = any(part.file_size > max(SMALL_PART, part.compress_size * RATIO) for part in parts)
    if swollen or len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED_BYTES:
        raise UploadTooLarge(name=said, limit=f"{UNPACKED_BYTES // (1024 * 1024)} MB")


def _kind(said: str, parts: list[zipfile.ZipInfo]) -> FileType:
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise UploadUnreadable(name=said)
    if any(_MACRO_PARTS.search(name) for name in names):
        raise UploadWithMacros(name=said)
    known = next((kind for main, kind in _MAIN.items() if main in names), None)
    if known is None or _CONTENT_TYPES not in names:
        raise UploadOfWrongType(name=said, taken=TAKEN)
    return known
