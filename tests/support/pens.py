"""Ballot papers filled in by made-up hands, then scanned and photographed badly: pictures whose truth is known."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from numpy.random import Generator
from PIL import Image

from domain.polls.ballot_form import BallotForm
from interfaces.paper.layout import Area, layout_of

Picture = npt.NDArray[np.uint8]
Pen = Callable[[Picture, Area, float, Generator], None]

INK, PENCIL, SCALE = 30, 150, 8.0
"""How dark a ballpoint and a light pencil are (0 is black), and the dots of a picture to the millimetre."""


def rendered(pdf: bytes, dots: float = SCALE) -> list[Picture]:
    """The pages of a PDF as a printer lays them on paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [np.array(page.render(scale=dots * 25.4 / 72).to_pil().convert("L")) for page in document]


# ------------------------------------------------------------------ marks


def stroke(
    picture: Picture, points: Sequence[tuple[float, float]], area: Area, dots: float, dark: int, mm: float
) -> None:
    """A line through points given in shares of the box's sides."""
    places = [((area.left + x * area.width) * dots, (area.top + y * area.height) * dots) for x, y in points]
    ends = np.array(places, np.float32)
    drawn = np.full_like(picture, 255)
    cv2.polylines(drawn, [np.round(ends * 16).astype(np.int32)], False, dark, max(1, round(mm * dots)), cv2.LINE_AA, 4)
    np.minimum(picture, drawn, out=picture)


def fill(picture: Picture, area: Area, dots: float, chance: Generator) -> None:
    for y in np.arange(0.15, 0.9, 0.07):
        wobble = chance.uniform(-0.04, 0.04, 2)
        stroke(picture, [(0.14, y + wobble[0]), (0.86, y + wobble[1])], area, dots, INK, 0.55)


def tick(picture: Picture, area: Area, dots: float, chance: Generator, dark: int = INK, mm: float = 0.5) -> None:
    x, y = chance.uniform(-0.06, 0.06, 2)
    tail = chance.uniform(0.85, 1.12)
    stroke(picture, [(0.2 + x, 0.5 + y), (0.42 + x, 0.82 + y), (tail, 0.12 + y)], area, dots, dark, mm)


def cross(picture: Picture, area: Area, dots: float, chance: Generator) -> None:
    a, b, c, d = chance.uniform(0.12, 0.28, 4)
    stroke(picture, [(a, b), (1 - c, 1 - d)], area, dots, INK, 0.5)
    stroke(picture, [(1 - a, c), (d, 1 - b)], area, dots, INK, 0.5)


def circle(picture: Picture, area: Area, dots: float, chance: Generator) -> None:
    x, y = chance.uniform(0.44, 0.56, 2)
    radius = chance.uniform(0.24, 0.34)
    turn = np.linspace(0, 2 * np.pi, 28)
    stroke(picture, [(x + radius * np.cos(t), y + radius * np.sin(t)) for t in turn], area, dots, INK, 0.5)


def pencil(picture: Picture, area: Area, dots: float, chance: Generator) -> None:
    tick(picture, area, dots, chance, PENCIL, 0.45)


def speck(picture: Picture, area: Area, dots: float, chance: Generator) -> None:
    """Dirt of 0.2 to 0.5 mm, no mark."""
    x, y = chance.uniform(0.1, 0.9, 2)
    centre = (round((area.left + x * area.width) * dots), round((area.top + y * area.height) * dots))
    cv2.circle(picture, centre, max(1, round(chance.uniform(0.1, 0.25) * dots)), 60, -1, cv2.LINE_AA)


