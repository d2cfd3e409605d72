from datetime import date
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.congress.session import (
    AlreadyCheckedIn,
    Attendance,
    AttendanceFact,
    CardAlreadyDrawn,
    CardDrawn,
    CardDrawUndone,
    CheckInUndone,
    DelegateCheckedIn,
    HoldsCard,
    HoldsPaper,
    NotCheckedIn,
    PaperAlreadyIssued,
    PaperIssued,
    PaperIssueUndone,
    Session,
    SessionConvened,
    SessionEntered,
    SessionInUse,
    SessionRescheduled,
    attendance_stream,
    check_in,
    convene_session,
    draw_card,
    evolve,
    evolve_attendance,
    evolve_calendar,
    issue_paper,
    reschedule_session,
    session_id,
    undo_check_in,
    undo_draw,
    undo_paper,
)
from domain.shared import Invalid, Missing, NotFound, Year
from tests.support.given import Situation, given

CONGRESS = UUID("00000000-0000-5000-8000-0000000c1771")
SESSION, DELEGATE, POLL, OTHER_POLL = (uuid5(CONGRESS, name) for name in ("session", "delegate", "poll", "other"))
WHO: dict[str, Any] = {"congress": CONGRESS, "session": SESSION, "delegate": DELEGATE}
NAME = "杜静浩"

PLANNED: dict[str, Any] = {
    "term": 17,
    "number": 5,
    "title": "江州市第十七届人民代表大会第五次会议",
    "year": 2026,
    "starts_on": date(2026, 1, 20),
    "ends_on": date(2026, 1, 24),
}
CONVENED = SessionConvened(congress=CONGRESS, **{**PLANNED, "year": Year(2026)})

CHECKED_IN = DelegateCheckedIn(**WHO)
UNDONE = CheckInUndone(**WHO)
DRAWN = CardDrawn(**WHO, poll=POLL)
DRAW_UNDONE = CardDrawUndone(**WHO, poll=POLL)
PAPER = PaperIssued(**WHO, poll=POLL)
LATE_PAPER = PaperIssued(**WHO, poll=POLL, late=True)
PAPER_UNDONE = PaperIssueUndone(**WHO, poll=POLL)


def attendance(*facts: AttendanceFact) -> Situation[Attendance]:
    return given(*facts, evolve=evolve_attendance)


def planned() -> Session:
    return evolve(None, CONVENED)


