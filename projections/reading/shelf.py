"""All projections. A new one adds its line here and nothing else."""

from projections import (
    accounts,
    asks_board,
    attendance,
    audit_trail,
    card_shelf,
    congress_directory,
    congress_register,
    poll_board,
    profile_shelf,
    progress_timeline,
    public_page,
    roll,
    voted_list,
    year_rail,
)
from projections.reading.projection import Projection

ALL: tuple[Projection, ...] = (
    accounts.PROJECTION,
    audit_trail.PROJECTION,
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
    year_rail.PROJECTION,
)
