"""Papers handed out beside cards, alone, and to late arrivals: rules 2 and 13."""

from dataclasses import replace
from uuid import UUID

import pytest

from application import check_in as desk
from application.history.box import Box
from application.office import Office
from application.polls import papers_out
from application.polls.standing import standing_of
from domain.accounts.permissions import Role
from domain.congress.session import CardAlreadyDrawn, HoldsCard, HoldsPaper, NotCheckedIn, PaperAlreadyIssued
from domain.polls.ballot import CardHasBallot, CardIsVoid, VoidReason
from domain.polls.card import SECRET_BYTES, Secret, card_id, secret_from
from domain.polls.card_set import UnknownCard
from domain.polls.opening import CardsNotAccounted, MoreCardsThanAttending, TooLateForThisPoll
from domain.polls.poll import PollInWrongStage
from domain.polls.rules import LateArrivals
from domain.shared import Invalid, NotFound, NotPermitted
from tests.support import polls
from tests.support.polls import RULES, Hall
from tests.support.stores import by, granted
from tests.support.voters import cast, row

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def delegate(hall: Hall, place: int) -> UUID:
    return hall.delegates[place].delegate


def paper(hall: Hall, place: int, key: str | None = None) -> int:
    return desk.issue_paper(hall.office, by(hall.clerk, key), hall.session, hall.poll, delegate(hall, place))


def back(hall: Hall, place: int) -> int:
    return desk.undo_paper(hall.office, by(hall.clerk), hall.session, hall.poll, delegate(hall, place))


def opened(hall: Hall, cards: int = 8, papers: int = 2) -> Hall:
    """Twelve delegates, of whom so many hold cards and papers; the others are not there."""
    hall.release()
    for place in range(cards + papers):
        hall.check_in(place)
    for place in range(cards):
        hall.draw(place)
    for place in range(cards, cards + papers):
        paper(hall, place)
    hall.account_for_cards(cards)
    hall.open()
    return hall


def test_cards_and_papers_add_up_to_what_was_issued(hall: Hall) -> None:
    opened(hall)
    assert hall.state.opened is not None
    assert (hall.state.opened.attending, hall.state.opened.issued, hall.state.opened.papers) == (10, 10, 2)
    hall.close()
    assert (hall.state.cards_drawn, hall.state.papers_issued, hall.state.issued) == (8, 2, 10)
    assert hall.state.cards_add_up


def test_rule_13_a_delegate_holds_a_card_or_a_paper_never_both(hall: Hall) -> None:
    hall.release()
    for place in (0, 1):
        hall.check_in(place)
    hall.draw(0)
    paper(hall, 1)
    with pytest.raises(HoldsCard):
        paper(hall, 0)
    with pytest.raises(HoldsPaper):
        hall.draw(1)
    with pytest.raises(PaperAlreadyIssued):
        paper(hall, 1)
    with pytest.raises(HoldsPaper):
        desk.undo_check_in(hall.office, by(hall.clerk), hall.session, delegate(hall, 1))
    with pytest.raises(NotCheckedIn):
        paper(hall, 2)
    back(hall, 1)
    hall.draw(1)
    with pytest.raises(CardAlreadyDrawn):
        hall.draw(1)


@ONE_STORE
def test_a_double_click_hands_out_one_paper(hall: Hall) -> None:
    hall.check_in(0)
    first = paper(hall, 0, key="form")
    assert paper(hall, 0, key="form") == first


def test_who_comes_after_the_opening_gets_a_paper_and_counts_into_a(hall: Hall) -> None:
    """A = 10 and I = 10 at the opening; the eleventh delegate comes late: A = 11, I = 11."""
    opened(hall)
    hall.check_in(10)
    with pytest.raises(PollInWrongStage):
        hall.draw(10)
    paper(hall, 10)
    hall.close()
    assert hall.state.closed is not None
    assert (hall.state.closed.papers, hall.state.closed.late) == (3, 1)
    assert (hall.state.attending, hall.state.issued) == (11, 11)


def test_who_was_there_at_the_opening_counts_into_a_once(hall: Hall) -> None:
    """Present without a card or paper, also when the check-in was taken back and made again meanwhile."""
    for place in (10, 11):
        hall.check_in(place)
    opened(hall)
    desk.undo_check_in(hall.office, by(hall.clerk), hall.session, delegate(hall, 11))
    hall.check_in(11)
    paper(hall, 10)
    paper(hall, 11)
    hall.close()
    assert hall.state.opened is not None
    assert (hall.state.opened.attending, hall.state.opened.issued) == (12, 10)
    assert (hall.state.attending, hall.state.issued) == (12, 12)


def test_a_late_paper_that_comes_back_counts_no_more(hall: Hall) -> None:
    opened(hall)
    hall.check_in(10)
    paper(hall, 10)
    back(hall, 10)
    hall.close()
    assert (hall.state.attending, hall.state.issued) == (10, 10)


@ONE_STORE
def test_late_arrivals_are_refused_by_name_where_the_profile_says_so(office: Office, box: Box) -> None:
    strict = polls.prepared(office, box, rules=replace(RULES, late_arrivals=LateArrivals.NOT_IN_THIS_POLL))
    opened(strict)
    strict.check_in(10)
    with pytest.raises(TooLateForThisPoll) as refusal:
        paper(strict, 10)
    assert refusal.value.title == strict.state.prepared.title


