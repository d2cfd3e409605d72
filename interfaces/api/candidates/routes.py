"""Candidate projects: their cards, one by one."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from application import projects as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.projects.project import Project
from interfaces.api._base.callers import At, CandidateReader, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.candidates import importing, listing
from interfaces.api.candidates.models import (
    CandidateLine,
    CandidateShown,
    CardBody,
    NewCandidate,
    TheProject,
    Withdrawal,
    candidate_shown,
    card_of,
    line_shown,
)
from interfaces.web.candidates.desk import chosen_year, known_project, units_by_name
from interfaces.web.candidates.papers import may_read_papers
from interfaces.web.timeline.readers import reader_of_candidate
from projections import candidate_board, progress_timeline

router = operations("candidates", read=Scope.CANDIDATES_READ, write=Scope.CANDIDATES_WRITE)
router.routes.extend([*importing.router.routes, *listing.router.routes])

PATH = "/congresses/{slug}/projects"
ONE = f"{PATH}/{{project}}"

Editor = Annotated[At, Depends(needing(Act.EDIT_CANDIDATES))]
OfYear = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年的项目；不填为最近一年。", examples=[2026])]


@router.get(PATH, summary="候选项目列表")
def projects(here: CandidateReader, paging: Paged, year: OfYear = None) -> Page[CandidateLine]:
    """The year's candidates by their numbers, withdrawn ones last."""
    with here.house.reading.connect() as connection:
        chosen, _years = chosen_year(connection, here.place, here.house.office.today(), year or 0)
        found = candidate_board.candidates_of(connection, here.congress.id, chosen)
    return paging.part(here.told, found, lambda one: one.project, line_shown)


@router.post(PATH, status_code=201, summary="录入候选项目", description="可以有缺项，列入名单以前补齐。")
def draft(here: Editor, body: NewCandidate) -> CandidateShown:
    """One more candidate."""
    by = here.by(here.congress.id)
    project = here.house.office.new_id(by, "project")
    card = card_of(body, units_by_name(here.house, here.place))
    position = commands.draft_candidate(here.house.office, by, here.congress.id, body.year, project, card)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/projects/{project}")
    return one(here, project)


@router.get(ONE, summary="一个候选项目")
def one(here: CandidateReader, project: TheProject) -> CandidateShown:
    """The card with its way so far."""
    here.shows(project)
    state = _known(here, project)
    with here.house.reading.connect() as connection:
        entries = progress_timeline.timeline(connection, project, reader_of_candidate(here.place, state.card.lead_unit))
    return candidate_shown(project, state, entries, papers=may_read_papers(here.place))


@router.put(ONE, summary="修改候选项目", description="列入名单以前可以修改；内容整张替换。")
def revise(here: Editor, project: TheProject, body: CardBody) -> CandidateShown:
    """Another card in its place."""
    _known(here, project)
    card = card_of(body, units_by_name(here.house, here.place))
    here.done(commands.revise_candidate(here.house.office, here.by(project), project, card))
    return one(here, project)


@router.post(f"{ONE}/withdraw", summary="撤回候选项目")
def withdraw(here: Editor, project: TheProject, body: Withdrawal) -> CandidateShown:
    """The candidate leaves the file."""
    _known(here, project)
    here.done(commands.withdraw_candidate(here.house.office, here.by(project), project, body.reason))
    return one(here, project)


def _known(here: At, project: UUID) -> Project:
    return known_project(here.house, here.place, project)
