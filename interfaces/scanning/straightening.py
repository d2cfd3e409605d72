"""Finds a paper in a picture by its corner markers and lays it flat, so that a millimetre is DOTS dots everywhere."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from interfaces.paper.layout import Area, PaperLayout
from interfaces.scanning.pictures import Grey
from interfaces.scanning.result import UnreadReason

DOTS: Final = 8
"""To the millimetre, about 200 to the inch."""

Corners = npt.NDArray[np.float32]
Ink = npt.NDArray[np.float32]
"""How dark every dot is beside the paper around it: 0 as white as the paper, 1 as black as the markers."""

_LEAST_DOTS: Final = 3.9
"""To the millimetre in the picture as it came."""
_MOST_BENT: Final = 1.5
"""Millimetres by which a marker's corner may miss its place on a flat page."""
_LEAST_CONTRAST: Final = 0.3
_QUICK: Final = 1600
"""Dots along the longer side in which markers are looked for first."""
_LEAST_GREY: Final = 0.001
"""Share of dots between black and white, which the edges of letters alone exceed in any grey picture."""
_EMPTY: Final = 0.002
"""Share of dark dots below which a page is empty."""


class CannotStraighten(ValueError):
    """No page can be laid flat; `reason` says why."""

    def __init__(self, reason: UnreadReason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatPage:
    """A page laid flat, and its ink."""

    picture: Grey
    ink: Ink


def flat(picture: Grey, layout: PaperLayout) -> FlatPage:
    """The page in the picture, whichever way up it lies. Raises CannotStraighten."""
    if _has_no_grey(picture):
        raise CannotStraighten(UnreadReason.BLACK_AND_WHITE)
    turned = _transformation(_markers(picture), layout)
    size = (round(layout.width * DOTS), round(layout.height * DOTS))
    page = np.asarray(cv2.warpPerspective(picture, turned, size, borderValue=255), np.uint8)
    return FlatPage(picture=page, ink=_ink_of(page, layout))


def is_empty(picture: Grey) -> bool:
    """Whether there is nothing on the page, as on the back of a paper printed on one side."""
    small = cv2.resize(picture, (400, 566), interpolation=cv2.INTER_AREA).astype(np.float32)
    paper = cv2.medianBlur(small.astype(np.uint8), 51).astype(np.float32)
    inner = (small / np.maximum(paper, 1))[12:-12, 12:-12]
    return bool((inner < 0.8).mean() < _EMPTY)


def _has_no_grey(picture: Grey) -> bool:
    often = np.bincount(picture.ravel(), minlength=256)
    return bool(often[:8].sum() + often[-8:].sum() > (1 - _LEAST_GREY) * picture.size)


def _markers(picture: Grey) -> dict[int, Corners]:
    """The corners of each of the four markers. Raises CannotStraighten."""
    found: dict[int, Corners] = {}
    for attempt in _attempts(picture):
        found = _detected(*attempt)
        if len(found) == 4:
            return found
    raise CannotStraighten(UnreadReason.MARKERS, str(len(found)))


def _attempts(picture: Grey) -> list[tuple[Grey, float]]:
    """The picture made smaller, which is quick and kind to noise, then as it is; with the share of its size."""
    share = min(1.0, _QUICK / max(picture.shape))
    smaller = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return [(np.asarray(smaller, np.uint8), share), (picture, 1.0)]


def _detected(picture: Grey, share: float) -> dict[int, Corners]:
    asked = cv2.aruco.DetectorParameters()
    asked.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    asked.adaptiveThreshWinSizeMax = 53
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50), asked)
    corners, ids, _ = detector.detectMarkers(picture)
    numbers = [int(number) for number in np.ravel(ids)] if len(corners) else []
    if any(numbers.count(number) > 1 for number in range(4)):
        raise CannotStraighten(UnreadReason.SEVERAL)
    return {
        number: np.asarray(four, np.float32).reshape(4, 2) / share
        for number, four in zip(numbers, corners, strict=True)
        if number < 4
    }


def _transformation(markers: dict[int, Corners], layout: PaperLayout) -> npt.NDArray[np.float64]:
    seen = np.concatenate([markers[number] for number in range(4)])
    places = np.concatenate([_corners(area) for area in layout.markers])
    sides = [float(np.linalg.norm(markers[number][0] - markers[number][2])) for number in range(4)]
    if min(sides) / (layout.markers[0].width * 2**0.5) < _LEAST_DOTS:
        raise CannotStraighten(UnreadReason.TOO_SMALL)
    turned, _ = cv2.findHomography(seen, places * DOTS, cv2.RANSAC, 0.5 * DOTS)
    if turned is None:
        raise CannotStraighten(UnreadReason.BENT)
    landed = cv2.perspectiveTransform(seen.reshape(-1, 1, 2), turned).reshape(-1, 2) / DOTS
    if float(np.linalg.norm(landed - places, axis=1).max()) > _MOST_BENT:
        raise CannotStraighten(UnreadReason.BENT)
    return np.asarray(turned, np.float64)


def _corners(area: Area) -> Corners:
    return np.array(
        [(area.left, area.top), (area.right, area.top), (area.right, area.bottom), (area.left, area.bottom)], np.float32
    )


def _ink_of(page: Grey, layout: PaperLayout) -> Ink:
    """Light and shade of the room are divided out; what is left is measured against the black of the markers."""
    small = cv2.resize(page, None, fx=1 / DOTS, fy=1 / DOTS, interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(small, 21), (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    smooth = cv2.GaussianBlur(page, (0, 0), 1.0).astype(np.float32)
    dark = np.clip(1.0 - smooth / np.maximum(paper.astype(np.float32), 1.0), 0.0, 1.0)
    blacks = [_black_of(dark, area) for area in layout.markers]
    if min(blacks) < _LEAST_CONTRAST:
        raise CannotStraighten(UnreadReason.BLURRED)
    return np.asarray(np.minimum(dark / np.mean(blacks), 1.0), np.float32)


def _black_of(dark: npt.NDArray[np.floating], marker: Area) -> float:
    """How dark the border of a marker is, one sixth of it all round."""
    left, top, side = (round(length * DOTS) for length in (marker.left, marker.top, marker.width))
    edge = side // 6
    return float(np.median(dark[top + 4 : top + edge - 4, left + edge : left + side - edge]))