@ONE_STORE
def test_papers_are_over_when_the_poll_has_closed(hall: Hall) -> None:
    opened(hall)
    hall.close()
    with pytest.raises(PollInWrongStage):
        paper(hall, 9)
    with pytest.raises(PollInWrongStage):
        back(hall, 9)


@ONE_STORE
def test_only_a_paper_that_was_handed_out_comes_back(hall: Hall) -> None:
    hall.check_in(0)
    with pytest.raises(NotFound):
        back(hall, 0)
    nobody = by(granted(Role.AUDITOR, hall.congress))
    with pytest.raises(NotPermitted):
        desk.issue_paper(hall.office, nobody, hall.session, hall.poll, delegate(hall, 0))


@ONE_STORE
def test_papers_do_not_stand_for_cards_that_are_left(hall: Hall) -> None:
    hall.release()
    for place in range(10):
        hall.check_in(place)
        paper(hall, place)
    with pytest.raises(CardsNotAccounted):
        hall.open()
    for card in hall.secrets:
        hall.void(card)
    hall.open()
    assert (hall.state.cards_drawn, hall.state.issued) == (0, 10)


@ONE_STORE
def test_rule_2_no_more_cards_and_papers_than_delegates_attend(hall: Hall) -> None:
    """A card that somebody still holds who is no longer counted: named before the opening."""
    hall.check_in(0)
    paper(hall, 0)
    standing = standing_of(hall.office, hall.box, hall.poll, hall.state)
    assert (standing.cards.papers, standing.cards.issued, standing.attending) == (1, 1, 1)
    assert not any(isinstance(one, MoreCardsThanAttending) for one in standing.obstacles)


@ONE_STORE
def test_rule_13_a_spoiled_paper_is_replaced_and_counts_once(hall: Hall) -> None:
    """2 papers issued and 1 issued again for 1 that came back spoiled: 2 papers, re-issued 1."""
    opened(hall)
    papers_out.print_papers(hall.office, by(hall.clerk), hall.poll, 20)
    papers_out.replace_spoiled_paper(hall.office, by(hall.scrutineers[0]), hall.poll)
    hall.close()
    assert (hall.state.papers.printed, hall.state.papers.replaced, hall.state.papers_issued) == (20, 1, 2)
    with pytest.raises(PollInWrongStage):
        papers_out.replace_spoiled_paper(hall.office, by(hall.clerk), hall.poll)


@ONE_STORE
@pytest.mark.parametrize("papers", [0, 5001])
def test_a_sensible_number_of_papers_is_printed(hall: Hall, papers: int) -> None:
    with pytest.raises(Invalid) as refusal:
        papers_out.print_papers(hall.office, by(hall.clerk), hall.poll, papers)
    assert refusal.value.field == "papers"


def exchange(hall: Hall, place: int, card: Secret, key: str | None = None) -> int:
    asking = by(hall.clerk, key)
    return desk.exchange_card(hall.office, hall.box, asking, hall.session, hall.poll, delegate(hall, place), card)


def test_rule_13_a_spoiled_card_is_exchanged_for_a_paper_while_voting_goes_on(hall: Hall) -> None:
    """10 issued and 1 issued again for 1 card that came back spoiled: I = 10, cards 7, papers 3, re-issued 1."""
    opened(hall)
    first = exchange(hall, 0, hall.cards[0], key="form")
    assert exchange(hall, 0, hall.cards[0], key="form") == first
    hall.close()
    assert (hall.state.cards_drawn, hall.state.papers_issued, hall.state.issued) == (7, 3, 10)
    assert (hall.state.attending, hall.state.cards_spoiled) == (10, 1)
    assert hall.state.cards_add_up


def test_a_card_is_exchanged_only_against_the_card_itself(hall: Hall) -> None:
    opened(hall)
    with pytest.raises(CardIsVoid):
        exchange(hall, 0, hall.left_over[0])
    cast(hall, hall.cards[1], row(hall, 1))
    with pytest.raises(CardHasBallot):
        exchange(hall, 1, hall.cards[1])
    with pytest.raises(NotFound):
        exchange(hall, 9, hall.cards[2])
    with pytest.raises(UnknownCard):
        exchange(hall, 0, secret_from(bytes(SECRET_BYTES)))
    hall.close()
    assert (hall.state.cards_drawn, hall.state.papers_issued) == (8, 2)
    assert hall.state.cards_add_up


def test_an_exchange_that_was_cut_short_is_ended_by_scanning_again(hall: Hall) -> None:
    """The process ended between voiding the card and recording it."""
    opened(hall)
    hall.box.void(hall.poll, card_id(hall.cards[0]), VoidReason.SPOILED)
    exchange(hall, 0, hall.cards[0])
    hall.close()
    assert hall.state.cards_add_up


@ONE_STORE
def test_before_the_opening_and_after_the_closing_no_card_is_exchanged(hall: Hall) -> None:
    hall.release()
    hall.check_in(0)
    hall.draw(0)
    with pytest.raises(PollInWrongStage):
        exchange(hall, 0, hall.secrets[0])
    assert not hall.box.is_void(hall.poll, card_id(hall.secrets[0]))
