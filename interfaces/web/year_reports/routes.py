"""Reports to the level above: drafted from the record, worked over, downloaded, submitted; figures over years."""

import re
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import year_reports as commands
from application.year_reports import AboutYears
from domain.accounts.permissions import Act
from domain.congress.year_report import ReportKind, ReportPart
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, Typed, blank, require_seen, seen_as
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, led_to, page
from interfaces.web.candidates.papers import Sent, keeping, paper_response, sent_along
from interfaces.web.home import plots
from interfaces.web.roll.views import download
from interfaces.web.year_reports.desk import (
    Desk,
    about,
    addressee_of,
    charts_of,
    chosen_years,
    desk_of,
    issuer_of,
    over_years,
    paper_of,
)
from interfaces.web.year_reports.words import KINDS
from projections import year_figures, year_reports
from projections.congress_directory import congresses_below

router = APIRouter()

PATH = "/staff/{slug}/year-reports"
ONE = f"{PATH}/{{kind}}/{{first_year:int}}/{{last_year:int}}"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEADING = re.compile(r"heading-([0-9]{1,2})")
NEW_PARTS = 1
"""Empty parts at the end of the form."""


Writer = Annotated[Place, Depends(needing(Act.SUBMIT_REPORT))]


@router.get(PATH)
def shelf(request: Request, house: TheHouse, here: OfficeReader, first: int = 0, last: int = 0) -> Response:
    """What was written and submitted here and below, and what several years add up to."""
    with house.reading.connect() as conn:
        below = congresses_below(conn, here.congress.id)
        years, first_year, last_year = chosen_years(conn, here.congress, house.office.today(), first, last)
        added = over_years(conn, here.congress, first_year, last_year, below)
        own = year_reports.reports_of(conn, here.congress.id)
        submitted = year_reports.reports_among(conn, [one.id for one in below], submitted=True)
        own_years = year_figures.years_of(conn, (here.congress.id,))
    written = {(one.kind, one.first_year, one.last_year) for one in own}
    return page(
        request,
        "year_reports/list.html",
        reports=own,
        submitted=submitted,
        names={one.id: one for one in below},
        added=added,
        years=years,
        own_years=own_years,
        kinds=KINDS,
        unwritten=[year for year in reversed(own_years) if (ReportKind.ANALYSIS.value, year, year) not in written],
        chart=plots.completions(
            _("完成情况"), [(_("%(year)s 年", year=row.year), row) for row in added.rows], _("年度")
        ),
        share=plots.share_of,
        root=f"/staff/{here.congress.slug}/year-reports",
        may_write=here.may(Act.SUBMIT_REPORT),
    )


@router.get(f"{PATH}/new")
def chosen(here: Writer, request: Request, kind: str = "", first: int = 0, last: int = 0) -> Response:
    """Leads to the report of the chosen years."""
    wanted = about(kind, last if kind == ReportKind.ANALYSIS.value else first, last)
    return led_to(request, _address(here, wanted))


@router.get(ONE)
def one(
    request: Request,
    house: TheHouse,
    here: OfficeReader,
    kind: str,
    first_year: int,
    last_year: int,
    fresh: bool = False,  # noqa: FBT001, FBT002 -- a query parameter
) -> Response:
    """The words with the charts that belong to them, to be worked over while the report is not submitted."""
    desk = desk_of(house, here, about(kind, first_year, last_year), anew=fresh)
    return page(request, "year_reports/one.html", **_context(house, here, desk), writing=_filled(request, desk))


@router.post(ONE)
def write(
    request: Request, house: TheHouse, here: Writer, typed: Form, kind: str, first_year: int, last_year: int
) -> Response:
    """Keeps the words; `then` leads on to the paper."""
    which = about(kind, first_year, last_year)
    try:
        title, parts = typed.required("title"), _typed_parts(typed)
        typed.settle()
        require_seen(typed, _kept(desk_of(house, here, which)), (title, tuple(parts)))
        position = commands.write_year_report(house.office, here.by(typed), here.congress.id, which, title, parts)
    except Refused as refused:
        context = _context(house, here, desk_of(house, here, which))
        return again(request, "year_reports/one.html", typed, refused, **context, writing=None)
    if typed.text("then") == "paper":
        return done(request, position, f"{_address(here, which)}/report.docx")
    return done(request, position, _address(here, which), _("报告内容已保存。"))


