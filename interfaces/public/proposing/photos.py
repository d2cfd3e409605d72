"""The photos of a form that may come back several times: what was fine once need not be chosen again."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from starlette.datastructures import UploadFile

from application.private import uploads
from application.private.files import Upload, keep_file
from application.private.uploads import UploadForgotten
from domain.files import Attached, FileType
from domain.shared import Refused
from interfaces.composition import House
from interfaces.public.proposing.refusals import TooManyPhotos
from interfaces.uploads import limits, photo
from interfaces.web._base.forms import Typed
from interfaces.web._base.sentences import sentence

PURPOSE: Final = "proposal photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPhoto:
    """A photo that was taken and waits for its proposal."""

    id: UUID
    name: str
    content: bytes


def held_photos(house: House, holder: UUID, typed: Typed, *, most: int = limits.PHOTOS) -> list[HeldPhoto]:
    """Those of earlier rounds that are still ticked; what has been forgotten meanwhile is left out."""
    found = []
    for text in typed.texts("held")[:most]:
        try:
            wanted = UUID(text)
            kept = uploads.kept(house.private, holder, PURPOSE, wanted, house.office.now())
        except (ValueError, UploadForgotten):
            continue
        found.append(HeldPhoto(id=wanted, name=kept.name, content=kept.content))
    return found


def take_photos(
    house: House, holder: UUID, typed: Typed, held: list[HeldPhoto], *, most: int = limits.PHOTOS
) -> list[str]:
    """Adds the photos that came with the form to those held; returns a sentence for each that was not taken."""
    said = []
    for chosen in typed.data.getlist("photos"):
        if not isinstance(chosen, UploadFile) or not chosen.filename:
            continue
        if len(held) >= most:
            said.append(sentence(TooManyPhotos(most=most)))
            break
        try:
            content = chosen.file.read(limits.PHOTO_BYTES + 1)
            taken = photo(chosen.filename, content)
        except Refused as refused:
            said.append(sentence(refused))
            continue
        kept = uploads.Upload(name=taken.name, content=taken.content)
        made = uploads.keep(house.private, holder, PURPOSE, kept, house.office.now())
        held.append(HeldPhoto(id=made, name=taken.name, content=taken.content))
    return said


def attach(house: House, congress: UUID, held: list[HeldPhoto]) -> tuple[Attached, ...]:
    """Keeps the photos for good; the same photo again is kept once."""
    return tuple(
        keep_file(
            house.private,
            congress,
            Upload(name=one.name, type=FileType.JPEG, content=one.content),
            house.office.now(),
            one.id,
        )
        for one in held
    )
