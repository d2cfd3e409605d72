"""Files as grey pictures: JPEG and PNG as one, a PDF as one for each page. Only the pixels are taken."""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

MOST_BYTES: Final = 200_000_000
MOST_PIXELS: Final = 120_000_000
"""A sheet at 600 dots to the inch has 35 million; more is a mistake or an attack."""

Grey = npt.NDArray[np.uint8]

LONGEST: Final = 3600
"""Dots along the longer side that are looked at; an A4 sheet at 300 dots to the inch has 3508."""
_PDF_DOTS: Final = 200
_LEAST_SIDE: Final = 100
_MOST_PAGES: Final = 5_000
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The segments of a JPEG file that say its size."""


class NotAPicture(ValueError):
    """The content is no picture that can be read."""


def pages_of(content: bytes) -> Iterator[Grey]:
    """The pages of a file. Raises NotAPicture, for a PDF possibly after some of its pages."""
    if len(content) > MOST_BYTES:
        raise NotAPicture
    if content[:1024].lstrip().startswith(b"%PDF"):
        yield from _pages_of_pdf(content)
    else:
        yield _picture(content)


def _picture(content: bytes) -> Grey:
    """Turned as the camera says, which is all that is taken from what it wrote beside the pixels."""
    if not 0 < _pixels_of(content) <= MOST_PIXELS:
        raise NotAPicture
    try:
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        raise NotAPicture from None
    if decoded is None:
        raise NotAPicture
    if min(decoded.shape) < _LEAST_SIDE:
        raise NotAPicture
    return _of_workable_size(np.asarray(decoded, np.uint8))


def _pixels_of(content: bytes) -> int:
    """How many the picture says it has, before any is unpacked; 0 where it is neither PNG nor JPEG."""
    if content.startswith(b"\x89PNG"):
        return int.from_bytes(content[16:20], "big") * int.from_bytes(content[20:24], "big")
    at = 2 if content.startswith(b"\xff\xd8") else len(content)
    while content[at : at + 1] == b"\xff" and at + 9 < len(content):
        if content[at + 1] in _FRAMES:
            return int.from_bytes(content[at + 5 : at + 7], "big") * int.from_bytes(content[at + 7 : at + 9], "big")
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return 0


def _pages_of_pdf(content: bytes) -> Iterator[Grey]:
    try:
        with pypdfium2.PdfDocument(content) as document:
            if len(document) > _MOST_PAGES:
                raise NotAPicture
            for page in document:
                scale = min(_PDF_DOTS / 72, LONGEST / max(1.0, *page.get_size()))
                bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
                drawn = np.array(bitmap.to_numpy(), np.uint8).reshape(bitmap.height, bitmap.width)
                yield np.where(drawn < 128, 0, 255).astype(np.uint8) if _is_black_and_white(page) else drawn
                page.close()
    except pypdfium2.PdfiumError:
        raise NotAPicture from None


def _is_black_and_white(page: pypdfium2.PdfPage) -> bool:
    """Whether the scanner wrote black and white only; drawn smaller it would look grey, and pale marks are lost."""
    images = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    return any(image.get_metadata().bits_per_pixel == 1 for image in images)


def _of_workable_size(picture: Grey) -> Grey:
    longer = max(picture.shape)
    if longer <= LONGEST:
        return picture
    share = LONGEST / longer
    return np.asarray(cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)
