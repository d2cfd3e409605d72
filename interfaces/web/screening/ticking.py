"""The tick sheet: a proposal or a candidate held against both lists."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.proposals import screening as commands
from domain.projects.project import Project
from domain.proposals.proposal import Proposal
from domain.shared import Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.candidates.desk import known_project
from interfaces.web.proposals.desk import known_proposal
from interfaces.web.screening.desk import Screener, area_root, found_by, lists_of, values_of
from interfaces.web.screening.words import rules_named

router = APIRouter()

PROPOSALS = ("/staff/{slug}/proposals/{proposal}/screening", "/unit/{slug}/proposals/{proposal}/screening")
PROJECTS = ("/staff/{slug}/projects/{project}/screening", "/unit/{slug}/projects/{project}/screening")


@router.get(PROPOSALS[0])
@router.get(PROPOSALS[1])
def proposal_sheet(request: Request, house: TheHouse, here: Screener, proposal: UUID) -> Response:
    """Both lists beside what is proposed."""
    state = known_proposal(house, here, proposal)
    context = _of_proposal(request, house, here, proposal, state)
    return page(request, "screening/sheet.html", form=blank(request, **values_of(state.screening, context)), **context)


@router.post(PROPOSALS[0])
@router.post(PROPOSALS[1])
def screen_proposal(request: Request, house: TheHouse, here: Screener, proposal: UUID, typed: Form) -> Response:
    """Records what was ticked."""
    state = known_proposal(house, here, proposal)
    found = found_by(typed)
    try:
        position = commands.screen_proposal(house.office, here.by(typed), proposal, found)
    except Refused as refused:
        context = _of_proposal(request, house, here, proposal, state)
        return again(request, "screening/sheet.html", typed, refused, **context)
    return done(request, position, f"{area_root(request, here)}/proposals/{proposal}", _said(found.hits))


@router.get(PROJECTS[0])
@router.get(PROJECTS[1])
def candidate_sheet(request: Request, house: TheHouse, here: Screener, project: UUID) -> Response:
    """Both lists beside what the candidate is."""
    state = known_project(house, here, project)
    context = _of_candidate(request, house, here, project, state)
    form = blank(request, **values_of(state.examined.screening, context))
    return page(request, "screening/sheet.html", form=form, **context)


@router.post(PROJECTS[0])
@router.post(PROJECTS[1])
def screen_candidate(request: Request, house: TheHouse, here: Screener, project: UUID, typed: Form) -> Response:
    """Records what was ticked."""
    state = known_project(house, here, project)
    found = found_by(typed)
    try:
        position = commands.screen_candidate(house.office, here.by(typed), project, found)
    except Refused as refused:
        context = _of_candidate(request, house, here, project, state)
        return again(request, "screening/sheet.html", typed, refused, **context)
    return done(request, position, f"{area_root(request, here)}/projects/{project}", _said(found.hits))


def _said(hits: tuple[str, ...]) -> str:
    return _("已登记初筛结果：命中负面清单，不能作为候选项目。") if hits else _("已登记初筛结果：初筛通过。")


def _of_proposal(request: Request, house: House, here: Place, proposal: UUID, state: Proposal) -> dict[str, Any]:
    said = state.suggestion
    root = area_root(request, here)
    facts = [(_("内容"), said.content), (_("地点"), said.place), (_("类别"), said.category)]
    return {
        **lists_of(house, here),
        "title": said.title,
        "about": [*facts, (_("受益群众"), said.beneficiaries)],
        "screening": state.screening,
        "rules_named": rules_named,
        "action": f"{root}/proposals/{proposal}/screening",
        "back": f"{root}/proposals/{proposal}",
        "above": (_("征集"), f"{root}/proposals"),
        "root": root,
    }


def _of_candidate(request: Request, house: House, here: Place, project: UUID, state: Project) -> dict[str, Any]:
    card = state.card
    root = area_root(request, here)
    facts = [(_("建设目的"), card.purpose), (_("建设内容与规模"), card.content), (_("地点"), card.place)]
    funds = "；".join(f"{source.name} {source.percent.normalize():f}%" for source in card.sources)
    return {
        **lists_of(house, here),
        "title": card.name,
        "about": [*facts, (_("资金来源"), funds), (_("受益群众"), card.beneficiaries)],
        "screening": state.examined.screening,
        "rules_named": rules_named,
        "action": f"{root}/projects/{project}/screening",
        "back": f"{root}/projects/{project}",
        "above": (_("%(year)s 年候选项目", year=state.year), f"{root}/projects?year={state.year}"),
        "root": root,
    }
