"""The tables of agendas and street lists, and how facts fill them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    and_,
    delete,
    func,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.congress.council import (
    AgendaItemEntered,
    AgendaItemPutRight,
    AgendaItemRemoved,
    AgendaOrdered,
    DiscussionCorrected,
    DiscussionNoted,
    HandsShown,
    ItemDecided,
    ItemListed,
    ItemPassedOn,
    ItemPutToPoll,
)
from domain.congress.street_list import StreetListAnnounced
from projections.reading.projection import Projection

metadata = MetaData()

ITEMS = Table(
    "agenda_item",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("item", Uuid, primary_key=True),
    Column("session", Uuid, nullable=False),
    Column("place", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("content", String, nullable=False),
    Column("presenter", String(200), nullable=False),
    Column("proposal", Uuid),
    Column("present", Integer),
    Column("votes_for", Integer),
    Column("against", Integer),
    Column("abstain", Integer),
    Column("not_voting", Integer),
    Column("members", Integer),
    Column("quorum", Integer),
    Column("needed", Integer),
    Column("counted_by", String),
    Column("profile_title", String),
    Column("poll", Uuid),
    Column("poll_item", String(40), nullable=False),
    Column("result", String(16)),
    Column("chosen_by", String(16)),
    Column("decided_on", Date),
    Column("reason", String),
    Column("passed_to", Uuid),
    Column("passed_as", Uuid),
    Column("code", String(16)),
    Column("listed", Integer),
    Column("position", BigInteger, nullable=False, index=True),
    Index("agenda_item_item", "item"),
    Index("agenda_item_session", "session", "place"),
)

NOTES = Table(
    "agenda_note",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("note", Uuid, primary_key=True),
    Column("item", Uuid, nullable=False, index=True),
    Column("speaker", String(200), nullable=False),
    Column("words", String, nullable=False),
    Column("entered", BigInteger, nullable=False),
    Index("agenda_note_note", "note"),
)

LISTED = Table(
    "street_list_item",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("item", Uuid, nullable=False),
    Column("session", Uuid, nullable=False),
    Column("title", String(200), nullable=False),
    Column("votes_for", Integer, nullable=False),
    Column("present", Integer, nullable=False),
    Column("notice_number", String(200), nullable=False),
    Column("announced_on", Date, nullable=False),
    Column("position", BigInteger, nullable=False, index=True),
)


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row an item, a note and a line of the list."""
    for notice in noticed:
        match notice.fact:
            case AgendaItemEntered() as fact:
                _enter(conn, notice, fact)
            case AgendaOrdered(order=order):
                for place, item in enumerate(order, start=1):
                    _change(conn, notice, item, place=place)
            case AgendaItemRemoved(item=item):
                _remove(conn, notice, item)
            case DiscussionNoted() as fact:
                _note(conn, notice, fact)
            case DiscussionCorrected() as fact:
                right = update(NOTES).where(NOTES.c.note == fact.note)
                conn.execute(right.values(speaker=fact.speaker, words=fact.words))
                _change(conn, notice, fact.item)
            case StreetListAnnounced() as fact:
                _announce(conn, notice, fact)
            case (
                AgendaItemPutRight(item=item)
                | HandsShown(item=item)
                | ItemPutToPoll(item=item)
                | ItemDecided(item=item)
                | ItemPassedOn(item=item)
                | ItemListed(item=item)
            ) as fact:
                _change(conn, notice, item, **_said_by(fact))


def _said_by(
    fact: AgendaItemPutRight | HandsShown | ItemPutToPoll | ItemDecided | ItemPassedOn | ItemListed,
) -> dict[str, object]:
    undecided = {"result": None, "chosen_by": None, "decided_on": None, "reason": None}
    match fact:
        case AgendaItemPutRight(matter=matter):
            return {"title": matter.title, "content": matter.content, "presenter": matter.presenter}
        case HandsShown(hands=hands):
            counted = ("present", "votes_for", "against", "abstain", "not_voting", "counted_by")
            ruled = ("members", "quorum", "needed", "profile_title")
            shown = {name: getattr(hands, name) for name in counted}
            return shown | {name: getattr(fact, name) for name in ruled} | undecided
        case ItemPutToPoll():
            return {"poll": fact.poll, "poll_item": fact.poll_item, **undecided}
        case ItemDecided():
            decided = {"result": fact.result.value, "chosen_by": fact.by.value}
            return {**decided, "decided_on": fact.on, "reason": fact.reason}
        case ItemPassedOn():
            return {"passed_to": fact.congress, "passed_as": fact.proposal, "code": fact.code}
        case ItemListed():
            return {"listed": fact.number}


def _enter(conn: Connection, notice: Noticed, fact: AgendaItemEntered) -> None:
    last = conn.scalar(select(func.max(ITEMS.c.place)).where(ITEMS.c.session == fact.session)) or 0
    conn.execute(
        insert(ITEMS).values(
            congress=fact.congress,
            item=fact.item,
            session=fact.session,
            place=last + 1,
            title=fact.matter.title,
            content=fact.matter.content,
            presenter=fact.matter.presenter,
            proposal=fact.proposal,
            poll_item="",
            position=notice.position,
        )
    )


def _remove(conn: Connection, notice: Noticed, item: UUID) -> None:
    gone = conn.execute(select(ITEMS.c.session, ITEMS.c.place).where(ITEMS.c.item == item)).one()
    conn.execute(delete(NOTES).where(NOTES.c.item == item))
    conn.execute(delete(ITEMS).where(ITEMS.c.item == item))
    rest = and_(ITEMS.c.session == gone.session, ITEMS.c.place > gone.place)
    conn.execute(update(ITEMS).where(rest).values(place=ITEMS.c.place - 1, position=notice.position))


def _note(conn: Connection, notice: Noticed, fact: DiscussionNoted) -> None:
    congress = select(ITEMS.c.congress).where(ITEMS.c.item == fact.item).scalar_subquery()
    said = {"note": fact.note, "item": fact.item, "speaker": fact.speaker, "words": fact.words}
    conn.execute(insert(NOTES).values(congress=congress, entered=notice.position, **said))
    _change(conn, notice, fact.item)


def _announce(conn: Connection, notice: Noticed, fact: StreetListAnnounced) -> None:
    same = {"congress": fact.congress, "year": fact.year, "session": fact.session, "position": notice.position}
    same |= {"notice_number": fact.notice_number, "announced_on": fact.announced_on}
    lines = [
        {"item": one.item, "number": one.number, "title": one.title, "votes_for": one.votes_for, "present": one.present}
        for one in fact.lines
    ]
    conn.execute(insert(LISTED), [{**same, **line} for line in lines])


def _change(conn: Connection, notice: Noticed, item: UUID, **values: object) -> None:
    conn.execute(update(ITEMS).where(ITEMS.c.item == item).values(position=notice.position, **values))


PROJECTION = Projection(name="agenda", shape=1, metadata=metadata, project=project)
