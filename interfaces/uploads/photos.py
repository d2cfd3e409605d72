"""Photos: read by their bytes, weighed before they are decoded, drawn anew without anything a camera wrote into them.

Drawing them anew also takes out whatever else a file may carry: place, owner, a second file behind the picture.
"""

import io
from contextlib import suppress
from threading import BoundedSemaphore
from typing import Final

from PIL import Image, ImageOps

from application.private.files import Upload
from domain.files import FileType
from interfaces.uploads.limits import PHOTO_BYTES, PHOTO_SIDE, POINTS, POINTS_WHOLE, SIDE
from interfaces.uploads.names import safe_name, shown_name
from interfaces.uploads.refusals import UploadOfWrongType, UploadTooLarge, UploadUnreadable

TAKEN: Final = "JPG、PNG、WEBP"
_READ: Final = ("JPEG", "PNG", "WEBP")
_JPEGS: Final = ("JPEG", "MPO")
_QUALITY: Final = 82
_TURNED: Final = 0x0112
"""The EXIF tag that says how the camera was held."""

_DRAWING: Final = BoundedSemaphore(2)
"""Pictures drawn at once: each takes up to 200 MB and a core."""


def photo(name: str, content: bytes) -> Upload:
    """The photo as it is kept: an upright JPEG of at most 1600 points a side.

    Raises UploadTooLarge, UploadOfWrongType or UploadUnreadable.
    """
    if len(content) > PHOTO_BYTES:
        raise UploadTooLarge(name=shown_name(name), limit=f"{PHOTO_BYTES // (1024 * 1024)} MB")
    if not looks_like_picture(content):
        raise UploadOfWrongType(name=shown_name(name), taken=TAKEN)
    return drawn_anew(name, content, PHOTO_SIDE)


def looks_like_picture(content: bytes) -> bool:
    """Whether the bytes begin as JPEG, PNG or WEBP do."""
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return is_webp or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def drawn_anew(name: str, content: bytes, side: int) -> Upload:
    """The picture as a JPEG whose longer side has at most so many points. Raises UploadTooLarge or UploadUnreadable."""
    try:
        with _DRAWING, Image.open(io.BytesIO(content), formats=_READ) as picture:
            _weigh(name, picture)
            drawn = _drawn(picture, side)
    except UploadTooLarge:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UploadTooLarge(name=shown_name(name), limit=f"{POINTS_WHOLE // 1_000_000} MP") from None
    except Exception as error:  # a crafted file makes the library raise nearly anything
        raise UploadUnreadable(name=shown_name(name)) from error
    return Upload(name=safe_name(name, FileType.JPEG), type=FileType.JPEG, content=drawn)


def _weigh(name: str, picture: Image.Image) -> None:
    """The size a picture states binds its decoder, so a bomb is known before a point of it is drawn."""
    width, height = picture.size
    most = POINTS if picture.format in _JPEGS else POINTS_WHOLE
    if max(width, height) > SIDE or width * height > most:
        raise UploadTooLarge(name=shown_name(name), limit=f"{most // 1_000_000} MP")


def _drawn(picture: Image.Image, side: int) -> bytes:
    turned = picture.getexif().get(_TURNED, 1)
    picture.draft("RGB", (side, side))  # a JPEG is then unpacked no larger than needed
    plain = _on_white(picture)
    plain.thumbnail((side, side), Image.Resampling.LANCZOS)
    plain.info = {}
    with suppress(KeyError, ValueError):
        plain.getexif()[_TURNED] = turned
    upright = ImageOps.exif_transpose(plain)
    upright.info = {}
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True, exif=b"")
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """In plain colours; what is transparent becomes white."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture.convert("RGB")
