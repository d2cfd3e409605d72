"""What public pages ask."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from projections.public_page.tables import SHOWN, PublicPage, Work, behind, congresses, pages, rules, sessions, units
from projections.reading.behind import ShownProposal, shown_behind

_WORK = (
    pages.c.year,
    pages.c.plan,
    pages.c.reports,
    pages.c.reached,
    pages.c.standing,
    pages.c.accepted_on,
    pages.c.adjusted,
    pages.c.carried_to,
    rules.c.lights,
)


def page(conn: Connection, code: str) -> PublicPage | None:
    """The page of a listed, adopted or passed-over project."""
    row = conn.execute(
        select(
            pages.c.code,
            pages.c.project,
            pages.c.year,
            pages.c.stage,
            pages.c.number,
            pages.c.position,
            pages.c.updated_on,
            pages.c.card,
            pages.c.vote,
            pages.c.progress,
            pages.c.completion,
            *_WORK[1:],
            pages.c.congress,
            congresses.c.slug,
            congresses.c.name,
            congresses.c.short_name,
            units.c.duty_phone,
        )
        .join(congresses, congresses.c.congress == pages.c.congress)
        .outerjoin(units, units.c.unit == pages.c.lead_unit)
        .outerjoin(rules, rules.c.congress == pages.c.congress)
        .where(pages.c.code == code, pages.c.stage.in_(SHOWN))
    ).one_or_none()
    if row is None:
        return None
    ends = 11 + len(_WORK) - 1
    return PublicPage._make((*row[:11], Work._make((row.year, *row[11:ends])), *row[ends:], *_session(conn, row.vote)))


def _session(conn: Connection, vote: dict[str, Any] | None) -> tuple[str | None, bool]:
    if vote is None:
        return None, False
    query = select(sessions.c.title, sessions.c.full_counts).where(sessions.c.poll == UUID(vote["poll"]))
    row = conn.execute(query).one()
    return row.title, row.full_counts


def works(conn: Connection, congress: UUID, year: int) -> dict[UUID, Work]:
    """How each adopted project of the year with a published plan is carried out."""
    rows = conn.execute(
        select(pages.c.project, *_WORK)
        .outerjoin(rules, rules.c.congress == pages.c.congress)
        .where(pages.c.congress == congress, pages.c.year == year, pages.c.plan.is_not(None))
        .order_by(pages.c.code)
    )
    return {row.project: Work._make(row[1:]) for row in rows}


def shown_proposals(conn: Connection, project_id: UUID) -> list[ShownProposal]:
    """The proposals behind a project that residents may read, in the order of receiving."""
    return shown_behind(conn, behind, project_id)


def changed_since(conn: Connection, position: int) -> set[UUID]:
    """The congresses of which a page has changed after this position."""
    return set(conn.scalars(select(pages.c.congress).where(pages.c.position > position).distinct()))


def progress_by_project(conn: Connection, congress: UUID, year: int) -> dict[UUID, dict[str, Any]]:
    """The last approved progress of each project of the year that has one: of a report, else of an answer."""
    rows = conn.execute(
        select(pages.c.project, pages.c.progress, pages.c.reports)
        .where(pages.c.congress == congress, pages.c.year == year)
        .order_by(pages.c.code)
    )
    found = {row.project: row.reports[-1] if row.reports else row.progress for row in rows}
    return {project: progress for project, progress in found.items() if progress is not None}
