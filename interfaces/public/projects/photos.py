"""Photos behind the lines of a timeline: whoever reads the line sees them, large or small."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from application.private.files import file_at
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.uploads import file_response
from interfaces.uploads.photos import drawn_anew
from projections.progress_timeline import Entry

_SMALL_SIDE: Final = 320
"""Points of the longer side beside a line: some 20 KB instead of several hundred."""

_KEPT_BY_BROWSER: Final = 3600


def photo_response(request: Request, house: House, entries: Iterable[Entry], file: UUID) -> Response:
    """A photo of these lines, `?small` beside its line. Raises NotFound for any other and for one that was erased."""
    shown = any(str(file) in entry.details.get("photos", ()) for entry in entries)
    kept = file_at(house.private, file) if shown else None
    if kept is None:
        raise NotFound(kind="file", id=str(file))
    if "small" in request.query_params:
        small = drawn_anew(kept.name, kept.content, _SMALL_SIDE)
        kept = replace(kept, name=small.name, type=small.type, content=small.content)
    return file_response(kept, keep_seconds=_KEPT_BY_BROWSER)
