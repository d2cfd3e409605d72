"""How far is each adopted project: plan in force, last report, milestones, difficulties, acceptance, look-backs?"""

from projections.progress_board.asking import (
    adopted_rules_of,
    board,
    boards,
    difficulties_of,
    going_on,
    meetings_of,
    named,
    project_row,
    report_at,
    reports_of,
    rules_of,
    rules_of_all,
    years,
)
from projections.progress_board.following import REPLACED, project
from projections.progress_board.rows import (
    KEPT_ROWS,
    BoardRow,
    DifficultyRow,
    MeetingRow,
    ReportMark,
    ReportRow,
    light_of,
)
from projections.progress_board.tables import metadata
from projections.reading.projection import Projection

__all__ = [
    "KEPT_ROWS",
    "PROJECTION",
    "REPLACED",
    "BoardRow",
    "DifficultyRow",
    "MeetingRow",
    "ReportMark",
    "ReportRow",
    "adopted_rules_of",
    "board",
    "boards",
    "difficulties_of",
    "going_on",
    "light_of",
    "meetings_of",
    "named",
    "project_row",
    "report_at",
    "reports_of",
    "rules_of",
    "rules_of_all",
    "years",
]

PROJECTION = Projection(name="progress_board", shape=6, metadata=metadata, project=project)
