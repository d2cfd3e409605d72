"""Scans as one of the two entries of a batch: read in memory, put into the form, completed and entered by a person.

No page is kept; of doubtful marks the row is, until the declaration, for the chief to look at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from application.private.workings import keep_pictures
from domain.polls.count import form_of
from domain.polls.declaring import require_being_counted
from domain.polls.paper_count import require_by_people
from domain.shared import Invalid, Refused
from interfaces.scanning.result import ScanResult
from interfaces.scanning.scan import ScanningNotInstalled, read_sheets, scanning_is_installed
from interfaces.scanning.words import why
from interfaces.web._base.forms import Typed, blank
from interfaces.web._base.pages import again, page
from interfaces.web._base.sentences import sentence
from interfaces.web.papers.forms import filled
from interfaces.web.polls.desk import PollDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadPage:
    """A page that people enter by hand."""

    file: str
    page: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanShown:
    """What a scan came to, above the form."""

    read: int
    doubts: int
    unread: tuple[UnreadPage, ...]


def asked(request: Request, desk: PollDesk, context: dict[str, Any]) -> Response:
    """The page where files are chosen; without the extra it says what to install.

    Raises PollInWrongStage or BothScanned.
    """
    require_by_people(require_being_counted(desk.state), context["batch"], 3 - context["team"])
    return page(request, "papers/scan.html", **_scan_page(desk, context))


def _scan_page(desk: PollDesk, context: dict[str, Any]) -> dict[str, Any]:
    megabytes = desk.house.settings.max_body_bytes // (1024 * 1024)
    missing = "" if scanning_is_installed() else sentence(ScanningNotInstalled())
    return context | {"missing": missing, "megabytes": megabytes}


def read(request: Request, desk: PollDesk, typed: Typed, context: dict[str, Any]) -> Response:
    """The entry form with what the scans say."""
    batch, form = context["batch"], form_of(desk.id, desk.state.prepared)
    try:
        require_by_people(require_being_counted(desk.state), batch, 3 - context["team"])
        result = read_sheets(_contents(typed), form)
    except Refused as refused:
        return again(request, "papers/scan.html", typed, refused, **_scan_page(desk, context))
    keep_pictures(
        desk.house.private,
        desk.id,
        batch,
        {item: [doubt.picture for doubt in doubts] for item, doubts in result.doubts.items()},
    )
    sheet = blank(request, **filled(result.entry()).values)
    context |= {"scan": _shown(result)}
    return page(request, "papers/entry.html", form=sheet, settled=frozenset(), **context)


def _contents(typed: Typed) -> Iterator[tuple[str, bytes]]:
    """The files under their names; which scanner or phone made them is not looked at. Raises Invalid (files)."""
    files = [one for one in typed.data.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not files:
        raise Invalid(field="files", reason="file")
    return ((one.filename or "", one.file.read()) for one in files)


def _shown(result: ScanResult) -> ScanShown:
    unread = tuple(UnreadPage(file=one.file, page=one.page, why=why(one)) for one in result.unread)
    return ScanShown(read=len(result.papers), doubts=sum(map(len, result.doubts.values())), unread=unread)
