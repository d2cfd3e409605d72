"""From facts to lines."""

from collections.abc import Sequence

from sqlalchemy import Connection

from application.history.history import Noticed
from projections.progress_timeline import of_asks, of_projects
from projections.progress_timeline.batch import Batch
from projections.progress_timeline.tables import behind, metadata
from projections.reading.behind import follow_behind
from projections.reading.projection import Projection


def project(conn: Connection, noticed: Sequence[Noticed]) -> None:
    """Adds a line for every fact about a project; the lines of a batch are written together."""
    batch = Batch(conn)
    for notice in noticed:
        of_projects.follow(batch, notice)
        of_asks.follow(batch, notice)
    batch.write()
    for of, position in follow_behind(conn, behind, noticed, received=True).items():
        batch.touch(of, position)


PROJECTION = Projection(name="progress_timeline", shape=5, metadata=metadata, project=project)
