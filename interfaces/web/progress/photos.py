"""Photos of reports and look-backs: drawn anew without what a camera wrote into them, kept while a form comes back."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from fastapi import Response

from application.private.files import file_at
from domain.files import Attached
from domain.projects.reporting import MOST_PHOTOS
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.public.proposing.photos import HeldPhoto, attach, held_photos, take_photos
from interfaces.public.proposing.refusals import WrongPhotos
from interfaces.uploads import file_response
from interfaces.web._base.asking import Place
from interfaces.web._base.forms import Typed, WrongFields, errors_of

_KEPT_BY_BROWSER = 3600


class Photos(NamedTuple):
    """The photos of a form: those held, and a sentence for each that was not taken."""

    held: list[HeldPhoto]
    wrong: list[str]

    def settle(self, typed: Typed) -> None:
        """Everything that was wrong with the form, photos and fields at once. Raises WrongFields or WrongPhotos."""
        said = {"photos": " ".join(self.wrong)} if self.wrong else {}
        try:
            typed.settle()
        except WrongFields as refused:
            raise WrongPhotos(said=errors_of(refused) | said) if said else refused from None
        if said:
            raise WrongPhotos(said=said)


def photos_of(house: House, here: Place, typed: Typed) -> Photos:
    """Those that were fine in an earlier round and those that came with the form."""
    held = held_photos(house, here.actor.account, typed, most=MOST_PHOTOS)
    return Photos(held, take_photos(house, here.actor.account, typed, held, most=MOST_PHOTOS))


def kept_photos(house: House, here: Place, photos: Photos) -> tuple[Attached, ...]:
    """Keeps them for good."""
    return attach(house, here.congress.id, photos.held)


def photo_response(house: House, of: Collection[Attached], file: UUID) -> Response:
    """One of these photos. Raises NotFound for one that is not among them or was erased."""
    kept = file_at(house.private, file) if any(one.file == file for one in of) else None
    if kept is None:
        raise NotFound(kind="file", id=str(file))
    return file_response(kept, keep_seconds=_KEPT_BY_BROWSER)
