"""Who did what, when, in which congress, and where does a word, a person, a project or a poll come up?"""

from projections.audit_trail.asking import Asked, Entry, congress_of, entries, labels_of, line_at
from projections.audit_trail.told import subject_of
from projections.audit_trail.trail import INSTALLATION, PROJECTION, metadata, project

__all__ = [
    "INSTALLATION",
    "PROJECTION",
    "Asked",
    "Entry",
    "congress_of",
    "entries",
    "labels_of",
    "line_at",
    "metadata",
    "project",
    "subject_of",
]
