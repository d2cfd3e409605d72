"""What stands on a council's agenda, what was said, shown and chosen on it, and what is on the street's own list?"""

from projections.agenda.asking import (
    AgendaRow,
    ListedRow,
    NoteRow,
    Tally,
    changed_since,
    decided_sessions,
    items_of,
    notes_of,
    street_list,
    tallies,
)
from projections.agenda.rows import PROJECTION, metadata, project

__all__ = [
    "PROJECTION",
    "AgendaRow",
    "ListedRow",
    "NoteRow",
    "Tally",
    "changed_since",
    "decided_sessions",
    "items_of",
    "metadata",
    "notes_of",
    "project",
    "street_list",
    "tallies",
]
