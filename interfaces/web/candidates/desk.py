"""What the pages about candidates share."""

from datetime import date, timedelta
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Connection

from application.profiles import known_profile
from domain.accounts.permissions import Act
from domain.polls.rules import RuleProfile
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from projections import candidate_board, profile_shelf
from projections.congress_register import sessions_of, units_of

Editor = Annotated[Place, Depends(needing(Act.EDIT_CANDIDATES))]
ListKeeper = Annotated[Place, Depends(needing(Act.FIX_LIST))]

AHEAD = timedelta(days=120)
"""A file begun in the last months of a year is the next year's."""


def chosen_year(conn: Connection, here: Place, today: date, asked: int) -> tuple[int, list[int]]:
    """The year that is shown, and all years there are: of candidates and of sessions, newest first."""
    years = {*candidate_board.years(conn, here.congress.id)}
    years |= {session.year for session in sessions_of(conn, here.congress.id)}
    listed = sorted(years, reverse=True)
    if asked:
        return asked, listed
    return (listed[0] if listed else (today + AHEAD).year), listed


class PreReading(NamedTuple):
    """How long the cards must be with the delegates before the vote (rule 16)."""

    days: int
    profile: str
    """The adopted profile that says so; empty while none is adopted, and the usual number holds."""
    had: int
    earliest: date


def pre_reading(house: House, here: Place, session: UUID, sent_on: date) -> PreReading:
    """Counted from the day the list was published, by the profile the session adopted."""
    with house.reading.connect() as conn:
        adopted = [one for one in profile_shelf.adopted_profiles(conn, here.congress.id) if one.session == session]
    rules = known_profile(house.office, adopted[0].id).rules if adopted else RuleProfile(title="", quota=None)
    days = rules.pre_reading_days
    return PreReading(days, rules.title, (house.office.today() - sent_on).days, sent_on + timedelta(days=days))


def units_by_name(house: House, here: Place) -> dict[str, UUID]:
    """The congress's units in use."""
    with house.reading.connect() as conn:
        return {unit.name: unit.id for unit in units_of(conn, here.congress.id) if not unit.withdrawn}


def root_of(request: Request, here: Place) -> str:
    """The board's address in the area of this request."""
    return f"/{request.url.path.split('/')[1]}/{here.congress.slug}/projects"
