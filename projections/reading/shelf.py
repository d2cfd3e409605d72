"""All projections. A new one adds its line here and nothing else."""

from projections import (
    accounts,
    api_tokens,
    asks_board,
    attendance,
    audit_trail,
    backup_shelf,
    candidate_board,
    card_shelf,
    congress_directory,
    congress_register,
    poll_board,
    profile_shelf,
    progress_timeline,
    public_page,
    reading_receipts,
    roll,
    voted_list,
    year_rail,
)
from projections.reading.projection import Projection

ALL: tuple[Projection, ...] = (
    accounts.PROJECTION,
    api_tokens.PROJECTION,
    audit_trail.PROJECTION,
    backup_shelf.PROJECTION,
    congress_directory.PROJECTION,
    congress_register.PROJECTION,
    roll.PROJECTION,
    attendance.PROJECTION,
    profile_shelf.PROJECTION,
    card_shelf.PROJECTION,
    poll_board.PROJECTION,
    voted_list.PROJECTION,
    progress_timeline.PROJECTION,
    public_page.PROJECTION,
    asks_board.PROJECTION,
    candidate_board.PROJECTION,
    reading_receipts.PROJECTION,
    year_rail.PROJECTION,
)
