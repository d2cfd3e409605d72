"""What happened to a project, in order, from the first suggestion behind it to the last approved answer?"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    bindparam,
    insert,
    or_,
    select,
    update,
)

from application.history.history import Noticed
from domain.asks.ask import (
    AskApproved,
    AskIssued,
    AskSentBack,
    PlanAnswered,
    ProgressAnswered,
    ResultAnswered,
    SummaryAnswered,
)
from domain.projects.approvals import ApprovalOutcome, ApprovalRecorded, ApprovalWithdrawn, CandidateScreened
from domain.projects.card import CandidateCard
from domain.projects.project import (
    CandidateDrafted,
    CandidateRevised,
    CandidateWithdrawn,
    ProjectAdopted,
    ProjectEvaluated,
    ProjectListed,
    ProjectNotAdopted,
    ProjectUnlisted,
)
from domain.shared import CHINA
from projections.reading.behind import behind, behind_table, follow_behind
from projections.reading.projection import Projection
from projections.reading.timeline_details import evaluated, told, voted

metadata = MetaData()

_entries = Table(
    "timeline_entry",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("project", Uuid, primary_key=True),
    Column("position", BigInteger, primary_key=True, index=True),
    Column("happened_on", Date, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("public", Boolean, nullable=False),
    Column("details", JSON, nullable=False),
)

_projects = Table(
    "timeline_project",
    metadata,
    Column("project", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("code", String(16), nullable=False, unique=True),
    Column("listed", Boolean, nullable=False),
    Column("proposals", Integer, nullable=False),
    Column("supporters", Integer, nullable=False),
    Column("touched", BigInteger, nullable=False, index=True),
)

_behind = behind_table(metadata, "timeline_behind")

_asks = Table(
    "timeline_ask",
    metadata,
    Column("ask", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("project", Uuid, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("answered_on", Date),
    Column("answer", JSON),
)


Lines = list[dict[str, object]]
"""Rows of `timeline_entry`."""


class Entry(NamedTuple):
    """One line of a timeline; the sentence is made from `kind` and `details` by the catalogue."""

    position: int
    happened_on: date
    kind: str
    public: bool
    details: dict[str, Any]


def timeline(conn: Connection, project_id: UUID, *, public_only: bool = False) -> list[Entry]:
    """The project's entries, newest first. Residents see approved answers and decisions only.

    The first suggestion behind the project stands where it was received; residents see how it went on from there.
    """
    first = _suggested(conn, project_id)
    query = (
        select(_entries.c.position, _entries.c.happened_on, _entries.c.kind, _entries.c.public, _entries.c.details)
        .where(_entries.c.project == project_id)
        .order_by(_entries.c.happened_on.desc(), _entries.c.position.desc())
    )
    if public_only:
        began = _entries.c.kind == "drafted"
        query = query.where(or_(_entries.c.public, began) if first else _entries.c.public)
    found = [Entry(*row) for row in conn.execute(query)]
    if first is not None:
        later = sum(entry.happened_on >= first.happened_on for entry in found)
        found.insert(later, first)
    return found


def _suggested(conn: Connection, project_id: UUID) -> Entry | None:
    """The proposals behind the project: as they are now, on the list as they were frozen with it."""
    of = behind(conn, _behind, (project_id,)).get(project_id)
    if of is None or of.first_on is None:
        return None
    known = conn.execute(select(_projects).where(_projects.c.project == project_id)).one()
    frozen = bool(known.listed and known.proposals)
    details = {
        "proposals": known.proposals if frozen else of.proposals,
        "supporters": known.supporters if frozen else of.supporters,
    }
    return Entry(0, of.first_on, "suggested", public=True, details=details)


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses of which a public line was added after this position."""
    newer = (_entries.c.position > position, _entries.c.public)
    touched = (_projects.c.touched > position, _projects.c.listed)
    of_lines = set(conn.scalars(select(_entries.c.congress).where(*newer).distinct()))
    return of_lines | set(conn.scalars(select(_projects.c.congress).where(*touched).distinct()))


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Adds a line for every fact about a project or one of its asks; the lines of a batch are written together."""
    lines: Lines = []
    for notice in noticed:
        match notice.fact:
            case CandidateDrafted(congress=congress, code=code, card=card):
                key = {"project": notice.stream, "congress": congress, "code": code}
                values = {**key, "listed": False, "touched": notice.position, **_support(card)}
                conn.execute(insert(_projects).values(**values))
                _add(conn, lines, notice, "drafted", public=False)
            case CandidateRevised(card=card):
                _change(conn, notice.stream, **_support(card))
            case CandidateWithdrawn(reason=reason):
                _add(conn, lines, notice, "withdrawn", public=False, reason=reason)
            case CandidateScreened() | ApprovalRecorded() | ApprovalWithdrawn() as fact:
                _examined(conn, lines, notice, fact)
            case ProjectListed(number=number, on=on):
                _change(conn, notice.stream, listed=True)
                _add(conn, lines, notice, "listed", on=on, number=number)
            case ProjectUnlisted(reason=reason):
                _change(conn, notice.stream, listed=False)
                _add(conn, lines, notice, "unlisted", public=False, reason=reason)
            case ProjectAdopted(on=on, vote=vote) as fact:
                how: dict[str, Any] = {
                    "number": fact.number,
                    "notice_number": fact.notice_number,
                    "decided_by": fact.decided_by,
                }
                _add(conn, lines, notice, "adopted", on=on, **how, **voted(vote))
            case ProjectNotAdopted(on=on, vote=vote) as fact:
                by: dict[str, Any] = {"decided_by": fact.decided_by, "notice_number": fact.notice_number}
                _add(conn, lines, notice, "not_adopted", on=on, **by, **voted(vote))
            case ProjectEvaluated(on=on) as fact:
                _add(conn, lines, notice, "evaluated", on=on, **evaluated(fact))
            case AskIssued(project=UUID()) as fact:
                _expect(conn, notice, fact)
            case PlanAnswered() | ResultAnswered() | ProgressAnswered() | SummaryAnswered() as fact:
                _answered(conn, lines, notice, fact)
            case AskSentBack(reason=reason, on=on):
                _about_ask(conn, lines, notice, "ask_sent_back", on, public=False, reason=reason)
            case AskApproved(on=on):
                _approved(conn, lines, notice, on)
    if lines:
        conn.execute(insert(_entries), lines)
    for of, position in follow_behind(conn, _behind, noticed, received=True).items():
        _change(conn, of, touched=position)


_CONGRESS_OF = select(_projects.c.congress).where(_projects.c.project == bindparam("project"))


def _add(
    conn: Connection,
    lines: Lines,
    notice: Noticed,
    kind: str,
    *,
    on: date | None = None,
    public: bool = True,
    **details: object,
) -> None:
    congress = conn.scalar(_CONGRESS_OF, {"project": notice.stream})
    lines.append(_line(notice, congress, notice.stream, kind, on, public=public, details=details))


def _line(
    notice: Noticed,
    congress: UUID | None,
    project_id: UUID,
    kind: str,
    on: date | None,
    *,
    public: bool,
    details: dict[str, object],
) -> dict[str, object]:
    return {
        "congress": congress,
        "project": project_id,
        "position": notice.position,
        "happened_on": on or notice.at.astimezone(CHINA).date(),
        "kind": kind,
        "public": public,
        "details": details,
    }


def _change(conn: Connection, project_id: UUID, **values: object) -> None:
    conn.execute(update(_projects).where(_projects.c.project == project_id).values(**values))


def _support(card: CandidateCard) -> dict[str, int]:
    return {"proposals": card.support_proposals, "supporters": card.supporters}


def _examined(
    conn: Connection, lines: Lines, notice: Noticed, fact: CandidateScreened | ApprovalRecorded | ApprovalWithdrawn
) -> None:
    """Residents see who consented; neither what was found on the way nor what does not stand any more."""
    match fact:
        case CandidateScreened(screening=found):
            _add(conn, lines, notice, "screened", public=False, hits=[[line.code, line.name] for line in found.hits])
        case ApprovalRecorded():
            of = {"approval": str(fact.approval), "of": fact.kind.value, "body": fact.body, "number": fact.number}
            consents = fact.outcome is not ApprovalOutcome.REFUSAL
            _add(conn, lines, notice, "approval", on=fact.on, public=consents, outcome=fact.outcome.value, **of)
        case ApprovalWithdrawn():
            whose = _take_back(conn, lines, notice, str(fact.approval))
            _add(conn, lines, notice, "approval_withdrawn", public=False, reason=fact.reason, **whose)


def _take_back(conn: Connection, lines: Lines, notice: Noticed, approval: str) -> dict[str, Any]:
    """The line of an approval is for the office only from now on; returns whose it was."""
    of: dict[str, Any] = {}
    for line in lines:
        details = line["details"]
        if isinstance(details, dict) and details.get("approval") == approval:
            line["public"], of = False, details
    kept = select(_entries.c.position, _entries.c.details).where(
        _entries.c.project == notice.stream, _entries.c.kind == "approval"
    )
    for position, details in conn.execute(kept).all():
        if details["approval"] == approval:
            this = (_entries.c.project == notice.stream, _entries.c.position == position)
            conn.execute(update(_entries).where(*this).values(public=False))
            of = details
    return {name: of[name] for name in ("of", "body") if name in of}


def _expect(conn: Connection, notice: Noticed, fact: AskIssued) -> None:
    conn.execute(
        insert(_asks).values(
            ask=notice.stream, congress=fact.congress, project=fact.project, kind=fact.kind.value, due_on=fact.due_on
        )
    )


def _about_ask(
    conn: Connection, lines: Lines, notice: Noticed, kind: str, on: date, *, public: bool, **details: object
) -> None:
    ask = conn.execute(select(_asks).where(_asks.c.ask == notice.stream)).one_or_none()
    if ask is not None:
        told = {"ask": ask.kind, **details}
        lines.append(_line(notice, ask.congress, ask.project, kind, on, public=public, details=told))


def _answered(
    conn: Connection,
    lines: Lines,
    notice: Noticed,
    fact: PlanAnswered | ResultAnswered | ProgressAnswered | SummaryAnswered,
) -> None:
    _about_ask(conn, lines, notice, "ask_answered", fact.on, public=False)
    conn.execute(
        _asks.update().where(_asks.c.ask == notice.stream).values(answered_on=fact.on, answer=told(fact.answer))
    )


def _approved(conn: Connection, lines: Lines, notice: Noticed, on: date) -> None:
    """What residents read of an answer is the answer as it was approved."""
    answer = conn.scalar(select(_asks.c.answer).where(_asks.c.ask == notice.stream))
    _about_ask(conn, lines, notice, "ask_approved", on, public=True, **(answer or {}))


PROJECTION = Projection(name="progress_timeline", shape=4, metadata=metadata, project=project)
