"""The papers of a duty list: each publication as .docx and .xlsx, and the draft of what is filed."""

from uuid import UUID

from fastapi import APIRouter, Response

from domain.shared import NotFound
from interfaces.composition import House
from interfaces.documents.duty_list import DutyList, duty_list, duty_list_workbook
from interfaces.web._base.asking import Place, TheHouse
from interfaces.web._base.language import worded
from interfaces.web.plans.desk import ListedPlan, Reader, adopted_plans, listed_plans
from interfaces.web.plans.views import duty_line, issuer_of, place_of
from interfaces.web.roll.views import as_workbook, download
from projections import plans, voted_list
from projections.congress_register import sessions_of

router = APIRouter()

STAFF, UNIT = "/staff/{slug}/duty-list", "/unit/{slug}/duty-list"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get(f"{STAFF}/list.docx")
def official(house: TheHouse, here: Reader, year: int, part: int = 0) -> Response:
    """A publication as an official paper: 1 the list, 2 and on its supplements, 0 the draft of what is filed."""
    made = duty_list_of(house, here, year, part)
    return download(duty_list(made), _name(here, made, part, "docx"), DOCX)


@router.get(f"{STAFF}/list.xlsx")
@router.get(f"{UNIT}/list.xlsx")
def workbook(house: TheHouse, here: Reader, year: int, part: int | None = None) -> Response:
    """The same as a workbook; without a part everything that is in force."""
    made = duty_list_of(house, here, year, part)
    return as_workbook(duty_list_workbook(made), _name(here, made, part, "xlsx"))


def duty_list_of(house: House, here: Place, year: int, part: int | None) -> DutyList:
    """What the paper says: of one publication, of the draft (0), or of all that is in force (None). Raises NotFound."""
    with house.reading.connect() as conn:
        announced = voted_list.announced(conn, here.congress.id, year)
        published = plans.publications_of(conn, here.congress.id, year)
        session = next((one.title for one in sessions_of(conn, here.congress.id) if one.year == year), "")
    adopted = adopted_plans(house, here, year)
    listed = adopted if part else listed_plans(house, here, year)  # what is published is published for everybody
    if part is not None and part > len(published):
        raise NotFound(kind="duty_list", id=str(part))
    chosen = _chosen(listed, published, part)
    if announced is None or not chosen:
        raise NotFound(kind="duty_list", id=str(year))
    which = published[(part or 1) - 1] if published and part != 0 else None
    return DutyList(
        congress=here.congress.name,
        place=place_of(here.congress.name),
        year=year,
        number=which.number if which else "",
        issuer=(which.issuer if which else "") or issuer_of(here.congress.name),
        published_on=which.published_on if which else house.office.today(),
        source=_source(session, year, len(adopted), announced.notice_number),
        lines=tuple(duty_line(one, first=part is not None and part > 0) for one in chosen),
        adds_to=published[0].number if part is not None and part > 1 else "",
        is_draft=which is None,
    )


def _chosen(listed: list[ListedPlan], published: list[plans.Publication], part: int | None) -> list[ListedPlan]:
    if part is None:
        return [one for one in listed if one.standing == "published"]
    if part == 0:
        return [one for one in listed if one.standing == "filed"]
    of: tuple[UUID, ...] = published[part - 1].projects
    return [one for one in listed if one.project in of]


def _source(session: str, year: int, count: int, notice: str) -> str:
    voted = worded("票决")
    by = f"{session}{voted}产生" if session else f"经{voted}产生"
    return f"{by}{year}年度民生实事项目{count}个（{notice}）。"


def _name(here: Place, made: DutyList, part: int | None, ending: str) -> str:
    mark = "草稿" if made.is_draft else f"补充{part - 1}" if part is not None and part > 1 else ""
    return f"责任分解清单{mark}-{here.congress.short_name}-{made.year}.{ending}"
