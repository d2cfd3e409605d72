"""Two to four candidates side by side: every field of the card, cost per beneficiary, support, approvals."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated, Any, Final, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from application.proposals.screening import rules_of
from domain.projects import project as projects
from domain.projects.project import Project, Stage
from domain.proposals.support import SupportIndex
from interfaces.composition import House
from interfaces.public.projects.views import people
from interfaces.web._base.asking import CandidateReader, Place, TheHouse
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web._base.shown import day, money, number
from interfaces.web.candidates.desk import chosen_year, root_of
from interfaces.web.candidates.sentences import LABELS
from interfaces.web.candidates.steps import Step, steps_of
from interfaces.web.delegate.views import cost_per_person
from projections import candidate_board
from projections.candidate_board import ListedCandidate

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/projects/compare", "/unit/{slug}/projects/compare"
MOST: Final = 4


Chosen = Annotated[list[UUID] | None, Query()]


class Cell(NamedTuple):
    """What one candidate has in a row."""

    words: str
    best: bool = False
    """The smallest cost, where they differ."""


class Compared(NamedTuple):
    """One column."""

    project: UUID
    state: Project
    support: SupportIndex
    steps: list[Step]


class Line(NamedTuple):
    """One row."""

    label: str
    cells: list[Cell]
    figures: bool = False


@router.get(STAFF)
@router.get(UNIT)
def compare(
    request: Request, house: TheHouse, here: CandidateReader, project: Chosen = None, year: int = 0
) -> Response:
    """The chosen candidates in columns; nobody chosen: the form to choose by."""
    with house.reading.connect() as conn:
        chosen, _years = chosen_year(conn, here, house.office.today(), year)
        offered = [one for one in candidate_board.candidates_of(conn, here.congress.id, chosen) if is_offered(one)]
    return page(
        request,
        "candidates/compare.html",
        **context(house, here, offered, project or []),
        year=chosen,
        root=root_of(request, here),
    )


def is_offered(one: ListedCandidate) -> bool:
    """Whoever is still in the file."""
    return one.stage != Stage.WITHDRAWN


def context(house: House, here: Place, offered: Sequence[ListedCandidate], asked: Sequence[UUID]) -> dict[str, Any]:
    """What the template needs; of more than four the first four stand there."""
    by_id = {one.project: one for one in offered}
    ids = [one for one in dict.fromkeys(asked) if one in by_id][:MOST]
    states = house.office.states_of(ids, projects.evolve)
    rules = rules_of(house.office, here.congress.id)
    columns = [Compared(one, states[one], by_id[one].support, steps_of(states[one], rules)) for one in ids]
    return {"offered": offered, "columns": columns, "lines": lines(columns) if len(columns) > 1 else [], "most": MOST}


def lines(columns: list[Compared]) -> list[Line]:
    """Every field of the card in a row of its own; the best figure of some is marked."""
    cards = [one.state.card for one in columns]
    costs = [cost_per_person(one.state) for one in columns]

    def plain(name: str, shown: Callable[[Any], str] = str) -> Line:
        return Line(str(LABELS[name]), [Cell(shown(getattr(card, name)) or "–") for card in cards])

    return [
        plain("category"),
        plain("purpose"),
        plain("content"),
        plain("targets", lambda found: "；".join(f"{one.name} {number(one.amount)} {one.unit}" for one in found)),
        plain("place"),
        Line(str(LABELS["total_funds"]), [Cell(money(card.total_funds)) for card in cards], figures=True),
        Line(str(LABELS["year_funds"]), [Cell(money(card.year_funds)) for card in cards], figures=True),
        plain("sources", lambda found: "；".join(f"{one.name} {number(one.percent)}%" for one in found)),
        plain("beneficiaries"),
        Line(str(LABELS["beneficiary_count"]), [Cell(people(card.beneficiary_count)) for card in cards], figures=True),
        Line(_("人均投资"), _cheapest(costs), figures=True),
        plain("starts_on", day),
        Line(str(LABELS["finishes_on"]), [Cell(_finish(one.state)) for one in columns]),
        plain("annual_targets"),
        plain("lead_unit_name"),
        plain("assisting_units", lambda found: _("、").join(found)),
        plain("responsible"),
        plain("risks"),
    ]


def _finish(state: Project) -> str:
    said = day(state.card.finishes_on)
    return _("%(day)s（跨年度）", day=said) if state.card.cross_year else said


def _cheapest(costs: Sequence[Decimal | None]) -> list[Cell]:
    known = {cost for cost in costs if cost is not None}
    least = min(known) if len(known) > 1 else None
    return [Cell(money(cost), cost is not None and cost == least) for cost in costs]
