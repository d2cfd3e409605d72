"""Files that a page hands out: named in Chinese, kept by nobody on the way."""

from urllib.parse import quote

from starlette.responses import Response


def pdf(content: bytes, name: str) -> Response:
    """A PDF to save."""
    return file(content, name, "application/pdf")


def file(content: bytes, name: str, media_type: str) -> Response:
    """A file to save under a name that may be Chinese."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
