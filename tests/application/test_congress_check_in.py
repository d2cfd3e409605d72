"""The check-in desk: ten desks at once, one delegate once, cards only for who is there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from application import check_in as desk
from application.history.box import Box, open_box
from application.office import Office
from application.polls import preparing
from domain.accounts.permissions import Role
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.congress.session import AlreadyCheckedIn, CardAlreadyDrawn, HoldsCard, NotCheckedIn
from domain.polls.card_set import SetNotReleased
from domain.polls.poll import PollInWrongStage
from domain.shared import NotFound, NotPermitted
from tests.support import polls
from tests.support.polls import Hall
from tests.support.stores import by, granted

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def box(database_url: str) -> Iterator[Box]:
    with open_box(database_url) as opened:
        yield opened


@pytest.fixture
def hall(office: Office, box: Box) -> Hall:
    """A session with a poll whose cards are not released yet."""
    return polls.prepared(office, box)


def present(hall: Hall) -> int:
    streams = [sessions.attendance_stream(hall.session, entry.delegate) for entry in hall.delegates]
    return sum(one.present for one in hall.office.states_of(streams, sessions.evolve_attendance).values())


def test_ten_desks_check_in_a_whole_congress_at_once(office: Office) -> None:
    congress, clerk = polls.founded(office)
    everybody = polls.roll_of(office, clerk, congress, 120)
    session = polls.convened(office, clerk, congress, office.today())
    with ThreadPoolExecutor(10) as desks:
        list(desks.map(lambda entry: desk.check_in(office, by(clerk), session, entry.delegate), everybody))
    streams = [sessions.attendance_stream(session, entry.delegate) for entry in everybody]
    assert sum(one.present for one in office.states_of(streams, sessions.evolve_attendance).values()) == 120


def test_a_delegate_scanned_at_ten_desks_at_once_is_checked_in_once(hall: Hall) -> None:
    def scan(_desk: int) -> bool:
        try:
            hall.check_in(0)
        except AlreadyCheckedIn:
            return False
        return True

    with ThreadPoolExecutor(10) as desks:
        assert sum(desks.map(scan, range(10))) == 1
    assert present(hall) == 1


def test_a_double_click_is_one_check_in(hall: Hall) -> None:
    form = by(hall.clerk, "form")
    first = desk.check_in(hall.office, form, hall.session, hall.delegates[0].delegate)
    assert desk.check_in(hall.office, form, hall.session, hall.delegates[0].delegate) == first


@ONE_STORE
def test_a_wrong_check_in_is_undone(hall: Hall) -> None:
    hall.check_in(0)
    desk.undo_check_in(hall.office, by(hall.clerk), hall.session, hall.delegates[0].delegate)
    assert present(hall) == 0
    with pytest.raises(NotCheckedIn):
        desk.undo_check_in(hall.office, by(hall.clerk), hall.session, hall.delegates[0].delegate)


@ONE_STORE
def test_only_delegates_on_the_roll_check_in(hall: Hall) -> None:
    with pytest.raises(NotFound):
        desk.check_in(hall.office, by(hall.clerk), hall.session, uuid4())
    with pytest.raises(NotFound):
        desk.check_in(hall.office, by(hall.clerk), uuid4(), hall.delegates[0].delegate)


@ONE_STORE
def test_cards_are_drawn_once_they_are_released(hall: Hall) -> None:
    hall.check_in(0)
    with pytest.raises(SetNotReleased):
        hall.draw(0)
    hall.release()
    hall.draw(0)
    with pytest.raises(CardAlreadyDrawn):
        hall.draw(0)


@ONE_STORE
def test_rule_13_an_absent_delegate_draws_no_card(hall: Hall) -> None:
    hall.release()
    with pytest.raises(NotCheckedIn):
        hall.draw(0)


@ONE_STORE
def test_a_draw_is_undone_before_the_check_in_is(hall: Hall) -> None:
    hall.release()
    hall.check_in(0)
    hall.draw(0)
    who = hall.delegates[0].delegate
    with pytest.raises(HoldsCard):
        desk.undo_check_in(hall.office, by(hall.clerk), hall.session, who)
    desk.undo_draw(hall.office, by(hall.clerk), hall.session, hall.poll, who)
    desk.undo_check_in(hall.office, by(hall.clerk), hall.session, who)


@ONE_STORE
def test_who_leaves_after_a_poll_is_not_attending_its_second_ballot(hall: Hall) -> None:
    """The second ballot has the attendance of its own moment; cards of a poll that is closed are in nobody's hands."""
    hall.release()
    hall.seat()
    hall.open()
    who = hall.delegates[4].delegate
    with pytest.raises(HoldsCard):
        desk.undo_check_in(hall.office, by(hall.clerk), hall.session, who)
    hall.close()
    desk.undo_check_in(hall.office, by(hall.clerk), hall.session, who)


