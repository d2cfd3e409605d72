"""Plans filed, sent back and in force; adjustments and what waits; publications of the duty list."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

import pytest

from domain.polls.places import DecidedBy
from domain.projects import adjustment_facts as adjusted
from domain.projects import implementation_facts as said
from domain.projects.duty_list import DutyListPublished, duty_list_stream
from domain.projects.implementation import implementation_stream
from domain.projects.plan import AnnualMilestone, ImplementationPlan, UnitDuty
from domain.shared import Money
from projections import plans
from projections.reading.projection import Projection
from tests.support.implementing import CONGRESS, FILED, PLAN, PROJECT, PUBLISHED, YEAR
from tests.support.telling import Telling

STREAM = implementation_stream(PROJECT)
ASKED, SESSION = uuid5(CONGRESS, "asked"), UUID(int=9)
RICH = replace(
    PLAN,
    assisting_units=("公安局",),
    duty_phone="0471-5550102",
    duties=(UnitDuty(unit_name="公安局", words="疏导交通", due_on=date(2026, 4, 1)),),
    annual=(AnnualMilestone(year=2026, funds=Money(Decimal("6000000.50")), words="过半"),),
)


@pytest.fixture
def projection() -> Projection:
    return plans.PROJECTION


def test_a_plan_waits_goes_back_and_comes_into_force_as_it_was_filed(telling: Telling) -> None:
    telling.tell((STREAM, FILED))
    waits = telling.ask(plans.plan_of, PROJECT)
    assert waits is not None
    assert (waits.filed, waits.in_force, waits.plan, waits.lead_unit) == (PLAN, None, PLAN, PLAN.lead_unit)
    assert telling.ask(plans.waiting, CONGRESS, YEAR) == (1, 0, 0)
    telling.tell((STREAM, said.PlanSentBack(reason="缺分工", on=date(2026, 2, 3))))
    assert telling.ask(plans.waiting, CONGRESS, YEAR) == (0, 0, 0)
    telling.tell((STREAM, replace(FILED, plan=RICH, on=date(2026, 2, 4))), (STREAM, replace(PUBLISHED, plan=RICH)))
    (found,) = telling.ask(plans.plans_of, CONGRESS, YEAR)
    assert (found.filed, found.in_force, found.sent_back_because) == (None, RICH, "")
    assert (found.filed_on, found.published_on) == (date(2026, 2, 4), PUBLISHED.on)
    assert telling.ask(plans.years, CONGRESS) == [2026]


def test_the_old_plan_stays_in_force_until_the_decision_and_the_session_is_told_of_it(telling: Telling) -> None:
    smaller = replace(PLAN, targets=())
    telling.tell((STREAM, FILED), (STREAM, PUBLISHED))
    telling.tell((STREAM, _proposed(adjusted.AdjustmentKind.CHANGE, smaller)))
    assert telling.ask(plans.waiting, CONGRESS, YEAR) == (0, 1, 0)
    before = telling.ask(plans.plan_of, PROJECT)
    assert before is not None
    assert before.in_force == PLAN
    telling.tell((STREAM, _decided()))
    assert telling.ask(plans.waiting, CONGRESS, YEAR) == (0, 0, 1)
    after = telling.ask(plans.plan_of, PROJECT)
    assert after is not None
    assert (after.in_force, after.adopted) == (smaller, smaller)
    (duty,) = telling.ask(plans.session_duties, CONGRESS)
    assert (duty.before, duty.after, duty.measure) == (PLAN, smaller, PLAN)
    assert (duty.number, duty.notice_on, duty.is_to_be_told) == ("青人常发〔2026〕11号", date(2026, 6, 2), True)
    on = date(2027, 1, 20)
    told = adjusted.SessionInformed(adjustment=ASKED, session=SESSION, session_title="第六次会议", on=on)
    telling.tell((STREAM, told))
    assert telling.ask(plans.session_duties, CONGRESS) == []
    last = telling.ask(plans.adjustment_at, ASKED)
    assert last is not None
    assert (last.stage, last.session_title, last.told_on) == ("told", "第六次会议", on)


def test_a_suspension_leaves_the_plan_and_a_logged_change_moves_it(telling: Telling) -> None:
    logged = adjusted.AdjustmentLogged(adjustment=UUID(int=5), plan=RICH, reason="电话", on=date(2026, 3, 1))
    telling.tell((STREAM, FILED), (STREAM, PUBLISHED), (STREAM, logged))
    telling.tell((STREAM, _proposed(adjusted.AdjustmentKind.SUSPENSION, None)), (STREAM, _decided()))
    found = telling.ask(plans.plan_of, PROJECT)
    assert found is not None
    assert (found.in_force, found.adopted, found.standing) == (RICH, PLAN, "suspended")
    listed = telling.ask(plans.adjustments_of, CONGRESS, YEAR)
    assert [(one.kind, one.stage) for one in listed] == [("suspension", "decided"), ("change", "logged")]


def test_the_duty_list_and_its_supplements_stand_in_order(telling: Telling) -> None:
    stream = duty_list_stream(CONGRESS, YEAR)
    for number, project in enumerate((PROJECT, UUID(int=77)), 1):
        fact = DutyListPublished(
            congress=CONGRESS, year=YEAR, projects=(project,), number=f"{number}号", on=date(2026, 2, 28)
        )
        telling.tell((stream, fact))
    found = telling.ask(plans.publications_of, CONGRESS, YEAR)
    assert [(one.number, one.projects) for one in found] == [("1号", (PROJECT,)), ("2号", (UUID(int=77),))]


def _proposed(kind: adjusted.AdjustmentKind, plan: ImplementationPlan | None) -> adjusted.AdjustmentProposed:
    on = date(2026, 5, 1)
    return adjusted.AdjustmentProposed(adjustment=ASKED, kind=kind, plan=plan, departures=(), reason="汛期", on=on)


def _decided() -> adjusted.AdjustmentDecided:
    body, number = DecidedBy.STANDING_COMMITTEE, "青人常发〔2026〕11号"
    day = date(2026, 6, 2)
    return adjusted.AdjustmentDecided(adjustment=ASKED, body=body, number=number, notice_on=day, on=day)
