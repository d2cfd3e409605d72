"""Opening and closing, with the numbers read from the record itself."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from application.history.box import Box
from application.office import Office
from application.polls import voting
from domain.accounts.permissions import Act, Role
from domain.polls.ballot import BoxClosed
from domain.polls.card_set import SetNotReleased
from domain.polls.opening import CardsNotAccounted, NothingIssued, QuorumNotMet
from domain.polls.poll import PollInWrongStage, PollOpened, PollStage
from domain.polls.reckoning import Operator, Threshold
from domain.projects.candidate_list import PreReadingTooShort
from domain.shared import NotFound, NotPermitted, Refused
from tests.support import polls
from tests.support.polls import RULES, Hall
from tests.support.stores import Clock, by, granted
from tests.support.voters import cast, cast_all, row

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def test_the_opening_freezes_the_numbers_of_the_moment(hall: Hall) -> None:
    hall.release()
    hall.seat(10)
    hall.open()
    assert hall.state.opened == PollOpened(all_delegates=12, attending=10, issued=10, form=hall.form_hash)
    hall.check_in(11)
    assert hall.state.opened.attending == 10


@ONE_STORE
def test_rule_1_eight_of_twelve_open_and_seven_do_not(office: Office, box: Box) -> None:
    hall = polls.prepared(office, box)
    hall.release()
    hall.seat(7)
    with pytest.raises(QuorumNotMet) as refusal:
        hall.open()
    assert (refusal.value.attending, refusal.value.needed, refusal.value.all_delegates) == (7, 8, 12)


@ONE_STORE
def test_rule_1_under_more_than_two_thirds_eight_of_twelve_are_too_few(office: Office, box: Box) -> None:
    strict = Threshold(fraction="2/3", operator=Operator.OVER)
    hall = polls.prepared(office, box, rules=replace(RULES, quorum=strict))
    hall.release()
    hall.seat(8)
    with pytest.raises(QuorumNotMet) as refusal:
        hall.open()
    assert refusal.value.needed == 9


@ONE_STORE
@pytest.mark.parametrize(("days", "opens"), [(10, False), (11, True)])
def test_rule_16_the_cards_reach_the_delegates_so_many_days_before(
    hall: Hall, clock: Clock, *, days: int, opens: bool
) -> None:
    """Sent on 10 January under seven days: a vote on the 16th is refused (6 days), on the 17th allowed."""
    assert hall.state.prepared.sent_on == date(2026, 1, 10)
    hall.release()
    hall.seat()
    clock.set(2026, 1, 6 + days, 9)
    if opens:
        hall.open()
        return
    with pytest.raises(PreReadingTooShort) as refusal:
        hall.open()
    assert (refusal.value.days, refusal.value.required) == (6, 7)


@ONE_STORE
def test_a_set_that_two_have_not_released_opens_nothing(hall: Hall) -> None:
    """Cards are drawn from a released set only, so nobody holds one."""
    hall.check_in(0)
    with pytest.raises(SetNotReleased):
        hall.draw(0)
    for place in range(1, 12):
        hall.check_in(place)
    hall.account_for_cards(0)
    with pytest.raises(NothingIssued):
        hall.open()


@ONE_STORE
def test_cards_left_over_open_nothing(hall: Hall) -> None:
    hall.release()
    for place in range(12):
        hall.check_in(place)
        hall.draw(place)
    with pytest.raises(CardsNotAccounted) as refusal:
        hall.open()
    assert (refusal.value.printed, refusal.value.voided, refusal.value.drawn) == (14, 0, 12)


@ONE_STORE
def test_nothing_opens_while_nobody_holds_a_card(hall: Hall) -> None:
    hall.release()
    for place in range(12):
        hall.check_in(place)
    hall.account_for_cards(0)
    with pytest.raises(NothingIssued):
        hall.open()


@ONE_STORE
def test_an_unknown_poll_is_not_found(hall: Hall) -> None:
    commands: tuple[Callable[[], int], ...] = (
        lambda: voting.open_poll(hall.office, hall.box, by(hall.clerk), uuid4()),
        lambda: voting.call_last_ballots(hall.office, by(hall.clerk), uuid4()),
        lambda: voting.close_poll(hall.office, hall.box, by(hall.clerk), uuid4()),
    )
    for command in commands:
        with pytest.raises(NotFound):
            command()


@ONE_STORE
@pytest.mark.parametrize("role", [Role.VENUE, Role.DELEGATE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_opening_and_closing_are_the_offices_acts(open_hall: Hall, role: Role) -> None:
    somebody = granted(role, open_hall.congress)
    acts: tuple[tuple[Act, Callable[[], int]], ...] = (
        (Act.OPEN_POLL, lambda: voting.open_poll(open_hall.office, open_hall.box, by(somebody), open_hall.poll)),
        (Act.CLOSE_POLL, lambda: voting.call_last_ballots(open_hall.office, by(somebody), open_hall.poll)),
        (Act.CLOSE_POLL, lambda: voting.close_poll(open_hall.office, open_hall.box, by(somebody), open_hall.poll)),
    )
    for act, command in acts:
        with pytest.raises(NotPermitted) as refusal:
            command()
        assert refusal.value.act == act


def test_a_poll_is_closed_over_what_lies_in_its_box(open_hall: Hall) -> None:
    receipts = cast_all(open_hall, but=1)
    open_hall.close()
    closed = open_hall.state.closed
    assert closed is not None
    assert (closed.ballots, closed.cards_printed, closed.cards_voided) == (11, 14, 2)
    assert sorted(receipts) == open_hall.box.receipts(open_hall.poll)
    with pytest.raises(BoxClosed):
        cast(open_hall, open_hall.cards[-1], row(open_hall, 1))


@ONE_STORE
def test_last_ballots_are_called_before_the_gate_closes(open_hall: Hall) -> None:
    with pytest.raises(PollInWrongStage):
        voting.close_poll(open_hall.office, open_hall.box, by(open_hall.clerk), open_hall.poll)
    cast(open_hall, open_hall.cards[0], row(open_hall, 1))
    open_hall.last_call()
    cast(open_hall, open_hall.cards[1], row(open_hall, 1), 1)
    open_hall.close()
    assert open_hall.state.closed is not None
    assert open_hall.state.closed.ballots == 2


def test_a_crash_between_the_gate_and_the_record_is_made_good_by_closing_again(
    open_hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gate closes, then the program dies before PollClosed; the clerk presses the button once more."""
    receipts = cast_all(open_hall, but=3)
    open_hall.last_call()
    asked = by(open_hall.clerk, "the chair's button")
    with monkeypatch.context() as dying:
        dying.setattr(open_hall.office.history, "append", _dies)
        with pytest.raises(SystemExit):
            voting.close_poll(open_hall.office, open_hall.box, asked, open_hall.poll)
    assert open_hall.state.stage is PollStage.OPEN
    with pytest.raises(BoxClosed):
        cast(open_hall, open_hall.cards[-1], row(open_hall, 1))
    assert cast_all(open_hall, but=3) == receipts
    position = voting.close_poll(open_hall.office, open_hall.box, asked, open_hall.poll)
    assert open_hall.state.closed is not None
    assert open_hall.state.closed.ballots == 9
    assert open_hall.state.closed.root == open_hall.box.closing(open_hall.poll).root
    assert voting.close_poll(open_hall.office, open_hall.box, asked, open_hall.poll) == position


def _dies(*_: object, **__: object) -> int:
    raise SystemExit


def test_two_clerks_who_close_at_once_close_it_once(open_hall: Hall) -> None:
    cast_all(open_hall)
    open_hall.last_call()

    def close(_: int) -> int | Refused:
        try:
            return voting.close_poll(open_hall.office, open_hall.box, by(open_hall.clerk), open_hall.poll)
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(6) as clerks:
        answers = list(clerks.map(close, range(6)))
    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert {type(answer) for answer in answers if not isinstance(answer, int)} == {PollInWrongStage}
