"""Handing a kept file out: never as a page of ours."""

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from application.private.files import KeptFile
from domain.files import FileType

_PICTURE: Final = "default-src 'none'; sandbox"
_PDF: Final = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
"""Without `sandbox`: browsers do not show a PDF in one. Its scripts were refused when it came in."""

_DOWNLOAD: Final = "default-src 'none'; sandbox"
_INLINE: Final = {
    FileType.JPEG: _PICTURE,
    FileType.PNG: _PICTURE,
    FileType.WEBP: _PICTURE,
    FileType.PDF: _PDF,
}


def file_response(kept: KeptFile, *, keep_seconds: int = 0) -> Response:
    """Pictures and PDF open in the browser, everything else is saved; `keep_seconds`: how long the browser may keep it.

    Whoever makes the address has checked that the reader may see the file.
    """
    way = "inline" if kept.type in _INLINE else "attachment"
    caching = f"private, max-age={keep_seconds}" if keep_seconds else "private, no-store"
    return Response(
        kept.content,
        media_type=kept.type.value,
        headers={
            "Content-Disposition": f"{way}; filename*=UTF-8''{quote(kept.name, safe='')}",
            "Content-Security-Policy": _INLINE.get(kept.type, _DOWNLOAD),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": caching,
        },
    )
