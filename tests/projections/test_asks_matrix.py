"""Congress × ask × year in one query; what is late; the steps of an ask; asks put below."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.asks.answers import ProgressAnswer
from domain.asks.ask import (
    AskApproved,
    AskEscalated,
    AskFellOverdue,
    AskIssued,
    AskKind,
    AskSentBack,
    AskUrged,
    AskWithdrawn,
    NextYearOpened,
    ProgressAnswered,
    ask_id,
)
from domain.asks.rules import Addressee, Question
from domain.shared import Money, Year
from projections import asks_board
from projections.asks_board import Cell
from projections.reading.projection import Projection
from tests.support.telling import Telling

UPPER, LOWER, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
ANSWER = ProgressAnswer(percent=40, funds_spent=Money(Decimal(5)), milestones="开工")


@pytest.fixture
def projection() -> Projection:
    return asks_board.PROJECTION


def issued(
    congress: UUID = LOWER, year: int = 2026, project: int = 1, *, due_on: date = date(2026, 7, 31), above: bool = False
) -> tuple[UUID, AskIssued]:
    about = None if above else UUID(int=100 + project)
    fact = AskIssued(
        congress=congress,
        year=Year(year),
        kind=AskKind.PROGRESS,
        project=about,
        unit=None,
        unit_name="",
        opens_on=date(year, 6, 1),
        due_on=due_on,
        asked_by=UPPER if above else None,
        to=Addressee.OFFICE if above else Addressee.LEAD_UNITS,
        required=("problems",),
        questions=(Question(code="q1", words="群众怎样参与？", required=True),),
    )
    return ask_id(congress, year, AskKind.PROGRESS, about, asked_by=fact.asked_by), fact


def answered(ask: UUID, on: date = date(2026, 6, 20)) -> tuple[UUID, ProgressAnswered]:
    return ask, ProgressAnswered(answer=ANSWER, on=on)


def cell(telling: Telling, today: date, congress: UUID = LOWER, year: int = 2026) -> Cell:
    (found,) = telling.ask(asks_board.cells, [congress], [year], today)
    return found


def test_a_cell_turns_with_the_day_and_with_every_answer(telling: Telling) -> None:
    asks = [issued(project=number) for number in range(1, 5)]
    telling.tell(*asks, answered(asks[0][0]), answered(asks[1][0]))
    telling.tell(
        (asks[0][0], AskApproved(on=date(2026, 6, 21))), (asks[1][0], AskSentBack(reason="补", on=date(2026, 6, 21)))
    )
    before = cell(telling, date(2026, 7, 31))
    assert (before.issued, before.answered, before.approved, before.sent_back) == (4, 1, 1, 1)
    assert (before.overdue, before.open, before.due_on) == (0, 3, date(2026, 7, 31))
    assert cell(telling, date(2026, 5, 31)).open == 0, "nothing is waited for before the window opens"
    after = cell(telling, date(2026, 8, 1))
    assert (after.overdue, after.open, after.escalated) == (3, 0, 0)
    step = AskEscalated(step=2, to="主任会议", working_days=7, on=date(2026, 8, 11))
    telling.tell((asks[2][0], AskFellOverdue(due_on=date(2026, 7, 31), on=date(2026, 8, 1))), (asks[2][0], step))
    assert cell(telling, date(2026, 8, 12)).escalated == 2
    telling.tell(*(answered(ask, date(2026, 8, 12)) for ask, _fact in asks[1:]))
    done = cell(telling, date(2026, 8, 12))
    assert (done.answered, done.overdue, done.escalated, done.due_on) == (4, 0, 0, None)


def test_withdrawn_asks_count_nowhere_but_are_still_found(telling: Telling) -> None:
    ask, fact = issued()
    telling.tell((ask, fact), (ask, AskWithdrawn(reason="终止", on=date(2026, 7, 1))))
    assert telling.ask(asks_board.cells, [LOWER], [2026], date(2026, 9, 1)) == []
    assert telling.ask(asks_board.late_asks, date(2026, 9, 1)) == []
    assert telling.ask(asks_board.asks_of, LOWER, 2026) == []
    found = telling.ask(asks_board.ask, ask)
    assert found is not None
    assert found.stage == "withdrawn"


def test_years_and_congresses_stand_side_by_side(telling: Telling) -> None:
    telling.tell(issued(), issued(year=2025, due_on=date(2025, 7, 31)), issued(OTHER, project=2), issued(above=True))
    found = telling.ask(asks_board.cells, [LOWER, OTHER], [2025, 2026], date(2026, 8, 1))
    assert [(one.congress, one.year, one.issued) for one in found] == [
        (LOWER, 2025, 1),
        (LOWER, 2026, 2),
        (OTHER, 2026, 1),
    ]
    assert telling.ask(asks_board.years_among, [LOWER, OTHER]) == [2026, 2025]


def test_what_is_put_below_is_seen_by_both_and_told_with_its_rules(telling: Telling) -> None:
    ask, fact = issued(above=True)
    telling.tell((ask, fact))
    (row,) = telling.ask(asks_board.asks_put_below, UPPER, 2026)
    assert telling.ask(asks_board.asks_of, LOWER, 2026) == [row]
    assert telling.ask(asks_board.years, UPPER) == telling.ask(asks_board.years, LOWER) == [2026]
    assert telling.ask(asks_board.asks_of_units, LOWER, None, all_units=True) == [], "the office alone answers"
    assert (row.required, row.questions) == (
        ["problems"],
        [{"code": "q1", "words": "群众怎样参与？", "required": True}],
    )


def test_the_longest_overdue_come_first(telling: Telling) -> None:
    early, late = issued(project=1, due_on=date(2026, 6, 30)), issued(project=2)
    telling.tell(late, early)
    assert telling.ask(asks_board.late_asks, date(2026, 7, 1)) == [early[0]]
    assert telling.ask(asks_board.late_asks, date(2026, 8, 1)) == [early[0], late[0]]


def test_every_step_is_kept_in_order_and_a_new_due_date_begins_anew(telling: Telling) -> None:
    ask, fact = issued()
    telling.tell(
        (ask, fact),
        (ask, AskUrged(words="请尽快", on=date(2026, 7, 20))),
        (ask, AskFellOverdue(due_on=date(2026, 7, 31), on=date(2026, 8, 1))),
        (ask, AskEscalated(step=1, to="主任会议", working_days=3, on=date(2026, 8, 5))),
        answered(ask, date(2026, 8, 6)),
        (ask, AskSentBack(reason="补照片", on=date(2026, 8, 7), due_on=date(2026, 8, 14))),
    )
    row = telling.ask(asks_board.ask, ask)
    assert row is not None
    assert (row.due_on, row.escalated, row.overdue_on, row.urged) == (date(2026, 8, 14), 0, None, "请尽快")
    opened = NextYearOpened(congress=LOWER, year=Year(2027), proposals=(UUID(int=9),))
    telling.tell(answered(ask), (ask, AskApproved(on=date(2026, 8, 20), remark="好")), (ask, opened))
    steps = telling.ask(asks_board.steps_of, [ask])[ask]
    kinds = "issued urged fell_overdue escalated answered sent_back answered approved"
    assert " ".join(step.kind for step in steps) == kinds
    assert [(step.words, step.number) for step in steps][3] == ("主任会议", 1)
    carried = telling.ask(asks_board.ask, ask)
    assert carried is not None
    assert carried.carried == [str(UUID(int=9))]
