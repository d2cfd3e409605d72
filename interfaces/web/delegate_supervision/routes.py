"""Supervision on a delegate's phone: own projects, inspections to answer, notes taken on the spot."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from application.private.files import file_at
from application.supervision import inspections as commands
from application.supervision import notes as note_commands
from domain.shared import NotFound, Refused
from domain.supervision import inspection as inspection_rules
from interfaces.composition import House
from interfaces.uploads import file_response
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.delegate_supervision import noting
from interfaces.web.delegate_supervision.sight import known_note, own_inspection, seen_notes
from interfaces.web.supervision import views
from interfaces.web.supervision.desk import (
    Supervisor,
    by_project,
    current_year,
    known_watched,
    people,
    watched_lately,
    watched_of,
)
from interfaces.web.supervision.words import INSPECTION_KINDS
from projections import delegate_notes, groups, inspections

router = APIRouter()
router.routes.extend(noting.router.routes)

PATH = "/delegate/{slug}/supervision"
NOTE = f"{PATH}/notes/{{note}}"
INSPECTION = f"{PATH}/inspections/{{inspection}}"


@router.get(PATH)
def mine(request: Request, house: TheHouse, here: Supervisor) -> Response:
    """What waits for the delegate, the projects of the own groups, own notes, and all other projects."""
    today = house.office.today()
    _delegations, names = people(house, here)
    me = here.delegate or UUID(int=0)
    with house.reading.connect() as conn:
        year = current_year(conn, here.congress.id, today)
        watched = by_project(watched_lately(conn, here.congress.id))
        others = watched_of(conn, here.congress.id, year)
        own = groups.groups_of_delegate(conn, here.congress.id, me)
        told = inspections.inspections_of(conn, here.congress.id, delegate=me)
        notes = delegate_notes.notes_of(conn, here.congress.id, delegate=me)
        counts = inspections.counts(conn, [one.project for one in own], year)
        noted = delegate_notes.counted(conn, here.congress.id, year)
    mine = {one.project for one in own}
    return page(
        request,
        "delegate_supervision/mine.html",
        year=year,
        watched=watched,
        groups=[one for one in own if one.project in watched],
        counts=counts,
        noted=noted,
        others=[one for one in others if one.project not in mine],
        ahead=[views.shown_inspection(one, watched, today) for one in reversed(told) if one.is_ahead],
        past=[views.shown_inspection(one, watched, today) for one in told if not one.is_ahead][:10],
        notes=[views.shown_note(one, watched, names) for one in notes[:20]],
        all_notes=len(notes),
        me=me,
        root=_root(here),
    )


@router.get(f"{PATH}/projects/{{project}}")
def project(request: Request, house: TheHouse, here: Supervisor, project: UUID) -> Response:
    """One project: who watches it, what was seen; notes only as far as the delegate sees them."""
    _delegations, names = people(house, here)
    today = house.office.today()
    with house.reading.connect() as conn:
        watched = known_watched(conn, here.congress.id, project)
        group = groups.group_of(conn, project)
        seen = inspections.inspections_of(conn, here.congress.id, project=project)
        notes = seen_notes(conn, here, delegate_notes.notes_of(conn, here.congress.id, project=project))
    known = {project: watched}
    done_ones = [one for one in seen if not one.is_ahead and one.stage == "concluded"]
    return page(
        request,
        "delegate_supervision/project.html",
        watched=watched,
        group=group,
        names=names,
        me=here.delegate,
        inspections=[views.shown_inspection(one, known, today) for one in done_ones],
        notes=[views.shown_note(one, known, names) for one in notes],
        root=_root(here),
        area_root=f"/delegate/{here.congress.slug}",
    )


@router.get(INSPECTION)
def inspection(request: Request, house: TheHouse, here: Supervisor, inspection: UUID) -> Response:
    """Where to be when, who else goes, and whether the delegate comes."""
    context = _inspection(house, here, inspection)
    mine = context["mine"]
    coming = {True: "yes", False: "no", None: ""}[mine.coming] if mine else ""
    form = blank(request, coming=coming, words=mine.words if mine else "")
    return page(request, "delegate_supervision/inspection.html", form=form, **context)


@router.post(f"{INSPECTION}/reply")
def reply(request: Request, house: TheHouse, here: Supervisor, inspection: UUID, typed: Form) -> Response:
    """Comes, or does not, and why."""
    context = _inspection(house, here, inspection)
    coming = typed.text("coming") == "yes"
    try:
        position = commands.reply_to_inspection(
            house.office, here.by(typed), inspection, coming=coming, words=typed.text("words")
        )
    except Refused as refused:
        return again(request, "delegate_supervision/inspection.html", typed, refused, **context)
    said = _("已回复：能参加。") if coming else _("已回复：请假。")
    return done(request, position, f"{_root(here)}/inspections/{inspection}", said)


@router.get(NOTE)
def note(
    request: Request, house: TheHouse, here: Supervisor, note: UUID, kept: Annotated[str, Query()] = ""
) -> Response:
    """One note; the own one can be put right while nobody has acted on it."""
    context = _note(house, here, note)
    state = context["note"]
    form = blank(request, words=state.words, place=state.place, kind="problem" if state.is_problem else "fine")
    return page(request, "delegate_supervision/note.html", form=form, kept=bool(kept), **context)


@router.get(f"{NOTE}/photos/{{file}}")
def photo(house: TheHouse, here: Supervisor, note: UUID, file: UUID) -> Response:
    """A photo of a note the delegate sees."""
    state = _note(house, here, note)["note"]
    kept = file_at(house.private, file) if any(one.file == file for one in state.photos) else None
    if kept is None:
        raise NotFound(kind="file", id=str(file))
    return file_response(kept, keep_seconds=3600)


@router.post(f"{NOTE}/correct")
def correct(request: Request, house: TheHouse, here: Supervisor, note: UUID, typed: Form) -> Response:
    """Puts the own note right."""
    context = _note(house, here, note)
    try:
        position = note_commands.correct_note(
            house.office,
            here.by(typed),
            note,
            words=typed.text("words"),
            place=typed.text("place"),
            is_problem=typed.text("kind") == "problem",
        )
    except Refused as refused:
        return again(request, "delegate_supervision/note.html", typed, refused, kept=False, **context)
    return done(request, position, f"{_root(here)}/notes/{note}", _("已更正。"))


@router.post(f"{NOTE}/withdraw")
def withdraw(request: Request, house: TheHouse, here: Supervisor, note: UUID, typed: Form) -> Response:
    """Takes the own note back."""
    context = _note(house, here, note)
    try:
        position = note_commands.withdraw_note(house.office, here.by(typed), note, typed.text("reason"))
    except Refused as refused:
        return again(request, "delegate_supervision/note.html", typed, refused, kept=False, **context)
    return done(request, position, _root(here), _("记录已撤回。"))


def _inspection(house: House, here: Place, inspection: UUID) -> dict[str, Any]:
    _delegations, names = people(house, here)
    with house.reading.connect() as conn:
        row = own_inspection(conn, here, inspection)
        watched = by_project(watched_lately(conn, here.congress.id))
        notes = seen_notes(conn, here, delegate_notes.notes_of(conn, here.congress.id, inspection=inspection))
    state = house.office.state_of(inspection, inspection_rules.evolve)
    if state is None:
        raise NotFound(kind="inspection", id=str(inspection))
    return {
        "one": views.shown_inspection(row, watched, house.office.today()),
        "mine": row.member(here.delegate),
        "state": state,
        "plan": state.plan,
        "kinds": INSPECTION_KINDS,
        "watched": watched,
        "names": names,
        "notes": [views.shown_note(one, watched, names) for one in notes],
        "me": here.delegate,
        "root": _root(here),
    }


def _note(house: House, here: Place, note: UUID) -> dict[str, Any]:
    _delegations, names = people(house, here)
    with house.reading.connect() as conn:
        row = known_note(conn, here, note)
        watched = known_watched(conn, here.congress.id, row.project)
        inspection = inspections.inspection_at(conn, row.inspection) if row.inspection else None
    return {
        "one": views.shown_note(row, {watched.project: watched}, names),
        "note": note_commands.known_note(house.office, note),
        "watched": watched,
        "inspection": inspection,
        "is_mine": row.delegate == here.delegate,
        "root": _root(here),
    }


def _root(here: Place) -> str:
    return f"/delegate/{here.congress.slug}/supervision"
