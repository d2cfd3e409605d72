"""What the pages about progress share: who may see and do what with a project, by which rules it is judged."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import Connection

from application.deliberation import answers_for
from application.working_days import working_days
from domain.accounts.permissions import Act
from domain.shared import NotFound, NotPermitted
from interfaces.composition import House
from interfaces.web._base.asking import Here, Place, needing
from interfaces.web.progress.views import Measure, ShownProject, shown
from projections import progress_board
from projections.congress_register import units_of
from projections.progress_board import BoardRow

Reporter = Annotated[Place, Depends(needing(Act.REPORT_PROGRESS))]
Checker = Annotated[Place, Depends(needing(Act.CHECK_REPORTS))]
Keeper = Annotated[Place, Depends(needing(Act.KEEP_IMPLEMENTATION))]


def reader(here: Here) -> Place:
    """The office, whoever reads it from above, and the units. Raises NotPermitted."""
    if not (here.may(Act.READ_OFFICE) or here.may(Act.REPORT_PROGRESS)):
        raise NotPermitted(act=Act.READ_OFFICE.value)
    return here


Reader = Annotated[Place, Depends(reader)]


def measure_of(house: House, here: Place) -> Measure:
    """The congress's rules, its working days, and today."""
    with house.reading.connect() as conn:
        rules = progress_board.rules_of(conn, here.congress.id)
    calendar = working_days(house.office, here.congress.id)
    return Measure(rules=rules, calendar=calendar, today=house.office.today())


def known_row(house: House, here: Place, project: UUID) -> BoardRow:
    """An adopted project of this congress, for the office and for units that lead or assist. Raises NotFound."""
    with house.reading.connect() as conn:
        row = progress_board.project_row(conn, project)
        own_name = _own_name(conn, here)
    if row is None or row.congress != here.congress.id or not _sees(here, row, own_name):
        raise NotFound(kind="project", id=str(project))
    return row


def known_project(house: House, here: Place, project: UUID) -> ShownProject:
    """The same as it stands today."""
    return shown(known_row(house, here, project), measure_of(house, here))


def leads(here: Place, row: BoardRow) -> bool:
    """Whether the person reports for the project: a department's officers where their unit leads it."""
    return here.may(Act.REPORT_PROGRESS) and answers_for(here.actor, row.congress, row.lead_unit)


def seen_by(house: House, here: Place, rows: list[BoardRow]) -> list[BoardRow]:
    """Of the congress's projects those that concern the person: all, or those the own unit leads or assists."""
    with house.reading.connect() as conn:
        own_name = _own_name(conn, here)
    return [row for row in rows if _sees(here, row, own_name)]


def area_of(request: Request) -> str:
    """Which desk somebody sits at: `staff` or `unit`."""
    return request.url.path.split("/")[1]


def root_of(request: Request, here: Place) -> str:
    """Where the board of this desk stands."""
    return f"/{area_of(request)}/{here.congress.slug}/implementation"


def file_context(request: Request, here: Place, one: ShownProject) -> dict[str, Any]:
    """What every page below a project's file needs."""
    root = root_of(request, here)
    return {
        "one": one,
        "row": one.row,
        "today": one.today,
        "root": root,
        "address": f"{root}/{one.row.project}",
        "office": f"/staff/{here.congress.slug}",
        "may_report": leads(here, one.row),
        "may_check": here.may(Act.CHECK_REPORTS),
        "may_keep": here.may(Act.KEEP_IMPLEMENTATION),
    }


def _sees(here: Place, row: BoardRow, own_name: str) -> bool:
    if here.may(Act.READ_OFFICE) or leads(here, row):
        return True
    return row.plan is not None and bool(own_name) and own_name in row.plan.assisting_units


def _own_name(conn: Connection, here: Place) -> str:
    """Of the unit the person answers for: plans name assisting units by their names."""
    if here.unit is None:
        return ""
    return next((unit.name for unit in units_of(conn, here.congress.id) if unit.id == here.unit), "")
