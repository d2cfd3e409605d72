"""The asks of a year: whose turn, what was answered, what is late."""

from datetime import date
from decimal import Decimal

import pytest

from domain.asks.answers import ProgressAnswer
from domain.asks.ask import AskApproved, AskKind, AskSentBack, AskStage, ProgressAnswered
from domain.shared import Money
from projections import asks_board
from projections.asks_board import AskRow
from projections.reading.projection import Projection
from tests.support import facts
from tests.support.facts import CONGRESS, UNIT, YEAR
from tests.support.telling import Telling

ASK = facts.ask(AskKind.PROGRESS, 1)


@pytest.fixture
def projection() -> Projection:
    return asks_board.PROJECTION


def row(telling: Telling) -> AskRow:
    found = telling.ask(asks_board.ask, ASK)
    assert found is not None
    return found


def adopted(telling: Telling) -> None:
    telling.tell(facts.drafted(1), facts.drafted(2), facts.adopted(2, 300, place=1), facts.adopted(1, 250, place=2))


def answered(percent: int, on: date) -> facts.Told:
    answer = ProgressAnswer(percent=percent, funds_spent=Money(Decimal("5000000.50")), milestones="完成一半")
    return ASK, ProgressAnswered(answer=answer, on=on)


def test_asks_come_by_due_date_then_by_the_number_on_the_voted_list(telling: Telling) -> None:
    adopted(telling)
    telling.tell(facts.issued(AskKind.PROGRESS, 1), facts.issued(AskKind.PROGRESS, 2))
    telling.tell(facts.issued(AskKind.RESULT, due_on=date(YEAR, 2, 6)))
    found = telling.ask(asks_board.asks_of, CONGRESS, YEAR)
    assert [(one.kind, one.project_number, one.project_name) for one in found] == [
        ("result", None, ""),
        ("progress", 1, "项目2"),
        ("progress", 2, "项目1"),
    ]
    assert telling.ask(asks_board.years, CONGRESS) == [YEAR]


def test_a_unit_is_shown_its_own_only(telling: Telling) -> None:
    adopted(telling)
    telling.tell(facts.issued(AskKind.PROGRESS, 1), facts.issued(AskKind.RESULT))
    assert [one.kind for one in telling.ask(asks_board.asks_of, CONGRESS, YEAR, UNIT)] == ["progress"]


def test_overdue_is_the_day_after_the_last_and_ends_with_the_answer(telling: Telling) -> None:
    adopted(telling)
    telling.tell(facts.issued(AskKind.PROGRESS, 1))
    assert not row(telling).is_overdue(date(YEAR, 7, 31))
    assert row(telling).is_overdue(date(YEAR, 8, 1))
    telling.tell(answered(40, date(YEAR, 8, 2)))
    assert not row(telling).is_overdue(date(YEAR, 8, 3))
    assert row(telling).answered_late()


def test_an_answer_that_is_sent_back_keeps_its_words_and_the_reason(telling: Telling) -> None:
    adopted(telling)
    telling.tell(facts.issued(AskKind.PROGRESS, 1), answered(40, date(YEAR, 6, 10)))
    telling.tell((ASK, AskSentBack(reason="请补充资金", on=date(YEAR, 6, 12))))
    back = row(telling)
    assert (back.stage, back.sent_back_because) == (AskStage.SENT_BACK, "请补充资金")
    assert back.answer is not None
    assert (back.answer["percent"], back.answer["funds_spent"]) == (40, "5000000.50")
    assert back.is_overdue(date(YEAR, 8, 1))


def test_an_approved_ask_is_closed(telling: Telling) -> None:
    adopted(telling)
    telling.tell(facts.issued(AskKind.PROGRESS, 1), answered(44, date(YEAR, 6, 10)))
    telling.tell((ASK, AskApproved(on=date(YEAR, 6, 20))))
    closed = row(telling)
    assert (closed.stage, closed.closed_on, closed.answered_late()) == (AskStage.APPROVED, date(YEAR, 6, 20), False)
    assert not closed.is_overdue(date(YEAR, 12, 31))
