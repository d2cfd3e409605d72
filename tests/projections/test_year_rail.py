"""The year's rail follows its own vote: what is voted on afterwards takes no place on it."""

from sqlalchemy import Engine

from application.history.box import open_box
from application.history.history import History
from application.office import Office
from domain.polls.poll import PollStage
from projections import year_rail
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from tests.support import outcomes, polls
from tests.support.polls import Hall

TIED = {"1": 20, "2": 18, "3": 15, "4": 15}


def rail(hall: Hall, history: History, reading: Engine) -> year_rail.YearRail:
    Followers(history, reading, (year_rail.PROJECTION,)).catch_up()
    with reading.connect() as connection:
        found = year_rail.rail(connection, hall.congress, 2026)
    assert found is not None
    return found


def test_a_second_ballot_leaves_the_figures_of_the_years_own_vote(
    office: Office, history: History, database_url: str
) -> None:
    reading, box = open_reading(database_url), open_box(database_url)
    hall = polls.open_hall(office, box, delegates=20)
    outcomes.vote(hall, TIED)
    outcomes.declare(hall)
    declared = rail(hall, history, reading)
    assert (declared.poll, declared.poll_stage, declared.quota) == (hall.poll, PollStage.DECLARED, 3)
    again = outcomes.open_again(outcomes.second_ballot(hall))
    assert rail(hall, history, reading) == declared
    outcomes.vote(again, {"3": 16, "4": 4})
    outcomes.declare(again, "2")
    after = rail(hall, history, reading)
    assert (after.poll, after.quota, after.returned) == (declared.poll, declared.quota, declared.returned)
    box.stop()
    reading.dispose()
