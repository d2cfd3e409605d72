"""What the pages about candidates share."""

from datetime import date, timedelta
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Connection

from application.profiles import known_profile
from domain.accounts.permissions import Act
from domain.polls.rules import RuleProfile
from domain.projects import project as projects
from domain.projects.card import CandidateCard
from domain.projects.project import Project
from domain.proposals.support import SupportIndex
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from interfaces.web._base.language import gettext as _
from interfaces.web.candidates.sentences import LABELS
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
    return pre_reading_in(house, here.congress.id, session, sent_on)


def pre_reading_in(house: House, congress: UUID, session: UUID, sent_on: date) -> PreReading:
    """The same for a congress at whose desk nobody need be."""
    with house.reading.connect() as conn:
        adopted = [one for one in profile_shelf.adopted_profiles(conn, congress) if one.session == session]
    rules = known_profile(house.office, adopted[0].id).rules if adopted else RuleProfile(title="", quota=None)
    days = rules.pre_reading_days
    return PreReading(days, rules.title, (house.office.today() - sent_on).days, sent_on + timedelta(days=days))


def units_by_name(house: House, here: Place) -> dict[str, UUID]:
    """The congress's units in use."""
    with house.reading.connect() as conn:
        return {unit.name: unit.id for unit in units_of(conn, here.congress.id) if not unit.withdrawn}


def known_project(house: House, here: Place, project: UUID) -> Project:
    """A project of this congress. Raises NotFound."""
    state = house.office.state_of(project, projects.evolve)
    if state is None or state.congress != here.congress.id:
        raise NotFound(kind="project", id=str(project))
    return state


def card_choices(house: House, here: Place) -> dict[str, Any]:
    """What the form of a card offers, and what its fields are called."""
    with house.reading.connect() as conn:
        units = [unit.name for unit in units_of(conn, here.congress.id) if not unit.withdrawn]
        categories = candidate_board.categories(conn, here.congress.id)
    return {"units": units, "categories": categories, "labels": LABELS, "by_record": False}


def support_on(card: CandidateCard) -> SupportIndex:
    """The support index as it stands on a card."""
    return SupportIndex(proposals=card.support_proposals, supporters=card.supporters)


def saved_words(*, with_gaps: bool) -> str:
    """What is said once a card is saved."""
    return _("已保存。卡片还有缺项，补齐后才能列入名单。") if with_gaps else _("已保存，卡片内容齐全。")


def root_of(request: Request, here: Place) -> str:
    """The board's address in the area of this request."""
    return f"/{request.url.path.split('/')[1]}/{here.congress.slug}/projects"
