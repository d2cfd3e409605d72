"""The public checkpoints: the list, each as it is signed, and the proofs, for everybody and without a sign-in."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query, Request, Response
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse

from application.checkpoint_proofs import proof_of_event, proof_of_growth
from interfaces.documents.typesetting import qr_svg
from interfaces.public.checkpoints import views
from interfaces.public.kept import is_large
from interfaces.web._base.asking import TheHouse
from interfaces.web._base.pages import render
from interfaces.web._base.paging import pager

router = APIRouter()

_A_WHILE: Final = {"Cache-Control": "public, max-age=15"}
LONGEST: Final = 2**53

HashName = Annotated[Literal["", "sha256", "sm3"], Query(alias="hash")]


@router.get("/checkpoints")
def checkpoints(request: Request, house: TheHouse) -> Response:
    """The newest one, all of them, and what they are for."""
    listed = views.newest_first(house)
    paged = pager(request, len(listed), per_page=views.PER_PAGE)
    part = views.all_shown(house, listed[paged.offset : paged.offset + paged.per_page])
    newest = views.shown(house, listed[0]) if listed else None
    html = render("checkpoints/list.html", large=is_large(request), newest=newest, listed=part, pager=paged)
    return HTMLResponse(html, headers=_A_WHILE)


@router.get("/checkpoints/{size:int}")
def checkpoint(request: Request, house: TheHouse, size: int, algorithm: HashName = "") -> Response:
    """One checkpoint with its proofs."""
    stored = views.checkpoint_of(house, min(size, LONGEST), algorithm)
    before = views.one_before(house, stored)
    html = render(
        "checkpoints/one.html",
        large=is_large(request),
        checkpoint=views.shown(house, stored),
        before=views.shown(house, before) if before else None,
        named=views.named(house, stored),
        qr=qr_svg(stored.note),
    )
    return HTMLResponse(html, headers=_A_WHILE)


@router.get("/checkpoints/{size:int}.txt")
def note(house: TheHouse, size: int, algorithm: HashName = "") -> Response:
    """The checkpoint as it is signed, a text of a few lines."""
    stored = views.checkpoint_of(house, min(size, LONGEST), algorithm)
    return _file(stored.note, f"checkpoint-{stored.size}.txt")


@router.get("/checkpoints/{size:int}/since/{old:int}")
def growth(house: TheHouse, size: int, old: int, algorithm: HashName = "") -> Response:
    """The proof that the checkpoint continues an earlier one."""
    later = views.checkpoint_of(house, min(size, LONGEST), algorithm)
    earlier = views.checkpoint_of(house, min(old, LONGEST), later.algorithm)
    return _file(proof_of_growth(house.history, earlier, later), f"consistency-{old}-{size}.txt")


@router.get("/checkpoints/{size:int}/record")
def find(house: TheHouse, size: int, position: int, algorithm: HashName = "") -> Response:
    """Where somebody types the number of an event."""
    stored = views.checkpoint_of(house, min(size, LONGEST), algorithm)
    return RedirectResponse(
        f"/checkpoints/{stored.size}/record/{position}{views.named(house, stored)}", status_code=303
    )


@router.get("/checkpoints/{size:int}/record/{position:int}")
def inclusion(house: TheHouse, size: int, position: int, algorithm: HashName = "") -> Response:
    """The proof that an event is under the checkpoint; it holds the event's hash and nothing of the event."""
    stored = views.checkpoint_of(house, min(size, LONGEST), algorithm)
    proof = proof_of_event(house.history, stored, min(position, LONGEST))
    return _file(proof, f"record-{position}-in-{size}.tlog-proof")


def _file(text: str, name: str) -> Response:
    headers = _A_WHILE | {"Content-Disposition": f'attachment; filename="{name}"'}
    return PlainTextResponse(text, headers=headers)
