"""What has each delegate done: proposed, remarked, asked, read, attended, inspected, noted? Never how anybody voted."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.congress.materials import MaterialRead, MaterialReplaced, MaterialSent
from domain.congress.session import CheckInUndone, DelegateCheckedIn, SessionConvened, SessionRescheduled
from domain.projects.candidate_list import CardRead
from domain.projects.project import CandidateDrafted, CandidateRevised
from domain.projects.remark import QuestionAsked, RemarkCorrected, RemarkRecorded, RemarkTakenBack
from domain.proposals.proposal import ProposalPutRight, ProposalReceived
from domain.shared import CHINA
from domain.supervision.group import GroupChanged, GroupFormed
from domain.supervision.inquiry import (
    InquiryPlanned,
    InquiryQuestionCorrected,
    InquiryQuestionDropped,
    InquiryQuestionPut,
)
from domain.supervision.inspection import (
    ConclusionCorrected,
    InspectionConcluded,
    InspectionPlanned,
    InspectionReplanned,
)
from domain.supervision.note import NoteCorrected, NoteTaken, NoteWithdrawn
from projections.reading.projection import Projection

metadata = MetaData()


class Deed(StrEnum):
    """What a delegate can do, in the order of the year."""

    PROPOSED = "proposed"
    REMARKED = "remarked"
    ASKED = "asked"
    CARD = "card"
    MATERIAL = "material"
    SESSION = "session"
    GROUP = "group"
    INSPECTION = "inspection"
    NOTE = "note"
    INQUIRY = "inquiry"
    """A question put in a special inquiry or a hearing."""


_deeds = Table(
    "delegate_deed",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("delegate", Uuid, primary_key=True),
    Column("deed", String(16), primary_key=True),
    Column("about", Uuid, primary_key=True),
    Column("on", Date, nullable=False),
    Column("year", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("project", Uuid),
    Column("position", BigInteger, nullable=False),
    Index("delegate_deed_about", "about"),
    Index("delegate_deed_year", "congress", "year"),
)
"""One line for each thing done; `year` is that of the day."""

_names = Table(
    "delegate_record_name",
    metadata,
    Column("of", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("project", Uuid),
    Column("words", String, nullable=False),
)
"""What sessions, materials, projects, groups and inspections are called; a rehearsal has no name here."""


class DeedRow(NamedTuple):
    """One thing a delegate did. `words`: what was said, or the name of what it is about."""

    deed: str
    about: UUID
    on: date
    words: str
    project: UUID | None
    project_name: str


def deeds_of(conn: Connection, congress: UUID, delegate: UUID, year: int | None = None) -> list[DeedRow]:
    """Newest first."""
    project_names = _names.alias("project_names")
    query = (
        select(
            _deeds.c.deed,
            _deeds.c.about,
            _deeds.c.on,
            func.coalesce(_names.c.words, _deeds.c.words),
            _deeds.c.project,
            func.coalesce(project_names.c.words, ""),
        )
        .outerjoin(_names, _names.c.of == _deeds.c.about)
        .outerjoin(project_names, project_names.c.of == _deeds.c.project)
        .where(_deeds.c.congress == congress, _deeds.c.delegate == delegate, _is_real())
    )
    if year is not None:
        query = query.where(_deeds.c.year == year)
    order = query.order_by(_deeds.c.on.desc(), _deeds.c.position.desc(), _deeds.c.deed, _deeds.c.about)
    return [DeedRow(*row) for row in conn.execute(order)]


def counted(conn: Connection, congress: UUID, year: int) -> dict[UUID, Counter[str]]:
    """How often each delegate did what in the year."""
    query = (
        select(_deeds.c.delegate, _deeds.c.deed, func.count())
        .outerjoin(_names, _names.c.of == _deeds.c.about)
        .where(_deeds.c.congress == congress, _deeds.c.year == year, _is_real())
        .group_by(_deeds.c.delegate, _deeds.c.deed)
    )
    found: dict[UUID, Counter[str]] = {}
    for delegate, deed, number in conn.execute(query):
        found.setdefault(delegate, Counter())[deed] = number
    return found


def years(conn: Connection, congress: UUID, delegate: UUID | None = None) -> list[int]:
    """The years in which anything was done, newest first."""
    query = select(_deeds.c.year).where(_deeds.c.congress == congress).distinct()
    if delegate is not None:
        query = query.where(_deeds.c.delegate == delegate)
    return list(conn.scalars(query.order_by(_deeds.c.year.desc())))


def _is_real() -> ColumnElement[bool]:
    """Who checks in at a rehearsal attends no session."""
    return (_deeds.c.deed != Deed.SESSION.value) | _names.c.words.is_not(None)


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Adds what was done, a burst of it at once; everything else in its turn."""
    burst: list[dict[str, Any]] = []
    for notice in noticed:
        row = _at_once(notice)
        if row is not None:
            burst.append(row)
            continue
        _write(conn, burst)
        burst = []
        _name(conn, notice)
        _follow(conn, notice)
        _undo(conn, notice)
    _write(conn, burst)


