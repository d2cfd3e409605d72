"""After closing: unused cards are counted once and never by name; a copied card blocks until the chief decides."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from application.history.box import open_box
from application.history.transfer import snapshot
from application.polls import after_closing, counting, preparing
from domain.accounts.permissions import Actor, Role
from domain.polls.accounting import IncidentDecision, IncidentKind, UnusedCardHandedIn
from domain.polls.after_closing import (
    Account,
    CardCountedAlready,
    IncidentsUndecided,
    PollToBeRepeated,
    account_of,
)
from domain.polls.ballot import BoxStillOpen, CardHasBallot, CardIsVoid, ballot_stream
from domain.polls.card import SECRET_BYTES, Secret, card_id, secret_from
from domain.polls.card_set import CardOfAnotherSet, UnknownCard
from domain.polls.declaring import NotThisPollsScrutineer
from domain.polls.poll import PollInWrongStage, PollStage
from domain.shared import Missing, NotPermitted
from tests.support.polls import BLUE, GREEN, Hall
from tests.support.stores import by, granted
from tests.support.voters import cast_all

ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def closed_hall(open_hall: Hall) -> Hall:
    """Twelve cards were drawn, ten ballots lie in the box."""
    cast_all(open_hall, but=2)
    open_hall.close()
    return open_hall


def hand_in(hall: Hall, card: Secret, who: Actor | None = None, key: str | None = None) -> int:
    return after_closing.hand_in_unused(hall.office, hall.box, by(who or hall.clerk, key), hall.poll, card)


def decide(hall: Hall, decision: IncidentDecision, who: Actor | None = None) -> int:
    asking = by(who or hall.chief)
    return after_closing.decide_incident(hall.office, asking, hall.poll, 1, decision, "查过了")


def count(hall: Hall) -> int:
    return counting.count_poll(hall.office, hall.box, hall.private, by(hall.clerk), hall.poll)


def test_every_card_is_in_the_box_handed_in_or_missing(closed_hall: Hall) -> None:
    """I = 12 = 10 in the box + 1 handed in unused + 1 not handed in."""
    hand_in(closed_hall, closed_hall.cards[10])
    account = account_of(closed_hall.state)
    assert account == Account(cards=12, in_the_box=10, handed_in=1, papers=0, papers_returned=0)
    assert account.cards_missing == 1


def test_a_card_that_is_scanned_twice_is_counted_once(closed_hall: Hall) -> None:
    first = hand_in(closed_hall, closed_hall.cards[10], key="form")
    assert hand_in(closed_hall, closed_hall.cards[10], key="form") == first
    with pytest.raises(CardCountedAlready):
        hand_in(closed_hall, closed_hall.cards[10])
    assert closed_hall.state.cards.handed_in == closed_hall.box.handed_in(closed_hall.poll) == 1


def test_one_card_under_eight_scanners_is_counted_once(closed_hall: Hall) -> None:
    def scan(_desk: int) -> bool:
        try:
            hand_in(closed_hall, closed_hall.cards[11])
        except CardCountedAlready:
            return False
        return True

    with ThreadPoolExecutor(8) as desks:
        assert sum(desks.map(scan, range(8))) >= 1
    assert closed_hall.state.cards.handed_in == closed_hall.box.handed_in(closed_hall.poll) == 1


def test_the_record_catches_up_with_what_the_desk_had_counted(closed_hall: Hall) -> None:
    """The process ended between the box and the record: the next scan, of whichever card, brings both together."""
    closed_hall.box.hand_in(closed_hall.poll, card_id(closed_hall.cards[10]))
    assert closed_hall.state.cards.handed_in == 0
    hand_in(closed_hall, closed_hall.cards[10])
    assert closed_hall.state.cards.handed_in == 1
    with pytest.raises(CardCountedAlready):
        hand_in(closed_hall, closed_hall.cards[10])


@ONE_STORE
def test_the_record_says_that_a_card_came_back_and_nothing_of_which(closed_hall: Hall) -> None:
    hand_in(closed_hall, closed_hall.cards[10])
    noticed = closed_hall.office.history.select(0, 10_000)[-1]
    assert noticed.fact == UnusedCardHandedIn()


def test_a_copied_card_is_an_incident_that_names_no_ballot(closed_hall: Hall) -> None:
    """Two people hold the same secret: one cast it, the other hands it in unused."""
    with pytest.raises(CardHasBallot):
        hand_in(closed_hall, closed_hall.cards[0])
    (incident,) = closed_hall.state.cards.incidents.values()
    assert (incident.kind, incident.note, incident.decision) == (IncidentKind.UNUSED_CARD_HAS_BALLOT, "", None)
    assert closed_hall.box.handed_in(closed_hall.poll) == 0


@ONE_STORE
def test_a_scanner_that_reads_twice_reports_once(closed_hall: Hall) -> None:
    for _ in range(3):
        with pytest.raises(CardHasBallot):
            hand_in(closed_hall, closed_hall.cards[0])
    with pytest.raises(CardHasBallot):
        hand_in(closed_hall, closed_hall.cards[1])
    assert list(closed_hall.state.cards.incidents) == [1, 2]


def test_nothing_is_counted_before_the_chief_has_decided(closed_hall: Hall) -> None:
    with pytest.raises(CardHasBallot):
        hand_in(closed_hall, closed_hall.cards[0])
    with pytest.raises(IncidentsUndecided) as refusal:
        count(closed_hall)
    assert refusal.value.numbers == (1,)
    decide(closed_hall, IncidentDecision.PROCEED)
    count(closed_hall)
    assert closed_hall.state.stage is PollStage.COUNTED


def test_a_poll_that_is_repeated_can_only_be_cancelled(closed_hall: Hall) -> None:
    with pytest.raises(CardHasBallot):
        hand_in(closed_hall, closed_hall.cards[0])
    decide(closed_hall, IncidentDecision.REPEAT)
    with pytest.raises(PollToBeRepeated):
        count(closed_hall)
    preparing.cancel_poll(closed_hall.office, by(closed_hall.clerk), closed_hall.poll, "有人复印了票卡")
    assert closed_hall.state.stage is PollStage.CANCELLED


@ONE_STORE
def test_the_chief_alone_decides(closed_hall: Hall) -> None:
    with pytest.raises(CardHasBallot):
        hand_in(closed_hall, closed_hall.cards[0])
    with pytest.raises(NotPermitted):
        decide(closed_hall, IncidentDecision.PROCEED, closed_hall.clerk)
    with pytest.raises(NotThisPollsScrutineer):
        decide(closed_hall, IncidentDecision.PROCEED, closed_hall.scrutineers[0])


@ONE_STORE
def test_already_used_shown_to_somebody_who_has_not_voted_is_reported_while_voting_goes_on(open_hall: Hall) -> None:
    asking = by(open_hall.scrutineers[1])
    kind = IncidentKind.USED_BUT_NOT_VOTED
    after_closing.report_incident(open_hall.office, asking, open_hall.poll, kind, "三号席")
    assert [one.note for one in open_hall.state.cards.undecided] == ["三号席"]
    with pytest.raises(Missing):
        after_closing.report_incident(open_hall.office, by(open_hall.clerk), open_hall.poll, kind, " ")
    nobody = by(granted(Role.DELEGATE, open_hall.congress))
    with pytest.raises(NotPermitted):
        after_closing.report_incident(open_hall.office, nobody, open_hall.poll, kind, "x")


@ONE_STORE
def test_cards_are_handed_in_after_closing_only(open_hall: Hall) -> None:
    with pytest.raises(PollInWrongStage):
        hand_in(open_hall, open_hall.cards[0])
    with pytest.raises(BoxStillOpen):
        open_hall.box.hand_in(open_hall.poll, card_id(open_hall.cards[0]))


@ONE_STORE
def test_a_card_that_is_not_of_this_poll_is_answered_by_name(closed_hall: Hall) -> None:
    green = closed_hall.print_set(GREEN, 3)
    with pytest.raises(CardOfAnotherSet) as refusal:
        hand_in(closed_hall, green[0])
    assert (refusal.value.card_set, refusal.value.open_sets) == (GREEN, (BLUE,))
    with pytest.raises(UnknownCard):
        hand_in(closed_hall, secret_from(bytes(SECRET_BYTES)))
    with pytest.raises(CardIsVoid):
        hand_in(closed_hall, closed_hall.left_over[0])
    assert closed_hall.box.handed_in(closed_hall.poll) == 0


def test_what_is_kept_of_handed_in_cards_does_not_depend_on_their_order(closed_hall: Hall, database_url: str) -> None:
    """One sorted value: whichever came first, the same bytes."""
    streams = sorted(ballot_stream(closed_hall.poll, card_id(card)) for card in closed_hall.cards[10:])
    for card in sorted(
        closed_hall.cards[10:], key=lambda one: ballot_stream(closed_hall.poll, card_id(one)), reverse=True
    ):
        hand_in(closed_hall, card)
    with snapshot(database_url) as taken:
        gates = {gate.poll: gate for gate, rows in taken.polls() if [*rows]}
    assert gates[closed_hall.poll].unused == tuple(streams)


@ONE_STORE
def test_another_process_sees_what_was_counted(closed_hall: Hall, database_url: str) -> None:
    hand_in(closed_hall, closed_hall.cards[10])
    with open_box(database_url) as other:
        assert other.handed_in(closed_hall.poll) == 1
        assert not other.hand_in(closed_hall.poll, card_id(closed_hall.cards[10]))
