"""The office's first page: the year, and what to do next."""

from fastapi import APIRouter, Request, Response

from domain.accounts.permissions import Act
from interfaces.web._base.asking import OfficeReader, TheHouse
from interfaces.web._base.pages import page
from interfaces.web.backup import reminding
from interfaces.web.candidates.desk import pre_reading
from interfaces.web.candidates.sentences import STAGES, gaps_said
from interfaces.web.council.views import council_stop
from interfaces.web.home import needs, views
from projections import asks_board, candidate_board, deliberation, public_page, voted_list

router = APIRouter()


@router.get("/staff/{slug}")
def this_year(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The year as a rail, what needs somebody now, and the candidates or the projects under way."""
    root = f"/staff/{here.congress.slug}"
    today = house.office.today()
    with house.reading.connect() as conn:
        rail, years = views.shown_year(conn, here.congress, year)
        backup_due = reminding.is_due(house, here, conn)
        if rail is None:
            return page(request, "home/begin.html", root=root, backup_due=backup_due)
        every_ask = [
            ask
            for of_year in asks_board.years(conn, here.congress.id)
            for ask in asks_board.asks_of(conn, here.congress.id, of_year)
        ]
        calling = views.calling_of(conn, here.congress, rail.year)
        next_call = views.next_call(conn, here.congress, today)
        council = council_stop(conn, here.congress, rail.year, root)
        candidates = candidate_board.candidates_of(conn, here.congress.id, rail.year)
        read, delegates = views.readers(conn, here.congress, rail.year, candidates)
        adopted = voted_list.adopted(conn, here.congress.id, rail.year)
        remarks = deliberation.remarks_of(conn, here.congress.id, rail.year)
        progress = public_page.progress_by_project(conn, here.congress.id, rail.year)
    earliest = None
    if rail.listed_on is not None and rail.session is not None and rail.poll_stage is None and not adopted:
        earliest = pre_reading(house, here, rail.session, rail.listed_on).earliest
    asks = [ask for ask in every_ask if ask.year == rail.year]
    return page(
        request,
        "home/year.html",
        rail=rail,
        years=years,
        stops=views.rail_of(rail, calling, asks, views.Reading(read, delegates, earliest), today, root, council),
        needs=[
            *needs.of(rail, calling, candidates, every_ask, today, root, earliest),
            *needs.of_remarks(remarks, today, rail.year, root),
            *([needs.of_next_call(next_call, root)] if next_call else []),
        ],
        may_act=here.may(Act.FIX_LIST),
        candidates=[one for one in candidates if one.stage != "withdrawn"],
        adopted=adopted,
        progress={project: views.progress_of(told) for project, told in progress.items()},
        stages=STAGES,
        gaps_said=gaps_said,
        root=root,
        backup_due=backup_due,
    )
