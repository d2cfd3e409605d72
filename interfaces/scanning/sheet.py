"""One page of a ballot paper, read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import zxingcpp

from interfaces.paper.form_code import LAYOUT, PageCode, read_code, shown_code
from interfaces.paper.layout import Area, PaperLayout, PaperPage, PaperRow
from interfaces.scanning.boxes import BoxSeen, BoxState, mark_of, seen_boxes
from interfaces.scanning.pictures import Grey
from interfaces.scanning.result import DOUBTFUL, Doubt, UnreadReason
from interfaces.scanning.straightening import DOTS, CannotStraighten, FlatPage, flat

_CODES: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_QUALITY: Final = 80
_QUIET: Final = 4.0
_MOST_UNSEEN: Final = 0.25
"""Share of boxes without a visible frame from which the whole page goes to people."""


class CannotRead(ValueError):
    """The page goes to people; `reason` says why."""

    def __init__(self, reason: UnreadReason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """A page: its number in the paper, the marks on its items, and what people decide."""

    number: int
    marks: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def read_page(picture: Grey, layout: PaperLayout, code: str) -> PageRead:
    """The page of the form with this code. Raises CannotRead, CannotStraighten."""
    page = _flat(picture, layout, code)
    said = _code_in(_cut(page.picture, layout.code, _QUIET)) or _code_in(picture)
    if said is None:
        raise CannotRead(UnreadReason.NO_CODE)
    if said.form != code:
        raise CannotRead(UnreadReason.OTHER_FORM, shown_code(said.form))
    if said.layout != LAYOUT or said.pages != len(layout.pages) or not 1 <= said.page <= said.pages:
        raise CannotRead(UnreadReason.OTHER_LAYOUT)
    return _read(page, layout.pages[said.page - 1])


def _flat(picture: Grey, layout: PaperLayout, code: str) -> FlatPage:
    """The page laid flat; a paper of another poll is called so also if it has another size, or no markers."""
    try:
        return flat(picture, layout)
    except CannotStraighten:
        said = _code_in(picture)
        if said is not None and said.form != code:
            raise CannotRead(UnreadReason.OTHER_FORM, shown_code(said.form)) from None
        raise


def _code_in(picture: Grey) -> PageCode | None:
    found = (read_code(seen.text) for seen in zxingcpp.read_barcodes(picture, formats=_CODES))
    return next((said for said in found if said is not None), None)


def _read(page: FlatPage, place: PaperPage) -> PageRead:
    seen = [seen_boxes(page.ink, row, place.columns) for row in place.rows]
    _refuse_unseen(seen)
    marks = tuple(mark_of(row, boxes) for row, boxes in zip(place.rows, seen, strict=True))
    doubts = tuple(
        Doubt(item=row.item, picture=_picture_of(page, row))
        for row, mark in zip(place.rows, marks, strict=True)
        if mark == DOUBTFUL
    )
    return PageRead(number=place.number, marks=marks, doubts=doubts)


def _refuse_unseen(seen: Sequence[Sequence[BoxSeen]]) -> None:
    states = [box.state for boxes in seen for box in boxes]
    if states.count(BoxState.UNSEEN) > _MOST_UNSEEN * len(states):
        raise CannotRead(UnreadReason.BLURRED)


def _picture_of(page: FlatPage, row: PaperRow) -> bytes:
    """The row as it was photographed, small."""
    cut = _cut(page.picture, row.area, 0.5)
    small = cv2.resize(cut, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    _, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return bytes(encoded)


def _cut(picture: Grey, area: Area, more: float) -> Grey:
    left, top = (max(0, round((edge - more) * DOTS)) for edge in (area.left, area.top))
    right, bottom = (round((edge + more) * DOTS) for edge in (area.right, area.bottom))
    return np.ascontiguousarray(picture[top:bottom, left:right])
