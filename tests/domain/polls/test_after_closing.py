"""After closing: I = in the box + handed in unused + not handed in; incidents block until the chief decides."""

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.polls.accounting import (
    IncidentDecided,
    IncidentDecision,
    IncidentKind,
    IncidentReported,
    UnusedCardHandedIn,
)
from domain.polls.after_closing import (
    Account,
    IncidentAlreadyDecided,
    IncidentsUndecided,
    PollToBeRepeated,
    account_of,
    decide_incident,
    hand_in,
    report_incident,
    require_cleared,
)
from domain.polls.declaring import cancel_poll, declare_poll, record_count, sign_count
from domain.polls.paper import PapersReturned
from domain.polls.poll import PollCancelled, PollFact, PollInWrongStage, evolve
from domain.shared import Missing, NotFound
from tests.support.given import given
from tests.support.poll_facts import (
    CHIEF,
    NAMES,
    count_after,
    folded,
    until_closed,
    until_counted,
    until_open,
    until_prepared,
    until_signed,
)

COPIED = IncidentReported(number=1, kind=IncidentKind.UNUSED_CARD_HAS_BALLOT)
GO_ON = IncidentDecided(number=1, decision=IncidentDecision.PROCEED, reason="代表想起自己已经投过")
REPEAT = IncidentDecided(number=1, decision=IncidentDecision.REPEAT, reason="有人复印了票卡")


def test_each_card_is_recorded_once_however_many_the_desk_has_counted() -> None:
    closed = given(*until_closed(), evolve=evolve)
    closed.when(lambda poll: hand_in(poll, 1)).then(UnusedCardHandedIn())
    closed.when(lambda poll: hand_in(poll, 3)).then(*[UnusedCardHandedIn()] * 3)
    given(*until_closed(), UnusedCardHandedIn(), evolve=evolve).when(lambda poll: hand_in(poll, 1)).then()


@pytest.mark.parametrize("facts", [until_prepared(), until_open(), until_counted()])
def test_cards_are_handed_in_between_the_closing_and_the_count(facts: tuple[PollFact, ...]) -> None:
    given(*facts, evolve=evolve).when(lambda poll: hand_in(poll, 1)).refused(PollInWrongStage)


def test_every_card_is_in_the_box_handed_in_or_missing() -> None:
    """I = 314 = 311 in the box + 2 handed in unused + 1 not handed in."""
    account = account_of(folded(*until_closed(ballots=311), UnusedCardHandedIn(), UnusedCardHandedIn()))
    assert account == Account(cards=314, in_the_box=311, handed_in=2, papers=0, papers_returned=0)
    assert (account.issued, account.returned, account.cards_missing, account.papers_missing) == (314, 311, 1, 0)


def test_papers_found_in_the_boxes_are_returned() -> None:
    account = account_of(folded(*until_closed(ballots=311), PapersReturned(batches=(10, 4))))
    assert (account.returned, account.papers_missing) == (325, -14)


def test_an_open_poll_has_no_account_yet() -> None:
    with pytest.raises(PollInWrongStage):
        account_of(folded(*until_open()))


@for_all(st.integers(0, 330), st.integers(0, 330), st.integers(0, 330), st.integers(0, 330), st.integers(0, 330))
def test_the_account_always_adds_up(cards: int, box: int, handed_in: int, papers: int, returned: int) -> None:
    account = Account(cards=cards, in_the_box=box, handed_in=handed_in, papers=papers, papers_returned=returned)
    assert account.issued == (
        account.in_the_box
        + account.handed_in
        + account.cards_missing
        + account.papers_returned
        + account.papers_missing
    )
    assert account.returned == account.issued - account.handed_in - account.cards_missing - account.papers_missing


@pytest.mark.parametrize("facts", [until_open(), until_closed(), until_counted()])
def test_incidents_are_numbered_through(facts: tuple[PollFact, ...]) -> None:
    given(*facts, evolve=evolve).when(lambda poll: report_incident(poll, COPIED.kind)).then(COPIED)
    second = IncidentReported(number=2, kind=IncidentKind.USED_BUT_NOT_VOTED, note="三号席代表")
    given(*facts, COPIED, evolve=evolve).when(
        lambda poll: report_incident(poll, IncidentKind.USED_BUT_NOT_VOTED, " 三号席代表 ")
    ).then(second)


def test_what_a_person_tells_needs_words() -> None:
    given(*until_open(), evolve=evolve).when(
        lambda poll: report_incident(poll, IncidentKind.USED_BUT_NOT_VOTED, " ")
    ).refused(Missing, fields=("note",))


def test_nothing_is_reported_of_a_poll_that_has_not_opened() -> None:
    given(*until_prepared(), evolve=evolve).when(lambda poll: report_incident(poll, COPIED.kind)).refused(
        PollInWrongStage
    )


def test_the_chief_decides_once_and_with_a_reason() -> None:
    decision = IncidentDecision.PROCEED
    reported = given(*until_closed(), COPIED, evolve=evolve)
    reported.when(lambda poll: decide_incident(poll, 1, decision, f" {GO_ON.reason} ")).then(GO_ON)
    reported.when(lambda poll: decide_incident(poll, 1, decision, " ")).refused(Missing, fields=("reason",))
    reported.when(lambda poll: decide_incident(poll, 2, decision, "x")).refused(NotFound, id="2")
    given(*until_closed(), COPIED, GO_ON, evolve=evolve).when(
        lambda poll: decide_incident(poll, 1, decision, "x")
    ).refused(IncidentAlreadyDecided, number=1)


def test_an_undecided_incident_blocks_the_count_signatures_and_the_declaration() -> None:
    count = count_after(*until_counted())
    given(*until_closed(), COPIED, evolve=evolve).when(lambda poll: record_count(poll, count)).refused(
        IncidentsUndecided, numbers=(1,)
    )
    given(*until_counted(), COPIED, evolve=evolve).when(
        lambda poll: sign_count(poll, delegate=CHIEF, name=NAMES[CHIEF], shown_hash=count.count_hash)
    ).refused(IncidentsUndecided)
    given(*until_signed(), COPIED, evolve=evolve).when(
        lambda poll: declare_poll(poll, on=folded(*until_prepared()).prepared.sent_on, notice_number="5", adopted=())
    ).refused(IncidentsUndecided)


def test_the_count_goes_on_once_every_incident_is_cleared_up() -> None:
    require_cleared(folded(*until_closed(), COPIED, GO_ON))
    second = IncidentReported(number=2, kind=COPIED.kind)
    with pytest.raises(IncidentsUndecided) as refusal:
        require_cleared(folded(*until_closed(), COPIED, GO_ON, second))
    assert refusal.value.numbers == (2,)


def test_a_poll_that_is_to_be_repeated_gives_no_result_and_can_only_be_cancelled() -> None:
    with pytest.raises(PollToBeRepeated):
        require_cleared(folded(*until_closed(), COPIED, REPEAT))
    for facts in (until_closed(), until_counted()):
        given(*facts, COPIED, REPEAT, evolve=evolve).when(lambda poll: cancel_poll(poll, "重新表决")).then(
            PollCancelled(reason="重新表决")
        )
        given(*facts, COPIED, GO_ON, evolve=evolve).when(lambda poll: cancel_poll(poll, "重新表决")).refused(
            PollInWrongStage
        )
