"""Where does each poll stand, with which numbers, cards and signatures?"""

from collections.abc import Sequence
from datetime import date, datetime
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
    Select,
    String,
    Table,
    Uuid,
    delete,
    insert,
    select,
    update,
)

from application.history.history import Noticed
from domain.congress.session import CardDrawUndone, PaperIssued, PaperIssueUndone
from domain.polls.paper import BatchEntered, DoubtfulMarkDecided, KeypadTotalsEntered, PapersReturned
from domain.polls.poll import (
    CountSigned,
    LastBallotsCalled,
    PollCancelled,
    PollClosed,
    PollCounted,
    PollDeclared,
    PollOpened,
    PollPrepared,
    PollStage,
    ScrutineersApproved,
    SignerRole,
)
from projections.reading.moment import Moment
from projections.reading.projection import Projection

metadata = MetaData()

_polls = Table(
    "poll_board",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("poll", Uuid, primary_key=True),
    Column("session", Uuid, nullable=False),
    Column("year", Integer, nullable=False),
    Column("title", String(400), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("sealing", String(16), nullable=False),
    Column("items", Integer, nullable=False),
    Column("card_set", Uuid),
    Column("all_delegates", Integer),
    Column("attending", Integer),
    Column("issued", Integer),
    Column("opened_at", Moment),
    Column("last_called_at", Moment),
    Column("last_call_seconds", Integer),
    Column("ballots", Integer),
    Column("root", String(64), nullable=False),
    Column("closed_at", Moment),
    Column("count_version", Integer, nullable=False),
    Column("count_hash", String(64), nullable=False),
    Column("void_because", String(40), nullable=False),
    Column("counted_at", Moment),
    Column("notice_number", String(80), nullable=False),
    Column("declared_on", Date),
    Column("reason", String, nullable=False),
    Column("rehearsal", Boolean, nullable=False),
    Column("form", String(16), nullable=False),
    Column("parent", Uuid),
    Column("again", String(16), nullable=False),
    Column("prepared", BigInteger, nullable=False),
    Index("poll_board_poll", "poll"),
    Index("poll_board_parent", "parent"),
)

_scrutineers = Table(
    "poll_scrutineer",
    metadata,
    Column("poll", Uuid, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("delegate", Uuid, nullable=False),
    Index("poll_scrutineer_delegate", "delegate"),
)

_signatures = Table(
    "poll_signature",
    metadata,
    Column("poll", Uuid, primary_key=True),
    Column("delegate", Uuid, primary_key=True),
    Column("role", String(16), nullable=False),
    Column("name", String(200), nullable=False),
    Column("count_hash", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("position", BigInteger, nullable=False),
)


class BoardPoll(NamedTuple):
    """A poll as it stands. Numbers are None until they are fixed: N, A and I by the opening, ballots by the closing."""

    congress: UUID
    id: UUID
    session: UUID
    year: int
    title: str
    stage: PollStage
    sealing: str
    items: int
    card_set: UUID | None
    all_delegates: int | None
    attending: int | None
    issued: int | None
    opened_at: datetime | None
    last_called_at: datetime | None
    last_call_seconds: int | None
    ballots: int | None
    root: str
    closed_at: datetime | None
    count_version: int
    count_hash: str
    void_because: str
    counted_at: datetime | None
    notice_number: str
    declared_on: date | None
    reason: str
    """Why it was cancelled."""
    rehearsal: bool
    """Whether it decides nothing."""
    form: str
    parent: UUID | None
    """The poll it follows."""
    again: str
    """Why: `tie`, `shortfall` or `repeat`; empty for a first poll."""


class Signature(NamedTuple):
    """Who signed the current count, in which office, when."""

    delegate: UUID
    role: SignerRole
    name: str
    count_hash: str
    at: datetime


def polls_of_session(connection: Connection, session: UUID) -> list[BoardPoll]:
    """The polls of a session, the newest first."""
    return _found(connection, _listed().where(_polls.c.session == session))


def polls_of_scrutineer(connection: Connection, congress: UUID, delegate: UUID) -> list[BoardPoll]:
    """The polls a delegate is chief scrutineer or scrutineer of, the newest first."""
    theirs = select(_scrutineers.c.poll).where(_scrutineers.c.delegate == delegate)
    return _found(connection, _listed().where(_polls.c.congress == congress, _polls.c.poll.in_(theirs)))


def poll_at(connection: Connection, congress: UUID, poll: UUID) -> BoardPoll | None:
    """One poll of a congress."""
    return next(iter(_found(connection, _listed().where(_polls.c.congress == congress, _polls.c.poll == poll))), None)


def rehearsal_of(connection: Connection, poll: UUID) -> UUID | None:
    """The rehearsal, a session of its own, that the poll belongs to; None for a real one."""
    return connection.scalar(select(_polls.c.session).where(_polls.c.poll == poll, _polls.c.rehearsal))


def signatures_of(connection: Connection, poll: UUID) -> list[Signature]:
    """The signatures under the current count, in the order of signing."""
    asked = select(*(_signatures.c[name] for name in Signature._fields)).where(_signatures.c.poll == poll)
    rows = connection.execute(asked.order_by(_signatures.c.position))
    return [Signature(row.delegate, SignerRole(row.role), row.name, row.count_hash, row.at) for row in rows]


def _listed() -> Select[tuple[object, ...]]:
    return select(*(column for column in _polls.c if column.name != "prepared")).order_by(_polls.c.prepared.desc())


def _found(connection: Connection, asked: Select[tuple[object, ...]]) -> list[BoardPoll]:
    found = [BoardPoll._make(row) for row in connection.execute(asked)]
    return [poll._replace(stage=PollStage(poll.stage)) for poll in found]


def project(connection: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps one row a poll; what is no longer so (replaced scrutineers, void signatures) is taken out."""
    for notice in noticed:
        match notice.fact:
            case PollPrepared() as prepared:
                connection.execute(
                    insert(_polls).values(**_row(prepared), poll=notice.stream, prepared=notice.position)
                )
            case ScrutineersApproved(chief=chief, scrutineers=others):
                connection.execute(delete(_scrutineers).where(_scrutineers.c.poll == notice.stream))
                rows = [
                    {"poll": notice.stream, "place": place, "delegate": delegate}
                    for place, delegate in enumerate((chief, *others))
                ]
                connection.execute(insert(_scrutineers), rows)
            case PollCounted() as counted:
                connection.execute(delete(_signatures).where(_signatures.c.poll == notice.stream))
                _set(
                    connection,
                    notice,
                    stage=PollStage.COUNTED.value,
                    count_version=counted.version,
                    count_hash=counted.count_hash,
                    void_because=counted.void_because,
                    counted_at=notice.at,
                )
            case PapersReturned() | BatchEntered() | DoubtfulMarkDecided() | KeypadTotalsEntered():
                _needs_recount(connection, notice.stream)
            case CountSigned() as signed:
                connection.execute(
                    insert(_signatures).values(
                        poll=notice.stream,
                        delegate=signed.delegate,
                        role=signed.role.value,
                        name=signed.name,
                        count_hash=signed.count_hash,
                        at=notice.at,
                        position=notice.position,
                    )
                )
            case _:
                _step(connection, notice)


def _needs_recount(connection: Connection, poll: UUID) -> None:
    """A figure was changed after the count: it is counted again, and signed again (rule 11)."""
    counted = (_polls.c.poll == poll, _polls.c.stage == PollStage.COUNTED.value)
    changed = connection.execute(update(_polls).where(*counted).values(stage=PollStage.CLOSED.value))
    if changed.rowcount:
        connection.execute(delete(_signatures).where(_signatures.c.poll == poll))


def _step(connection: Connection, notice: Noticed) -> None:
    match notice.fact:
        case PollOpened() as opened:
            _set(
                connection,
                notice,
                stage=PollStage.OPEN.value,
                all_delegates=opened.all_delegates,
                attending=opened.attending,
                issued=opened.issued,
                opened_at=notice.at,
            )
        case LastBallotsCalled(seconds=seconds):
            _set(connection, notice, last_called_at=notice.at, last_call_seconds=seconds)
        case PaperIssued(late=late) as fact:
            _issue(connection, fact, issued=1, attending=int(late))
        case PaperIssueUndone(late=late) as fact:
            _issue(connection, fact, issued=-1, attending=-int(late))
        case CardDrawUndone() as fact:
            _issue(connection, fact, issued=-1)
        case PollClosed() as closed:
            _set(
                connection,
                notice,
                stage=PollStage.CLOSED.value,
                ballots=closed.ballots,
                root=closed.root,
                closed_at=notice.at,
            )
        case PollDeclared() as declared:
            _set(
                connection,
                notice,
                stage=PollStage.DECLARED.value,
                notice_number=declared.notice_number,
                declared_on=declared.on,
            )
        case PollCancelled(reason=reason):
            _set(connection, notice, stage=PollStage.CANCELLED.value, reason=reason)


def _issue(
    connection: Connection, fact: PaperIssued | PaperIssueUndone | CardDrawUndone, *, issued: int, attending: int = 0
) -> None:
    """While a poll is open late arrivals are handed papers: I grows, and A by those who were not there.

    A card exchanged for a paper leaves I as it was (rule 13).
    """
    connection.execute(
        update(_polls)
        .where(_polls.c.congress == fact.congress, _polls.c.poll == fact.poll, _polls.c.stage == PollStage.OPEN.value)
        .values(issued=_polls.c.issued + issued, attending=_polls.c.attending + attending)
    )


def _row(prepared: PollPrepared) -> dict[str, object]:
    return {
        "congress": prepared.congress,
        "session": prepared.session,
        "year": prepared.year,
        "title": prepared.title,
        "stage": PollStage.PREPARED.value,
        "sealing": prepared.sealing.value,
        "items": len(prepared.items),
        "card_set": prepared.card_set,
        "root": "",
        "count_version": 0,
        "count_hash": "",
        "void_because": "",
        "notice_number": "",
        "reason": "",
        "rehearsal": prepared.rehearsal,
        "form": prepared.profile.form.value,
        "parent": prepared.parent,
        "again": prepared.again.value if prepared.again else "",
    }


def _set(connection: Connection, notice: Noticed, **values: object) -> None:
    connection.execute(update(_polls).where(_polls.c.poll == notice.stream).values(**values))


PROJECTION = Projection(name="poll_board", shape=5, metadata=metadata, project=project)
