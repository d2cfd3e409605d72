"""Documents beside approvals and scans of decisions: taken in before the command, handed out to who may read them."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from fastapi import Response
from starlette.datastructures import UploadFile

from application.office import Busy, By
from application.private import files
from domain.accounts.permissions import Act
from domain.files import Attached
from domain.shared import NotFound, NotPermitted, Refused
from interfaces.composition import House
from interfaces.uploads import document, file_response
from interfaces.uploads.limits import DOCUMENT_BYTES
from interfaces.web._base.asking import Place
from interfaces.web._base.forms import Typed

ACCEPT = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"


class Sent(NamedTuple):
    """A file as it came."""

    name: str
    content: bytes


def sent_along(typed: Typed, name: str) -> Sent | None:
    """A file of a form that may be there or not; of one that is too large as much as shows it."""
    value = typed.data.get(name)
    if not isinstance(value, UploadFile) or not value.filename:
        return None
    return Sent(value.filename, value.file.read(DOCUMENT_BYTES + 1))


@contextmanager
def keeping(house: House, by: By, congress: UUID, sent: Sent | None, purpose: str) -> Iterator[Attached | None]:
    """The file that was sent along, kept while the command succeeds; None where none was.

    Raises what interfaces.uploads refuses.
    """
    if sent is None:
        yield None
        return
    upload = document(sent.name, sent.content)
    file = house.office.new_id(by, purpose)
    is_new = files.file_at(house.private, file) is None
    attached = files.keep_file(house.private, congress, upload, house.office.now(), file)
    try:
        yield attached
    except Busy:
        raise  # perhaps it is recorded after all
    except Refused:
        if is_new:
            files.erase_file(house.private, file)
        raise


def may_read_papers(here: Place) -> bool:
    """The office, its auditors and upper level, and the government's office."""
    return here.may(Act.READ_OFFICE) or here.may(Act.EDIT_CANDIDATES)


def paper_response(house: House, here: Place, attached: Attached | None) -> Response:
    """The file of a fact. Raises NotPermitted, or NotFound where there is none, it was erased or is not what it was."""
    if not may_read_papers(here):
        raise NotPermitted(act=Act.READ_OFFICE.value)
    kept = files.file_at(house.private, attached.file) if attached else None
    if kept is None or attached is None or kept.congress != here.congress.id:
        raise NotFound(kind="document", id="")
    if sha256(kept.content).hexdigest() != attached.digest:
        raise NotFound(kind="document", id=str(attached.file))
    return file_response(kept)
