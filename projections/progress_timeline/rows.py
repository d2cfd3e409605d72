"""From facts to lines."""

from collections.abc import Sequence

from sqlalchemy import Connection

from application.history.history import Noticed
from domain.projects.implementation_facts import ImplementationFact, ReportApproved, ReportSentBack
from projections.progress_timeline import (
    of_adjustments,
    of_asks,
    of_duties,
    of_implementation,
    of_inspections,
    of_projects,
    of_visits,
)
from projections.progress_timeline.batch import Batch
from projections.progress_timeline.tables import behind, metadata
from projections.reading.behind import follow_behind
from projections.reading.projection import Projection

_CHAPTERS = (
    of_projects.follow,
    of_asks.follow,
    of_implementation.follow,
    of_adjustments.follow,
    of_inspections.follow,
    of_duties.follow,
    of_visits.follow,
)


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Adds a line for every fact about a project; the lines of a batch are written together."""
    batch = Batch(conn)
    batch.look_up(
        {notice.stream for notice in noticed if isinstance(notice.fact, ImplementationFact.__args__)},
        {"report": {notice.stream for notice in noticed if isinstance(notice.fact, (ReportApproved, ReportSentBack))}},
    )
    for notice in noticed:
        for follow in _CHAPTERS:
            follow(batch, notice)
    for of, position in follow_behind(conn, behind, noticed, received=True).items():
        batch.touch(of, position)
    batch.write()


PROJECTION = Projection(name="progress_timeline", shape=7, metadata=metadata, project=project)
