"""From facts to pages."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

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
from projections.public_page.changing import change, moment, touch
from projections.public_page.details import of_card, of_vote
from projections.public_page.tables import answers, behind, congresses, metadata, pages, sessions, units
from projections.reading.behind import follow_behind
from projections.reading.projection import Projection


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Keeps what a page needs beside its code."""
    for notice in noticed:
        _follow(conn, notice)
    for project_id, position in follow_behind(conn, behind, noticed, received=False).items():
        this = (pages.c.project == project_id, pages.c.position < position)
        conn.execute(update(pages).where(*this).values(position=position))


def _follow(conn: Connection, notice: Noticed) -> None:
    match notice.fact:
        case CongressFounded() as fact:
            values = {"slug": fact.slug, "name": fact.name, "short_name": fact.short_name}
            conn.execute(insert(congresses).values(congress=notice.stream, **values))
        case CongressDescribed(name=name, short_name=short_name):
            described = update(congresses).where(congresses.c.congress == notice.stream)
            conn.execute(described.values(name=name, short_name=short_name))
            touch(conn, notice, pages.c.congress == notice.stream)
        case UnitAdded(unit=unit, duty_phone=phone):
            conn.execute(insert(units).values(unit=unit, congress=notice.stream, duty_phone=phone))
        case UnitChanged(unit=unit, duty_phone=phone):
            conn.execute(update(units).where(units.c.unit == unit).values(duty_phone=phone))
            touch(conn, notice, pages.c.lead_unit == unit)
        case PollPrepared(session_title=title, profile=profile, rehearsal=False):
            full = profile.publication is Publication.FULL_COUNTS
            conn.execute(insert(sessions).values(poll=notice.stream, title=title, full_counts=full))
        case _:
            _follow_project(conn, notice)
            _follow_asks(conn, notice)
            of_work.follow(conn, notice)


def _follow_project(conn: Connection, notice: Noticed) -> None:
    match notice.fact:
        case CandidateDrafted() as fact:
            key = {"code": fact.code, "congress": fact.congress, "project": notice.stream, "year": fact.year}
            work = {"implementation": implementation_stream(notice.stream), "standing": Standing.UNDER_WAY.value}
            none = {"reports": [], "reached": [], "adjusted": 0}
            values = {**key, **work, **none, "stage": Stage.DRAFT.value, **of_card(fact.card), **moment(notice)}
            conn.execute(insert(pages).values(**values))
        case CandidateRevised(card=card):
            change(conn, notice, notice.stream, **of_card(card))
        case ProjectListed(number=number):
            change(conn, notice, notice.stream, stage=Stage.LISTED.value, number=number)
        case ProjectUnlisted():
            change(conn, notice, notice.stream, stage=Stage.DRAFT.value, number=None)
        case ProjectAdopted(number=number, on=on, vote=vote) as fact:
            voted = of_vote(vote, on) | {"decided_by": fact.decided_by, "notice_number": fact.notice_number}
            change(conn, notice, notice.stream, stage=Stage.ADOPTED.value, number=number, vote=voted)
        case ProjectNotAdopted(on=on, vote=vote) as fact:
            passed = of_vote(vote, on) | {"decided_by": fact.decided_by, "notice_number": fact.notice_number}
            change(conn, notice, notice.stream, stage=Stage.NOT_ADOPTED.value, vote=passed)


def _follow_asks(conn: Connection, notice: Noticed) -> None:
    """Residents see an answer once the committee's office approved it."""
    match notice.fact:
        case AskIssued(project=UUID() as about):
            conn.execute(insert(answers).values(ask=notice.stream, project=about))
        case ProgressAnswered(answer=answer, on=on):
            told = {"percent": answer.percent, "funds_spent": str(answer.funds_spent), "on": on.isoformat()}
            conn.execute(update(answers).where(answers.c.ask == notice.stream).values(progress=told))
        case SummaryAnswered(answer=answer):
            answered = update(answers).where(answers.c.ask == notice.stream)
            conn.execute(answered.values(completion=answer.completion.value))
        case AskApproved():
            row = conn.execute(select(answers).where(answers.c.ask == notice.stream)).one_or_none()
            if row is not None and row.progress is not None:
                change(conn, notice, row.project, progress=row.progress)
            if row is not None and row.completion is not None:
                change(conn, notice, row.project, completion=row.completion)


PROJECTION = Projection(name="public_page", shape=5, metadata=metadata, project=project)
