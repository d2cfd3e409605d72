"""What does a resident see who scans the QR code of a project?"""

from projections.public_page.asking import changed_since, page, progress_by_project, shown_proposals, works
from projections.public_page.rows import PROJECTION, project
from projections.public_page.tables import PublicPage, Work, metadata

__all__ = [
    "PROJECTION",
    "PublicPage",
    "Work",
    "changed_since",
    "metadata",
    "page",
    "progress_by_project",
    "project",
    "shown_proposals",
    "works",
]
