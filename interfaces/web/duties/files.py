"""Files that go with an answer, minutes or a report: taken in before the command, gone again when it is refused."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final
from uuid import UUID

from starlette.datastructures import UploadFile
from starlette.responses import Response

from application.office import By
from application.private.files import file_at
from domain.files import Attached
from domain.shared import NotFound
from domain.supervision.wording import MOST_FILES
from interfaces.composition import House
from interfaces.uploads import file_response, photo
from interfaces.uploads.limits import DOCUMENT_BYTES
from interfaces.web._base.forms import Typed
from interfaces.web.candidates.papers import ACCEPT, Sent, keeping
from projections import duties
from projections.duties import DutyRow

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


def answer_file(house: House, row: DutyRow, file: UUID) -> Response:
    """A file of an answer to this duty. Raises NotFound for another one, or one that was erased."""
    with house.reading.connect() as conn:
        is_of_it = duties.file_of(conn, row.duty, file)
    return kept_response(house, file if is_of_it else None, row.congress)


def kept_response(house: House, file: UUID | None, *congresses: UUID) -> Response:
    """A file that one of these congresses keeps. Raises NotFound."""
    kept = file_at(house.private, file) if file else None
    if kept is None or kept.congress not in congresses:
        raise NotFound(kind="document", id=str(file or ""))
    return file_response(kept)