def _at_once(notice: Noticed) -> dict[str, Any] | None:
    """What comes by the hundred, and needs nothing but its fact."""
    match notice.fact:
        case CardRead() as fact:
            return _row(notice, fact.congress, fact.delegate, Deed.CARD, fact.project, project=fact.project)
        case MaterialRead() as fact:
            return _row(notice, fact.congress, fact.delegate, Deed.MATERIAL, fact.material)
        case DelegateCheckedIn() as fact:
            return _row(notice, fact.congress, fact.delegate, Deed.SESSION, fact.session)
        case RemarkRecorded(delegate=delegate) as fact if delegate is not None:
            return _said(notice, fact, delegate, Deed.REMARKED)
        case QuestionAsked() as fact:
            return _said(notice, fact, fact.delegate, Deed.ASKED)
        case ProposalReceived(delegate=delegate) as fact if delegate is not None and _is_first(fact):
            words, on = fact.suggestion.title, fact.received_on
            return _row(notice, fact.congress, delegate, Deed.PROPOSED, notice.stream, words=words, on=on)
        case NoteTaken() as fact:
            words, on, of = fact.words, fact.seen_on, fact.project
            return _row(notice, fact.congress, fact.delegate, Deed.NOTE, notice.stream, words=words, on=on, project=of)
    return None


def _is_first(fact: ProposalReceived) -> bool:
    """A part of a split, or what came from elsewhere, was not proposed once more."""
    return fact.split_from is None and fact.origin is None


def _said(notice: Noticed, fact: RemarkRecorded | QuestionAsked, delegate: UUID, deed: Deed) -> dict[str, Any]:
    return _row(notice, fact.congress, delegate, deed, fact.remark, words=fact.words, on=fact.on, project=fact.project)


def _name(conn: Connection, notice: Noticed) -> None:
    """What things are called from now on."""
    match notice.fact:
        case SessionConvened(congress=congress, title=words) | MaterialSent(congress=congress, title=words):
            _call(conn, notice.stream, congress, words)
        case CandidateDrafted(congress=congress, card=card):
            _call(conn, notice.stream, congress, card.name)
        case InspectionPlanned(congress=congress, plan=plan):
            _call(conn, notice.stream, congress, plan.title)
        case InquiryPlanned(congress=congress, plan=inquiry):
            _call(conn, notice.stream, congress, inquiry.topic)
        case GroupFormed(congress=congress, name=words, project=of):
            conn.execute(delete(_names).where(_names.c.of == notice.stream))
            _call(conn, notice.stream, congress, words, of)
        case SessionRescheduled(title=words) | MaterialReplaced(title=words) | GroupChanged(name=words):
            conn.execute(update(_names).where(_names.c.of == notice.stream).values(words=words))
        case CandidateRevised(card=card):
            conn.execute(update(_names).where(_names.c.of == notice.stream).values(words=card.name))
        case InspectionReplanned(plan=plan):
            conn.execute(update(_names).where(_names.c.of == notice.stream).values(words=plan.title))


