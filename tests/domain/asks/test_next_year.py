"""Ask 4's left-overs, proposals and lessons: one matter each, for next year's file."""

from datetime import date
from uuid import UUID

import pytest

from domain.asks import ask as asks
from domain.asks import deciding
from domain.asks.answers import Completion, SummaryAnswer
from domain.asks.ask import Ask, AskKind, NextYearOpened
from domain.asks.next_year import MatterKind, NextYearMatter, OpenedAlready, matters_of, proposal_id, require_matters
from domain.proposals.deciding import LONGEST_TITLE
from domain.shared import Invalid, NotFound, Year
from tests.domain.asks.test_ask import after, issued

ANSWER = SummaryAnswer(
    completion=Completion.BASICALLY_COMPLETED,
    results="完成 18 处",
    leftovers="剩余 2 处道路；明年上半年完成。\n\n 路灯未装 ",
    proposals="续建三期",
    lessons="早定施工单位",
)


def answered() -> Ask:
    ask = after(issued(AskKind.SUMMARY))
    return asks.evolve(ask, deciding.answer_ask(ask, ANSWER, date(2026, 11, 20)))


def test_every_line_is_a_matter_that_says_where_it_comes_from() -> None:
    found = matters_of(ANSWER, "农村公路硬化")
    assert [(one.code, one.title) for one in found] == [
        ("leftovers-1", "剩余 2 处道路"),
        ("leftovers-2", "路灯未装"),
        ("proposals-1", "续建三期"),
        ("lessons-1", "早定施工单位"),
    ]
    assert found[0].content == "剩余 2 处道路；明年上半年完成。\n农村公路硬化"


def test_a_long_line_is_cut_to_a_title_and_kept_as_content() -> None:
    line = "长" * 100
    (one,) = matters_of(SummaryAnswer(completion=Completion.COMPLETED, results="好", lessons=line), "路")
    assert len(one.title) == LONGEST_TITLE
    assert one.content == f"{line}\n路"


def test_only_matters_of_the_answer_go_and_each_once() -> None:
    ask, (first, *_) = answered(), matters_of(ANSWER, "路")
    assert require_matters(ask, (first,)) == (first,)
    assert require_matters(ask, ()) == ()
    with pytest.raises(Invalid):
        require_matters(ask, (first, first))
    with pytest.raises(Invalid):
        require_matters(ask, (NextYearMatter(kind=MatterKind.LESSON, place=2, title="无", content="无"),))


def test_a_summary_opens_next_year_once_and_only_a_summary_does() -> None:
    (first, *_) = matters_of(ANSWER, "路")
    opened = NextYearOpened(congress=UUID(int=1), year=Year(2027), proposals=(UUID(int=9),))
    with pytest.raises(OpenedAlready):
        require_matters(asks.evolve(answered(), opened), (first,))
    with pytest.raises(NotFound):
        require_matters(after(issued(AskKind.PROGRESS)), (first,))


def test_the_same_matter_is_the_same_proposal() -> None:
    first, second, *_ = matters_of(ANSWER, "路")
    assert proposal_id(UUID(int=5), first) == proposal_id(UUID(int=5), first) != proposal_id(UUID(int=5), second)