@router.get(f"{ONE}/report.docx")
def paper(house: TheHouse, here: OfficeReader, kind: str, first_year: int, last_year: int) -> Response:
    """The report as it is kept, or as it would be drafted today."""
    desk = desk_of(house, here, about(kind, first_year, last_year))
    content = paper_of(desk, issuer_of(here.congress), house.office.today())
    return download(content, f"{here.congress.short_name}{desk.title}.docx", DOCX)


@router.post(f"{ONE}/submit")
def submit(
    request: Request, house: TheHouse, here: Writer, typed: Form, kind: str, first_year: int, last_year: int
) -> Response:
    """Writes down what was submitted; without a file of one's own the paper as it stands is kept."""
    which = about(kind, first_year, last_year)
    desk = desk_of(house, here, which)
    by = here.by(typed)
    try:
        number, to, on = typed.required("number"), typed.required("to"), typed.date("submitted_on")
        typed.settle()
        sent = sent_along(typed, "document") or _own_paper(house, here, desk)
        with keeping(house, by, here.congress.id, sent, "report") as file:
            if file is None:
                raise NotFound(kind="document", id="")
            position = commands.submit_year_report(
                house.office, by, desk.report, number=number, to=to, submitted_on=on, file=file
            )
    except Refused as refused:
        writing = _filled(request, desk)
        return again(request, "year_reports/one.html", typed, refused, **_context(house, here, desk), writing=writing)
    return done(request, position, _address(here, which), _("报送情况已登记。"))


@router.post(f"{ONE}/take-back")
def take_back(
    request: Request, house: TheHouse, here: Writer, typed: Form, kind: str, first_year: int, last_year: int
) -> Response:
    """The submitted report does not hold; the words may be worked over again."""
    which = about(kind, first_year, last_year)
    try:
        reason = typed.required("reason")
        typed.settle()
        position = commands.take_back_year_report(
            house.office, here.by(typed), which.stream_of(here.congress.id), reason
        )
    except Refused as refused:
        desk = desk_of(house, here, which)
        writing = _filled(request, desk)
        return again(request, "year_reports/one.html", typed, refused, **_context(house, here, desk), writing=writing)
    return done(request, position, _address(here, which), _("报告已撤回，可以修改后重新报送。"))


@router.get(f"{PATH}/files/{{report}}")
def submitted_file(house: TheHouse, here: OfficeReader, report: UUID) -> Response:
    """What was submitted."""
    with house.reading.connect() as conn:
        row = year_reports.report_of(conn, here.congress.id, report)
    return paper_response(house, here, row.file if row else None)


def _context(house: House, here: Place, desk: Desk) -> dict[str, Any]:
    with house.reading.connect() as conn:
        addressee = addressee_of(conn, here.congress)
    return {
        "desk": desk,
        "row": desk.row,
        "charts": charts_of(desk),
        "parts": desk.parts,
        "seen": seen_as(_kept(desk)),
        "spare": range(len(desk.parts), len(desk.parts) + NEW_PARTS),
        "kinds": KINDS,
        "addressee": addressee,
        "today": house.office.today().isoformat(),
        "root": f"/staff/{here.congress.slug}/year-reports",
        "address": _address(here, desk.about),
        "may_write": here.may(Act.SUBMIT_REPORT),
    }


def _filled(request: Request, desk: Desk) -> Any:
    told: dict[str, object] = {"title": desk.title}
    for place, part in enumerate(desk.parts):
        told |= {f"key-{place}": part.key, f"heading-{place}": part.heading, f"words-{place}": part.words}
    return blank(request, **told)


def _kept(desk: Desk) -> tuple[str, tuple[ReportPart, ...]] | None:
    return (desk.row.title, desk.row.parts) if desk.row else None


def _typed_parts(typed: Typed) -> list[ReportPart]:
    places = sorted(int(found[1]) for name in typed.data if (found := _HEADING.fullmatch(name)))
    return [
        ReportPart(key=typed.text(f"key-{at}"), heading=typed.text(f"heading-{at}"), words=typed.text(f"words-{at}"))
        for at in places
    ]


def _own_paper(house: House, here: Place, desk: Desk) -> Sent:
    content = paper_of(desk, issuer_of(here.congress), house.office.today())
    return Sent(f"{desk.title}.docx", content)


def _address(here: Place, which: AboutYears) -> str:
    return f"/staff/{here.congress.slug}/year-reports/{which.kind.value}/{which.first_year}/{which.last_year}"
