"""Files as grey pictures: JPEG and PNG as one, a PDF as one for each page. Only the pixels are taken."""

import os
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

MOST_BYTES: Final = 200_000_000
MOST_PIXELS: Final = 120_000_000
"""A sheet at 600 dots to the inch has 35 million; more is a mistake or an attack."""

os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MOST_PIXELS))  # read once, when the library is loaded
import cv2  # noqa: E402 - the line above comes first
import pypdfium2  # noqa: E402

Grey = npt.NDArray[np.uint8]

LONGEST: Final = 3600
"""Dots along the longer side that are looked at; an A4 sheet at 300 dots to the inch has 3508."""
_PDF_DOTS: Final = 200
_MOST_PAGES: Final = 5_000


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
    if not content.startswith((b"\xff\xd8", b"\x89PNG")):
        raise NotAPicture
    try:
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        raise NotAPicture from None
    if decoded is None:
        raise NotAPicture
    return _of_workable_size(np.asarray(decoded, np.uint8))


def _pages_of_pdf(content: bytes) -> Iterator[Grey]:
    try:
        with pypdfium2.PdfDocument(content) as document:
            if len(document) > _MOST_PAGES:
                raise NotAPicture
            for page in document:
                scale = min(_PDF_DOTS / 72, LONGEST / max(page.get_size()))
                bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
                yield np.array(bitmap.to_numpy(), np.uint8).reshape(bitmap.height, bitmap.width)
                page.close()
    except pypdfium2.PdfiumError:
        raise NotAPicture from None


def _of_workable_size(picture: Grey) -> Grey:
    longer = max(picture.shape)
    if longer <= LONGEST:
        return picture
    share = LONGEST / longer
    return np.asarray(cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)
