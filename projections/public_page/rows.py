"""From facts to pages."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, insert, update

from application.history.history import Noticed
from domain.asks.ask import AskApproved, AskIssued, ProgressAnswered, SummaryAnswered
from domain.congress.congress import CongressDescribed, CongressFounded, UnitAdded, UnitChanged
from domain.polls.poll import PollPrepared
from domain.polls.rules import Publication
from domain.projects.implementation import Standing, implementation_stream
from domain.projects.project import (
    CandidateDrafted,
    CandidateRevised,
    ProjectAdopted,
    ProjectListed,
    ProjectNotAdopted,
    ProjectUnlisted,
    Stage,
)
from projections.public_page import of_work
from projections.public_page.changing import Batch, moment
from projections.public_page.details import of_card, of_vote
from projections.public_page.tables import behind, congresses, metadata, pages, sessions, units
from projections.reading.behind import follow_behind
from projections.reading.projection import Projection


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps what a page needs beside its code."""
    batch = Batch(conn, noticed)
    for notice in noticed:
        _follow(batch, notice)
    batch.write()
    for project_id, position in follow_behind(conn, behind, noticed, received=False).items():
        this = (pages.c.project == project_id, pages.c.position < position)
        conn.execute(update(pages).where(*this).values(position=position))


def _follow(batch: Batch, notice: Noticed) -> None:
    match notice.fact:
        case CongressFounded() as fact:
            values = {"slug": fact.slug, "name": fact.name, "short_name": fact.short_name}
            batch.conn.execute(insert(congresses).values(congress=notice.stream, **values))
        case CongressDescribed(name=name, short_name=short_name):
            described = update(congresses).where(congresses.c.congress == notice.stream)
            batch.conn.execute(described.values(name=name, short_name=short_name))
            batch.touch(notice, pages.c.congress == notice.stream)
        case UnitAdded(unit=unit, duty_phone=phone):
            batch.conn.execute(insert(units).values(unit=unit, congress=notice.stream, duty_phone=phone))
        case UnitChanged(unit=unit, duty_phone=phone):
            batch.conn.execute(update(units).where(units.c.unit == unit).values(duty_phone=phone))
            batch.touch(notice, pages.c.lead_unit == unit)
        case PollPrepared(session_title=title, profile=profile, rehearsal=False):
            full = profile.publication is Publication.FULL_COUNTS
            batch.conn.execute(insert(sessions).values(poll=notice.stream, title=title, full_counts=full))
        case _:
            _follow_project(batch, notice)
            _follow_asks(batch, notice)
            of_work.follow(batch, notice)


def _follow_project(batch: Batch, notice: Noticed) -> None:
    match notice.fact:
        case CandidateDrafted() as fact:
            key = {"code": fact.code, "congress": fact.congress, "project": notice.stream, "year": fact.year}
            work = {"implementation": implementation_stream(notice.stream), "standing": Standing.UNDER_WAY.value}
            none = {"reports": [], "reached": [], "adjusted": 0}
            values = {**key, **work, **none, "stage": Stage.DRAFT.value, **of_card(fact.card), **moment(notice)}
            batch.pages.add(values)
        case CandidateRevised(card=card):
            batch.change(notice, notice.stream, **of_card(card))
        case ProjectListed(number=number):
            batch.change(notice, notice.stream, stage=Stage.LISTED.value, number=number)
        case ProjectUnlisted():
            batch.change(notice, notice.stream, stage=Stage.DRAFT.value, number=None)
        case ProjectAdopted(number=number, on=on, vote=vote) as fact:
            voted = of_vote(vote, on) | {"decided_by": fact.decided_by, "notice_number": fact.notice_number}
            batch.change(notice, notice.stream, stage=Stage.ADOPTED.value, number=number, vote=voted)
        case ProjectNotAdopted(on=on, vote=vote) as fact:
            passed = of_vote(vote, on) | {"decided_by": fact.decided_by, "notice_number": fact.notice_number}
            batch.change(notice, notice.stream, stage=Stage.NOT_ADOPTED.value, vote=passed)


def _follow_asks(batch: Batch, notice: Noticed) -> None:
    """Residents see an answer once the committee's office approved it."""
    match notice.fact:
        case AskIssued(project=UUID() as about):
            batch.answers.add({"ask": notice.stream, "project": about, "progress": None, "completion": None})
        case ProgressAnswered(answer=answer, on=on):
            told = {"percent": answer.percent, "funds_spent": str(answer.funds_spent), "on": on.isoformat()}
            batch.answers.change(notice.stream, progress=told)
        case SummaryAnswered(answer=answer):
            batch.answers.change(notice.stream, completion=answer.completion.value)
        case AskApproved():
            row = batch.answers.get(notice.stream)
            if row is not None and row["progress"] is not None:
                batch.change(notice, row["project"], progress=row["progress"])
            if row is not None and row["completion"] is not None:
                batch.change(notice, row["project"], completion=row["completion"])


PROJECTION = Projection(name="public_page", shape=5, metadata=metadata, project=project)
