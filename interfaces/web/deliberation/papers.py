"""What is printed about the year's candidates: their booklet, and the summary of remarks for the presidium."""

from collections.abc import Iterable
from uuid import UUID

from fastapi import APIRouter, Request, Response

from domain.projects import candidate_list as lists
from domain.projects import project as projects
from domain.projects.project import Project, Stage
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.documents.booklet import Booklet, booklet, booklet_docx, printed_card
from interfaces.documents.remarks_summary import RemarksSummary, SummedProject, SummedRemark, remarks_summary
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.language import worded
from interfaces.web._base.pages import page
from interfaces.web.candidates.desk import pre_reading
from interfaces.web.deliberation import views
from interfaces.web.deliberation.desk import closed_by
from interfaces.web.deliberation.views import ProjectRemarks, ShownRemark
from interfaces.web.deliberation.words import REMARK_KINDS
from interfaces.web.materials.routes import listed_year
from interfaces.web.roll.views import download
from projections import candidate_board, roll
from projections.congress_register import sessions_of

router = APIRouter()

PATH = "/staff/{slug}/deliberation"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PRINTED_KINDS = {kind: words.message for kind, words in REMARK_KINDS.items()}
"""In documents always Chinese."""


@router.get(f"{PATH}/summary")
def summary(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The year's remarks with their answers, as the presidium reads them."""
    chosen = year or listed_year(house, here)
    found = _by_project(house, here, chosen)
    delegations = _delegations(house, here)
    return page(
        request,
        "deliberation/summary.html",
        year=chosen,
        projects=[one for one in found if one.remarks or one.questions],
        silent=[one for one in found if not one.remarks and not one.questions],
        totals=views.totals(found, delegations),
        delegations=len(delegations),
        kinds=REMARK_KINDS,
        closed=closed_by(house, here, chosen),
        root=_root(here),
    )


@router.get(f"{PATH}/summary.docx")
def summary_docx(house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The same as an official paper."""
    made = summary_of(house, here, year or listed_year(house, here))
    return download(remarks_summary(made), f"审议意见综合-{here.congress.short_name}-{made.year}.docx", _DOCX)


@router.get(f"{PATH}/booklet")
def booklet_page(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """Which booklets can be made."""
    chosen = year or listed_year(house, here)
    listed, drafts = _listed(house, here, chosen), _drafts(house, here, chosen)
    return page(
        request,
        "deliberation/booklet.html",
        year=chosen,
        listed=len(listed[1]),
        published_on=listed[0].published_on if listed[0] else None,
        drafts=len(drafts),
        root=_root(here),
    )


@router.get(f"{PATH}/booklet.pdf")
def booklet_pdf(house: TheHouse, here: OfficeReader, year: int = 0, *, draft: bool = False) -> Response:
    """The booklet to print; from the drafts it says 征求意见稿."""
    made = booklet_of(house, here, year or listed_year(house, here), draft=draft)
    return download(booklet(made), _booklet_name(here, made, "pdf"), "application/pdf")


@router.get(f"{PATH}/booklet.docx")
def booklet_word(house: TheHouse, here: OfficeReader, year: int = 0, *, draft: bool = False) -> Response:
    """The booklet to change."""
    made = booklet_of(house, here, year or listed_year(house, here), draft=draft)
    return download(booklet_docx(made), _booklet_name(here, made, "docx"), _DOCX)


def booklet_of(house: House, here: Place, year: int, *, draft: bool) -> Booklet:
    """The booklet of the published list, or of the drafts. Raises NotFound where there is nothing to print."""
    listed, cards = _listed(house, here, year)
    if draft:
        cards = _drafts(house, here, year)
    if not cards or (listed is None and not draft):
        raise NotFound(kind="candidate_list", id=str(year))
    session = _session(house, here, year)
    earliest = pre_reading(house, here, listed.session, listed.published_on).earliest if listed else None
    said = f"{earliest.year}年{earliest.month}月{earliest.day}日" if earliest else ""
    days = worded("请于票决前阅读；票决最早在 %s进行。") % said if said else ""
    with house.reading.connect() as conn:
        decision = candidate_board.decision_of(conn, here.congress.id, year) or ""
    return Booklet(
        congress=here.congress.name,
        session=session,
        year=year,
        is_draft=draft,
        issued_on=house.office.today() if draft or listed is None else listed.published_on,
        issuer=f"{here.congress.name}办公室",
        decision="" if draft else decision,
        days="" if draft else days,
        kinds=tuple(_PRINTED_KINDS.values()),
        cards=tuple(printed_card(state.card, number) for number, state in cards),
    )


def summary_of(house: House, here: Place, year: int) -> RemarksSummary:
    """The year's remarks as the paper says them."""
    found = _by_project(house, here, year)
    delegations = _delegations(house, here)
    totals = views.totals(found, delegations)
    return RemarksSummary(
        congress=here.congress.name,
        session=_session(house, here, year),
        year=year,
        made_on=house.office.today(),
        issuer=f"{here.congress.name}办公室",
        delegations=len(delegations) - totals.silent,
        all_delegations=len(delegations),
        remarks=totals.remarks,
        questions=totals.questions,
        answered=totals.answered,
        waiting=totals.waiting,
        projects=tuple(_summed(one) for one in found if one.remarks or one.questions),
        silent=tuple(one.name for one in found if not one.remarks),
    )


def _summed(one: ProjectRemarks) -> SummedProject:
    counts = [(_PRINTED_KINDS[kind], count) for kind, count in one.kinds.items()]
    said = [*(remark for group in one.delegations.values() for remark in group), *one.asked]
    return SummedProject(
        number=str(one.number or "–"),
        name=one.name,
        lead_unit=one.lead_unit or "–",
        counts=(*counts, ("提问", one.questions)),
        delegations=len(one.delegations),
        answered=one.answered,
        waiting=one.waiting,
        remarks=tuple(_summed_remark(remark) for remark in said),
    )


def _summed_remark(one: ShownRemark) -> SummedRemark:
    unit = one.row.unit_name or "待定"
    note = f"答复已退回重答，承办单位：{unit}" if one.row.answer else f"尚未答复，承办单位：{unit}"
    return SummedRemark(
        delegation=one.who,
        kind="代表提问" if one.row.is_question else _PRINTED_KINDS[one.row.kind],
        words=one.row.words,
        answer=one.row.answer,
        answered_by=one.row.answered_by_name or "政府办公室",
        note=note if one.waits else "",
    )


def _by_project(house: House, here: Place, year: int) -> list[ProjectRemarks]:
    with house.reading.connect() as conn:
        return views.by_project(conn, here.congress.id, year, house.office.today())


def _delegations(house: House, here: Place) -> list[str]:
    with house.reading.connect() as conn:
        return [one.name for one in roll.delegations_of(conn, here.congress.id)]


Cards = list[tuple[int | None, Project]]


def _listed(house: House, here: Place, year: int) -> tuple[lists.CandidateList | None, Cards]:
    listed = house.office.state_of(lists.list_stream(here.congress.id, year), lists.evolve)
    if listed is None or not listed.published:
        return None, []
    known = _known(house, (one.project for one in listed.candidates))
    return listed, [(one.number, known[one.project]) for one in listed.candidates]


def _drafts(house: House, here: Place, year: int) -> Cards:
    """All candidates that are not withdrawn, as they are now."""
    with house.reading.connect() as conn:
        candidates = candidate_board.candidates_of(conn, here.congress.id, year)
    standing = [one for one in candidates if one.stage in (Stage.DRAFT, Stage.LISTED)]
    known = _known(house, (one.project for one in standing))
    return [(one.shown_number, known[one.project]) for one in standing]


def _known(house: House, wanted: Iterable[UUID]) -> dict[UUID, Project]:
    return house.office.states_of(wanted, projects.evolve)


def _session(house: House, here: Place, year: int) -> str:
    with house.reading.connect() as conn:
        return next((one.title for one in sessions_of(conn, here.congress.id) if one.year == year), "")


def _booklet_name(here: Place, made: Booklet, ending: str) -> str:
    mark = "-征求意见稿" if made.is_draft else ""
    return f"候选项目册{mark}-{here.congress.short_name}-{made.year}.{ending}"


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/deliberation"
