"""How proposals come to stand behind candidates, and how that is undone."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path
from pydantic import Field

from application.proposals import becoming as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from interfaces.api._base.callers import At, needing
from interfaces.api._base.models import Asked, Id
from interfaces.api._base.operations import ROOT, operations
from interfaces.api.candidates.models import ID, CandidateShown, CardBody, TheProject, Withdrawal, card_of
from interfaces.api.candidates.routes import ONE, one
from interfaces.web.candidates.desk import known_project, units_by_name
from interfaces.web.proposals.desk import known_proposal

router = operations("screening", read=Scope.PROPOSALS_READ, write=Scope.PROPOSALS_WRITE)

OF_PROPOSAL = "/congresses/{slug}/proposals/{proposal}"

TheProposal = Annotated[UUID, Path(description="建议的标识。", examples=[ID])]
Decider = Annotated[At, Depends(needing(Act.DECIDE_PROPOSALS))]


class Behind(Asked):
    """Which candidate."""

    project: Id = Field(description="同一年还没有列入名单的候选项目。", examples=[ID])


@router.post(
    f"{OF_PROPOSAL}/become-candidate",
    status_code=201,
    summary="建议转为候选项目",
    description="新建一张候选项目卡片，建议连同并入它的都在它背后；命中负面清单的不办。",
)
def become(here: Decider, proposal: TheProposal, body: CardBody) -> CandidateShown:
    """A new draft candidate."""
    known_proposal(here.house, here.place, proposal)
    by = here.by(proposal)
    project = here.house.office.new_id(by, "project")
    card = card_of(body, units_by_name(here.house, here.place))
    position = commands.become_candidate(here.house.office, by, proposal, project, card)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/projects/{project}")
    return one(here, project)


@router.post(f"{OF_PROPOSAL}/stand-behind", summary="建议归入候选项目")
def stand_behind(here: Decider, proposal: TheProposal, body: Behind) -> CandidateShown:
    """One more proposal behind a candidate that is there."""
    known_proposal(here.house, here.place, proposal)
    known_project(here.house, here.place, body.project)
    here.done(commands.stand_behind(here.house.office, here.by(proposal), proposal, body.project))
    return one(here, body.project)


@router.post(f"{ONE}/proposals/{{proposal}}/give-back", summary="候选项目退回建议", description="建议重新待办。")
def give_back(here: Decider, project: TheProject, proposal: TheProposal, body: Withdrawal) -> CandidateShown:
    """The proposal was put behind the wrong candidate."""
    known_project(here.house, here.place, project)
    known_proposal(here.house, here.place, proposal)
    here.done(commands.step_back(here.house.office, here.by(project), proposal, body.reason))
    return one(here, project)
