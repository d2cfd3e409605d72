"""What happened to a project, in order, from the first suggestion behind it to the last look back?"""

from projections.progress_timeline.asking import changed_since, timeline
from projections.progress_timeline.rows import PROJECTION, project
from projections.progress_timeline.tables import Entry, Reader, metadata

__all__ = ["PROJECTION", "Entry", "Reader", "changed_since", "metadata", "project", "timeline"]
