"""The board says what the domain says, from facts alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine

from application.history.history import History
from application.implementation import adjusting, closing, difficulties, reports
from application.implementation.adjusting import Decision
from application.implementation.closing import Inspected
from application.implementation.difficulties import Settled
from application.office import Office
from domain.polls.places import DecidedBy
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.difficulty import LeadingGroupMet
from domain.projects.implementation_facts import UrgingLevel
from domain.projects.lights import DEFAULT, Cause, Colour, light
from domain.projects.plan import AnnualMilestone
from domain.shared import Money, Year
from projections import progress_board
from projections.progress_board import BoardRow
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from tests.support.stores import Clock, by
from tests.support.under_way import JUNE, MARCH, MILESTONES, UnderWay


class Board:
    """The projection behind the record."""

    def __init__(self, history: History, engine: Engine) -> None:
        self.engine = engine
        self._followers = Followers(history, engine, [progress_board.PROJECTION])

    def connect(self) -> Connection:
        self._followers.catch_up()
        assert [one.fault for one in self._followers.standings().values()] == [None]
        return self.engine.connect()

    def row(self, project: UUID) -> BoardRow:
        with self.connect() as conn:
            found = progress_board.project_row(conn, project)
        assert found is not None
        return found


@pytest.fixture
def board(history: History, database_url: str) -> Iterator[Board]:
    engine = open_reading(database_url)
    yield Board(history, engine)
    engine.dispose()


@pytest.fixture
def way(office: Office, clock: Clock) -> UnderWay:
    return UnderWay(office, clock)


def agree(way: UnderWay, board: Board, today: date) -> BoardRow:
    """The row says what the record says."""
    row, state = board.row(way.first), way.state
    assert row.course(today) == state.course(today)
    assert row.plan == state.plan
    with board.connect() as conn:
        shown = progress_board.light_of(row, progress_board.rules_of(conn, way.congress), today)
    assert shown == light(state.course(today), DEFAULT, today)
    return row


def test_the_light_on_the_board_is_the_light_of_the_record(way: UnderWay, board: Board) -> None:
    sent_back = way.report(MARCH, 30, MARCH, reached=(1,))
    agree(way, board, MARCH)
    reports.send_back_report(way.office, by(way.clerk), way.first, sent_back, "数字有误")
    assert agree(way, board, MARCH).actual(MARCH) == 0
    approved = way.report(MARCH, 20, date(2026, 3, 21))
    way.approve(approved)
    given = way.report(JUNE, 55, JUNE, photos=())
    row = agree(way, board, JUNE)
    assert (row.actual(JUNE), row.actual(JUNE, approved=True)) == (Decimal(55), Decimal(20)), (
        "residents see what was checked"
    )
    with board.connect() as conn:
        listed = progress_board.reports_of(conn, way.first, replaced=True)
    assert [(one.report, one.stage) for one in listed] == [
        (given, "given"),
        (approved, "approved"),
        (sent_back, "replaced"),
    ]

    suspension = uuid4()
    adjusting.propose_adjustment(
        way.office, by(way.clerk), way.first, suspension, AdjustmentKind.SUSPENSION, None, "等待征地"
    )
    assert agree(way, board, JUNE).proposed == 1
    decided = Decision(body=DecidedBy.STANDING_COMMITTEE, number="第9号", notice_on=JUNE)
    adjusting.decide_adjustment(way.office, by(way.clerk), way.first, suspension, decided)
    row = agree(way, board, JUNE)
    assert (row.standing, row.proposed, row.is_under_way) == ("suspended", 0, False)
    resumed, resumption = date(2026, 10, 8), uuid4()
    way.on(resumed)
    adjusting.propose_adjustment(
        way.office, by(way.clerk), way.first, resumption, AdjustmentKind.RESUMPTION, None, "征地已完成"
    )
    adjusting.decide_adjustment(
        way.office, by(way.clerk), way.first, resumption, replace(decided, number="第12号", notice_on=resumed)
    )
    row = agree(way, board, resumed)
    assert row.pauses == ((JUNE, resumed),)
    assert [row.is_paused(day) for day in (MARCH, JUNE, date(2026, 9, 20), resumed)] == [False, True, True, False]


def test_difficulties_urging_and_acceptance_stand_on_the_board(way: UnderWay, board: Board) -> None:
    solved, open_one, meeting = uuid4(), uuid4(), uuid4()
    for one in (solved, open_one):
        difficulties.raise_difficulty(way.office, by(way.officer()), way.first, one, "管线迁改受阻", "")
    met = LeadingGroupMet(
        congress=way.congress, year=Year(2026), title="第二次会议", held_on=date(2026, 2, 10), chair="", words=""
    )
    settled = Settled(project=way.first, difficulty=solved, words="月底前迁完", unit_name="市水务局", due_on=MARCH)
    difficulties.record_meeting(way.office, by(way.clerk), meeting, met, [settled])
    board.row(way.first)
    difficulties.resolve_difficulty(way.office, by(way.clerk), way.first, solved, "已迁完")
    difficulties.urge_project(way.office, by(way.clerk), way.first, UrgingLevel.REMINDER, "请抓紧", MARCH)
    with board.connect() as conn:
        listed = progress_board.difficulties_of(conn, way.congress, year=2026)
        meetings = progress_board.meetings_of(conn, way.congress, 2026)
    assert [(one.difficulty, one.resolved_by) for one in listed] == [(open_one, ""), (solved, "已迁完")]
    assert [(one.meeting, one.words, one.due_on) for one in listed[1].decisions] == [(meeting, "月底前迁完", MARCH)]
    assert [one.title for one in meetings] == ["第二次会议"]

    way.on(date(2026, 11, 20))
    for milestone in MILESTONES:
        reports.reach_milestone(way.office, by(way.officer()), way.first, milestone.number, milestone.due_on)
    accepted = Inspected(on=date(2026, 11, 18), body="市住建局", number="验〔2026〕1号")
    closing.accept_project(way.office, by(way.clerk), way.first, accepted)
    row = agree(way, board, date(2026, 11, 20))
    assert (row.open_difficulties, [one.level for one in row.urged]) == (1, ["reminder"])
    assert row.accepted is not None
    assert row.accepted.number == "验〔2026〕1号"
    closing.undo_acceptance(way.office, by(way.clerk), way.first, "资料不全")
    assert agree(way, board, date(2026, 11, 20)).accepted is None

    afterwards = date(2027, 3, 22)
    way.report(afterwards, 90, afterwards)
    row = agree(way, board, afterwards)
    assert (row.actual(afterwards), row.spent(afterwards)) == (Decimal(90), Decimal(0)), (
        "judged by its own year still, also its funds"
    )


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_rule_21_a_project_that_crosses_years_is_judged_on_its_annual_milestone(
    office: Office, clock: Clock, board: Board
) -> None:
    total, this_year, done = (Money(Decimal(million) * 1_000_000) for million in (382, 247, 241))
    annual = (
        AnnualMilestone(year=2026, funds=this_year, words="主体完工"),
        AnnualMilestone(year=2027, funds=Money(total - this_year), words="全部完工"),
    )
    crossing: dict[str, Any] = {
        "total_funds": total,
        "year_funds": this_year,
        "annual": annual,
        "deadline": date(2027, 6, 30),
        "milestones": (),
    }
    way = UnderWay(office, clock)
    december, last = date(2026, 12, 21), date(2026, 12, 31)
    way.report(MARCH, 20, MARCH)
    state = way.state
    assert state.plan is not None
    change = uuid4()
    adjusting.propose_adjustment(
        office,
        by(way.clerk),
        way.first,
        change,
        AdjustmentKind.CHANGE,
        replace(state.plan, **crossing),
        "工程量大",
    )
    decided = Decision(body=DecidedBy.STANDING_COMMITTEE, number="第9号", notice_on=MARCH)
    adjusting.decide_adjustment(office, by(way.clerk), way.first, change, decided)
    way.report(december, 98, december, funds_spent=done)
    row = board.row(way.first)
    assert row.funds(last) == this_year
    rate = row.funds_rate(last)
    assert rate == Fraction(241, 247)
    assert round(float(rate) * 100, 1) == 97.6, "not 63.1 % of the total"
    assert row.planned(last) == 100
    shown = progress_board.light_of(row, progress_board.rules_of(board.connect(), way.congress), last)
    assert shown is not None
    assert (shown.colour, shown.cause) == (Colour.GREEN, Cause.DIFFERENCE)
    following = date(2027, 2, 1)
    assert (row.actual(following), row.spent(following), row.spent_in_all()) == (Decimal(0), Money(Decimal(0)), done)
