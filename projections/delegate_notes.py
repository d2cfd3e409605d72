"""What did delegates note on the spot, about which project, and which problems wait for the office?"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.supervision.note import (
    NoteCorrected,
    NoteHandedOver,
    NotePhotoErased,
    NoteSettled,
    NoteStage,
    NoteTaken,
    NoteWithdrawn,
)
from projections.reading.projection import Projection

metadata = MetaData()

_notes = Table(
    "delegate_note",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("note", Uuid, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("project", Uuid, nullable=False),
    Column("delegate", Uuid, nullable=False),
    Column("inspection", Uuid),
    Column("seen_on", Date, nullable=False),
    Column("words", Text, nullable=False),
    Column("place", String, nullable=False),
    Column("is_problem", Boolean, nullable=False),
    Column("photos", Integer, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("unit_name", String, nullable=False),
    Column("duty", Uuid),
    Column("settled", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Index("delegate_note_note", "note"),
    Index("delegate_note_project", "project"),
    Index("delegate_note_year", "congress", "year"),
)


class NoteRow(NamedTuple):
    """A note as lists show it; its photos stand in its own state."""

    congress: UUID
    note: UUID
    year: int
    project: UUID
    delegate: UUID
    inspection: UUID | None
    seen_on: date
    words: str
    place: str
    is_problem: bool
    photos: int
    stage: str
    unit_name: str
    duty: UUID | None
    settled: str

    @property
    def waits(self) -> bool:
        """Whether it is a problem that nobody has seen to."""
        return self.is_problem and self.stage == NoteStage.TAKEN


class NoteCount(NamedTuple):
    """Of one project."""

    notes: int
    problems: int
    waiting: int


_COLUMNS = [column for column in _notes.c if column.name != "position"]


def notes_of(
    conn: Connection,
    congress: UUID,
    *,
    year: int | None = None,
    project: UUID | None = None,
    delegate: UUID | None = None,
    inspection: UUID | None = None,
) -> list[NoteRow]:
    """Nothing that was withdrawn, newest first."""
    query = select(*_COLUMNS).where(_notes.c.congress == congress, _notes.c.stage != NoteStage.WITHDRAWN.value)
    for column, wanted in (
        (_notes.c.year, year),
        (_notes.c.project, project),
        (_notes.c.delegate, delegate),
        (_notes.c.inspection, inspection),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    return [NoteRow(*row) for row in conn.execute(query.order_by(_notes.c.seen_on.desc(), _notes.c.position.desc()))]


def note_at(conn: Connection, note: UUID) -> NoteRow | None:
    """One note, also one that was withdrawn."""
    row = conn.execute(select(*_COLUMNS).where(_notes.c.note == note)).one_or_none()
    return NoteRow(*row) if row else None


def counted(conn: Connection, congress: UUID, year: int) -> dict[UUID, NoteCount]:
    """Of each project of the year, without what was withdrawn."""
    query = (
        select(_notes.c.project, _notes.c.is_problem, _notes.c.stage, func.count())
        .where(_notes.c.congress == congress, _notes.c.year == year, _notes.c.stage != NoteStage.WITHDRAWN.value)
        .group_by(_notes.c.project, _notes.c.is_problem, _notes.c.stage)
    )
    notes: Counter[UUID] = Counter()
    problems: Counter[UUID] = Counter()
    waiting: Counter[UUID] = Counter()
    for of, is_problem, stage, number in conn.execute(query):
        notes[of] += number
        problems[of] += number if is_problem else 0
        waiting[of] += number if is_problem and stage == NoteStage.TAKEN else 0
    return {of: NoteCount(notes[of], problems[of], waiting[of]) for of in notes}


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Moves each note with its facts."""
    for notice in noticed:
        note = notice.stream
        match notice.fact:
            case NoteTaken() as fact:
                _take(conn, notice, fact)
            case NoteCorrected() as fact:
                _change(conn, note, words=fact.words, place=fact.place, is_problem=fact.is_problem)
            case NoteWithdrawn():
                _change(conn, note, stage=NoteStage.WITHDRAWN.value)
            case NoteHandedOver() as fact:
                _change(conn, note, stage=NoteStage.HANDED_OVER.value, duty=fact.duty, unit_name=fact.unit_name)
            case NoteSettled() as fact:
                _change(conn, note, stage=NoteStage.SETTLED.value, settled=fact.words)
            case NotePhotoErased():
                _change(conn, note, photos=_notes.c.photos - 1)


def _take(conn: Connection, notice: Noticed, fact: NoteTaken) -> None:
    conn.execute(
        insert(_notes).values(
            congress=fact.congress,
            note=notice.stream,
            year=fact.year,
            project=fact.project,
            delegate=fact.delegate,
            inspection=fact.inspection,
            seen_on=fact.seen_on,
            words=fact.words,
            place=fact.place,
            is_problem=fact.is_problem,
            photos=len(fact.photos),
            stage=NoteStage.TAKEN.value,
            unit_name="",
            settled="",
            position=notice.position,
        )
    )


def _change(conn: Connection, note: UUID, **values: object) -> None:
    conn.execute(update(_notes).where(_notes.c.note == note).values(**values))


PROJECTION = Projection(name="delegate_notes", shape=1, metadata=metadata, project=project)
