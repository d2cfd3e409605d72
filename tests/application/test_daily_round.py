"""The daily round: every errand once a day, tried again when it failed, never while it may not."""

from datetime import date, timedelta
from threading import Event

from application.daily_round import DailyRound, Errand, GoingOn


class Day:
    """A date that is turned by hand."""

    def __init__(self) -> None:
        self.today = date(2026, 8, 1)

    def __call__(self) -> date:
        return self.today


def errand(done: list[str], name: str = "asks") -> Errand:
    def run(_going_on: GoingOn) -> int:
        done.append(name)
        return 1

    return Errand(name=name, run=run)


def test_every_errand_is_done_once_a_day() -> None:
    day, done = Day(), list[str]()
    rounds = DailyRound(day, [errand(done), errand(done, "duties")])
    assert rounds.look() == {"asks": 1, "duties": 1}
    assert rounds.look() == {}
    day.today += timedelta(days=1)
    assert rounds.look() == {"asks": 1, "duties": 1}


def test_one_that_fails_is_tried_again_and_holds_up_no_other() -> None:
    tries, done = [0], list[str]()

    def fails_once(_going_on: GoingOn) -> int:
        tries[0] += 1
        if tries[0] == 1:
            raise OSError("the database is away")
        return 2

    rounds = DailyRound(Day(), [Errand(name="broken", run=fails_once), errand(done)])
    assert rounds.look() == {"asks": 1}
    assert rounds.look() == {"broken": 2}


def test_nothing_is_done_while_this_process_may_not_or_what_it_reads_lags_behind() -> None:
    may, ready, done = [False], [False], list[str]()
    rounds = DailyRound(Day(), [errand(done)], may=lambda: may[0], ready=lambda: ready[0])
    assert rounds.look() == {}
    may[0] = True
    assert rounds.look() == {}
    ready[0] = True
    assert rounds.look() == {"asks": 1}


def test_an_errand_that_was_stopped_is_not_done() -> None:
    begun, day = Event(), Day()
    rounds: DailyRound

    def long(going_on: GoingOn) -> int:
        begun.set()
        while going_on():
            pass
        return 0

    rounds = DailyRound(day, [Errand(name="long", run=long)], look_every=0.01)
    rounds.start()
    assert begun.wait(5)
    rounds.stop()
    assert rounds.look() == {}
