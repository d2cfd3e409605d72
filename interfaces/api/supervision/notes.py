"""Delegates' notes: taken, put right, taken back; handed over or settled by the office; their photos."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response

from application.supervision import notes as commands
from application.supervision.notes import Seen
from domain.accounts.permissions import Act, ReadFromAbove
from domain.accounts.scopes import Scope
from domain.shared import NotFound, NotPermitted
from domain.supervision.note import Note
from interfaces.api._base.callers import At, Here, OfficeReader, needing
from interfaces.api._base.files import PhotoSent, SentPhoto, keep_photo, sent_photos
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import file_of
from interfaces.api.candidates.models import TheProject
from interfaces.api.supervision.models import (
    NoteBody,
    NoteCorrectionBody,
    NoteShown,
    OrderBody,
    ReasonBody,
    TheFile,
    TheNote,
)
from interfaces.api.supervision.showing import note_shown
from interfaces.web.delegate_supervision.sight import known_note
from interfaces.web.progress.photos import photo_response
from interfaces.web.supervision.desk import known_watched
from projections import delegate_notes

router = operations("supervision", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

CONGRESS = "/congresses/{slug}"
ONE = f"{CONGRESS}/notes/{{note}}"
JPEG = "image/jpeg"
Keeper = Annotated[At, Depends(needing(Act.KEEP_SUPERVISION))]
Supervisor = Annotated[At, Depends(needing(Act.SUPERVISE))]
Year = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年的项目；不填为全部。", examples=[2026])]


@router.get(f"{CONGRESS}/notes", summary="现场监督记录", description="新的在前；撤回的不在内。")
def all_notes(here: OfficeReader, paging: Paged, year: Year = None) -> Page[NoteShown]:
    """Of everybody, for the office."""
    with here.house.reading.connect() as conn:
        rows = delegate_notes.notes_of(conn, here.congress.id, year=year)
    return paging.part(here.told, rows, lambda row: row.note, lambda row: _shown(here, row.note))


@router.get(f"{CONGRESS}/own-notes", summary="自己的监督记录")
def own_notes(here: Supervisor, paging: Paged) -> Page[NoteShown]:
    """Those of the delegate."""
    me = here.place.delegate or UUID(int=0)
    with here.house.reading.connect() as conn:
        rows = delegate_notes.notes_of(conn, here.congress.id, delegate=me)
    return paging.part(here.told, rows, lambda row: row.note, lambda row: _shown(here, row.note))


@router.get(ONE, summary="一条监督记录", description="办公室、本人、同一小组和同一次视察的代表可以读。")
def note_at(here: Here, note: TheNote) -> NoteShown:
    """One note."""
    here.shows(note)
    return note_shown(note, _known(here, note))


@router.get(f"{ONE}/photos/{{file}}", summary="监督记录的照片", **file_of(JPEG))
def note_photo(here: Here, note: TheNote, file: TheFile) -> Response:
    """A photo; not for the upper level, as it may show people and homes."""
    if here.read_from is not None:
        raise ReadFromAbove(congress=here.congress.short_name)
    return photo_response(here.house, _known(here, note).photos, file)


@router.post(
    f"{CONGRESS}/note-photos",
    status_code=201,
    summary="先上传监督记录的照片",
    description="照片重新绘制，拍摄地点、手机型号等信息去掉，留存一小时；代表记录或者办公室登记监督员的反映时写明标识。",
)
def keep_note_photo(here: Here, photo_file: SentPhoto) -> PhotoSent:
    """Drawn anew without what the camera wrote into it; by delegates, and by the office for volunteers."""
    if not (here.may(Act.SUPERVISE) or here.may(Act.KEEP_SUPERVISION)):
        raise NotPermitted(act=Act.SUPERVISE.value)
    return keep_photo(here, photo_file)


@router.post(f"{CONGRESS}/projects/{{project}}/notes", status_code=201, summary="现场记一笔")
def take(here: Supervisor, project: TheProject, body: NoteBody) -> NoteShown:
    """In the own name; sent again with the same key it is the same note."""
    with here.house.reading.connect() as conn:
        known_watched(conn, here.congress.id, project)
    by = here.by()
    made = here.house.office.new_id(by, "note")
    is_placed = body.longitude is not None and body.latitude is not None
    seen = Seen(
        words=body.words,
        is_problem=body.is_problem,
        place=body.place,
        longitude=body.longitude if is_placed else None,
        latitude=body.latitude if is_placed else None,
        photos=sent_photos(here, body.photos),
        seen_on=body.seen_on,
        inspection=body.inspection,
    )
    position = commands.take_note(here.house.office, by, project, made, seen)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/notes/{made}")
    return note_at(here, made)


@router.put(ONE, summary="更正监督记录", description="本人，交办或者处理以前。")
def correct(here: Supervisor, note: TheNote, body: NoteCorrectionBody) -> NoteShown:
    """The own note."""
    _known(here, note)
    position = commands.correct_note(
        here.house.office, here.by(note), note, words=body.words, place=body.place, is_problem=body.is_problem
    )
    here.done(position)
    return note_at(here, note)


@router.post(f"{ONE}/withdraw", summary="撤回监督记录", description="本人，或者办公室撤下；交办或者处理以前。")
def withdraw(here: Here, note: TheNote, body: ReasonBody) -> NoteShown:
    """It no longer stands in the lists."""
    _known(here, note)
    here.done(commands.withdraw_note(here.house.office, here.by(note), note, body.reason))
    return _shown(here, note)


@router.post(f"{ONE}/hand-over", summary="交办问题", description="成为交办事项，由单位答复。")
def hand_over(here: Keeper, note: TheNote, body: OrderBody) -> NoteShown:
    """Gives it to a unit."""
    project = _known(here, note).taken.project
    by = here.by(note)
    duty = here.house.office.new_id(by, "duty")
    here.done(commands.hand_over_note(here.house.office, by, note, duty, body.order(project)))
    return note_at(here, note)


@router.post(f"{ONE}/settle", summary="登记处理情况", description="不用交办的问题。")
def settle(here: Keeper, note: TheNote, body: ReasonBody) -> NoteShown:
    """No duty is needed."""
    _known(here, note)
    here.done(commands.settle_note(here.house.office, here.by(note), note, body.reason))
    return note_at(here, note)


@router.post(f"{ONE}/photos/{{file}}/erase", summary="删除照片", description="彻底删除，不能恢复。")
def erase(here: Keeper, note: TheNote, file: TheFile, body: ReasonBody) -> NoteShown:
    """For good."""
    _known(here, note)
    office, private = here.house.office, here.house.private
    here.done(commands.erase_note_photo(office, private, here.by(note), note, file, body.reason))
    return note_at(here, note)


def _shown(here: At, note: UUID) -> NoteShown:
    return note_shown(note, commands.known_note(here.house.office, note))


def _known(here: At, note: UUID) -> Note:
    """Of this congress; for delegates only what they see on their phones. Raises NotFound."""
    state = commands.known_note(here.house.office, note)
    if state.taken.congress != here.congress.id:
        raise NotFound(kind="note", id=str(note))
    if not here.may(Act.READ_OFFICE):
        with here.house.reading.connect() as conn:
            known_note(conn, here.place, note)
    return state
