"""Many proposals: totals, the reserve pool, tables that come and go."""

from typing import Annotated

from fastapi import Depends, Request, Response

from application.proposals import handling
from application.proposals.receiving import imported_proposal
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from interfaces.api._base.callers import At, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import (
    WORKBOOK,
    CheckedTable,
    SentTable,
    TableConfirmed,
    check_table,
    checked_again,
    file_of,
)
from interfaces.api.proposals.models import (
    DrawBody,
    Imported,
    ProposalLine,
    TheYear,
    TotalsShown,
    line_shown,
    totals_shown,
)
from interfaces.web.proposals import importing, inbox
from interfaces.web.proposals.desk import known_proposal
from projections import proposal_register

router = operations("proposals", read=Scope.PROPOSALS_READ, write=Scope.PROPOSALS_WRITE)

YEAR = "/congresses/{slug}/proposal-lists/{year}"
RESERVE = "/congresses/{slug}/proposal-reserve"

Reader = Annotated[At, Depends(needing(Act.READ_PROPOSALS))]
Receiver = Annotated[At, Depends(needing(Act.RECEIVE_PROPOSALS))]
Decider = Annotated[At, Depends(needing(Act.DECIDE_PROPOSALS))]


@router.get(f"{YEAR}/totals", summary="建议合计", description="收到 = 成为候选 + 合并 + 转办 + 储备 + 不采纳 + 待办。")
def totals(here: Reader, year: TheYear) -> TotalsShown:
    """How the year's proposals stand (rule 18)."""
    with here.house.reading.connect() as conn:
        return totals_shown(year, proposal_register.totals(conn, here.congress.id, year))


@router.post(
    f"{YEAR}/check-import",
    summary="核对建议文件",
    description="留存文件一小时并逐格核对，不录入；随后凭 `upload` 导入。",
)
def check_import(here: Receiver, year: TheYear, table: SentTable) -> CheckedTable:
    """What a file would bring."""
    return check_table(here, importing.LIST, table, year)


@router.post(f"{YEAR}/import", status_code=201, summary="导入建议")
def import_list(here: Receiver, year: TheYear, body: TableConfirmed) -> Imported:
    """The good rows of a checked file are received, with one command."""
    by = here.by(here.congress.id)
    import_id = here.house.office.new_id(by, "proposals")
    read = checked_again(here, importing.LIST, body, year).rows
    position = importing.take_in(here.house, by, here.congress.id, read)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/proposals?year={year}")
    return Imported(proposals=[imported_proposal(import_id, place) for place in range(body.rows)])


@router.get(f"{YEAR}/proposals.xlsx", summary="导出建议", description="不含联系方式。", **file_of(WORKBOOK))
def workbook(here: Reader, request: Request, year: TheYear) -> Response:
    """All proposals of the year."""
    return inbox.export(request, here.house, here.place, year)


@router.get("/congresses/{slug}/proposals-template.xlsx", summary="建议模板", **file_of(WORKBOOK))
def template(here: Receiver) -> Response:
    """An empty list with the headings and how to fill it in."""
    return importing.template(here.place)


@router.get(RESERVE, summary="储备库")
def pool(here: Reader, paging: Paged) -> Page[ProposalLine]:
    """What waits for a later year."""
    with here.house.reading.connect() as conn:
        rows = proposal_register.reserved(conn, here.congress.id, limit=5000)
    return paging.part(here.told, rows, lambda row: row.proposal, line_shown)


@router.post(f"{RESERVE}/draw", summary="从储备库转入", description="在那一年重新收到，另有查询码。")
def draw(here: Decider, body: DrawBody) -> list[ProposalLine]:
    """Received anew in a later year, all or none."""
    for proposal in body.proposals:
        known_proposal(here.house, here.place, proposal)
    here.done(handling.draw_from_reserve(here.house.office, here.by(*body.proposals), body.proposals, body.year))
    drawn = [handling.drawn_for(proposal, body.year) for proposal in dict.fromkeys(body.proposals)]
    with here.house.reading.connect() as conn:
        found = proposal_register.proposals_at(conn, drawn)
    return [line_shown(found[one]) for one in drawn]
