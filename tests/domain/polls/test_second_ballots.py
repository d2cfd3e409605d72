"""Places left open: who fills them and what is refused (rules 7 to 10)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.polls.columns import VoteColumn, VoteColumns
from domain.polls.count import canonical_count, count_hash
from domain.polls.outcome import Turnout
from domain.polls.parts import Parts, tally_parts
from domain.polls.places import Again, AgainGivenUp, DecidedBy, HeldAgain, PlacesDecided
from domain.polls.poll import (
    Poll,
    PollCancelled,
    PollCounted,
    PollDeclared,
    PollFact,
    PollInWrongStage,
    Sealing,
    evolve,
)
from domain.polls.rules import RuleProfile, Shortfall, TieAtCut
from domain.polls.second_ballots import (
    AlreadyHeldAgain,
    ByVoteAlone,
    MoreThanPlaces,
    NotAmongTheOpen,
    NothingLeftOpen,
    PlacesAlreadyDecided,
    decide_places,
    hold_again,
    open_places,
    repetition,
    second_ballot,
    second_ballot_rules,
    waits_for_decision,
    waits_for_second_ballot,
)
from domain.shared import Invalid, Missing
from tests.support.given import given
from tests.support.poll_facts import ALL, ATTENDING, CARDS, POLL, folded, prepared, until_closed, until_open, with_rules

ON = date(2026, 3, 10)
AGAIN = UUID(int=8)
TEN_AND_A_TIE = (300, 290, 280, 270, 260, 250, 240, 230, 220, 200, 200, 100)
"""Ten places; items 10 and 11 are equal at the tenth."""
EIGHT_PASS = (300, 290, 280, 270, 260, 250, 240, 230, 160, 150, 140, 20)
"""164 are needed: two places stay open."""


def declared(votes: tuple[int, ...], rules: RuleProfile) -> tuple[PollFact, ...]:
    """Closed over 313 ballots, counted and declared on 9 March."""
    facts = (prepared(rules=rules), *until_closed()[1:])
    state = folded(*facts)
    columns = VoteColumns(returned=313, void_ballots=0, items=tuple(_column(n, v) for n, v in enumerate(votes, 1)))
    turnout = Turnout(all_delegates=ALL, attending=ATTENDING, issued=ATTENDING)
    parts = Parts(electronic=columns)
    outcome = tally_parts(rules, state.prepared.items, turnout, parts)
    text = canonical_count(POLL, state, turnout, parts, outcome)
    counted = PollCounted(version=1, count=text, count_hash=count_hash(text))
    done = PollDeclared(on=date(2026, 3, 9), notice_number="5", count_hash=counted.count_hash, adopted=())
    return *facts, counted, done


def _column(number: int, votes: int) -> VoteColumn:
    marks = {"abstain": 0, "not_ticked": 0, "not_pressed": 0, "void": 0}
    return VoteColumn(id=str(number), votes_for=votes, against=313 - votes, **marks)


TIED = declared(TEN_AND_A_TIE, with_rules(tie_at_cut=TieAtCut.SECOND_BALLOT))
FOR_THE_PRESIDIUM = declared(TEN_AND_A_TIE, with_rules(tie_at_cut=TieAtCut.PRESIDIUM_DECIDES))
SHORT = declared(EIGHT_PASS, with_rules(shortfall=Shortfall.SECOND_BALLOT))
FOR_THE_COMMITTEE = declared(EIGHT_PASS, with_rules(shortfall=Shortfall.STANDING_COMMITTEE))
NOTHING = declared(EIGHT_PASS, with_rules(shortfall=Shortfall.CLOSE))


def project(number: int) -> UUID:
    return prepared().items[number - 1].project


def items_of(state: Poll) -> list[str]:
    again = second_ballot(POLL, state, title="再次", card_set=CARDS, sealing=Sealing.UNSEALED, paper_colour="")
    return [item.id for item in again.items]


def deciding(*numbers: int, number: str = "3", on: date = ON) -> Callable[[Poll | None], PlacesDecided]:
    adopted = tuple(project(one) for one in numbers)
    return lambda poll: decide_places(poll, number=number, on=on, adopted=adopted)


def test_rule_8_only_the_equal_items_go_to_a_second_ballot_for_the_places_left() -> None:
    state = folded(*TIED)
    left = open_places(state)
    assert left is not None
    assert (left.items, left.places, left.again, left.by) == (("10", "11"), 1, Again.TIE, None)
    assert items_of(state) == ["10", "11"]


def test_rule_9_a_shortfall_takes_the_best_failed_items_and_one_more_than_places() -> None:
    """Two places: two and max(1, ceil(0.2)) more."""
    state = folded(*SHORT)
    left = open_places(state)
    assert left is not None
    assert (left.items, left.places, left.again) == (("9", "10", "11"), 2, Again.SHORTFALL)
    assert items_of(state) == ["9", "10", "11"]


def test_a_second_ballot_lists_items_as_the_first_did_not_by_votes() -> None:
    """Item 12 was ahead of item 11: the order on the ballot does not tell."""
    votes = (*EIGHT_PASS[:8], 10, 140, 150, 160)
    assert items_of(folded(*declared(votes, with_rules(shortfall=Shortfall.SECOND_BALLOT)))) == ["10", "11", "12"]


def test_after_a_tie_no_surplus_is_asked_for_and_the_presidium_has_the_last_word() -> None:
    rules = with_rules(min_surplus_rate=Decimal("0.50"))
    after = second_ballot_rules(rules, Again.TIE, 1)
    assert (after.quota, after.min_surplus_rate, after.tie_at_cut) == (1, Decimal(0), TieAtCut.PRESIDIUM_DECIDES)
    after = second_ballot_rules(rules, Again.SHORTFALL, 2)
    assert after == replace(rules, quota=2)


def test_a_second_ballot_is_prepared_from_a_declared_poll_alone() -> None:
    with pytest.raises(PollInWrongStage):
        items_of(folded(*TIED[:-1]))
    for facts in (NOTHING, FOR_THE_PRESIDIUM):
        with pytest.raises(NothingLeftOpen):
            items_of(folded(*facts))


def test_one_second_ballot_at_a_time() -> None:
    held = HeldAgain(poll=AGAIN, again=Again.TIE)
    given(*TIED, evolve=evolve).when(lambda poll: hold_again(poll, AGAIN, Again.TIE)).then(held)
    given(*TIED, held, evolve=evolve).when(lambda poll: hold_again(poll, AGAIN, Again.TIE)).refused(AlreadyHeldAgain)
    free = (*TIED, held, AgainGivenUp(poll=AGAIN))
    given(*free, evolve=evolve).when(lambda poll: hold_again(poll, AGAIN, Again.TIE)).then(held)


def test_rule_8_the_presidium_decides_on_the_tied_items() -> None:
    said = PlacesDecided(by=DecidedBy.PRESIDIUM, number="3", on=ON, adopted=(project(11),))
    given(*FOR_THE_PRESIDIUM, evolve=evolve).when(deciding(11)).then(said)
    assert waits_for_decision(folded(*FOR_THE_PRESIDIUM))
    assert not waits_for_decision(folded(*FOR_THE_PRESIDIUM, said))


def test_rule_9_the_standing_committee_decides_on_at_most_the_open_places() -> None:
    adopted = (project(9), project(12))
    said = PlacesDecided(by=DecidedBy.STANDING_COMMITTEE, number="3", on=ON, adopted=adopted)
    given(*FOR_THE_COMMITTEE, evolve=evolve).when(deciding(12, 9)).then(said)
    three = given(*FOR_THE_COMMITTEE, evolve=evolve).when(deciding(9, 10, 11))
    three.refused(MoreThanPlaces, named=3, places=2)


def test_rule_7_an_item_below_the_cut_or_adopted_already_gets_no_open_place() -> None:
    for number in (1, 12):
        given(*FOR_THE_PRESIDIUM, evolve=evolve).when(deciding(number)).refused(NotAmongTheOpen)


def test_a_decision_has_a_number_and_a_date_after_the_declaration() -> None:
    facts = FOR_THE_PRESIDIUM
    given(*facts, evolve=evolve).when(deciding(11, number=" ")).refused(Missing)
    given(*facts, evolve=evolve).when(deciding(11, on=date(2026, 3, 8))).refused(Invalid)


def test_places_of_a_second_ballot_may_be_left_empty_but_not_given() -> None:
    given(*TIED, evolve=evolve).when(deciding(10)).refused(ByVoteAlone)
    empty = PlacesDecided(by=DecidedBy.PRESIDIUM, number="3", on=ON, adopted=())
    given(*TIED, evolve=evolve).when(deciding()).then(empty)
    assert waits_for_second_ballot(folded(*TIED))
    assert not waits_for_second_ballot(folded(*TIED, empty))
    given(*TIED, empty, evolve=evolve).when(deciding()).refused(PlacesAlreadyDecided)


def test_while_a_second_ballot_is_held_nobody_decides() -> None:
    held = HeldAgain(poll=AGAIN, again=Again.TIE)
    given(*TIED, held, evolve=evolve).when(deciding()).refused(AlreadyHeldAgain)
    assert not waits_for_second_ballot(folded(*TIED, held))


def test_a_cancelled_poll_that_was_open_is_repeated_as_it_was() -> None:
    state = folded(*until_open(), PollCancelled(reason="票卡对不上"))
    again = repetition(POLL, state, title="重新", card_set=CARDS, sealing=Sealing.SEALED, paper_colour="黄色")
    assert (again.parent, again.again, again.items) == (POLL, Again.REPEAT, state.prepared.items)
    assert (again.profile, again.sealing, again.paper_colour) == (state.prepared.profile, Sealing.SEALED, "黄色")


def test_a_poll_that_never_opened_or_was_declared_is_not_repeated() -> None:
    asked = {"title": "重新", "card_set": CARDS, "sealing": Sealing.SEALED, "paper_colour": ""}
    with pytest.raises(NothingLeftOpen):
        repetition(POLL, folded(prepared(), PollCancelled(reason="改期")), **asked)  # type: ignore[arg-type]  # as asked
    with pytest.raises(PollInWrongStage):
        repetition(POLL, folded(*TIED), **asked)  # type: ignore[arg-type]  # as asked
