"""The four asks: the office's board, and each unit's own tasks."""

from fastapi import APIRouter, Request, Response

from domain.accounts.permissions import Act, Role
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.pages import page
from interfaces.web.asks import issuing, one, rules, views
from projections import asks_board
from projections.asks_board import AskRow

router = APIRouter()
router.routes.extend([*one.router.routes, *issuing.router.routes, *rules.router.routes])


@router.get("/staff/{slug}/asks")
def board(
    request: Request, house: TheHouse, here: OfficeReader, year: int = 0, kind: str = "", state: str = ""
) -> Response:
    """All asks of a year: about this congress, from above, and what it asks of those below."""
    today = house.office.today()
    with house.reading.connect() as conn:
        years = asks_board.years(conn, here.congress.id)
        chosen = year or (years[0] if years and today.year not in years else today.year)
        about = asks_board.asks_of(conn, here.congress.id, chosen)
        below = asks_board.asks_put_below(conn, here.congress.id, chosen)
    offices = views.Offices(house, here)
    in_order = sorted(below, key=lambda row: (row.due_on, row.kind, offices.place(row.congress)))
    every = [views.shown(row, today, offices.name(row.congress)) for row in (*about, *in_order)]
    picked = [ask for ask in every if views.is_picked(ask, kind, state)]
    return page(
        request,
        "asks/board.html",
        own=[ask for ask in picked if ask.row.asked_by is None],
        from_above=[ask for ask in picked if ask.row.asked_by not in (None, here.congress.id)],
        below=[ask for ask in picked if ask.row.asked_by == here.congress.id],
        any=bool(every),
        tallies=views.tallies(every),
        states=views.state_choices(every),
        kind=kind,
        state=state,
        year=chosen,
        years=years,
        may_urge=here.may(Act.ISSUE_ASK),
    )


def own_asks(house: TheHouse, here: Place) -> list[AskRow]:
    """What the person's unit is asked in all years; the government office answers for every unit."""
    roles = {grant.role for grant in here.actor.grants if grant.congress in (None, here.congress.id)}
    with house.reading.connect() as conn:
        everything = Role.GOVERNMENT in roles
        if not everything and here.unit is None:
            return []
        return asks_board.asks_of_units(conn, here.congress.id, here.unit, all_units=everything)
