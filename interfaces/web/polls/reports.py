"""The count on screen and as files."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from domain.polls.poll import PollStage
from domain.projects import project as projects
from domain.shared import NotFound
from interfaces.documents.count_report import count_report
from interfaces.documents.pabulib import export_pb
from interfaces.web._base.asking import OfficeReader, TheHouse
from interfaces.web._base.language import CHINESE, speaking
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web.polls.desk import PollDesk, around, poll_desk
from interfaces.web.polls.downloads import file, pdf
from interfaces.web.polls.grades import grades_sheet
from interfaces.web.polls.names import roll_of
from interfaces.web.polls.reporting import count_of, grades, pabulib, report, result, tally_zip
from interfaces.web.profiles.plain import in_plain_words
from interfaces.web.roll.views import as_workbook

router = APIRouter()


@router.get("/staff/{slug}/polls/{poll}/report")
def on_screen(request: Request, house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """The count report with the result drawn as in the hall."""
    return report_page(request, poll_desk(house, here, poll))


@router.get("/staff/{slug}/polls/{poll}/report.pdf")
def printed(house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """The count report to sign by hand."""
    return report_pdf(poll_desk(house, here, poll))


@router.get("/staff/{slug}/polls/{poll}/count.json")
def canonical(house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """Exactly the text whose SHA-256 is signed."""
    desk = poll_desk(house, here, poll)
    desk.require_count()
    count_of(desk)
    text = desk.state.counted.count if desk.state.counted else ""
    return file(text.encode(), f"{desk.state.prepared.title}.json", "application/json")


@router.get("/staff/{slug}/polls/{poll}/tally.zip")
def for_the_tally(house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """What `piaojue tally` needs for a recount on another computer."""
    desk = poll_desk(house, here, poll)
    desk.require_count()
    name = _("%(title)s（复核计票）", title=desk.state.prepared.title)
    return file(tally_zip(desk), f"{name}.zip", "application/zip")


@router.get("/staff/{slug}/polls/{poll}/grades.xlsx")
def graded(house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """An evaluation's result as a workbook."""
    desk = poll_desk(house, here, poll)
    desk.require_count()
    with speaking(CHINESE):
        found = grades(desk)
        if found is None:
            raise NotFound(kind="count", id=str(poll))
        title = desk.state.prepared.title
        return as_workbook(grades_sheet(title, found), f"{title}.xlsx")


@router.get("/staff/{slug}/polls/{poll}/poll.pb")
def for_pabulib(house: TheHouse, here: OfficeReader, poll: UUID) -> Response:
    """A declared poll in Pabulib's format; a rehearsal is none."""
    desk = poll_desk(house, here, poll)
    if desk.stage is not PollStage.DECLARED or result(desk) is None or desk.state.prepared.rehearsal:
        raise NotFound(kind="count", id=str(poll))
    known = house.office.states_of([item.project for item in desk.state.prepared.items], projects.evolve)
    with speaking(CHINESE):
        text = export_pb(pabulib(desk, known))
    return file(text.encode(), f"{here.congress.slug}-{desk.state.prepared.year}.pb", "text/plain; charset=utf-8")


def report_page(request: Request, desk: PollDesk) -> Response:
    """The report for those who may see the count."""
    desk.require_count()
    roll = roll_of(desk.house.office, desk.here.congress.id)
    counted = report(desk, roll)
    plain = in_plain_words(desk.state.prepared.profile, counted.all_delegates)
    context = around(desk, roll) | {"report": counted, "result": result(desk), "grades": grades(desk), "plain": plain}
    return page(request, "polls/report.html", PollStage=PollStage, **context)


def report_pdf(desk: PollDesk) -> Response:
    """The report on paper, which is an official paper and therefore in Chinese."""
    desk.require_count()
    with speaking(CHINESE):
        made = report(desk, roll_of(desk.house.office, desk.here.congress.id))
    return pdf(count_report(made), f"{made.poll}{_('计票报告单')}.pdf")
