"""Files that go with an answer, minutes or a report: taken in before the command, gone again when it is refused."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final
from uuid import UUID

from starlette.datastructures import UploadFile

from application.office import By
from domain.files import Attached
from domain.supervision.wording import MOST_FILES
from interfaces.composition import House
from interfaces.uploads import photo
from interfaces.uploads.limits import DOCUMENT_BYTES
from interfaces.web._base.forms import Typed
from interfaces.web.candidates.papers import ACCEPT, Sent, keeping

TAKEN: Final = ACCEPT


def sent_all(typed: Typed, name: str = "files") -> list[Sent]:
    """The files of a form; one more than may be shows that there are too many."""
    chosen = [one for one in typed.data.getlist(name) if isinstance(one, UploadFile) and one.filename]
    return [Sent(one.filename or "", one.file.read(DOCUMENT_BYTES + 1)) for one in chosen[: MOST_FILES + 1]]


def sent_photos(typed: Typed, name: str = "photos") -> list[Sent]:
    """The photos of a form, drawn anew without what a camera wrote in. Raises what interfaces.uploads refuses."""
    drawn = [photo(one.name, one.content) for one in sent_all(typed, name)]
    return [Sent(one.name, one.content) for one in drawn]


@contextmanager
def keeping_all(house: House, by: By, congress: UUID, sent: list[Sent], purpose: str) -> Iterator[tuple[Attached, ...]]:
    """All of them, kept while the command succeeds. Raises what interfaces.uploads refuses."""
    with ExitStack() as kept:
        found = [
            kept.enter_context(keeping(house, by, congress, one, f"{purpose}/{place}"))
            for place, one in enumerate(sent)
        ]
        yield tuple(one for one in found if one is not None)
