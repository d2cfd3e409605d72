"""The published record of a poll: what anybody needs to compute its result again, and the list of all receipts."""

from functools import lru_cache
from pathlib import Path
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse

from application.polls.record import receipts_of
from domain.shared import NotFound
from interfaces.public.kept import is_large
from interfaces.public.records import views
from interfaces.record import verify_record
from interfaces.web._base.addressed import level_of
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.language import speak_of
from interfaces.web._base.pages import render
from interfaces.web.polls.downloads import file

router = APIRouter()


@router.get("/records/{poll:uuid}")
def record(request: Request, house: TheHouse, poll: UUID) -> Response:
    """Number and root of the box, the receipts, the record and how to verify it."""
    state, closed = views.closed_poll(house, poll)
    speak_of(level_of(house, state.prepared.congress))
    values = views.shown(poll, state, closed)
    return HTMLResponse(render("records/one.html", large=is_large(request), **values))


@router.get("/records/{poll:uuid}/receipts.txt")
def receipts(request: Request, house: TheHouse, poll: UUID) -> Response:
    """The complete list, the same for everybody: whoever looks for one receipt gets all of them."""
    state, closed = views.closed_poll(house, poll)
    tag = f'"{closed.root}"'
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    lines = "".join(f"{receipt}\n" for receipt in receipts_of(house.box, poll, state))
    return Response(lines, media_type="text/plain; charset=utf-8", headers=headers)


@router.get("/records/{poll:uuid}/record.zip")
def download(house: TheHouse, poll: UUID) -> Response:
    """The record as a file, where the rules publish full counts."""
    state, _ = views.closed_poll(house, poll)
    if not views.is_published(state):
        raise NotFound(kind="record", id=str(poll))
    return file(views.record_zip(house, poll), f"{state.prepared.title}-计票档案.zip", "application/zip")


@router.get("/records/verify_record.py")
def verifier() -> Response:
    """The second verifier: one file that needs nothing of this program."""
    return file(_verifier(), views.VERIFIER, "text/x-python")


@lru_cache(maxsize=1)
def _verifier() -> bytes:
    return Path(verify_record.__file__).read_bytes()
