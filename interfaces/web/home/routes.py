"""The office's first page: the year, and what to do next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection

from application.working_days import working_days
from domain.accounts.permissions import Act
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.charts import Chart
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import page
from interfaces.web.backup import reminding
from interfaces.web.candidates.desk import pre_reading
from interfaces.web.candidates.sentences import STAGES, gaps_said
from interfaces.web.council.views import council_stop
from interfaces.web.home import above, after_vote, needs, plots, views
from interfaces.web.home.views import asked_by_unit
from interfaces.web.progress.views import Measure, ShownProject, shown_all
from projections import (
    asks_board,
    candidate_board,
    deliberation,
    progress_board,
    proposal_register,
    voted_list,
)
from projections.asks_board import AskRow
from projections.year_rail import YearRail

router = APIRouter()

MOST_SHOWN = 10
"""Projects on the first page; all of them stand on the board."""
YEARS_FOLLOWED = 4
"""A project is followed in its year and in the three of its look-backs."""


@router.get("/staff/{slug}")
def this_year(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The year as a rail, what needs somebody now, and the candidates or the projects under way."""
    root = f"/staff/{here.congress.slug}"
    today = house.office.today()
    with house.reading.connect() as conn:
        rail, years = views.shown_year(conn, here.congress, year)
        backup_due = reminding.is_due(house, here, conn)
        if rail is None:
            found = above.below_of(conn, here.congress, today.year, today)
            return page(request, "home/begin.html", root=root, backup_due=backup_due, below=found, share=plots.share_of)
        calling = views.calling_of(conn, here.congress, rail.year)
        next_call = views.next_call(conn, here.congress, today)
        council = council_stop(conn, here.congress, rail.year, root)
        candidates = candidate_board.candidates_of(conn, here.congress.id, rail.year)
        read, delegates = views.readers(conn, here.congress, rail.year, candidates)
        remarks = deliberation.remarks_of(conn, here.congress.id, rail.year)
        followed = _followed(house, conn, here)
        after = after_vote.read(conn, here.congress, today)
        running = _running(followed, rail.year, is_newest=rail.year == years[0])
        projects = [one for one in followed if one.row.year == running] or _of_year(house, conn, here, running)
        every_ask = asks_board.asks_open_or_of(conn, here.congress.id, (rail.year, running))
        asks = [ask for ask in every_ask if ask.year == rail.year]
        drawn = _drawn(conn, here, rail, projects, [ask for ask in every_ask if ask.year == running], today)
        below = above.below_of(conn, here.congress, running, today)
    earliest = None
    if rail.listed_on is not None and rail.session is not None and rail.poll_stage is None and not rail.adopted:
        earliest = pre_reading(house, here, rail.session, rail.listed_on).earliest
    return page(
        request,
        "home/year.html",
        rail=rail,
        years=years,
        stops=views.rail_of(rail, calling, asks, views.Reading(read, delegates, earliest), today, root, council),
        needs=[
            *needs.of(rail, calling, candidates, every_ask, today, root, earliest),
            *needs.of_remarks(remarks, today, rail.year, root),
            *after_vote.needs(after, followed, today, running, root),
            *([needs.of_next_call(next_call, root)] if next_call else []),
        ],
        may_act=here.may(Act.FIX_LIST),
        candidates=[one for one in candidates if one.stage != "withdrawn"],
        projects=_pressing_first(projects)[:MOST_SHOWN],
        all_projects=len(projects),
        running=running,
        stages=STAGES,
        gaps_said=gaps_said,
        charts=drawn,
        below=below,
        share=plots.share_of,
        root=root,
        backup_due=backup_due,
    )


def _running(followed: Sequence[ShownProject], year: int, *, is_newest: bool) -> int:
    """The year whose projects are shown: while the newest one is still being prepared, the one before it."""
    known = {one.row.year for one in followed}
    return max((one for one in known if one < year), default=year) if is_newest and year not in known else year


def _measure(house: House, conn: Connection, here: Place) -> Measure:
    rules = progress_board.rules_of(conn, here.congress.id)
    return Measure(rules=rules, calendar=working_days(house.office, here.congress.id), today=house.office.today())


def _followed(house: House, conn: Connection, here: Place) -> list[ShownProject]:
    """The adopted projects of the years somebody may still have to do something about."""
    measure = _measure(house, conn, here)
    known = progress_board.years(conn, here.congress.id)
    followed = [year for year in known if year >= measure.today.year - YEARS_FOLLOWED]
    return shown_all(progress_board.boards(conn, (here.congress.id,), followed), measure)


def _of_year(house: House, conn: Connection, here: Place, year: int) -> list[ShownProject]:
    return shown_all(progress_board.board(conn, here.congress.id, year), _measure(house, conn, here))


def _pressing_first(projects: Sequence[ShownProject]) -> list[ShownProject]:
    order = ("bad", "orange", "warn", "ok", "info", "idle", "dark")
    return sorted(projects, key=lambda one: (order.index(one.kind), one.row.number or 0))


def _drawn(
    conn: Connection,
    here: Place,
    rail: YearRail,
    projects: Sequence[ShownProject],
    asks: Sequence[AskRow],
    today: date,
) -> list[Chart]:
    """The plots of the year, as far as it has come."""
    made: list[Chart] = []
    running = projects[0].row.year if projects else rail.year
    if any(one.row.plan for one in projects):
        made += [plots.lights(projects), plots.funds(_pressing_first(projects)[: plots.MOST])]
    units = asked_by_unit(asks, today)
    if units:
        made.append(plots.asks(_("四问答复"), units[: plots.MOST], names=_("单位")))
    if running != rail.year:
        made = [replace(chart, title=f"{running} · {chart.title}") for chart in made]
    announced = voted_list.announced(conn, here.congress.id, rail.year)
    if announced is not None and announced.full_counts:
        made.append(plots.votes(voted_list.voted(conn, here.congress.id, rail.year)))
    proposed = proposal_register.categories(conn, here.congress.id, rail.year)
    if proposed:
        received = proposal_register.totals(conn, here.congress.id, rail.year).received
        made.append(plots.proposals(proposed, received))
    return [chart for chart in made if chart.rows]
