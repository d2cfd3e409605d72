"""Ask 2 differs from the declared poll in no field."""

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.asks.answers import ItemVotes, Reply, ResultAnswer
from domain.asks.result import require_as_declared, result_answer
from domain.polls.columns import VoteColumn, VoteColumns
from domain.polls.count import canonical_count, count_hash, read_count
from domain.polls.outcome import Turnout
from domain.polls.parts import Parts, tally_parts
from domain.polls.poll import Poll, PollClosed, PollCounted, PollDeclared, PollItem, PollOpened, PollPrepared
from domain.polls.rules import RuleProfile
from domain.shared import Invalid, NotFound
from tests.support.year import of

POLL = UUID(int=7)
TYPED = frozenset({"duty_list_on", "remarks", "replies"})
"""The fields that somebody types; every other one is the poll's."""


@st.composite
def declared_polls(draw: st.DrawFn) -> Poll:
    """A poll that was held, counted and declared: any turnout, any votes, any quota."""
    members = draw(st.integers(12, 400))
    late = draw(st.integers(0, 3))
    attending = draw(st.integers(2 * members // 3 + 4, members))
    returned = draw(st.integers(1, attending))
    marks = draw(st.lists(st.tuples(st.integers(0, returned), st.integers(0, returned)), min_size=2, max_size=8))
    columns = VoteColumns(
        returned=returned,
        void_ballots=0,
        items=tuple(_column(str(place), returned, *one) for place, one in enumerate(marks, 1)),
    )
    items = tuple(
        of(PollItem, id=str(place), name=f"项目{place}", project=UUID(int=place)) for place in range(1, len(marks) + 1)
    )
    rules = RuleProfile(title="办法", quota=draw(st.integers(1, len(marks) - 1)), unsealed_allowed=True)
    prepared: Any = of(PollPrepared, items=items, profile=rules, rehearsal=False, keypad=False, parent=None, again=None)
    turnout = Turnout(all_delegates=members, attending=attending, issued=attending)
    present = attending - late
    opened = of(PollOpened, all_delegates=members, attending=present, issued=present, papers=0)
    of_cards: dict[str, Any] = {
        "cards_printed": attending,
        "cards_voided": 0,
        "cards_drawn": present,
        "cards_spoiled": None,
    }
    closed = of(PollClosed, ballots=returned, papers=late, late=late, **of_cards)
    state = Poll(prepared=prepared, opened=opened, closed=closed)
    parts = Parts(electronic=columns)
    text = canonical_count(POLL, state, turnout, parts, tally_parts(rules, items, turnout, parts))
    counted = PollCounted(version=1, count=text, count_hash=count_hash(text))
    return replace(state, counted=counted, declared=of(PollDeclared, notice_number="江人公〔2026〕5号"))


def _column(name: str, returned: int, votes_for: int, against: int) -> VoteColumn:
    against = min(against, returned - votes_for)
    rest: dict[str, Any] = {"not_ticked": 0, "not_pressed": 0, "void": 0}
    return VoteColumn(id=name, votes_for=votes_for, against=against, abstain=returned - votes_for - against, **rest)


@settings(max_examples=60, deadline=None)
@given(declared_polls())
def test_ask_2_differs_from_the_declared_poll_in_no_field(poll: Poll) -> None:
    answer = result_answer(POLL, poll)
    assert poll.counted is not None
    count = read_count(poll.counted.count)
    outcome = count["outcome"]
    said: dict[str, Any] = {
        "poll": POLL,
        "all_delegates": count["all_delegates"],
        "attending": count["attending"],
        "issued": count["issued"],
        "returned": outcome["returned"],
        "candidates": len(count["items"]),
        "quota": poll.prepared.profile.quota,
        "adopted": len(outcome["adopted"]),
        "notice_number": "江人公〔2026〕5号",
        "counts": tuple(
            ItemVotes(
                name=f"项目{item['id']}",
                votes_for=item["for"],
                against=item["against"],
                abstain=item["abstain"],
                adopted=item["id"] in outcome["adopted"],
            )
            for item in outcome["items"]
        ),
    }
    assert said.keys() | TYPED == {field.name for field in fields(ResultAnswer)}
    assert {name: getattr(answer, name) for name in said} == said
    assert sum(one.adopted for one in answer.counts) == answer.adopted
    assert all(one.votes_for + (one.against or 0) + (one.abstain or 0) == answer.returned for one in answer.counts)


@settings(max_examples=40, deadline=None)
@given(declared_polls(), st.sampled_from(sorted({field.name for field in fields(ResultAnswer)} - TYPED - {"poll"})))
def test_an_answer_that_differs_anywhere_is_refused(poll: Poll, name: str) -> None:
    answer = result_answer(POLL, poll)
    was: Any = getattr(answer, name)
    changed: Any = was + 1 if isinstance(was, int) else was[1:]
    with pytest.raises(Invalid):
        require_as_declared(replace(answer, **{name: changed}), poll)


@settings(max_examples=20, deadline=None)
@given(declared_polls())
def test_what_is_typed_beside_it_is_free(poll: Poll) -> None:
    typed: dict[str, Any] = {
        "duty_list_on": date(2026, 2, 10),
        "remarks": "已抄送",
        "replies": (Reply(question="q1", words="是"),),
    }
    answer = replace(result_answer(POLL, poll), **typed)
    assert require_as_declared(answer, poll) == answer


def test_a_poll_that_is_not_declared_answers_nothing() -> None:
    with pytest.raises(NotFound):
        result_answer(POLL, Poll(prepared=of(PollPrepared)))
