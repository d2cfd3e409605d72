"""Delegates' notes in the office: read, handed over to a unit, settled, withdrawn; photos that must not stay."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.private.files import file_at
from application.supervision import notes as commands
from domain.accounts.permissions import Act, ReadFromAbove
from domain.shared import Missing, NotFound, Refused
from domain.supervision.duty import WITHIN
from domain.supervision.note import Note
from interfaces.composition import House
from interfaces.uploads import file_response
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web._base.paging import pager
from interfaces.web.duties.views import shown as duty_shown
from interfaces.web.inspections.concluding import lead_unit_of
from interfaces.web.inspections.forms import read_order
from interfaces.web.supervision import views
from interfaces.web.supervision.desk import (
    Keeper,
    by_project,
    current_year,
    known_watched,
    people,
    watched_of,
    years_voted,
)
from projections import delegate_notes, duties, inspections
from projections.congress_register import units_of

router = APIRouter()

PATH = "/staff/{slug}/inspections/notes"
ONE = f"{PATH}/{{note}}"
WHOLE = "note"
"""What is removed: the note itself, and not one of its photos."""


@router.get(PATH)
def listed(request: Request, house: TheHouse, here: OfficeReader, year: int = 0, state: str = "") -> Response:
    """The year's notes, newest first; `state=waiting`: problems nobody has seen to."""
    _delegations, names = people(house, here)
    with house.reading.connect() as conn:
        chosen = year or current_year(conn, here.congress.id, house.office.today())
        years = years_voted(conn, here.congress.id)
        watched = by_project(watched_of(conn, here.congress.id, chosen))
        rows = delegate_notes.notes_of(conn, here.congress.id, year=chosen)
    chosen_rows = [one for one in rows if state != "waiting" or one.waits]
    chosen_rows = [one for one in chosen_rows if state != "problems" or one.is_problem]
    p = pager(request, len(chosen_rows))
    return page(
        request,
        "inspections/notes.html",
        year=chosen,
        years=years,
        state=state,
        p=p,
        notes=[views.shown_note(one, watched, names) for one in chosen_rows[p.offset : p.offset + p.per_page]],
        total=len(rows),
        problems=sum(one.is_problem for one in rows),
        waiting=sum(one.waits for one in rows),
        root=_root(here),
        desk=f"/staff/{here.congress.slug}",
    )


@router.get(ONE)
def one(request: Request, house: TheHouse, here: OfficeReader, note: UUID) -> Response:
    """One note with its photos, and what the office may do about it."""
    context = _context(house, here, note)
    form = blank(request, unit=context["lead_unit"], days=WITHIN, words=context["note"].words, what=WHOLE)
    return page(request, "inspections/note.html", form=form, **context)


@router.get(f"{ONE}/photos/{{file}}")
def photo(house: TheHouse, here: OfficeReader, note: UUID, file: UUID) -> Response:
    """A photo of a note; not for the upper level, as it may show people and homes.

    Raises NotFound or ReadFromAbove.
    """
    if here.read_from is not None:
        raise ReadFromAbove(congress=here.congress.short_name)
    state = _state(house, here, note)
    kept = file_at(house.private, file) if any(one.file == file for one in state.photos) else None
    if kept is None:
        raise NotFound(kind="file", id=str(file))
    return file_response(kept)


@router.post(f"{ONE}/hand-over")
def hand_over(request: Request, house: TheHouse, here: Keeper, note: UUID, typed: Form) -> Response:
    """Gives the problem to a unit."""
    by = here.by(typed)

    def act() -> int:
        project = _state(house, here, note).taken.project
        order = read_order(typed, typed.required("words"), project)
        typed.settle()
        if order is None:
            raise Missing(fields=("unit",))
        return commands.hand_over_note(house.office, by, note, house.office.new_id(by, "duty"), order)

    return _acted(request, house, here, note, typed, act, _("已交办，单位会按期答复。"))


@router.post(f"{ONE}/settle")
def settle(request: Request, house: TheHouse, here: Keeper, note: UUID, typed: Form) -> Response:
    """No duty is needed."""
    by = here.by(typed)
    words = typed.text("reason")
    said = _("已登记处理情况。")
    return _acted(request, house, here, note, typed, lambda: commands.settle_note(house.office, by, note, words), said)


@router.post(f"{ONE}/remove")
def remove(request: Request, house: TheHouse, here: Keeper, note: UUID, typed: Form) -> Response:
    """Takes the whole note out of the lists, or erases one photo for good."""
    by = here.by(typed)
    is_photo = typed.text("what") != WHOLE

    def act() -> int:
        reason = typed.required("because")
        file = typed.id("what") if is_photo else note
        typed.settle()
        if is_photo:
            return commands.erase_note_photo(house.office, house.private, by, note, file, reason)
        return commands.withdraw_note(house.office, by, note, reason)

    said = _("照片已删除，不能恢复。") if is_photo else _("记录已撤下。")
    return _acted(request, house, here, note, typed, act, said)


def _acted(
    request: Request, house: House, here: Place, note: UUID, typed: Typed, act: Callable[[], int], said: str
) -> Response:
    context = _context(house, here, note)
    try:
        position = act()
    except Refused as refused:
        return again(request, "inspections/note.html", typed, refused, **context)
    return done(request, position, f"{_root(here)}/{note}", said)


def _context(house: House, here: Place, note: UUID) -> dict[str, Any]:
    state = _state(house, here, note)
    _delegations, names = people(house, here)
    with house.reading.connect() as conn:
        row = delegate_notes.note_at(conn, note)
        watched = known_watched(conn, here.congress.id, state.taken.project)
        inspection = inspections.inspection_at(conn, state.taken.inspection) if state.taken.inspection else None
        units = [(str(unit.id), unit.name) for unit in units_of(conn, here.congress.id)]
        duty = duties.duty_at(conn, row.duty) if row and row.duty else None
    if row is None:
        raise NotFound(kind="note", id=str(note))
    return {
        "one": views.shown_note(row, {watched.project: watched}, names),
        "note": state,
        "watched": watched,
        "inspection": inspection,
        "duty": duty_shown(duty, {}, house.office.today()) if duty else None,
        "units": units,
        "lead_unit": lead_unit_of(watched, units),
        "root": _root(here),
        "desk": f"/staff/{here.congress.slug}",
        "may_keep": here.may(Act.KEEP_SUPERVISION),
    }


def _state(house: House, here: Place, note: UUID) -> Note:
    """A note of this congress. Raises NotFound."""
    state = commands.known_note(house.office, note)
    if state.taken.congress != here.congress.id:
        raise NotFound(kind="note", id=str(note))
    return state


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/inspections/notes"
