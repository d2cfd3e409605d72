"""Reports, difficulties, the end of projects and the rules of lights by command, on both stores (rules 19 to 22)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from application.implementation import closing, difficulties, lights, reports
from application.implementation.closing import Inspected, LookedAt
from application.implementation.difficulties import Settled
from application.office import Office
from application.working_days import mark_days
from domain.accounts.permissions import Role
from domain.asks.answers import Completion
from domain.congress.working_days import DayKind
from domain.projects.closing import CompletionDoesNotFit, LookedBackAlready, MilestonesOpen
from domain.projects.difficulty import DifficultyClosed, LeadingGroupMet, UrgingOutOfOrder
from domain.projects.implementation_facts import UrgingLevel
from domain.projects.lights import FOUR_COLOURS
from domain.projects.periods import ProgressRules, Rhythm
from domain.projects.reporting import Progress, ReportClosed
from domain.shared import Invalid, Money, NotFound, NotPermitted, Year
from tests.support.stores import Clock, by, granted
from tests.support.under_way import JUNE, MARCH, MILESTONES, OTHER_UNIT, UnderWay


@pytest.fixture
def way(office: Office, clock: Clock) -> UnderWay:
    return UnderWay(office, clock)


def test_the_lead_unit_reports_for_a_period_that_is_due_and_the_office_checks_it(way: UnderWay) -> None:
    with pytest.raises(Invalid) as nothing_due:
        way.report(date(2026, 3, 21), 10, MARCH)
    assert (nothing_due.value.field, nothing_due.value.reason) == ("due_on", "not_due")
    with pytest.raises(Invalid):
        way.report(JUNE, 10, MARCH)  # the coming one is March's

    first = way.report(MARCH, 10, MARCH)
    with pytest.raises(NotPermitted):
        reports.approve_report(way.office, by(way.officer()), way.first, first)
    reports.send_back_report(way.office, by(way.clerk), way.first, first, "缺照片")
    again = way.report(MARCH, 12, date(2026, 3, 24))
    way.approve(again)
    with pytest.raises(ReportClosed):
        way.report(MARCH, 15, date(2026, 3, 25))
    way.report(JUNE, 45, date(2026, 6, 10))
    assert way.state.actual_percent(date(2026, 6, 10)) == 45

    other = granted(Role.DEPARTMENT, way.congress, unit=way.units[OTHER_UNIT])
    with pytest.raises(NotPermitted):
        reports.reach_milestone(way.office, by(other), way.first, 1, date(2026, 6, 1))


def test_rule_19_a_day_the_office_marks_as_free_moves_the_due_date(way: UnderWay) -> None:
    free = {"starts_on": MARCH, "ends_on": MARCH, "kind": DayKind.FREE, "name": "停办"}
    mark_days(way.office, by(way.clerk), way.congress, **free)  # type: ignore[arg-type]  # a friday; monday is the 23rd
    with pytest.raises(Invalid):
        way.report(MARCH, 10, date(2026, 3, 18))
    way.report(date(2026, 3, 23), 10, date(2026, 3, 18))


def test_monthly_rules_ask_for_monthly_reports_and_a_report_of_before_stays_open(way: UnderWay) -> None:
    way.report(MARCH, 10, date(2026, 3, 10))
    monthly = ProgressRules(title="按月填报", rhythm=Rhythm.MONTHLY, report_day=5, lights=FOUR_COLOURS)
    with pytest.raises(NotPermitted):
        lights.adopt_progress_rules(way.office, by(way.officer()), way.congress, monthly)
    lights.adopt_progress_rules(way.office, by(way.clerk), way.congress, monthly)
    assert lights.rules_for(way.office, way.congress) == replace(monthly, since=date(2026, 3, 10))
    assert lights.adopted_rules_for(way.office, way.congress).version == 1
    way.report(MARCH, 11, date(2026, 3, 11))
    way.report(date(2026, 4, 7), 20, date(2026, 4, 3))  # 04-05 is Qingming, free until the 6th
    way.report(date(2026, 5, 6), 25, date(2026, 5, 4))  # 05-05 is still the May holiday


def test_a_report_says_on_which_days_its_milestones_were_reached(way: UnderWay) -> None:
    with pytest.raises(Invalid):
        way.report(MARCH, 10, MARCH, reached=(1,), reached_on={1: date(2026, 3, 21)})
    way.report(MARCH, 10, MARCH, reached=(1, 2), reached_on={1: date(2026, 3, 2)})
    assert [(one.number, one.on) for one in way.state.reached] == [(1, date(2026, 3, 2)), (2, MARCH)]
    reports.take_back_milestone(way.office, by(way.clerk), way.first, 2, "还在施工")
    assert [one.number for one in way.state.reached] == [1]


def test_a_meeting_decides_on_difficulties_of_several_projects_at_once_or_on_none(way: UnderWay) -> None:
    office = way.office
    ones = [uuid4(), uuid4()]
    for project, one in zip(way.projects, ones, strict=False):
        difficulties.raise_difficulty(office, by(way.officer()), project, one, "管线迁改受阻", "请协调")
    met = LeadingGroupMet(
        congress=way.congress, year=Year(2026), title="第二次会议", held_on=date(2026, 2, 10), chair="", words=""
    )
    settled = [
        Settled(project=project, difficulty=raised, words="月底前迁完")
        for project, raised in zip(way.projects, ones, strict=False)
    ]
    with pytest.raises(NotFound):
        difficulties.record_meeting(
            office, by(way.clerk), uuid4(), met, [*settled, replace(settled[0], difficulty=uuid4())]
        )
    assert not way.state.difficulties[0].decisions
    difficulties.record_meeting(office, by(way.clerk), uuid4(), met, settled)
    assert [decided.words for decided in way.state.difficulties[0].decisions] == ["月底前迁完"]
    difficulties.resolve_difficulty(office, by(way.clerk), way.first, ones[0], "已迁完")
    with pytest.raises(DifficultyClosed):
        difficulties.resolve_difficulty(office, by(way.clerk), way.first, ones[0], "已迁完")

    difficulties.urge_project(office, by(way.clerk), way.first, UrgingLevel.INTERVIEW, "请说明")
    with pytest.raises(UrgingOutOfOrder):
        difficulties.urge_project(office, by(way.clerk), way.first, UrgingLevel.REMINDER, "请说明")


def test_finished_work_is_accepted_recorded_and_looked_back_on(way: UnderWay) -> None:
    office, clerk = way.office, way.clerk
    way.on(date(2026, 11, 20))
    inspected = Inspected(on=date(2026, 11, 18), body="市住建局")
    with pytest.raises(MilestonesOpen):
        closing.accept_project(office, by(clerk), way.first, inspected)
    for milestone in MILESTONES:
        reports.reach_milestone(office, by(way.officer()), way.first, milestone.number, milestone.due_on)
    with pytest.raises(CompletionDoesNotFit):
        closing.record_completion(office, by(clerk), way.first, Completion.COMPLETED, "")
    closing.accept_project(office, by(clerk), way.first, inspected)
    closing.record_completion(office, by(clerk), way.first, Completion.COMPLETED, "")
    found = LookedAt(on=date(2026, 11, 20), in_use=True, findings="正常使用")
    closing.look_back(office, by(clerk), way.first, uuid4(), 1, found)
    with pytest.raises(LookedBackAlready):
        closing.look_back(office, by(clerk), way.first, uuid4(), 1, found)
    assert [one.nth for one in way.state.look_backs] == [1]


def test_a_report_sent_twice_is_recorded_once(way: UnderWay) -> None:
    way.on(MARCH)
    again, report = by(way.officer()), uuid4()
    progress = Progress(percent=Decimal(10), funds_spent=Money(Decimal(0)), words="开工")
    first = reports.report_progress(way.office, again, way.first, report, MARCH, progress)
    assert reports.report_progress(way.office, again, way.first, report, MARCH, progress) == first
