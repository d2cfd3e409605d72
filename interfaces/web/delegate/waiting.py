"""What a delegate has not read yet, and what was answered: the first page of the phone."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from domain.projects import candidate_list as lists
from domain.projects.remark import RemarkStage
from interfaces.web._base.asking import Place
from interfaces.web._base.language import gettext as _
from interfaces.web._base.shown import day
from projections import deliberation, materials, roll
from projections.deliberation import RemarkRow
from projections.materials import MaterialRow


class OwnMaterial(NamedTuple):
    """A material the delegate was sent."""

    row: MaterialRow
    is_read: bool
    """The newest edition."""


class Waiting(NamedTuple):
    """What the first page says before the cards."""

    unread_cards: int
    unread_materials: list[OwnMaterial]
    reminders: list[str]
    answers: list[RemarkRow]
    """Answers to what the delegate asked or remarked, to be looked at."""

    @property
    def is_nothing(self) -> bool:
        """Whether everything is read and answered."""
        return not (self.unread_cards or self.unread_materials or self.answers)


def own_delegation(conn: Connection, here: Place) -> str:
    """The delegation of the delegate, empty for somebody who is none."""
    entry = roll.delegate_at(conn, here.congress.id, here.delegate) if here.delegate else None
    return entry.delegation if entry else ""


def may_read(here: Place, row: RemarkRow, delegation: str) -> bool:
    """Whether a delegate reads it.

    The own one always, also after moving to another delegation; of the others what is not taken back: questions,
    which are for all delegates, and the remarks of `delegation`, the own.
    """
    if here.delegate is not None and row.delegate == here.delegate:
        return True
    return row.stage != RemarkStage.TAKEN_BACK and (row.is_question or row.delegation == delegation)


def own_materials(conn: Connection, here: Place) -> list[OwnMaterial]:
    """What the delegate in office was sent, the newest first; withdrawn ones only where they had been read."""
    if here.delegate is None:
        return []
    delegation = own_delegation(conn, here)
    if not delegation:
        return []
    read = materials.read_by(conn, here.congress.id, here.delegate)
    found = [row for row in materials.materials_of(conn, here.congress.id) if row.is_for(delegation)]
    return [
        OwnMaterial(row, read.get(row.material, 0) >= row.latest.edition)
        for row in found
        if not row.is_withdrawn or row.material in read
    ]


def waiting(conn: Connection, here: Place, year: int, listed: set[UUID], read: set[UUID], *, open_: bool) -> Waiting:
    """On one day; `open_`: the vote has not decided yet, so that cards are still to be read."""
    if here.delegate is None:
        return Waiting(0, [], [], [])
    unread = [one for one in own_materials(conn, here) if not one.is_read and not one.row.is_withdrawn]
    cards = len(listed - read) if open_ else 0
    mine = deliberation.remarks_of(conn, here.congress.id, year, delegate=here.delegate)
    about = {one.row.material: _("《%(title)s》", title=one.row.latest.title) for one in unread}
    if cards:
        about[lists.list_stream(here.congress.id, year)] = _("候选项目卡片")
    reminders = [
        _reminder(one.on, about[one.about])
        for one in materials.reminders_of(conn, here.congress.id)
        if one.about in about
    ]
    return Waiting(cards, unread, reminders, [one for one in mine if one.stage == RemarkStage.ANSWERED])


def _reminder(on: date, what: str) -> str:
    return _("办公室%(day)s提醒：请阅读%(what)s。", day=day(on), what=what)
