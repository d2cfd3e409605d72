"""Names of files as they may be shown, stored and sent."""

from pathlib import PurePosixPath
from typing import Final
from unicodedata import category, normalize

from domain.files import FileType
from interfaces.uploads.limits import NAME

SUFFIXES: Final[dict[FileType, str]] = {
    FileType.JPEG: ".jpg",
    FileType.PNG: ".png",
    FileType.WEBP: ".webp",
    FileType.PDF: ".pdf",
    FileType.DOCX: ".docx",
    FileType.XLSX: ".xlsx",
}
_UNSAFE: Final = frozenset('<>:"|?*%;`')
_NAMELESS: Final = "file"


def shown_name(name: str) -> str:
    """The last part of a path, without control characters, changes of direction and what file systems refuse."""
    last = PurePosixPath(normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(c for c in last if category(c)[0] != "C" and c not in _UNSAFE)
    return " ".join(kept.split()).strip(". ")[:NAME] or _NAMELESS


def safe_name(name: str, kind: FileType) -> str:
    """The shown name with the suffix of what the file is."""
    suffix = SUFFIXES[kind]
    stem = PurePosixPath(shown_name(name)).stem.strip(". ") or _NAMELESS
    return stem[: NAME - len(suffix)] + suffix
