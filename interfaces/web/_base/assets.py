"""Static files under names that hold the hash of their content, so that browsers may keep them for ever."""

from base64 import b64encode
from functools import lru_cache
from gzip import compress
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

STATIC = Path(__file__).parents[2] / "static"
_HASH_DIGITS = 12
_SQUEEZED = (".css", ".js", ".svg", ".json", ".txt")

router = APIRouter()


class _Asset(NamedTuple):
    content: bytes
    squeezed: bytes | None
    digest: str
    integrity: str


def static(path: str) -> str:
    """The address of a file of `interfaces/static`, e.g. `static("css/office.css")`.

    Raises FileNotFoundError: a page never links what is not there.
    """
    pure = PurePosixPath(path)
    return f"/static/{pure.with_name(f'{pure.stem}.{_asset(path).digest}{pure.suffix}')}"


def integrity(path: str) -> str:
    """The hash that a page names beside a file's address (Subresource Integrity): the browser runs no other content.

    Raises FileNotFoundError.
    """
    return _asset(path).integrity


@router.get("/static/{path:path}", include_in_schema=False)
def file(path: str, request: Request) -> Response:
    """A static file; for ever under its hashed name, to be asked for anew under its plain one."""
    plain, digest = _parted(path)
    try:
        asset = _asset(plain)
    except FileNotFoundError:
        raise HTTPException(404) from None
    if digest is not None and digest != asset.digest:
        raise HTTPException(404)
    headers = {
        "ETag": f'"{asset.digest}"',
        "Cache-Control": "public, max-age=31536000, immutable" if digest else "no-cache",
        "Vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    kind = guess_type(plain)[0] or "application/octet-stream"
    if asset.squeezed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.squeezed, media_type=kind, headers={**headers, "Content-Encoding": "gzip"})
    return Response(asset.content, media_type=kind, headers=headers)


def _parted(path: str) -> tuple[str, str | None]:
    """`css/office.0123456789ab.css` is the file `css/office.css` under its hash."""
    pure = PurePosixPath(path)
    stem, _, digest = pure.stem.rpartition(".")
    if stem and len(digest) == _HASH_DIGITS and all(c in "0123456789abcdef" for c in digest):
        return str(pure.with_name(f"{stem}{pure.suffix}")), digest
    return path, None


def _asset(path: str) -> _Asset:
    file_path = (STATIC / path).resolve()
    if not file_path.is_relative_to(STATIC.resolve()) or not file_path.is_file():
        raise FileNotFoundError(path)
    stat = file_path.stat()
    return _read(file_path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int, _size: int) -> _Asset:
    content = path.read_bytes()
    squeezed = compress(content, mtime=0) if path.suffix in _SQUEEZED else None
    digest = sha256(content)
    named = f"sha256-{b64encode(digest.digest()).decode('ascii')}"
    return _Asset(content, squeezed, digest.hexdigest()[:_HASH_DIGITS], named)
