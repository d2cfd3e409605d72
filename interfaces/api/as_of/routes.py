"""Projects and lists as of an earlier moment."""

from typing import Annotated
from uuid import UUID

from fastapi import Path

from domain.accounts.scopes import Scope
from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.projects import voted_list as voted_lists
from interfaces.api._base.callers import CandidateReader, OfficeReader
from interfaces.api._base.operations import operations
from interfaces.api.as_of import polls
from interfaces.api.as_of.models import ID, AsOf, Then
from interfaces.api.as_of.told import as_of
from interfaces.web._base.language import gettext as _

router = operations("as-of", read=Scope.CANDIDATES_READ)
router.routes.extend(polls.router.routes)

TheProject = Annotated[UUID, Path(description="项目的标识。", examples=[ID])]
TheYear = Annotated[int, Path(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])]


@router.get("/congresses/{slug}/candidates/{year}/as-of", summary="以前某一时刻的候选项目名单")
def candidate_list(here: OfficeReader, year: TheYear, on: Then = "") -> AsOf:
    """The candidate list of a year."""
    name = _("%(year)s 年候选项目名单", year=year)
    return as_of(
        here,
        on,
        lists.list_stream(here.congress.id, year),
        lists.evolve,
        kind="candidate_list",
        name=lambda _state: name,
        is_ours=lambda state: state.congress == here.congress.id,
    )


@router.get("/congresses/{slug}/projects/{project}/as-of", summary="以前某一时刻的项目")
def project(here: CandidateReader, project: TheProject, on: Then = "") -> AsOf:
    """The card and the standing of a project."""
    return as_of(
        here,
        on,
        project,
        projects.evolve,
        kind="project",
        name=lambda state: state.card.name,
        is_ours=lambda state: state.congress == here.congress.id,
    )


@router.get("/congresses/{slug}/voted-lists/{year}/as-of", summary="以前某一时刻的年度票决清单")
def voted_list(here: OfficeReader, year: TheYear, on: Then = "") -> AsOf:
    """The annual list of a year."""
    name = _("%(year)s 年度票决清单", year=year)
    return as_of(
        here,
        on,
        voted_lists.voted_list_stream(here.congress.id, year),
        voted_lists.evolve,
        kind="voted_list",
        name=lambda _state: name,
        is_ours=lambda _state: True,
    )
