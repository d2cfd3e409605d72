"""Candidates as a table: checked, taken in, exported."""

from typing import Annotated

from fastapi import Depends, Response

from application import projects as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from interfaces.api._base.callers import At, CandidateReader, needing
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
from interfaces.api.candidates.models import Imported, TheYear
from interfaces.web.candidates import importing
from interfaces.web.candidates.routes import export
from projections import candidate_board

router = operations("candidates", read=Scope.CANDIDATES_READ, write=Scope.CANDIDATES_WRITE)

YEAR = "/congresses/{slug}/candidates/{year}"

Editor = Annotated[At, Depends(needing(Act.EDIT_CANDIDATES))]


@router.post(
    f"{YEAR}/check-import",
    summary="核对候选项目文件",
    description="留存文件一小时并逐格核对，不录入；随后凭 `upload` 导入。",
)
def check_import(here: Editor, year: TheYear, table: SentTable) -> CheckedTable:
    """What a file would bring."""
    return check_table(here, importing.CARDS, table, year)


@router.post(f"{YEAR}/import", status_code=201, summary="导入候选项目")
def import_cards(here: Editor, year: TheYear, body: TableConfirmed) -> Imported:
    """The good rows of a checked file are taken in, with one command."""
    by = here.by(here.congress.id)
    import_id = here.house.office.new_id(by, "candidates")
    made = [commands.imported_project(import_id, place) for place in range(body.rows)]
    with here.house.reading.connect() as connection:
        known = {one.project for one in candidate_board.candidates_of(connection, here.congress.id, year)}
    cards = checked_again(here, importing.CARDS, body, year, is_repeated=made[0] in known).rows
    position = commands.import_candidates(here.house.office, by, here.congress.id, year, import_id, cards)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/projects?year={year}")
    return Imported(projects=made)


@router.get(f"{YEAR}/candidates.xlsx", summary="导出候选项目", **file_of(WORKBOOK))
def workbook(here: CandidateReader, year: TheYear) -> Response:
    """All cards of the year, so that they can be imported again."""
    return export(here.house, here.place, year)


@router.get("/congresses/{slug}/candidates-template.xlsx", summary="候选项目模板", **file_of(WORKBOOK))
def template(here: Editor) -> Response:
    """An empty list with the headings and how to fill it in."""
    return importing.template(here.place)
