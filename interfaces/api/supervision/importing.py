"""Delegate groups and pools of sites from tables: checked, taken in, templates."""

from typing import Annotated

from fastapi import Depends, Response
from pydantic import Field

from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import Id, Shown
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.tables import (
    WORKBOOK,
    CheckedTable,
    SentTable,
    TableConfirmed,
    check_table,
    checked_again,
    file_of,
)
from interfaces.api.candidates.models import ID, TheYear
from interfaces.api.supervision.draws import ONE, DrawShown, TheDraw, draw_at
from interfaces.web.draws import importing as pools
from interfaces.web.draws.importing import known_draw
from interfaces.web.supervision import importing as groups

router = operations("supervision", read=Scope.SUPERVISION_READ, write=Scope.SUPERVISION_WRITE)

YEAR = "/congresses/{slug}/delegate-groups/{year}"
Keeper = Annotated[At, Depends(needing(Act.KEEP_SUPERVISION))]


class ImportedGroups(Shown):
    """What an import has kept."""

    projects: list[Id] = Field(description="这些项目的小组已经建立或者更改，按表里的先后。", examples=[[ID]])


@router.get(f"{YEAR}/template.xlsx", summary="代表小组模板", **file_of(WORKBOOK))
def groups_template(here: OfficeReader, year: TheYear) -> Response:
    """The year's projects with the groups that stand."""
    return groups.template(here.house, here.place, year)


@router.post(
    f"{YEAR}/check-import",
    summary="核对代表小组文件",
    description="留存文件一小时并逐格核对，不保存；随后凭 `upload` 导入。",
)
def check_groups(here: Keeper, year: TheYear, table: SentTable) -> CheckedTable:
    """What a table would bring."""
    return check_table(here, groups.GROUPS, table, year)


@router.post(
    f"{YEAR}/import",
    status_code=201,
    summary="导入代表小组",
    description="已有小组的项目以表里的为准：多出的加入，少了的退出；表里没有的项目不变。",
)
def import_groups(here: Keeper, year: TheYear, body: TableConfirmed) -> ImportedGroups:
    """The good rows of a checked table, with one command."""
    by = here.by(here.congress.id)
    rows = checked_again(here, groups.GROUPS, body, year).rows
    position = groups.keep_groups(here.house, by, here.congress.id, rows)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/groups?year={year}")
    return ImportedGroups(projects=[one.project for one in rows])


@router.get(f"{ONE}/template.xlsx", summary="点位名单模板", **file_of(WORKBOOK))
def sites_template(here: OfficeReader, draw: TheDraw) -> Response:
    """The projects' own places, to begin with."""
    return pools.template(here.house, here.place, draw)


@router.post(
    f"{ONE}/check-import",
    summary="核对点位名单文件",
    description="留存文件一小时并逐格核对，不封闭；随后凭 `upload` 封闭。",
)
def check_sites(here: Keeper, draw: TheDraw, table: SentTable) -> CheckedTable:
    """What a table would bring."""
    return check_table(here, pools.POOL, table, known_draw(here.house, here.place, draw).announced.year)


@router.post(
    f"{ONE}/import",
    summary="按表格封闭点位名单",
    description="名单立即公布，不能再改；表里有一行有差错就不封闭。",
)
def import_sites(here: Keeper, draw: TheDraw, body: TableConfirmed) -> DrawShown:
    """All rows of a checked table, or none."""
    by, year = here.by(draw), known_draw(here.house, here.place, draw).announced.year
    checked = checked_again(here, pools.POOL, body, year)
    here.done(pools.close_pool(here.house, by, draw, checked))
    return draw_at(here, draw)
