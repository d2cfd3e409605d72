"""One item of a council's agenda: its wording, what is said, the hands shown, its result."""

from dataclasses import replace
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import council as commands
from domain.accounts.permissions import Act
from domain.congress.council import DiscussionCorrected, Hands, ItemResult, Matter
from domain.shared import Invalid, Missing, NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.council import views
from projections import agenda

router = APIRouter()

ITEM: Final = "/staff/{slug}/agenda/{session}/items/{item}"
_PAGE: Final = "council/item.html"

Keeper = Annotated[Place, Depends(needing(Act.KEEP_AGENDA))]


@router.get(ITEM)
def one(request: Request, house: TheHouse, here: OfficeReader, session: UUID, item: UUID) -> Response:
    """The item and everything about it."""
    shown = _shown(house, here, session, item)
    row: agenda.AgendaRow = shown["item"]
    counted = next((one.present for one in reversed(shown["meeting"].items) if one.present is not None), "")
    present = shown["standing"].attending or counted
    form = blank(
        request,
        title=row.title,
        content=row.content,
        presenter=row.presenter,
        present=present if row.present is None else row.present,
        votes_for=row.votes_for,
        against=row.against or 0,
        abstain=row.abstain or 0,
        not_voting=row.not_voting or 0,
        counted_by=row.counted_by or next(iter(shown["counters"]), ""),
    )
    return page(request, _PAGE, form=form, **shown)


@router.post(f"{ITEM}/matter")
def put_right(request: Request, house: TheHouse, here: Keeper, session: UUID, item: UUID, typed: Form) -> Response:
    """Another wording or presenter."""
    matter = Matter(title=typed.text("title"), content=typed.text("content"), presenter=typed.text("presenter"))
    try:
        position = commands.put_item_right(house.office, here.by(typed), session, item, matter)
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **_shown(house, here, session, item))
    return done(request, position, _root(here, session, item), _("已保存。"))


@router.post(f"{ITEM}/remove")
def remove(request: Request, house: TheHouse, here: Keeper, session: UUID, item: UUID, typed: Form) -> Response:
    """Takes the item off the agenda."""
    try:
        position = commands.remove_item(house.office, here.by(typed), session, item, typed.text("removal_reason"))
    except Refused as refused:
        told = _renamed(refused, "removal_reason")
        return again(request, _PAGE, typed, told, **_shown(house, here, session, item))
    return done(request, position, f"/staff/{here.congress.slug}/agenda/{session}", _("已移出议程。"))


@router.post(f"{ITEM}/notes")
def note(request: Request, house: TheHouse, here: Keeper, session: UUID, item: UUID, typed: Form) -> Response:
    """What somebody said."""
    try:
        position = commands.note_discussion(
            house.office, here.by(typed), session, item, typed.text("speaker"), typed.text("words")
        )
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **_shown(house, here, session, item))
    return done(request, position, f"{_root(here, session, item)}#notes")


@router.get(f"{ITEM}/notes/{{note_id}}")
def correction(request: Request, house: TheHouse, here: Keeper, session: UUID, item: UUID, note_id: UUID) -> Response:
    """The form to put a note right."""
    shown = _noted(house, here, session, item, note_id)
    known: agenda.NoteRow = shown["note"]
    return page(request, "council/note.html", form=blank(request, speaker=known.speaker, words=known.words), **shown)


@router.post(f"{ITEM}/notes/{{note_id}}")
def correct(
    request: Request, house: TheHouse, here: Keeper, session: UUID, item: UUID, note_id: UUID, typed: Form
) -> Response:
    """Puts a note right."""
    fact = DiscussionCorrected(
        item=item, note=note_id, speaker=typed.text("speaker"), words=typed.text("words"), reason=typed.text("reason")
    )
    try:
        position = commands.correct_discussion(house.office, here.by(typed), session, fact)
    except Refused as refused:
        return again(request, "council/note.html", typed, refused, **_noted(house, here, session, item, note_id))
    return done(request, position, f"{_root(here, session, item)}#notes", _("发言记录已更正。"))


@router.post(f"{ITEM}/hands")
def show_hands(request: Request, house: TheHouse, here: Keeper, session: UUID, item: UUID, typed: Form) -> Response:
    """Hands counted for the item; enough of them and it can be chosen at once."""
    try:
        hands, profile = _hands(typed), typed.id("profile")
        typed.settle()
        position = commands.show_hands(
            house.office, here.by(typed), session, item, hands, profile=profile, reason=typed.text("again_reason")
        )
    except Refused as refused:
        told = _renamed(refused, "again_reason")
        return again(request, _PAGE, typed, told, **_shown(house, here, session, item))
    return done(request, position, f"{_root(here, session, item)}#result", _("举手结果已登记。"))


@router.post(f"{ITEM}/poll")
def put_to_poll(request: Request, house: TheHouse, here: Keeper, session: UUID, item: UUID, typed: Form) -> Response:
    """A secret poll of the meeting decides instead."""
    poll, _slash, number = typed.text("poll").partition("/")
    try:
        try:
            chosen = UUID(poll)
        except ValueError:
            raise Invalid(field="poll", reason="choice") from None
        position = commands.put_to_poll(house.office, here.by(typed), session, item, chosen, number)
    except Refused as refused:
        return again(request, _PAGE, typed, refused, **_shown(house, here, session, item))
    return done(request, position, f"{_root(here, session, item)}#result", _("这一项由无记名表决决定。"))


@router.post(f"{ITEM}/result")
def decide(request: Request, house: TheHouse, here: Keeper, session: UUID, item: UUID, typed: Form) -> Response:
    """The result of the item."""
    try:
        result = typed.choice("result", ItemResult)
        typed.settle()
        position = commands.decide_item(
            house.office, here.by(typed), session, item, result, typed.text("result_reason")
        )
    except Refused as refused:
        told = _renamed(refused, "result_reason")
        return again(request, _PAGE, typed, told, **_shown(house, here, session, item))
    return done(request, position, _root(here, session, item), _("结果已登记。"))


def _hands(typed: Typed) -> Hands:
    return Hands(
        present=typed.integer("present"),
        votes_for=typed.integer("votes_for"),
        against=_or_none(typed, "against"),
        abstain=_or_none(typed, "abstain"),
        not_voting=_or_none(typed, "not_voting"),
        counted_by=typed.required("counted_by"),
    )


def _or_none(typed: Typed, name: str) -> int:
    """Nobody, where the field was left empty."""
    return typed.integer(name) if typed.text(name) else 0


def _renamed(refused: Refused, reason: str) -> Refused:
    """The page has several fields for reasons; this one is meant."""
    if isinstance(refused, Missing) and refused.fields == ("reason",):
        return Missing(fields=(reason,))
    if isinstance(refused, Invalid) and refused.field == "reason":
        return replace(refused, field=reason)
    return refused


def _noted(house: House, here: Place, session: UUID, item: UUID, note_id: UUID) -> dict[str, Any]:
    shown = _shown(house, here, session, item)
    known = next((one for one in shown["notes"] if one.note == note_id), None)
    if known is None:
        raise NotFound(kind="discussion_note", id=str(note_id))
    return {**shown, "note": known}


def _shown(house: House, here: Place, session: UUID, item: UUID) -> dict[str, Any]:
    with house.reading.connect() as conn:
        return views.about_item(house, conn, here, session, item)


def _root(here: Place, session: UUID, item: UUID) -> str:
    return f"/staff/{here.congress.slug}/agenda/{session}/items/{item}"
