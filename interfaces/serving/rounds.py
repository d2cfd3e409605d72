"""Which errands the daily round of an installation has, and when it may do them."""

from collections.abc import Callable

from application.asks import note_overdue
from application.daily_round import DailyRound, Errand, GoingOn
from application.implementation.reminding import remind_late_projects
from application.supervision.duty_overdue import note_overdue_duties
from interfaces.composition import House
from projections import asks_board, duties, progress_board

CATCHING_UP = 2.0
"""Seconds that a look waits for the read models; else the next one tries."""


def daily_round(house: House, may: Callable[[], bool] = lambda: True) -> DailyRound:
    """The round of an open house that follows its history, by the house's clock."""

    def ready() -> bool:
        return house.followers.wait_for(house.history.last_position(), timeout=CATCHING_UP)

    return DailyRound(house.office.today, errands(house), may=may, ready=ready)


def errands(house: House) -> tuple[Errand, ...]:
    """Everything that has to be noted on its day."""

    def overdue_asks(going_on: GoingOn) -> int:
        with house.reading.connect() as connection:
            late = asks_board.late_asks(connection, house.office.today())
        return note_overdue(house.office, late, going_on)

    def overdue_duties(going_on: GoingOn) -> int:
        with house.reading.connect() as connection:
            late = duties.late_duties(connection, house.office.today())
        return note_overdue_duties(house.office, late, going_on)

    def late_projects(going_on: GoingOn) -> int:
        with house.reading.connect() as connection:
            under_way = progress_board.going_on(connection)
        return remind_late_projects(house.office, under_way, going_on)

    return (
        Errand(name="overdue asks", run=overdue_asks),
        Errand(name="overdue duties", run=overdue_duties),
        Errand(name="late projects", run=late_projects),
    )
