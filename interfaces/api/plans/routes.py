"""Implementation plans: listed, read, filed, sent back; the duty list published; plans of a year as a table."""

from typing import Annotated

from fastapi import Depends, Query, Response

from application.implementation import duty_list as publishing
from application.implementation import plans as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.projects.duty_list import duty_list_stream
from domain.projects.implementation import implementation_stream
from domain.shared import NotPermitted
from interfaces.api._base.callers import At, Here, needing
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
from interfaces.api.candidates.models import TheProject, TheYear
from interfaces.api.plans.bodies import PlanBody, PublicationBody, SendBackBody, plan_of_body
from interfaces.api.plans.models import (
    DutyListShown,
    ImportedPlans,
    PlanShown,
    duty_list_shown,
    plan_shown,
)
from interfaces.web.plans import importing, papers
from interfaces.web.plans.desk import listed_plan, listed_plans, units_by_name
from projections import plans

router = operations("plans", read=Scope.IMPLEMENTATION_READ, write=Scope.IMPLEMENTATION_WRITE)

CONGRESS = "/congresses/{slug}"
PLAN = f"{CONGRESS}/projects/{{project}}/plan"
LIST = f"{CONGRESS}/duty-lists/{{year}}"

AskedYear = Annotated[int, Query(ge=2000, le=2100, description="哪一年的项目。", examples=[2026])]
Part = Annotated[
    int | None,
    Query(ge=0, le=100, description="第几次公布；0 是草稿；不写是现行的全部。", examples=[1]),
]


def reading(here: Here) -> At:
    """The office, whoever reads it from above, and the units. Raises NotPermitted."""
    if not (here.may(Act.READ_OFFICE) or here.may(Act.FILE_PLAN)):
        raise NotPermitted(act=Act.READ_OFFICE.value)
    return here


Reader = Annotated[At, Depends(reading)]
Filer = Annotated[At, Depends(needing(Act.FILE_PLAN))]
Publisher = Annotated[At, Depends(needing(Act.PUBLISH_PLAN))]


@router.get(
    f"{CONGRESS}/plans",
    summary="实施计划列表",
    description="办公室和政府办公室看到全部，部门看到本单位牵头或者配合的。",
)
def listed(here: Reader, paging: Paged, year: AskedYear) -> Page[PlanShown]:
    """The plans of the adopted projects of a year, by number."""
    found = listed_plans(here.house, here.place, year)
    return paging.part(here.told, found, lambda one: one.project, plan_shown)


@router.get(PLAN, summary="一个项目的实施计划")
def one(here: Reader, project: TheProject) -> PlanShown:
    """With what it lacks."""
    here.shows(implementation_stream(project))
    return plan_shown(listed_plan(here.house, here.place, project))


@router.put(PLAN, summary="填报实施计划", description="公布以前可以重新填报；可以有缺项，公布时不能有。")
def file(here: Filer, project: TheProject, body: PlanBody) -> PlanShown:
    """Filed by whoever leads the project."""
    listed_plan(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    plan = plan_of_body(body, units_by_name(here.house, here.place))
    here.done(commands.file_plan(here.house.office, by, project, plan))
    return one(here, project)


@router.post(f"{PLAN}/send-back", summary="退回实施计划")
def send_back(here: Publisher, project: TheProject, body: SendBackBody) -> PlanShown:
    """To be reworked."""
    listed_plan(here.house, here.place, project)
    by = here.by(implementation_stream(project))
    here.done(commands.send_back_plan(here.house.office, by, project, body.reason))
    return one(here, project)


@router.get(LIST, summary="责任分解清单的公布情况")
def duty_list(here: Reader, year: TheYear) -> DutyListShown:
    """The list and its supplements."""
    here.shows(duty_list_stream(here.congress.id, year))
    with here.house.reading.connect() as connection:
        published = plans.publications_of(connection, here.congress.id, year)
    return duty_list_shown(year, published)


@router.post(
    f"{LIST}/publish",
    summary="公布责任分解清单",
    description="这些项目的计划从公布起执行；以后再公布的是补充。有缺项或者改变了票决内容的不能公布，全部不办理。",
)
def publish(here: Publisher, year: TheYear, body: PublicationBody) -> DutyListShown:
    """All or nothing."""
    by = here.by(duty_list_stream(here.congress.id, year))
    position = publishing.publish_duty_list(
        here.house.office, by, here.congress.id, year, body.projects, body.number, body.on, body.issuer
    )
    here.done(position)
    return duty_list(here, year)


@router.get(f"{LIST}/list.docx", summary="责任分解清单（公文）", **file_of(papers.DOCX))
def official(here: Reader, year: TheYear, part: Part = 1) -> Response:
    """As an official paper."""
    return papers.official(here.house, here.place, year, 1 if part is None else part)


@router.get(f"{LIST}/list.xlsx", summary="责任分解清单（表格）", **file_of(WORKBOOK))
def workbook(here: Reader, year: TheYear, part: Part = None) -> Response:
    """As a workbook."""
    return papers.workbook(here.house, here.place, year, part)


@router.get(f"{LIST}/template.xlsx", summary="实施计划模板", **file_of(WORKBOOK))
def template(here: Filer, year: TheYear) -> Response:
    """The plans still to be published, with everything that is known of them."""
    return importing.template(here.house, here.place, year)


@router.post(
    f"{LIST}/check-import",
    summary="核对实施计划文件",
    description="留存文件一小时并逐格核对，不录入；随后凭 `upload` 导入。",
)
def check_import(here: Filer, year: TheYear, table: SentTable) -> CheckedTable:
    """What a file would bring."""
    return check_table(here, importing.PLANS, table, year)


@router.post(f"{LIST}/import", status_code=201, summary="导入实施计划")
def import_plans(here: Filer, year: TheYear, body: TableConfirmed) -> ImportedPlans:
    """The good rows of a checked file are filed, with one command."""
    by = here.by(here.congress.id)
    read = checked_again(here, importing.PLANS, body, year).rows
    filed = [(row.project, row.plan) for row in read]
    import_id = here.house.office.new_id(by, "plans")
    position = commands.import_plans(here.house.office, by, here.congress.id, import_id, filed)
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/plans?year={year}")
    return ImportedPlans(projects=[project for project, _plan in filed])
