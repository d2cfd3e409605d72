"""The sealed box at the scrutineers' table: opened twice, compared, and its bytes deleted in the end."""

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.polls import opening_the_box as commands
from domain.polls.box_file import written_box
from domain.polls.box_opening import OpenedOn
from domain.polls.count import form_of
from domain.polls.key_ceremony import known_key
from domain.polls.opening_the_box import kept_until, require_openable
from domain.polls.poll import PollStage
from domain.polls.raw_columns import read_raw
from domain.shared import Refused
from interfaces.web._base.asking import Here, TheHouse
from interfaces.web._base.forms import Form, Typed
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls.desk import PollDesk
from interfaces.web.polls.downloads import file
from interfaces.web.polls.names import names, roll_of
from interfaces.web.polls.scanning import by_without_content
from interfaces.web.scrutineer.box_views import openings
from interfaces.web.scrutineer.key import ids_in, key_page
from interfaces.web.scrutineer.table import at_table, chiefs

router = APIRouter()

OPEN: Final = "scrutineer/box_open.html"
SECOND: Final = "scrutineer/box_second.html"
UNOPENED: Final = "scrutineer/box_unopened.html"
DELETE: Final = "scrutineer/box_delete.html"

LARGEST_COLUMNS: Final = 1_000_000
"""Characters; columns of some hundred items are below 50,000."""


@router.get("/scrutineer/{slug}/polls/{poll}/box")
def box(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """What was opened where, and whether it agrees."""
    desk = at_table(house, here, poll)
    known_key(desk.state)
    return page(request, "scrutineer/box.html", PollStage=PollStage, **_box_page(desk))


@router.get("/scrutineer/{slug}/polls/{poll}/box/open")
def opening(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """Where the browser fetches, checks, opens and adds up."""
    desk = at_table(house, here, poll)
    require_openable(desk.state)
    return page(request, OPEN, **key_page(desk))


@router.get("/scrutineer/{slug}/polls/{poll}/box/box.json")
def sealed(house: TheHouse, here: Here, poll: UUID) -> Response:
    """The sealed ballots without cards, for this page and for the offline computer."""
    desk = at_table(house, here, poll)
    return file(box_text(desk).encode(), "box.json", "application/json")


@router.post("/scrutineer/{slug}/polls/{poll}/box/open")
def open_(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """The columns of the browser's opening."""
    desk = at_table(house, here, poll)
    try:
        position = _opened(desk, typed, OpenedOn.BROWSER, typed.text("columns"))
    except Refused as refused:
        return again(request, OPEN, typed, refused, **key_page(desk))
    return done(request, position, f"{desk.root}/box", _("这次开箱的票数已收下。"))


@router.get("/scrutineer/{slug}/polls/{poll}/box/second")
def second(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """How to open the box offline, and the form for its columns."""
    desk = at_table(house, here, poll)
    require_openable(desk.state)
    return page(request, SECOND, **key_page(desk))


@router.post("/scrutineer/{slug}/polls/{poll}/box/second")
def opened_offline(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """The columns of the offline opening, as a file or pasted."""
    desk = at_table(house, here, poll)
    try:
        position = _opened(desk, typed, OpenedOn.OFFLINE, _columns_text(typed))
    except Refused as refused:
        return again(request, SECOND, typed, refused, **key_page(desk))
    return done(request, position, f"{desk.root}/box", _("离线开箱的票数已收下。"))


@router.get("/scrutineer/{slug}/polls/{poll}/box/cannot-open")
def unopened(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """Too few shares can be brought: what follows, for the chief to confirm."""
    desk = chiefs(at_table(house, here, poll))
    known_key(desk.state)
    return page(request, UNOPENED, **key_page(desk))


@router.post("/scrutineer/{slug}/polls/{poll}/box/cannot-open")
def end_unopened(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """The poll is void and to be repeated."""
    desk = chiefs(at_table(house, here, poll))
    try:
        brought, reason = typed.integer("brought"), typed.required("reason")
        typed.settle()
        by = here.by(typed)
        position = commands.end_unopened(house.office, house.private, by, poll, brought=brought, reason=reason)
    except Refused as refused:
        return again(request, UNOPENED, typed, refused, **key_page(desk))
    return done(request, position, desk.root, _("这次表决已结束，没有结果，须重新表决。"))


@router.get("/scrutineer/{slug}/polls/{poll}/box/delete")
def deleting(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """After the time for objections."""
    return page(request, DELETE, **_delete_page(chiefs(at_table(house, here, poll))))


@router.post("/scrutineer/{slug}/polls/{poll}/box/delete")
def delete(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """The bytes are gone; receipts and root stay."""
    desk = chiefs(at_table(house, here, poll))
    try:
        destroyed = ids_in(typed, "destroyed")
        typed.settle()
        position = commands.delete_sealed_ballots(house.office, house.box, here.by(typed), poll, destroyed=destroyed)
    except Refused as refused:
        return again(request, DELETE, typed, refused, **_delete_page(desk))
    return done(request, position, f"{desk.root}/box", _("密封的选票已删除，回执和票箱根仍然保存。"))


def box_text(desk: PollDesk) -> str:
    """The sealed box as a file. Raises what `sealed_ballots` does."""
    ballots = commands.sealed_ballots(desk.house.office, desk.house.box, desk.here.actor, desk.id)
    state, key = desk.state, known_key(desk.state)
    return written_box(
        desk.id,
        title=state.prepared.title,
        form=form_of(desk.id, state.prepared),
        key=key,
        names=names(roll_of(desk.house.office, desk.here.congress.id), key.holders),
        root=state.closed.root if state.closed else "",
        sealed=ballots,
    )


def _opened(desk: PollDesk, typed: Typed, opened_on: OpenedOn, text: str) -> int:
    holders = ids_in(typed, "holders")
    typed.settle()
    return commands.open_box(
        desk.house.office,
        desk.house.private,
        by_without_content(desk.here, typed),
        desk.id,
        opened_on=opened_on,
        columns=read_raw(text),
        holders=holders,
    )


def _columns_text(typed: Typed) -> str:
    pasted = typed.text("columns")
    if pasted:
        return pasted
    chosen = typed.file("file")
    typed.settle()
    return chosen.file.read(LARGEST_COLUMNS).decode("utf-8", "replace") if chosen else ""


def _box_page(desk: PollDesk) -> dict[str, Any]:
    return key_page(desk) | {"openings": openings(desk), "until": kept_until(desk.state)}


def _delete_page(desk: PollDesk) -> dict[str, Any]:
    known_key(desk.state)
    return key_page(desk) | {"until": kept_until(desk.state)}