@ONE_STORE
def test_no_card_is_drawn_or_taken_back_once_voting_began(hall: Hall) -> None:
    hall.release()
    hall.seat(10)
    hall.open()
    hall.check_in(11)
    with pytest.raises(PollInWrongStage):
        hall.draw(11)
    with pytest.raises(PollInWrongStage):
        desk.undo_draw(hall.office, by(hall.clerk), hall.session, hall.poll, hall.delegates[0].delegate)


@ONE_STORE
def test_a_poll_cancelled_before_it_opened_holds_nobody_fast(hall: Hall) -> None:
    hall.release()
    hall.check_in(0)
    hall.draw(0)
    who = hall.delegates[0].delegate
    preparing.cancel_poll(hall.office, by(hall.clerk), hall.poll, "议程改期")
    desk.undo_draw(hall.office, by(hall.clerk), hall.session, hall.poll, who)
    desk.undo_check_in(hall.office, by(hall.clerk), hall.session, who)
    assert present(hall) == 0


@ONE_STORE
def test_a_card_is_drawn_for_a_poll_of_this_session_only(hall: Hall) -> None:
    hall.check_in(0)
    with pytest.raises(NotFound):
        desk.draw_card(hall.office, by(hall.clerk), hall.session, uuid4(), hall.delegates[0].delegate)


@ONE_STORE
def test_venue_staff_check_in_and_hand_out_cards_in_their_own_congress_only(hall: Hall) -> None:
    hall.release()
    ours, theirs = granted(Role.VENUE, hall.congress), granted(Role.VENUE, uuid4())
    who = hall.delegates[0].delegate
    with pytest.raises(NotPermitted):
        desk.check_in(hall.office, by(theirs), hall.session, who)
    desk.check_in(hall.office, by(ours), hall.session, who)
    with pytest.raises(NotPermitted):
        desk.draw_card(hall.office, by(theirs), hall.session, hall.poll, who)
    desk.draw_card(hall.office, by(ours), hall.session, hall.poll, who)
    with pytest.raises(NotPermitted):
        desk.undo_draw(hall.office, by(granted(Role.DELEGATE, hall.congress)), hall.session, hall.poll, who)


@ONE_STORE
def test_a_delegate_is_found_by_code_address_or_number(hall: Hall) -> None:
    roll = hall.office.state_of(rolls.roll_stream(hall.congress), rolls.evolve)
    one = hall.delegates[4]
    code = desk.check_in_code(hall.session, one.delegate)
    for typed in (
        code,
        f" {code.lower()} ",
        f"{code[:5]} {code[5:]}",
        f"https://rd.example.cn/staff/jz/check-in/17-4/{code}",
        f"https://rd.example.cn/staff/jz/check-in/17-4/{code}/",
        f"https：／／rd.example.cn／staff／jz／check-in／17-4／{code}",
        one.number,
        "０００５",
    ):
        assert desk.found_by(roll, hall.session, typed) == one.delegate
    for typed in ("", "9999", code[:-1], "代表5"):
        with pytest.raises(NotFound):
            desk.found_by(roll, hall.session, typed)


def test_a_code_belongs_to_one_session_and_says_nothing_of_its_holder() -> None:
    delegates = [uuid4() for _ in range(500)]
    first, second = uuid4(), uuid4()
    codes = {desk.check_in_code(session, delegate) for session in (first, second) for delegate in delegates}
    assert len(codes) == 1000
    assert {len(code) for code in codes} == {desk.CODE_DIGITS}
