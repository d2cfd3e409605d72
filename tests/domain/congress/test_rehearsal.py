"""A rehearsal is a session of its own: begun one at a time, thrown away with a reason, in no calendar."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.congress import rehearsal as rehearsals
from domain.congress import session as sessions
from domain.congress.rehearsal import RehearsalBegun, RehearsalEnded, RehearsalIsOver, RehearsalUnderWay
from domain.congress.session import SessionConvened
from domain.shared import Missing, Year
from tests.support.given import given

CONGRESS, SESSION = uuid4(), uuid4()


def begun(number: int = 1) -> RehearsalBegun:
    return RehearsalBegun(
        congress=CONGRESS,
        of=SESSION,
        rehearsal=number,
        term=17,
        number=4,
        title=rehearsals.rehearsed("第四次会议", number),
        year=Year(2026),
        starts_on=date(2026, 1, 20),
        ends_on=date(2026, 1, 23),
    )


def ended(reason: str = "走完了") -> RehearsalEnded:
    return RehearsalEnded(congress=CONGRESS, of=SESSION, rehearsal=1, reason=reason)


def test_what_begins_by_a_rehearsal_is_one() -> None:
    state = given(begun(), evolve=sessions.evolve).state
    assert state is not None
    assert state.is_rehearsal
    assert state.title == "演练1：第四次会议"
    convened = SessionConvened(
        **{
            field: getattr(begun(), field)
            for field in ("congress", "term", "number", "title", "year", "starts_on", "ends_on")
        }
    )
    real = given(convened, evolve=sessions.evolve).state
    assert real is not None
    assert not real.is_rehearsal


def test_a_rehearsal_that_is_thrown_away_stays_so() -> None:
    state = given(begun(), ended(), evolve=sessions.evolve).state
    assert state is not None
    assert state.thrown_away


def test_its_attendance_hangs_on_its_own_identity() -> None:
    delegate = uuid4()
    first, second = (rehearsals.rehearsal_id(SESSION, number) for number in (1, 2))
    streams = {sessions.attendance_stream(one, delegate) for one in (SESSION, first, second)}
    assert len(streams) == 3


def test_the_next_one_begins_when_the_last_has_ended() -> None:
    assert rehearsals.begin_rehearsal([], begun()) == begun()
    assert rehearsals.begin_rehearsal([True, True], begun(3)) == begun(3)
    with pytest.raises(RehearsalUnderWay):
        rehearsals.begin_rehearsal([True, False], begun(3))


def test_it_is_thrown_away_once_and_for_a_reason() -> None:
    assert rehearsals.end_rehearsal(ended(), has_ended=False) == ended()
    with pytest.raises(RehearsalIsOver):
        rehearsals.end_rehearsal(ended(), has_ended=True)
    with pytest.raises(Missing):
        rehearsals.end_rehearsal(replace(ended(), reason=" "), has_ended=False)


def test_the_rehearsals_of_a_session_stand_in_their_order() -> None:
    entered: tuple[UUID, ...] | None = None
    for number in (1, 2):
        entered = rehearsals.evolve_rehearsals(
            entered, rehearsals.RehearsalEntered(session=rehearsals.rehearsal_id(SESSION, number))
        )
    assert entered == (rehearsals.rehearsal_id(SESSION, 1), rehearsals.rehearsal_id(SESSION, 2))
