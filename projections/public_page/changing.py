"""Every change of a page leaves its position there: kept pages are dropped by it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, update

from application.history.history import Noticed
from domain.projects import implementation_facts
from domain.projects.implementation import implementation_stream
from domain.projects.project import ProjectAdopted, ProjectListed, ProjectNotAdopted
from domain.shared import CHINA
from projections.public_page.tables import answers, pages, reports
from projections.reading.held import Held

_OF_PROJECTS = (ProjectListed, ProjectAdopted, ProjectNotAdopted)
_OF_WORK = implementation_facts.ImplementationFact.__args__
_OF_REPORTS = (implementation_facts.ReportApproved, implementation_facts.ReportSentBack)


class Batch:
    """The pages that a batch of facts changes."""

    def __init__(self, conn: Connection, noticed: Sequence[Noticed]) -> None:
        self.conn = conn
        self.pages = Held(conn, pages, "implementation", ("reports", "reached", "adjusted"))
        """By the stream of the implementation."""
        self.reports = Held(conn, reports, "report")
        self.answers = Held(conn, answers, "ask")
        listed = (implementation_stream(one.stream) for one in noticed if isinstance(one.fact, _OF_PROJECTS))
        self.pages.look_up([*listed, *(one.stream for one in noticed if isinstance(one.fact, _OF_WORK))])
        self.reports.look_up(one.fact.report for one in noticed if isinstance(one.fact, _OF_REPORTS))

    def page(self, notice: Noticed) -> dict[str, Any] | None:
        """Reports, milestones and changes of the project that is carried out, None for one that nobody knows."""
        return self.pages.get(notice.stream)

    def change(self, notice: Noticed, about: UUID, **values: object) -> None:
        """Something about the project itself has changed."""
        self.pages.change(implementation_stream(about), **values, **moment(notice))

    def carried_out(self, notice: Noticed, **values: object) -> None:
        """Something about how the project is carried out has changed."""
        self.pages.change(notice.stream, **values, **moment(notice))

    def touch(self, notice: Noticed, which: ColumnElement[bool]) -> None:
        """Something around these projects has changed: the pages are older than they look, the projects are not."""
        self.pages.write()
        self.conn.execute(update(pages).where(which).values(position=notice.position))

    def write(self) -> None:
        """Everything so far."""
        for rows in (self.pages, self.reports, self.answers):
            rows.write()


def moment(notice: Noticed) -> dict[str, object]:
    """When it was."""
    return {"position": notice.position, "updated_on": notice.at.astimezone(CHINA).date()}
