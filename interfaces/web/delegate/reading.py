"""The year's cards as a delegate reads them: the list that is out, what was read, one card among the others."""

from typing import Any
from uuid import UUID

from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.projects.candidate_list import CandidateList
from domain.projects.project import Project
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.public.projects.views import people
from interfaces.web._base.asking import Place
from interfaces.web.delegate import views
from projections import public_page, reading_receipts, voted_list, year_rail
from projections.reading.behind import ShownProposal
from projections.voted_list import VotedProject


def card_context(house: House, here: Place, project: UUID) -> dict[str, Any]:
    """One card of the newest list with its place in it. Raises NotFound."""
    year = newest_year(house, here)
    found = listed_cards(house, here, year)
    place = next((place for place, one in enumerate(found) if one.project == project), None)
    if place is None:
        raise NotFound(kind="project", id=str(project))
    read = read_by(house, here, year)
    return {
        "year": year,
        "one": found[place],
        "card": found[place].state.card,
        "is_read": project in read,
        "read": sum(one.project in read for one in found),
        "total": len(found),
        "previous": found[place - 1] if place else None,
        "next": found[place + 1] if place + 1 < len(found) else None,
        "root": f"/delegate/{here.congress.slug}",
        "support": views.support(found[place].state),
        "shown": _shown(house, project),
        "named": house.seals.public_name,
        "people": people,
        "outcome": views.outcome(found[place].state),
        "vote": vote_on(house, here, year, project),
        "per_person": views.cost_per_person(found[place].state),
    }


def _shown(house: House, project: UUID) -> list[ShownProposal]:
    """The proposals behind the project that residents may read."""
    with house.reading.connect() as conn:
        return public_page.shown_proposals(conn, project)


def vote_on(house: House, here: Place, year: int, project: UUID) -> VotedProject | None:
    """How the project was voted, where the rule profile lets the counts be published."""
    with house.reading.connect() as conn:
        announced = voted_list.announced(conn, here.congress.id, year)
        if announced is None or not announced.full_counts:
            return None
        return next((one for one in voted_list.voted(conn, here.congress.id, year) if one.project == project), None)


def newest_year(house: House, here: Place) -> int:
    """The newest year with a published list."""
    with house.reading.connect() as conn:
        years = year_rail.years(conn, here.congress.id)
        listed = [year for year in years if (rail := year_rail.rail(conn, here.congress.id, year)) and rail.listed]
    return listed[0] if listed else (years[0] if years else house.office.today().year)


def published(house: House, here: Place, year: int) -> CandidateList | None:
    """The year's list, while it is out."""
    listed = house.office.state_of(lists.list_stream(here.congress.id, year), lists.evolve)
    return listed if listed is not None and listed.published else None


def listed_cards(house: House, here: Place, year: int) -> list[views.ListedCard]:
    """The cards of the year's list, none while it is not out."""
    return cards_on(house, here, published(house, here, year))


def cards_on(house: House, here: Place, listed: CandidateList | None) -> list[views.ListedCard]:
    """The cards of a list."""
    lines = listed.candidates if listed else ()
    known: dict[UUID, Project] = house.office.states_of((line.project for line in lines), projects.evolve)
    return [
        views.ListedCard(project=line.project, number=line.number, state=known[line.project])
        for line in lines
        if known[line.project].congress == here.congress.id
    ]


def read_by(house: House, here: Place, year: int) -> set[UUID]:
    """What the delegate has read of it."""
    if here.delegate is None:
        return set()
    with house.reading.connect() as conn:
        return reading_receipts.read_by(conn, here.congress.id, year, here.delegate)