def test_a_session_is_convened_for_the_projects_of_a_year() -> None:
    assert convene_session(CONGRESS, **PLANNED) == CONVENED


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": 0}, "number"),
        ({"term": 100}, "term"),
        ({"year": 26}, "year"),
        ({"ends_on": date(2026, 1, 19)}, "ends_on"),
    ],
)
def test_a_session_needs_sound_numbers_and_dates(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        convene_session(CONGRESS, **{**PLANNED, **wrong})
    assert refused.value.field == field


def test_a_session_of_one_day_is_a_session() -> None:
    one_day = {**PLANNED, "ends_on": PLANNED["starts_on"]}
    assert convene_session(CONGRESS, **one_day).ends_on == date(2026, 1, 20)


def test_a_session_needs_a_title() -> None:
    with pytest.raises(Missing):
        convene_session(CONGRESS, **{**PLANNED, "title": " "})


def test_a_session_is_moved_until_its_list_is_published() -> None:
    moved: dict[str, Any] = {
        "title": PLANNED["title"],
        "year": 2026,
        "starts_on": date(2026, 1, 22),
        "ends_on": date(2026, 1, 26),
    }
    assert reschedule_session(planned(), **moved, at_work=False) == SessionRescheduled(**moved)
    with pytest.raises(SessionInUse):
        reschedule_session(planned(), **moved, at_work=True)


def test_a_term_has_one_session_of_each_number() -> None:
    assert session_id(CONGRESS, 17, 5) == session_id(CONGRESS, 17, 5)
    assert len({session_id(CONGRESS, term, number) for term in (16, 17) for number in (4, 5)}) == 4


def test_the_calendar_lists_sessions_in_the_order_of_convening() -> None:
    first = evolve_calendar(None, SessionEntered(session=SESSION))
    assert evolve_calendar(first, SessionEntered(session=POLL)) == (SESSION, POLL)


def test_a_delegate_checks_in_once() -> None:
    attendance().when(lambda a: check_in(a, CHECKED_IN, NAME)).then(CHECKED_IN)
    attendance(CHECKED_IN).when(lambda a: check_in(a, CHECKED_IN, NAME)).refused(AlreadyCheckedIn, name=NAME)


def test_a_wrong_check_in_is_undone_and_may_be_made_again() -> None:
    attendance(CHECKED_IN).when(lambda a: undo_check_in(a, UNDONE, NAME)).then(UNDONE)
    attendance(CHECKED_IN, UNDONE).when(lambda a: undo_check_in(a, UNDONE, NAME)).refused(NotCheckedIn)
    attendance().when(lambda a: undo_check_in(a, UNDONE, NAME)).refused(NotCheckedIn)
    attendance(CHECKED_IN, UNDONE).when(lambda a: check_in(a, CHECKED_IN, NAME)).then(CHECKED_IN)


def test_rule_13_an_absent_delegate_gets_no_card() -> None:
    attendance().when(lambda a: draw_card(a, DRAWN, NAME)).refused(NotCheckedIn)
    attendance(CHECKED_IN, UNDONE).when(lambda a: draw_card(a, DRAWN, NAME)).refused(NotCheckedIn)


def test_rule_13_one_delegate_draws_one_card_for_a_poll() -> None:
    attendance(CHECKED_IN).when(lambda a: draw_card(a, DRAWN, NAME)).then(DRAWN)
    attendance(CHECKED_IN, DRAWN).when(lambda a: draw_card(a, DRAWN, NAME)).refused(CardAlreadyDrawn)


def test_another_poll_of_the_session_has_cards_of_its_own() -> None:
    other = CardDrawn(**WHO, poll=OTHER_POLL)
    attendance(CHECKED_IN, DRAWN).when(lambda a: draw_card(a, other, NAME)).then(other)


def test_who_holds_a_card_stays_checked_in_until_it_came_back() -> None:
    attendance(CHECKED_IN, DRAWN).when(lambda a: undo_check_in(a, UNDONE, NAME)).refused(HoldsCard)
    attendance(CHECKED_IN, DRAWN).when(lambda a: undo_draw(a, DRAW_UNDONE, NAME)).then(DRAW_UNDONE)
    attendance(CHECKED_IN, DRAWN, DRAW_UNDONE).when(lambda a: undo_check_in(a, UNDONE, NAME)).then(UNDONE)


def test_only_a_card_that_was_drawn_is_taken_back() -> None:
    attendance(CHECKED_IN).when(lambda a: undo_draw(a, DRAW_UNDONE, NAME)).refused(NotFound)
    attendance().when(lambda a: undo_draw(a, DRAW_UNDONE, NAME)).refused(NotFound)


def test_rule_13_a_delegate_holds_a_card_or_a_paper_never_both() -> None:
    attendance(CHECKED_IN, DRAWN).when(lambda a: issue_paper(a, PAPER, NAME)).refused(HoldsCard, name=NAME)
    attendance(CHECKED_IN, PAPER).when(lambda a: draw_card(a, DRAWN, NAME)).refused(HoldsPaper, name=NAME)
    attendance(CHECKED_IN, DRAWN, DRAW_UNDONE).when(lambda a: issue_paper(a, PAPER, NAME)).then(PAPER)
    attendance(CHECKED_IN, PAPER, PAPER_UNDONE).when(lambda a: draw_card(a, DRAWN, NAME)).then(DRAWN)


def test_rule_13_one_paper_for_who_is_present() -> None:
    attendance().when(lambda a: issue_paper(a, PAPER, NAME)).refused(NotCheckedIn)
    attendance(CHECKED_IN).when(lambda a: issue_paper(a, PAPER, NAME)).then(PAPER)
    attendance(CHECKED_IN, PAPER).when(lambda a: issue_paper(a, PAPER, NAME)).refused(PaperAlreadyIssued)


def test_who_holds_a_paper_stays_checked_in_until_it_came_back() -> None:
    attendance(CHECKED_IN, PAPER).when(lambda a: undo_check_in(a, UNDONE, NAME)).refused(HoldsPaper)
    attendance(CHECKED_IN, PAPER, PAPER_UNDONE).when(lambda a: undo_check_in(a, UNDONE, NAME)).then(UNDONE)
    attendance(CHECKED_IN).when(lambda a: undo_paper(a, PAPER_UNDONE, NAME)).refused(NotFound)


def test_a_paper_of_a_late_arrival_comes_back_as_one() -> None:
    late = PaperIssueUndone(**WHO, poll=POLL, late=True)
    attendance(CHECKED_IN, LATE_PAPER).when(lambda a: undo_paper(a, PAPER_UNDONE, NAME)).then(late)
    attendance(CHECKED_IN, PAPER).when(lambda a: undo_paper(a, PAPER_UNDONE, NAME)).then(PAPER_UNDONE)
    back = attendance(CHECKED_IN, LATE_PAPER, late).state
    assert back == Attendance(present=True)


def test_attendance_of_each_delegate_is_a_stream_of_its_own() -> None:
    streams = {attendance_stream(SESSION, uuid5(CONGRESS, str(n))) for n in range(327)}
    assert len(streams) == 327
