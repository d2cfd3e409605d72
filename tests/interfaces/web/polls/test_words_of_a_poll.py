"""Words and numbers on the pages of a poll."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.polls.rules import RuleProfile
from interfaces.web.polls.surplus import surplus_percent, surplus_reckoning, surplus_warning
from interfaces.web.polls.views import people

RULES = RuleProfile(title="办法", quota=10)


@pytest.mark.parametrize(
    ("candidates", "quota", "rate"), [(12, 10, "20%"), (13, 10, "30%"), (7, 7, "0%"), (21, 20, "5%"), (11, 9, "22.22%")]
)
def test_rule_10_the_rate_is_the_candidates_beyond_the_places_over_the_places(
    candidates: int, quota: int, rate: str
) -> None:
    assert surplus_percent(replace(RULES, quota=quota), candidates) == rate


def test_rule_10_the_denominator_is_always_said() -> None:
    assert surplus_reckoning(RULES, 12) == "候选12项，应选10项；(12−10)÷10"
    said = surplus_warning(replace(RULES, quota=20), 21)
    assert said == "差额率5%，低于办法规定的10%（候选21项，应选20项；(21−20)÷20）。"


def test_rule_10_enough_candidates_are_no_news() -> None:
    assert surplus_warning(RULES, 12) == ""
    assert surplus_warning(RULES, 11) == ""
    assert surplus_warning(replace(RULES, min_surplus_rate=Decimal("0.2")), 11) != ""


@pytest.mark.parametrize("candidates", [10, 9])
def test_rule_10_no_surplus_at_all_is_called_so(candidates: int) -> None:
    assert surplus_warning(RULES, candidates) == f"候选{candidates}项，应选10项，没有差额。"


def test_rule_10_an_open_quota_has_no_surplus() -> None:
    unlimited = replace(RULES, quota=None)
    assert (surplus_percent(unlimited, 35), surplus_warning(unlimited, 35)) == ("", "")


def test_what_the_ballot_says_of_the_people_served_is_short() -> None:
    assert (people(186_000), people(8_500), people(10_000)) == ("18.6 万人", "8,500 人", "1 万人")
