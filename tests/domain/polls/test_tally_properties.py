"""What holds for every poll, whatever its profile and its ballots."""

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.polls.columns import VoteColumns, add_up
from domain.polls.outcome import NoOutcome, Outcome, Turnout, VoteOutcome
from domain.polls.reckoning import Operator, Threshold
from domain.polls.rules import BlankItem, Form, MaxFor, PassBase, RuleProfile, Shortfall, TieAtCut
from domain.polls.tally import tally
from domain.polls.written import written_outcome
from tests.support.counting import listed

EXAMPLES = settings(deadline=None, max_examples=200)


@dataclass(frozen=True, kw_only=True)
class Vote:
    """A profile, ballots in the order of the items, and who was there."""

    profile: RuleProfile
    candidates: int
    ballots: list[list[str]]
    turnout: Turnout

    def count(self, profile: RuleProfile | None = None) -> Outcome:
        rules = profile or self.profile
        items = listed(self.candidates)
        return tally(rules, items, self.turnout, add_up(rules, [item.id for item in items], self.ballots))


@st.composite
def votes(draw: st.DrawFn) -> Vote:
    candidates = draw(st.integers(1, 6))
    form = draw(st.sampled_from([Form.PER_ITEM, Form.CHOOSE]))
    marks = ["x", "x", "", "?"] if form is Form.CHOOSE else ["for", "for", "for", "against", "abstain", "", "?"]
    cells = st.lists(st.sampled_from(marks), min_size=candidates, max_size=candidates)
    profile = RuleProfile(
        title="",
        form=form,
        quota=draw(st.one_of(st.none(), st.integers(1, candidates + 1))),
        allow_equal=True,
        min_surplus_rate=draw(st.sampled_from([Decimal("0.10"), Decimal("0.5"), Decimal(1)])),
        quorum=Threshold(fraction="1/2", operator=Operator.AT_LEAST),
        pass_base=draw(st.sampled_from(PassBase)),
        pass_operator=draw(st.sampled_from(Operator)),
        pass_fraction=draw(st.sampled_from(["1/2", "2/3", "1/3"])),
        blank_item=draw(st.sampled_from([BlankItem.ABSTAIN, BlankItem.INVALID, BlankItem.NOT_PRESSED])),
        max_for=draw(st.sampled_from(MaxFor)),
        tie_at_cut=draw(st.sampled_from(TieAtCut)),
        shortfall=draw(st.sampled_from(Shortfall)),
    )
    ballots = draw(st.lists(cells, max_size=12))
    turnout = Turnout(all_delegates=14, attending=12, issued=12)
    return Vote(profile=profile, candidates=candidates, ballots=ballots, turnout=turnout)


def outcome_of(vote: Vote) -> VoteOutcome:
    outcome = vote.count()
    assert isinstance(outcome, VoteOutcome)
    return outcome


@given(votes())
@EXAMPLES
def test_every_item_accounts_for_every_returned_ballot(vote: Vote) -> None:
    columns = add_up(vote.profile, [str(id) for id in range(1, vote.candidates + 1)], vote.ballots)
    assert isinstance(columns, VoteColumns)
    assert columns.returned == len(vote.ballots)
    assert all(column.total == columns.returned for column in columns.items)
    assert all(column.void >= columns.void_ballots for column in columns.items)


@given(votes(), st.data())
@EXAMPLES
def test_the_order_of_ballots_never_matters(vote: Vote, data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(vote.ballots))
    assert replace(vote, ballots=shuffled).count() == vote.count()


@given(votes(), st.data())
@EXAMPLES
def test_the_order_of_columns_never_matters(vote: Vote, data: st.DataObject) -> None:
    items = listed(vote.candidates)
    order = data.draw(st.permutations(range(vote.candidates)))
    moved = [[ballot[at] for at in order] for ballot in vote.ballots]
    columns = add_up(vote.profile, [items[at].id for at in order], moved)
    assert tally(vote.profile, items, vote.turnout, columns) == vote.count()


@given(votes(), st.data())
@EXAMPLES
def test_the_order_of_items_decides_nothing(vote: Vote, data: st.DataObject) -> None:
    items = listed(vote.candidates)
    moved = data.draw(st.permutations(items))
    columns = add_up(vote.profile, [item.id for item in items], vote.ballots)
    first, second = outcome_of(vote), tally(vote.profile, moved, vote.turnout, columns)
    assert isinstance(second, VoteOutcome)
    assert set(first.adopted) == set(second.adopted)
    assert {item.column.id: item for item in first.items} == {item.column.id: item for item in second.items}
    for once, again in ((first.second_ballot, second.second_ballot), (first.decision, second.decision)):
        assert (once is None) == (again is None)
        if once is not None and again is not None:
            assert (set(once.items), once.places) == (set(again.items), again.places)


@given(votes(), st.data())
@EXAMPLES
def test_a_vote_more_never_hurts_an_item(vote: Vote, data: st.DataObject) -> None:
    """One voter changes their mind in favour of an item, the ballot staying valid."""
    profile = replace(vote.profile, max_for=MaxFor.NONE, form=Form.PER_ITEM)
    ballots = [["for" if mark == "x" else mark for mark in ballot] for ballot in vote.ballots]
    unsure = [(row, at) for row, ballot in enumerate(ballots) for at, mark in enumerate(ballot) if mark != "for"]
    if not unsure:
        return
    row, at = data.draw(st.sampled_from(unsure))
    better = [list(ballot) for ballot in ballots]
    better[row][at] = "for"
    before = outcome_of(replace(vote, profile=profile, ballots=ballots)).items[at]
    after = outcome_of(replace(vote, profile=profile, ballots=better)).items[at]
    assert after.rank <= before.rank
    assert after.passed >= before.passed
    assert after.adopted >= before.adopted


@given(votes())
@EXAMPLES
def test_only_passing_items_are_adopted_and_never_more_than_the_quota(vote: Vote) -> None:
    outcome = outcome_of(vote)
    passing = {item.column.id for item in outcome.items if item.passed}
    assert set(outcome.adopted) <= passing
    assert len(set(outcome.adopted)) == len(outcome.adopted)
    assert {item.column.id for item in outcome.items if item.adopted} == set(outcome.adopted)
    if vote.profile.quota is not None and vote.profile.tie_at_cut is not TieAtCut.ADMIT_ALL:
        assert len(outcome.adopted) <= vote.profile.quota


@given(votes())
@EXAMPLES
def test_nobody_left_out_had_more_votes_than_anybody_adopted(vote: Vote) -> None:
    outcome = outcome_of(vote)
    adopted = [item.column.votes_for for item in outcome.items if item.adopted]
    left = [item.column.votes_for for item in outcome.items if item.passed and not item.adopted]
    assert not adopted or not left or min(adopted) > max(left)


@given(votes())
@EXAMPLES
def test_places_are_adopted_open_or_tied(vote: Vote) -> None:
    outcome, quota = outcome_of(vote), vote.profile.quota
    if quota is None or len(outcome.adopted) > quota:
        return
    tied = [left.places for left in (outcome.second_ballot, outcome.decision) if left and not outcome.open_places]
    assert len(outcome.adopted) + outcome.open_places + sum(tied) == quota


@given(votes())
@EXAMPLES
def test_a_void_poll_shows_nothing_but_why(vote: Vote) -> None:
    small = replace(vote, turnout=Turnout(all_delegates=30, attending=12, issued=12))
    outcome = small.count()
    assert isinstance(outcome, NoOutcome)
    assert written_outcome(outcome) == {"valid": False, "reason": "quorum"}
