"""Delegate groups: one for each adopted project."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from application.supervision import groups as commands
from application.supervision.groups import GroupOf
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.shared import NotFound
from domain.supervision.group import group_stream
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api.candidates.models import TheProject
from interfaces.api.supervision import draws, importing, inspections, notes, records
from interfaces.api.supervision.models import GroupBody, GroupShown, ReasonBody
from interfaces.api.supervision.showing import group_shown
from interfaces.web.supervision.desk import known_watched
from projections import groups

router = operations("supervision", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

PATH = "/congresses/{slug}/groups"
ONE = "/congresses/{slug}/projects/{project}/group"
Keeper = Annotated[At, Depends(needing(Act.KEEP_SUPERVISION))]
Year = Annotated[int | None, Query(ge=2000, le=2100, description="哪一年的项目；不填为全部。", examples=[2026])]


@router.get(PATH, summary="代表小组")
def all_groups(here: OfficeReader, paging: Paged, year: Year = None) -> Page[GroupShown]:
    """The groups that watch now."""
    with here.house.reading.connect() as conn:
        rows = groups.groups_of(conn, here.congress.id, year)
    return paging.part(here.told, rows, lambda row: row.project, group_shown)


@router.get(ONE, summary="一个项目的代表小组")
def group(here: OfficeReader, project: TheProject) -> GroupShown:
    """The group of a project."""
    here.shows(group_stream(project))
    with here.house.reading.connect() as conn:
        known_watched(conn, here.congress.id, project)
        row = groups.group_of(conn, project)
    if row is None:
        raise NotFound(kind="group", id=str(project))
    return group_shown(row)


@router.post(ONE, status_code=201, summary="建立代表小组", description="一个项目一个小组，项目须已列入年度清单。")
def form_group(here: Keeper, project: TheProject, body: GroupBody) -> GroupShown:
    """Forms it."""
    _of_here(here, project)
    position = commands.form_group(here.house.office, here.by(), project, _wanted(body))
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/projects/{project}/group")
    return group(here, project)


@router.put(ONE, summary="更改代表小组", description="不再列出的成员记为退出。")
def change_group(here: Keeper, project: TheProject, body: GroupBody) -> GroupShown:
    """Another name, leader or members."""
    _of_here(here, project)
    here.done(commands.change_group(here.house.office, here.by(group_stream(project)), project, _wanted(body)))
    return group(here, project)


@router.post(f"{ONE}/dissolve", status_code=204, summary="撤销代表小组")
def dissolve_group(here: Keeper, project: TheProject, body: ReasonBody) -> None:
    """The group watches no more."""
    _of_here(here, project)
    here.done(commands.dissolve_group(here.house.office, here.by(group_stream(project)), project, body.reason))


def _wanted(body: GroupBody) -> GroupOf:
    return GroupOf(name=body.name, leader=body.leader, members=body.members)


def _of_here(here: At, project: UUID) -> None:
    """Raises NotFound for a project of another congress, or one that was not adopted."""
    with here.house.reading.connect() as conn:
        known_watched(conn, here.congress.id, project)


for part in (inspections, notes, draws, importing, records):
    router.routes.extend(part.router.routes)
