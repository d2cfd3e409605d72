"""Rules 1, 2 and 6 to 11 of the domain document, with its numbers."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.polls.columns import (
    DoesNotAddUp,
    FewerVoidThanBallots,
    GradeColumn,
    GradeColumns,
    ItemsDiffer,
    NotOfThisForm,
)
from domain.polls.outcome import Decider, SecondBallotReason, Warned
from domain.polls.reckoning import Operator, Threshold, half_up
from domain.polls.rules import (
    BlankItem,
    Form,
    PassBase,
    RuleProfile,
    Shortfall,
    TieAtCut,
    needed,
    quorum_number,
    surplus_rate,
)
from domain.polls.tally import (
    ColumnsOfAnotherForm,
    EqualElectionNotWaived,
    MoreAttendingThanDelegates,
    MoreIssuedThanAttending,
    check_surplus,
    surplus_warnings,
    tally,
)
from tests.support.counting import PER_ITEM, counted, hall, item, listed, marked, void, votes

ABOVE = (300, 296, 290, 288, 280, 277, 270, 262)
TOP_TEN = tuple(str(id) for id in range(1, 11))


# Rule 1: quorum


@pytest.mark.parametrize(
    ("operator", "attending", "opens"),
    [(">=", 218, True), (">", 218, False), (">", 219, True), (">=", 217, False), (">", 217, False)],
)
def test_rule_1_two_thirds_of_327(operator: str, attending: int, *, opens: bool) -> None:
    profile = replace(PER_ITEM, quorum=Threshold(fraction="2/3", operator=Operator(operator)))
    assert (attending >= quorum_number(profile, 327)) is opens
    columns = votes(*[100] * 12, returned=200)
    if opens:
        assert counted(profile, columns, hall(327, attending)).returned == 200
    else:
        assert void(profile, columns, hall(327, attending)) == "quorum"


@pytest.mark.parametrize(("attending", "opens"), [(40, False), (41, True)])
def test_rule_1_over_two_thirds_of_60(attending: int, *, opens: bool) -> None:
    profile = replace(PER_ITEM, quorum=Threshold(fraction="2/3", operator=Operator.OVER))
    assert (attending >= quorum_number(profile, 60)) is opens


# Rule 2: issue and return


def test_rule_2_one_ballot_not_returned_is_valid() -> None:
    outcome = counted(PER_ITEM, votes(*[200] * 12, returned=313))
    assert (outcome.turnout.issued, outcome.returned) == (314, 313)


def test_rule_2_more_returned_than_issued_voids_the_whole_poll() -> None:
    assert void(PER_ITEM, votes(*[200] * 12, returned=315), hall()) == "returned_exceeds_issued"


def test_rule_2_too_many_returned_is_said_before_a_missing_quorum() -> None:
    assert void(PER_ITEM, votes(*[100] * 12, returned=201), hall(327, 200)) == "returned_exceeds_issued"


def test_rule_2_no_more_cards_are_issued_than_delegates_attend() -> None:
    with pytest.raises(MoreIssuedThanAttending):
        counted(PER_ITEM, votes(*[200] * 12), hall(327, 314, 315))


def test_no_more_attend_than_there_are() -> None:
    with pytest.raises(MoreAttendingThanDelegates):
        counted(PER_ITEM, votes(*[200] * 12), hall(313, 314))


# Rule 6: majority


def test_rule_6_over_half_of_all_327_needs_164() -> None:
    outcome = counted(PER_ITEM, votes(164, 163, *[0] * 10))
    assert (item(outcome, "1").needed, item(outcome, "1").base) == (164, 327)
    assert item(outcome, "1").passed
    assert not item(outcome, "2").passed  # though 163 of 314 are 51.9 %


def test_rule_6_over_half_of_314_attending_needs_158() -> None:
    profile = replace(PER_ITEM, pass_base=PassBase.ATTENDING)
    outcome = counted(profile, votes(158, 157, *[0] * 10))
    assert [voted.passed for voted in outcome.items[:2]] == [True, False]


def test_rule_6_over_half_of_30_needs_16() -> None:
    assert needed(PER_ITEM, 30) == 16


def test_at_least_half_of_30_needs_15() -> None:
    assert needed(replace(PER_ITEM, pass_operator=Operator.AT_LEAST), 30) == 15


def test_an_item_without_a_single_vote_never_passes() -> None:
    nothing_asked = replace(PER_ITEM, pass_operator=Operator.AT_LEAST, pass_fraction="0/1")
    plurality = replace(PER_ITEM, pass_base=PassBase.NONE)
    for profile in (nothing_asked, plurality):
        assert [voted.passed for voted in counted(profile, votes(1, *[0] * 11)).items[:2]] == [True, False]
    assert needed(nothing_asked, 327) == 1
    assert needed(plurality, None) is None


def test_unreadable_and_not_pressed_marks_leave_the_base_of_valid_marks() -> None:
    profile = replace(PER_ITEM, pass_base=PassBase.VALID_MARKS, blank_item=BlankItem.NOT_PRESSED)
    columns = marked(votes(*[150] * 12), "1", {"against": 150, "void": 8, "not_pressed": 6})
    outcome = counted(profile, columns)
    assert (item(outcome, "1").base, item(outcome, "1").needed) == (300, 151)
    assert (item(outcome, "2").base, item(outcome, "2").needed) == (314, 158)


# Rule 7: rank and cut


def test_rule_7_the_top_ten_are_adopted_and_a_majority_below_the_cut_is_not() -> None:
    outcome = counted(PER_ITEM, votes(*ABOVE, 255, 240, 190, 150))
    assert outcome.adopted == TOP_TEN
    eleventh = item(outcome, "11")
    assert (eleventh.passed, eleventh.adopted, eleventh.rank) == (True, False, 11)


def test_the_list_is_ordered_by_votes_whatever_the_order_on_the_ballot() -> None:
    outcome = counted(replace(PER_ITEM, quota=2), votes(170, 300, 200))
    assert outcome.adopted == ("2", "3")


# Rule 8: tie at the cut


def test_rule_8_only_the_tied_items_go_to_a_second_ballot() -> None:
    outcome = counted(PER_ITEM, votes(*ABOVE, 215, 201, 201, 150))
    assert outcome.adopted == TOP_TEN[:9]
    assert outcome.second_ballot is not None
    assert outcome.second_ballot.reason is SecondBallotReason.TIE
    assert (outcome.second_ballot.items, outcome.second_ballot.places) == (("10", "11"), 1)
    assert outcome.open_places == 0


def test_rule_8_the_presidium_may_decide_instead() -> None:
    outcome = counted(replace(PER_ITEM, tie_at_cut=TieAtCut.PRESIDIUM_DECIDES), votes(*ABOVE, 215, 201, 201, 150))
    assert outcome.decision is not None
    assert outcome.decision.by is Decider.PRESIDIUM
    assert (outcome.decision.items, outcome.decision.places) == (("10", "11"), 1)
    assert outcome.second_ballot is None


def test_rule_8_or_all_tied_items_are_admitted() -> None:
    outcome = counted(replace(PER_ITEM, tie_at_cut=TieAtCut.ADMIT_ALL), votes(*ABOVE, 215, 201, 201, 201))
    assert len(outcome.adopted) == 12
    assert (outcome.second_ballot, outcome.decision, outcome.open_places) == (None, None, 0)


def test_rule_8_a_tie_wholly_above_the_cut_changes_nothing() -> None:
    outcome = counted(PER_ITEM, votes(*ABOVE, 240, 240, 190, 150))
    assert outcome.adopted == TOP_TEN
    assert outcome.second_ballot is None


def test_rule_8_a_tie_among_failed_items_is_none() -> None:
    outcome = counted(PER_ITEM, votes(*ABOVE, 240, 163, 163, 163))
    assert (len(outcome.adopted), outcome.open_places, outcome.second_ballot) == (9, 1, None)


def test_equal_votes_have_equal_ranks_and_no_rank_is_left_out() -> None:
    outcome = counted(PER_ITEM, votes(*ABOVE, 215, 201, 201, 150))
    assert [voted.rank for voted in outcome.items[-4:]] == [9, 10, 10, 11]


# Rule 9: shortfall

SHORT = (*ABOVE, 163, 150, 149, 20)


def test_rule_9_places_without_a_passing_item_stay_open() -> None:
    outcome = counted(PER_ITEM, votes(*SHORT))
    assert (outcome.adopted, outcome.open_places) == (TOP_TEN[:8], 2)
    assert (outcome.second_ballot, outcome.decision) == (None, None)


def test_rule_9_the_standing_committee_may_decide_over_the_failed_items() -> None:
    outcome = counted(replace(PER_ITEM, shortfall=Shortfall.STANDING_COMMITTEE), votes(*SHORT))
    assert outcome.decision is not None
    assert outcome.decision.by is Decider.STANDING_COMMITTEE
    assert (outcome.decision.items, outcome.decision.places) == (("9", "10", "11", "12"), 2)


@pytest.mark.parametrize(
    ("rate", "failed", "again"),
    [
        ("0.10", (163, 150, 149, 20), ("9", "10", "11")),  # 2 places and at least one more
        ("0.50", (163, 150, 149, 20), ("9", "10", "11")),
        ("0.51", (163, 150, 149, 20), ("9", "10", "11", "12")),  # 1.02 more is two more
        ("0.10", (163, 149, 149, 149), ("9", "10", "11", "12")),  # whoever ties with the last comes too
        ("0.10", (20, 163, 150, 149), ("10", "11", "12")),
        ("9.99", (163, 150, 149, 20), ("9", "10", "11", "12")),
    ],
)
def test_rule_9_a_second_ballot_has_a_surplus(rate: str, failed: tuple[int, ...], again: tuple[str, ...]) -> None:
    profile = replace(PER_ITEM, shortfall=Shortfall.SECOND_BALLOT, min_surplus_rate=Decimal(rate))
    outcome = counted(profile, votes(*ABOVE, *failed))
    assert outcome.second_ballot is not None
    assert outcome.second_ballot.reason is SecondBallotReason.SHORTFALL
    assert (outcome.second_ballot.items, outcome.second_ballot.places) == (again, 2)
    assert outcome.adopted == TOP_TEN[:8]


def test_rule_9_an_open_quota_adopts_whatever_passes() -> None:
    profile = replace(PER_ITEM, quota=None, pass_base=PassBase.ATTENDING)
    outcome = counted(profile, votes(*[90] * 29, *[46] * 6, returned=93), hall(99, 93))
    assert len(outcome.adopted) == 29
    assert (outcome.open_places, outcome.surplus_rate, outcome.warnings) == (0, None, ())


# Rule 10: surplus


@pytest.mark.parametrize(
    ("candidates", "quota", "rate", "warned"),
    [
        (12, 10, "0.2000", ()),
        (13, 10, "0.3000", ()),
        (21, 20, "0.0500", (Warned.SURPLUS_BELOW_MINIMUM,)),
        (11, 10, "0.1000", ()),
        (7, 7, "0.0000", (Warned.EQUAL_ELECTION,)),
        (2, 3, "-0.3333", (Warned.EQUAL_ELECTION,)),
        (1, 3, "-0.6667", (Warned.EQUAL_ELECTION,)),
    ],
)
def test_rule_10_the_surplus_is_over_the_quota(
    candidates: int, quota: int, rate: str, warned: tuple[Warned, ...]
) -> None:
    profile = replace(PER_ITEM, quota=quota, allow_equal=True)
    exact = surplus_rate(profile, candidates)
    assert exact is not None
    assert half_up(exact, 4) == rate
    assert surplus_warnings(profile, candidates) == warned


def test_rule_10_seven_for_seven_needs_a_waiver() -> None:
    profile = replace(PER_ITEM, quota=7)
    with pytest.raises(EqualElectionNotWaived):
        counted(profile, votes(*[200] * 7))
    check_surplus(replace(profile, allow_equal=True), 7)
    check_surplus(profile, 8)
    check_surplus(replace(profile, quota=None), 1)


# Rule 11: reconciliation


def test_rule_11_a_column_short_by_100_is_refused_by_name() -> None:
    columns = marked(votes(*[200] * 12, returned=222), "1", {"against": 27, "votes_for": 95})
    with pytest.raises(DoesNotAddUp) as refused:
        counted(PER_ITEM, columns, hall(222, 222))
    assert (refused.value.item, refused.value.total, refused.value.short) == ("1", 122, 100)


def test_rule_11_a_ballot_void_as_a_whole_is_void_for_every_item() -> None:
    columns = replace(votes(*[200] * 12), void_ballots=1)
    with pytest.raises(FewerVoidThanBallots):
        counted(PER_ITEM, columns)


@pytest.mark.parametrize(
    ("profile", "column"),
    [
        (PER_ITEM, "not_ticked"),
        (PER_ITEM, "not_pressed"),
        (replace(PER_ITEM, form=Form.CHOOSE), "against"),
        (replace(PER_ITEM, form=Form.CHOOSE), "abstain"),
        (replace(PER_ITEM, form=Form.CHOOSE), "not_pressed"),
    ],
)
def test_a_column_that_the_form_cannot_fill_is_refused(profile: RuleProfile, column: str) -> None:
    columns = marked(votes(*[314] * 12), "3", {"votes_for": 313, column: 1})
    with pytest.raises(NotOfThisForm) as refused:
        counted(profile, columns)
    assert (refused.value.item, refused.value.column, refused.value.number) == ("3", column, 1)


def test_the_columns_name_every_item_once() -> None:
    columns = votes(*[200] * 12)
    doubled = replace(columns, items=(*columns.items[:-1], columns.items[0]))
    with pytest.raises(ItemsDiffer) as refused:
        tally(PER_ITEM, listed(12), hall(), doubled)
    assert (refused.value.doubled, refused.value.missing, refused.value.unknown) == (("1",), ("12",), ())
    with pytest.raises(ItemsDiffer) as refused:
        tally(PER_ITEM, listed(11), hall(), columns)
    assert refused.value.unknown == ("12",)


def test_columns_of_an_evaluation_count_no_vote() -> None:
    columns = GradeColumns(returned=1, items=(GradeColumn(id="1", counts={"satisfied": 1}, blank=0, void=0),))
    with pytest.raises(ColumnsOfAnotherForm):
        tally(replace(PER_ITEM, quota=None), listed(1), hall(), columns)


# Exact figures


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction(1, 8000), "0.0001"),  # 0.000125
        (Fraction(1, 20000), "0.0001"),  # half, up
        (Fraction(-1, 20000), "-0.0001"),  # half, away from zero
        (Fraction(-1, 30000), "0.0000"),  # no minus before nothing
        (Fraction(2, 3), "0.6667"),
        (Fraction(199999, 100000), "2.0000"),
    ],
)
def test_halves_are_rounded_up_by_magnitude(value: Fraction, printed: str) -> None:
    assert half_up(value, 4) == printed


@pytest.mark.parametrize("text", ["3/2", "1/0", "-1/2", "1/-2", " 1/2", "1/2 ", "1e-1", "½", "٢/٣", "", "1/2/3", ".5"])
def test_what_is_no_share_of_a_whole_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        _ = Threshold(fraction=text, operator=Operator.OVER).share


def test_thresholds_are_exact_where_floating_point_is_not() -> None:
    third = Threshold(fraction="1/3", operator=Operator.AT_LEAST)
    assert third.least(3 * 10**30) == 10**30
    assert third.least(3 * 10**30 + 1) == 10**30 + 1
    assert Threshold(fraction="1/3", operator=Operator.OVER).least(3 * 10**30) == 10**30 + 1
