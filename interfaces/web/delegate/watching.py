"""What a delegate watches after the vote: inspections ahead, the projects of the own groups, how all of them are."""

from collections import Counter
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from application.working_days import working_days
from domain.accounts.permissions import Act
from interfaces.composition import House
from interfaces.web._base.asking import Place
from interfaces.web.progress.views import Measure, ShownProject, shown_all
from projections import groups, inspections, progress_board
from projections.inspections import InspectionRow


class Watching(NamedTuple):
    """The part of a delegate's first page on projects under way."""

    year: int
    invited: list[InspectionRow]
    """Inspections ahead that the delegate has not said yes or no to."""
    ahead: list[InspectionRow]
    """Those the delegate comes to, the next first."""
    own: list[ShownProject]
    """The projects of the delegate's groups."""
    counts: list[tuple[str, str, int]]
    """Kind, words and number of all projects of the year by their lights."""
    projects: int


def watching(house: House, conn: Connection, here: Place) -> Watching | None:
    """None before any project was adopted, and for somebody who supervises nothing."""
    if not here.may(Act.SUPERVISE):
        return None
    years = progress_board.years(conn, here.congress.id)
    if not years:
        return None
    today, me = house.office.today(), here.delegate or UUID(int=0)
    rules = progress_board.rules_of(conn, here.congress.id)
    measure = Measure(rules=rules, calendar=working_days(house.office, here.congress.id), today=today)
    shown = shown_all(progress_board.board(conn, here.congress.id, years[0]), measure)
    mine = {one.project for one in groups.groups_of_delegate(conn, here.congress.id, me)}
    told = [one for one in inspections.inspections_of(conn, here.congress.id, delegate=me) if one.is_ahead]
    told = [one for one in reversed(told) if one.planned_on >= today]
    answers = {one.inspection: member.coming for one in told if (member := one.member(me)) is not None}
    lit = Counter((one.kind, one.words) for one in shown)
    return Watching(
        year=years[0],
        invited=[one for one in told if answers.get(one.inspection) is None],
        ahead=[one for one in told if answers.get(one.inspection)],
        own=[one for one in shown if one.row.project in mine],
        counts=[(kind, words, number) for (kind, words), number in lit.most_common()],
        projects=len(shown),
    )
