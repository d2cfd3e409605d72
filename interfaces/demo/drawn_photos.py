"""Pictures of building sites for the story, drawn by the program: nobody's photo is shipped."""

from io import BytesIO
from random import Random
from uuid import UUID

from PIL import Image, ImageDraw

from application.private.files import keep_file
from domain.files import Attached
from interfaces.demo.town_hall import TownHall
from interfaces.uploads.photos import photo

WIDE, HIGH = 960, 640
_SKIES = ((206, 222, 236), (223, 228, 232), (190, 212, 233))
_WALLS = ((198, 156, 126), (214, 200, 176), (170, 178, 186), (188, 132, 112))


def site_photo(hall: TownHall, congress: UUID, chance: Random, name: str, done: int) -> Attached:
    """A street with houses under work, `done` percent of them finished; kept like a photo that somebody uploads."""
    key = hall.office.new_id(hall.by(hall.administrator), "photo")
    return keep_file(hall.house.private, congress, photo(f"{name}.jpg", _drawn(chance, done)), hall.office.now(), key)


def _drawn(chance: Random, done: int) -> bytes:
    picture = Image.new("RGB", (WIDE, HIGH), chance.choice(_SKIES))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 430, WIDE, HIGH), fill=(150, 158, 140))
    pen.polygon([(0, HIGH), (WIDE, HIGH), (WIDE, 560), (0, 500)], fill=(112, 114, 116))
    for place in range(5):
        _house(pen, chance, 30 + place * 188, finished=place * 20 < done)
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def _house(pen: ImageDraw.ImageDraw, chance: Random, left: int, *, finished: bool) -> None:
    top, right = chance.randrange(170, 300), left + 150
    wall = chance.choice(_WALLS)
    pen.rectangle((left, top, right, 450), fill=wall if finished else (205, 205, 200), outline=(90, 90, 90))
    for row in range(top + 24, 420, 56):
        for column in (left + 20, left + 62, left + 104):
            pen.rectangle((column, row, column + 26, row + 32), fill=(92, 120, 146) if finished else (150, 150, 148))
    if finished:
        pen.polygon([(left - 8, top), (right + 8, top), ((left + right) // 2, top - 54)], fill=(132, 70, 58))
        return
    for pole in range(left - 6, right + 8, 40):
        pen.line((pole, top - 30, pole, 450), fill=(214, 138, 44), width=4)
    for board in range(top - 10, 450, 56):
        pen.line((left - 6, board, right + 6, board), fill=(214, 138, 44), width=3)
