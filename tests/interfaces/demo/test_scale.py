"""The city in full size, in small: its facts make sense, and every model takes them."""

from contextlib import closing
from datetime import date
from pathlib import Path

from application.history.history import open_history
from domain.congress import roll as rolls
from domain.polls import poll as polls
from domain.polls.poll import PollStage
from domain.projects import implementation
from domain.projects import project as projects
from domain.shared import CHINA
from interfaces.cli import main
from interfaces.composition import open_house
from interfaces.demo.clock import DemoClock
from interfaces.demo.scale.bodies import bodies
from interfaces.demo.scale.vote import Vote
from interfaces.demo.scale.work import Work
from interfaces.demo.scale.years import Size, told
from interfaces.settings import Settings
from projections import asks_board, congress_directory, progress_board, progress_timeline, voted_list
from projections.progress_timeline import Reader
from projections.reading.position import standings

TODAY = date(2026, 6, 15)
SIZE = Size(today=TODAY, years=2, congresses=2)


def test_everything_is_told_in_the_order_of_time_and_nothing_of_days_to_come() -> None:
    moments = [at for _stream, at, _fact in told(SIZE)]
    assert moments == sorted(moments)
    assert moments[-1].astimezone(CHINA).date() < TODAY


def test_ten_years_of_sixty_congresses_have_forty_lines_for_each_of_twelve_thousand_projects() -> None:
    """Counted on one congress, whose years are like those of all."""
    (body, *_), first = bodies(1, 2017), 2017
    work = [Work(Vote(body, first), place) for place in range(20)]
    assert 38 <= sum(len(list(one.told())) + 3 for one in work) / len(work) <= 42


def test_the_command_makes_a_city_whose_streams_fold_and_whose_models_stand(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert main(["demo", "--scale", "--years", "2", "--congresses", "2", "--no-serve", "--data", str(folder)]) == 0
    assert main(["demo", "--scale", "--no-serve", "--data", str(folder)]) == 0
    with closing(open_house(Settings(data=folder))) as house, house.reading.connect() as conn:
        assert not [name for name, standing in standings(conn).items() if standing.fault]
        city = congress_directory.congress_at(conn, "gy")
        assert city is not None
        year = DemoClock.today().year - 1
        board = progress_board.board(conn, city.id, year)
        assert len(board) == len(voted_list.adopted(conn, city.id, year)) == 20
        assert len(asks_board.asks_of(conn, city.id, year)) >= 20
        lines = progress_timeline.timeline(conn, board[0].project, Reader.OFFICE)
        assert len(lines) > 20
        vote = Vote(bodies(2, year)[0], year)
        poll = house.office.state_of(vote.poll, polls.evolve)
        assert poll is not None
        assert poll.stage is PollStage.DECLARED
        work = house.office.state_of(Work(vote, 0).stream, implementation.evolve)
        assert work is not None
        assert work.accepted is not None
        project = house.office.state_of(vote.project(0), projects.evolve)
        assert project is not None
        roll = house.office.state_of(rolls.roll_stream(city.id), rolls.evolve)
        assert roll is not None
        assert len(roll.entries) == 300
    with closing(open_history(f"sqlite:///{folder}/piaojue.db")) as history:
        assert history.last_position() > 2000
