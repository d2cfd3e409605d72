"""How a proposal becomes a candidate, or comes to stand behind one that is there."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.proposals import becoming as commands
from application.proposals.screening import rules_of
from domain.projects.card import gaps
from domain.projects.origins import first_card
from domain.projects.project import Stage
from domain.proposals.proposal import Proposal
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.candidates.desk import card_choices, known_project, saved_words, units_by_name
from interfaces.web.candidates.forms import known_values, read_card
from interfaces.web.proposals.desk import Decider, known_proposal
from interfaces.web.screening.desk import area_root
from interfaces.web.screening.words import rules_named
from projections import candidate_board

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/proposals/{proposal}/candidate", "/unit/{slug}/proposals/{proposal}/candidate"
BEHIND = ("/staff/{slug}/proposals/{proposal}/behind", "/unit/{slug}/proposals/{proposal}/behind")
BACK = (
    "/staff/{slug}/projects/{project}/proposals/{proposal}/back",
    "/unit/{slug}/projects/{project}/proposals/{proposal}/back",
)


@router.get(STAFF)
@router.get(UNIT)
def form(request: Request, house: TheHouse, here: Decider, proposal: UUID) -> Response:
    """A new card with what the proposal says, and the candidates it may stand behind instead."""
    state = known_proposal(house, here, proposal)
    context = _context(request, house, here, proposal, state)
    numbers = [one.number or 0 for one in context["candidates"]]
    card = first_card(state.suggestion, max(numbers, default=0) + 1)
    sheet = blank(request, **known_values(card), project="")
    return page(request, "screening/candidate.html", form=sheet, **context)


@router.post(STAFF)
@router.post(UNIT)
def become(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """A new draft candidate, with the proposal behind it."""
    state, by = known_proposal(house, here, proposal), here.by(typed)
    project = house.office.new_id(by, "project")
    try:
        card = read_card(typed, units_by_name(house, here))
        position = commands.become_candidate(house.office, by, proposal, project, card)
    except Refused as refused:
        context = _context(request, house, here, proposal, state)
        return again(request, "screening/candidate.html", typed, refused, **context)
    said = _("建议已成为候选项目。") + saved_words(with_gaps=bool(gaps(card)))
    return done(request, position, f"{area_root(request, here)}/projects/{project}", said)


@router.post(BEHIND[0])
@router.post(BEHIND[1])
def stand_behind(request: Request, house: TheHouse, here: Decider, proposal: UUID, typed: Form) -> Response:
    """One more proposal behind a candidate that is there."""
    state = known_proposal(house, here, proposal)
    try:
        project = typed.id("project")
        typed.settle()
        name = known_project(house, here, project).card.name
        position = commands.stand_behind(house.office, here.by(typed), proposal, project)
    except Refused as refused:
        context = _context(request, house, here, proposal, state)
        return again(request, "screening/candidate.html", typed, refused, **context)
    said = _("建议已归入候选项目“%(name)s”。", name=name)
    return done(request, position, f"{area_root(request, here)}/projects/{project}", said)


@router.post(BACK[0])
@router.post(BACK[1])
def step_back(request: Request, house: TheHouse, here: Decider, project: UUID, proposal: UUID, typed: Form) -> Response:
    """The proposal was put behind the wrong candidate."""
    known_project(house, here, project)
    known_proposal(house, here, proposal)
    position = commands.step_back(house.office, here.by(typed), proposal, typed.text("reason"))
    return done(request, position, f"{area_root(request, here)}/projects/{project}", _("建议已退回，重新待办。"))


def _context(request: Request, house: House, here: Place, proposal: UUID, state: Proposal) -> dict[str, Any]:
    root = area_root(request, here)
    with house.reading.connect() as conn:
        found = candidate_board.candidates_of(conn, here.congress.id, state.year)
    return {
        **card_choices(house, here),
        "proposal": proposal,
        "by_record": True,
        "state": state,
        "year": state.year,
        "candidates": [one for one in found if one.stage == Stage.DRAFT],
        "needs_screening": rules_of(house.office, here.congress.id) is not None and state.screening is None,
        "rules_named": rules_named,
        "action": f"{root}/proposals/{proposal}",
        "root": root,
    }