def _call(conn: Connection, of: UUID, congress: UUID, words: str, project: UUID | None = None) -> None:
    conn.execute(insert(_names).values(of=of, congress=congress, words=words, project=project))


def _follow(conn: Connection, notice: Noticed) -> None:
    """What is done by several at once, in a group or on an inspection."""
    stream = notice.stream
    match notice.fact:
        case GroupFormed() as fact:
            _together(conn, notice, fact.members, Deed.GROUP, fact.on)
        case GroupChanged() as fact:
            _together(conn, notice, fact.joined, Deed.GROUP, fact.on)
        case InspectionConcluded() | ConclusionCorrected() as fact:
            conn.execute(delete(_deeds).where(_deeds.c.about == stream, _deeds.c.deed == Deed.INSPECTION.value))
            _together(conn, notice, fact.attended, Deed.INSPECTION, fact.held_on)
        case InquiryQuestionPut(delegate=delegate) as fact if delegate is not None:
            congress = conn.scalar(select(_names.c.congress).where(_names.c.of == stream))
            if congress is not None:
                row = _row(notice, congress, delegate, Deed.INQUIRY, fact.question, words=fact.words, on=fact.on)
                _write(conn, [row])


def _together(conn: Connection, notice: Noticed, delegates: Sequence[UUID], deed: Deed, on: date) -> None:
    known = conn.execute(select(_names).where(_names.c.of == notice.stream)).one()
    rows = [_row(notice, known.congress, one, deed, notice.stream, on=on, project=known.project) for one in delegates]
    _write(conn, rows)


def _undo(conn: Connection, notice: Noticed) -> None:
    """What was put right or taken back."""
    match notice.fact:
        case RemarkCorrected(remark=about, words=words) | InquiryQuestionCorrected(question=about, words=words):
            conn.execute(update(_deeds).where(_deeds.c.about == about).values(words=words))
        case NoteCorrected(words=words):
            conn.execute(update(_deeds).where(_deeds.c.about == notice.stream).values(words=words))
        case ProposalPutRight(suggestion=suggestion):
            conn.execute(update(_deeds).where(_deeds.c.about == notice.stream).values(words=suggestion.title))
        case RemarkTakenBack(remark=about) | InquiryQuestionDropped(question=about):
            conn.execute(delete(_deeds).where(_deeds.c.about == about))
        case NoteWithdrawn():
            conn.execute(delete(_deeds).where(_deeds.c.about == notice.stream))
        case CheckInUndone(session=session, delegate=delegate):
            conn.execute(delete(_deeds).where(_deeds.c.about == session, _deeds.c.delegate == delegate))


def _row(
    notice: Noticed,
    congress: UUID,
    delegate: UUID,
    deed: Deed,
    about: UUID,
    *,
    words: str = "",
    on: date | None = None,
    project: UUID | None = None,
) -> dict[str, Any]:
    day = on or notice.at.astimezone(CHINA).date()
    return {
        "congress": congress,
        "delegate": delegate,
        "deed": deed.value,
        "about": about,
        "on": day,
        "year": day.year,
        "words": words,
        "project": project,
        "position": notice.position,
    }


def _write(conn: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """What was done before is not done again, e.g. another edition read."""
    if not rows:
        return
    keys = (_deeds.c.congress, _deeds.c.delegate, _deeds.c.deed, _deeds.c.about)
    abouts = {row["about"] for row in rows}
    known = {tuple(row) for row in conn.execute(select(*keys).where(_deeds.c.about.in_(abouts)))}
    new: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        new.setdefault(tuple(row[key.name] for key in keys), row)
    fresh = [row for key, row in new.items() if key not in known]
    if fresh:
        conn.execute(insert(_deeds), fresh)


PROJECTION = Projection(name="delegate_record", shape=1, metadata=metadata, project=project)
