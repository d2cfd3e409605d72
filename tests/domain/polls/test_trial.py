"""A trial count of a profile on made-up ballots."""

from itertools import islice

import pytest

from domain.polls.outcome import GradeOutcome, NoOutcome, VoteOutcome
from domain.polls.ready_made import READY_MADE
from domain.polls.tally import EqualElectionNotWaived
from domain.polls.trial import made_up_ballots, try_out


@pytest.mark.parametrize("name", READY_MADE)
def test_every_ready_made_profile_can_be_tried_out(name: str) -> None:
    trial = try_out(READY_MADE[name], candidates=12, all_delegates=327, attending=314)
    assert isinstance(trial.outcome, VoteOutcome | GradeOutcome)
    assert trial.columns.returned == 312
    assert all(column.total == 312 for column in trial.columns.items)


@pytest.mark.parametrize("name", READY_MADE)
def test_the_same_seed_makes_the_same_ballots(name: str) -> None:
    first, again, other = (list(islice(made_up_ballots(READY_MADE[name], 12, seed), 50)) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_a_trial_shows_every_column_of_its_form() -> None:
    trial = try_out(READY_MADE["choose_majority"], candidates=12, all_delegates=327, attending=314)
    assert isinstance(trial.outcome, VoteOutcome)
    assert trial.outcome.void_ballots > 0
    assert all(item.column.not_ticked > 0 for item in trial.outcome.items)


def test_a_trial_without_quorum_says_so() -> None:
    trial = try_out(READY_MADE["per_item_majority"], candidates=12, all_delegates=327, attending=217)
    assert isinstance(trial.outcome, NoOutcome)


def test_a_trial_with_nothing_to_choose_is_refused_like_a_poll() -> None:
    with pytest.raises(EqualElectionNotWaived):
        try_out(READY_MADE["per_item_majority"], candidates=10, all_delegates=327, attending=314)


def test_a_trial_of_one_candidate_and_one_voter_works() -> None:
    trial = try_out(READY_MADE["open_attending"], candidates=1, all_delegates=1, attending=1)
    assert trial.columns.returned == 1
