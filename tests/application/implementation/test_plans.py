"""Plans, the duty list and adjustments on both stores (rules 19 to 21)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.asks import answering
from application.asks.issuing import issue_for_year
from application.congress import add_units, convene_session
from application.implementation import adjusting, duty_list, plans
from application.implementation.adjusting import Decision
from application.office import Desk, Office
from domain.asks import ask as asks
from domain.asks.answers import Completion, ProgressAnswer, SummaryAnswer
from domain.asks.rules import AskKind
from domain.congress import congress as congresses
from domain.congress.session import session_id
from domain.polls.places import DecidedBy
from domain.projects.adjustment import AdjustmentClosed, AdjustmentWaiting
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.implementation import Implementation, Standing, evolve, implementation_stream
from domain.projects.plan import AnnualMilestone, PlanFault, PlanIncomplete
from domain.projects.planning import PlanAlreadyPublished, PlanDepartsFromVote
from domain.projects.project import evolve as evolve_project
from domain.shared import Invalid, Missing, Money, NotFound, NotPermitted
from tests.support import polls
from tests.support.planned import NUMBER, YEAR, Planned, planned
from tests.support.stores import Clock, by

TARGET = polls.candidate("甲", 1, YEAR).targets[0]


@pytest.fixture
def year(office: Office, clock: Clock) -> Planned:
    clock.set(YEAR, 2, 20, 9)
    return planned(office)


def standing(year: Planned, place: int = 0) -> Implementation:
    state = year.office.state_of(implementation_stream(year.projects[place]), evolve)
    assert state is not None
    return state


def test_the_lead_unit_files_and_the_duty_list_brings_complete_plans_into_force(year: Planned) -> None:
    office, project = year.office, year.projects[0]
    lead, other = year.officer(year.lead_unit()), year.officer(uuid4())
    with pytest.raises(NotPermitted):
        plans.file_plan(office, by(other), project, year.plan())
    plans.file_plan(office, by(lead), project, year.plan(safeguards="", lead_unit=None))
    assert standing(year).filed == year.plan(safeguards="")
    with pytest.raises(PlanIncomplete) as incomplete:
        year.publish(0)
    assert [(gap.field, gap.fault) for gap in incomplete.value.gaps] == [("safeguards", PlanFault.MISSING)]
    with pytest.raises(NotPermitted):
        plans.send_back_plan(office, by(lead), project, "缺保障措施")
    plans.send_back_plan(office, by(year.clerk), project, "缺保障措施")
    plans.file_plan(office, by(year.officer(None)), project, year.plan())
    year.publish(0)
    assert standing(year).plan == year.plan()
    with pytest.raises(PlanAlreadyPublished):
        plans.file_plan(office, by(lead), project, year.plan())


def test_a_duty_list_is_published_all_or_nothing_and_supplemented(year: Planned) -> None:
    year.file(0)
    year.file(1, targets=(replace(TARGET, amount=Decimal(7)),))
    with pytest.raises(PlanDepartsFromVote):
        year.publish(0, 1)
    assert standing(year).plan is None
    year.publish(0)
    year.file(1)
    year.publish(1, number="青人办发〔2026〕15号")
    found = duty_list.duty_list_of(year.office, year.congress, YEAR)
    assert found is not None
    assert [(part.number, part.projects) for part in found.parts] == [
        (NUMBER, (year.projects[0],)),
        ("青人办发〔2026〕15号", (year.projects[1],)),
    ]
    assert [part.issuer for part in found.parts] == ["", ""]  # the congress's own office
    with pytest.raises(Missing):
        duty_list.publish_duty_list(year.office, by(year.clerk), year.congress, YEAR, [], NUMBER, date(YEAR, 2, 20))
    with pytest.raises(NotFound):
        duty_list.publish_duty_list(
            year.office, by(year.clerk), year.congress, YEAR + 1, [year.projects[2]], NUMBER, date(YEAR, 2, 20)
        )


def test_rule_20_a_major_change_waits_for_number_and_notice_and_is_told_the_next_session(
    year: Planned, clock: Clock
) -> None:
    office, project, lead = year.office, year.projects[0], year.officer(year.lead_unit())
    year.in_force()
    small, wanted = (year.plan(targets=(replace(TARGET, amount=Decimal(amount)),)) for amount in (9, 6))
    adjusting.propose_adjustment(office, by(lead), project, uuid4(), AdjustmentKind.CHANGE, small, "一处征不下来")
    assert standing(year).plan == small
    asked = uuid4()
    adjusting.propose_adjustment(office, by(lead), project, asked, AdjustmentKind.CHANGE, wanted, "四处征不下来")
    assert standing(year).plan == small
    with pytest.raises(AdjustmentWaiting):
        adjusting.propose_adjustment(office, by(lead), project, uuid4(), AdjustmentKind.SUSPENSION, None, "先停")
    with pytest.raises(NotPermitted):
        adjusting.decide_adjustment(office, by(lead), project, asked, _decision())
    with pytest.raises(Missing):
        adjusting.decide_adjustment(office, by(year.clerk), project, asked, _decision(number=""))
    adjusting.decide_adjustment(office, by(year.clerk), project, asked, _decision())
    assert standing(year).plan == wanted
    before = _convened(year, 5, date(YEAR, 1, 20))
    told = [(project, asked)]
    with pytest.raises(Invalid):
        adjusting.inform_session(office, by(year.clerk), year.congress, before, told)
    clock.set(YEAR + 1, 1, 20, 9)
    following = _convened(year, 6, date(YEAR + 1, 1, 19))
    adjusting.inform_session(office, by(year.clerk), year.congress, following, told)
    with pytest.raises(AdjustmentClosed):
        adjusting.inform_session(office, by(year.clerk), year.congress, following, told)


def test_a_new_lead_unit_takes_over_the_asks_that_are_still_open(year: Planned, clock: Clock) -> None:
    office, project, former = year.office, year.projects[0], year.officer(year.lead_unit())
    year.in_force()
    progress, summary = _asked(year)
    clock.set(YEAR, 6, 10, 9)
    answer = ProgressAnswer(percent=40, funds_spent=Money(Decimal(400)), milestones="主体完工")
    answering.answer_ask(office, by(former), progress, answer)
    answering.approve_ask(office, by(year.clerk), progress)
    add_units(office, by(year.clerk), year.congress, [("城管局", "12319")])
    congress = office.state_of(year.congress, congresses.evolve)
    assert congress is not None
    other = next(unit for unit in congress.units if unit != year.lead_unit())
    moved, adjustment = year.plan(lead_unit=other, lead_unit_name=congress.units[other].name), uuid4()
    adjusting.propose_adjustment(office, by(former), project, adjustment, AdjustmentKind.CHANGE, moved, "职责划转")
    adjusting.decide_adjustment(office, by(year.clerk), project, adjustment, _decision())
    units = [state.unit for ask in (progress, summary) if (state := office.state_of(ask, asks.evolve))]
    assert units == [year.lead_unit(), other]  # what was approved stays with who answered it
    clock.set(YEAR, 11, 20, 9)
    told = SummaryAnswer(completion=Completion.COMPLETED, results="十处全部完成", lessons="提前办手续")
    with pytest.raises(NotPermitted):
        answering.answer_ask(office, by(former), summary, told)
    answering.answer_ask(office, by(year.officer(other)), summary, told)


def test_suspension_and_resumption_are_decided_and_a_proposal_can_be_withdrawn_or_refused(year: Planned) -> None:
    office, project, lead = year.office, year.projects[0], year.officer(year.lead_unit())
    year.in_force()
    for kind, after in (
        (AdjustmentKind.SUSPENSION, Standing.SUSPENDED),
        (AdjustmentKind.RESUMPTION, Standing.UNDER_WAY),
    ):
        asked = uuid4()
        adjusting.propose_adjustment(office, by(lead), project, asked, kind, None, "汛期")
        assert standing(year).standing is not after
        adjusting.decide_adjustment(office, by(year.clerk), project, asked, _decision())
        assert standing(year).standing is after
    refused, withdrawn = uuid4(), uuid4()
    adjusting.propose_adjustment(office, by(lead), project, refused, AdjustmentKind.TERMINATION, None, "没有钱")
    adjusting.refuse_adjustment(office, by(year.clerk), project, refused, _decision(), "资金已经安排")
    adjusting.propose_adjustment(office, by(lead), project, withdrawn, AdjustmentKind.TERMINATION, None, "没有钱")
    adjusting.withdraw_adjustment(office, by(lead), project, withdrawn, "资金到位")
    assert standing(year).standing is Standing.UNDER_WAY


def test_rule_21_a_cross_year_project_needs_its_annual_milestone(office: Office, clock: Clock) -> None:
    clock.set(YEAR, 2, 20, 9)
    funds: dict[str, Any] = {"total_funds": Money(Decimal(382_000_000)), "year_funds": Money(Decimal(247_000_000))}
    long = replace(polls.candidate("丁", 1, YEAR), finishes_on=date(2027, 10, 31), cross_year=True, **funds)
    year = planned(office, [replace(long, annual_targets="完成主体工程")])
    year.file(annual=())
    with pytest.raises(PlanIncomplete) as incomplete:
        year.publish(0)
    assert [gap.fault for gap in incomplete.value.gaps] == [PlanFault.ANNUAL_MILESTONE_MISSING]
    year.in_force()
    plan = standing(year).plan
    assert plan is not None
    assert plan.annual == (AnnualMilestone(year=YEAR, funds=funds["year_funds"], words="完成主体工程"),)


def _asked(year: Planned) -> list[UUID]:
    """Asks 3 and 4 of the first project, issued as a declaration issues them."""
    project = year.projects[0]

    def decide(desk: Desk) -> None:
        known = desk.load(project, evolve_project)
        assert known is not None
        issue_for_year(desk, year.congress, YEAR, {project: known}, session_ends_on=date(YEAR, 1, 24), first=False)

    year.office.record(by(year.clerk), decide)
    return [asks.ask_id(year.congress, YEAR, kind, project) for kind in (AskKind.PROGRESS, AskKind.SUMMARY)]


def _decision(number: str = "青人常发〔2026〕11号") -> Decision:
    return Decision(body=DecidedBy.STANDING_COMMITTEE, number=number, notice_on=date(YEAR, 2, 20))


def _convened(year: Planned, number: int, on: date) -> UUID:
    session = session_id(year.congress, polls.TERM, number)
    convene_session(
        year.office,
        by(year.clerk),
        year.congress,
        number=number,
        title=f"第{number}次会议",
        year=on.year,
        starts_on=on,
        ends_on=on,
    )
    return session