MARKS: tuple[Pen, ...] = (fill, tick, cross, circle, pencil)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A page filled in, and what its hand meant: for every item the places of the boxes it marked."""

    picture: Picture
    meant: tuple[frozenset[int], ...]


def filled_in(
    blank: Picture, form: BallotForm, page: int, chance: Generator, marks: Sequence[Pen] = MARKS, dots: float = SCALE
) -> Filled:
    """Mostly one mark on an item; one in ten is left blank, one in twenty-five has two; specks on one in fifty."""
    picture = blank.copy()
    meant = []
    for row in layout_of(form).pages[page].rows:
        number = chance.choice([0, 1, 2], p=[0.1, 0.86, 0.04]) if len(row.boxes) > 1 else chance.integers(0, 2)
        chosen = frozenset(int(place) for place in chance.choice(len(row.boxes), number, replace=False))
        for place, box in enumerate(row.boxes):
            if place in chosen:
                marks[int(chance.integers(len(marks)))](picture, box.area, dots, chance)
            elif chance.random() < 0.02:
                speck(picture, box.area, dots, chance)
        meant.append(chosen)
    return Filled(picture=picture, meant=tuple(meant))


# ------------------------------------------------------------------ degradation


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """How a picture is taken: degrees of turning, shares of perspective and shade, dots of blur, and so on."""

    turn: float = 0.0
    perspective: float = 0.0
    bend: float = 0.0
    """Millimetres by which the middle of the page stands off its plane in the picture."""
    shade: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    quality: int = 95
    dots: float = 8.0
    """To the millimetre, in the picture."""
    table: bool = False
    """Whether the paper lies on a darker table, as in a photo."""


FLATBED = Camera(turn=2, blur=0.5, noise=2, quality=90)
COPIER = Camera(turn=3, blur=0.8, noise=4, quality=75, dots=5.9)
PHONE = Camera(turn=8, perspective=0.05, bend=0.8, shade=0.35, blur=1.0, noise=4, quality=85, dots=7.5, table=True)
POOR_PHONE = Camera(turn=15, perspective=0.08, bend=1.5, shade=0.55, blur=2.0, noise=9, quality=50, dots=7, table=True)
DIM_PHONE = Camera(
    turn=10, perspective=0.06, bend=1.0, shade=0.75, blur=1.6, noise=14, quality=60, dots=6.5, table=True
)

CAMERAS = {
    "flatbed scan, 200 dpi": FLATBED,
    "office copier, 150 dpi": COPIER,
    "phone, good": PHONE,
    "phone, poor": POOR_PHONE,
    "phone, dim": DIM_PHONE,
}


def photographed(page: Picture, camera: Camera, chance: Generator, dots: float = SCALE) -> Picture:
    """The page as this camera sees it, as an 8-bit grey picture."""
    tall, wide = (length * camera.dots / dots for length in page.shape)
    margin = 0.15 * tall if camera.table else 0.03 * tall
    table = int(chance.integers(60, 140)) if camera.table else 250
    size = (round(wide + 2 * margin), round(tall + 2 * margin))
    corners = np.array([(0, 0), (wide, 0), (wide, tall), (0, tall)], np.float32)
    angle = np.deg2rad(chance.uniform(-camera.turn, camera.turn))
    middle = np.array([wide / 2, tall / 2], np.float32)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    moved = (corners - middle) @ rotation.T * 0.94 + middle + margin
    moved += chance.uniform(-camera.perspective, camera.perspective, (4, 2)).astype(np.float32) * wide
    source = np.array([(0, 0), (page.shape[1], 0), page.shape[::-1], (0, page.shape[0])], np.float32)
    bent = _bent(page, camera.bend * dots, chance)
    if camera.dots < dots:
        bent = np.asarray(cv2.GaussianBlur(bent, (0, 0), 0.4 * dots / camera.dots), np.uint8)
    placed = cv2.warpPerspective(
        bent, cv2.getPerspectiveTransform(source, moved.astype(np.float32)), size, borderValue=table
    )
    return _exposed(np.asarray(placed, np.uint8), camera, chance)


def _bent(page: Picture, by: float, chance: Generator) -> Picture:
    """Waves across and down, as of a paper that was rolled or folded before."""
    if by == 0:
        return page
    tall, wide = page.shape
    x, y = np.arange(wide, dtype=np.float32), np.arange(tall, dtype=np.float32)
    wave = np.sin(np.pi * x / wide + chance.uniform(-0.3, 0.3)) * chance.uniform(-by, by)
    curl = np.sin(np.pi * y / tall + chance.uniform(-0.3, 0.3)) * chance.uniform(-by, by)
    across = np.add.outer(curl, x).astype(np.float32)
    down = np.add.outer(y, wave).astype(np.float32)
    return np.asarray(cv2.remap(page, across, down, cv2.INTER_LINEAR, borderValue=255), np.uint8)


def _exposed(picture: Picture, camera: Camera, chance: Generator) -> Picture:
    """Uneven light, a paper that is not quite white, blur, noise."""
    tall, wide = picture.shape
    angle = chance.uniform(0, 2 * np.pi)
    slope = np.add.outer(np.sin(angle) * np.linspace(-1, 1, 32), np.cos(angle) * np.linspace(-1, 1, 32)) / 1.42
    light = 0.9 * (1 - camera.shade * (0.5 + 0.5 * slope) * chance.uniform(0.6, 1))
    seen = cv2.GaussianBlur(picture, (0, 0), camera.blur) if camera.blur else picture
    lit = seen * cv2.resize(light.astype(np.float32), (wide, tall)) + 12
    grain = np.tile(chance.standard_normal((512, 512), np.float32), (tall // 512 + 1, wide // 512 + 1))
    return np.asarray(np.clip(lit + camera.noise * grain[:tall, :wide], 0, 255), np.uint8)


def jpeg(picture: Picture, quality: int = 95) -> bytes:
    made = io.BytesIO()
    Image.fromarray(picture).save(made, "JPEG", quality=quality)
    return made.getvalue()
