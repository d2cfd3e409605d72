"""First pages after the vote: what the office, a unit and a delegate have to do next, and how the projects are."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.history.recorded import Recorded
from application.implementation.difficulties import urge_project
from domain.accounts.permissions import Role
from domain.projects import adjustment_facts as adjusted
from domain.projects import implementation_facts as said
from domain.projects import project as projects
from domain.projects.implementation import implementation_stream
from domain.projects.plan import ImplementationPlan, plan_of
from domain.shared import Money, Year
from interfaces.composition import House
from tests.support.declared import declared
from tests.support.implementing import milestone
from tests.support.polls import Hall
from tests.support.stores import Clock, by, granted
from tests.support.visitors import SignedIn

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

TODAY = (2026, 10, 9)


@pytest.fixture
def hall(house: House, clock: Clock) -> Hall:
    """Three adopted projects: one late in everything, one whose plan waits, one without a plan."""
    made = declared(house)
    late, waiting, _without = made.projects[:3]
    plan = _plan(house, late)
    _tell(
        house,
        late,
        _filed(made, late, plan),
        said.PlanPublished(plan=plan, on=date(2026, 2, 10)),
        _proposed(plan),
        said.DifficultyRaised(difficulty=uuid4(), words="管线未迁", needs="请协调", on=date(2026, 5, 6)),
        said.ProgressReported(
            report=uuid4(),
            due_on=date(2026, 3, 20),
            on=date(2026, 3, 20),
            percent=Decimal(5),
            funds_spent=Money(Decimal(600_000)),
            words="进场",
        ),
    )
    _tell(house, waiting, _filed(made, waiting, _plan(house, waiting)))
    clock.set(*TODAY)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    return made


def test_the_office_sees_what_waits_after_the_vote(house: House, hall: Hall, signed_in: SignedIn, clock: Clock) -> None:
    page = signed_in(Role.STAFF, hall.congress).open("/staff/jz")
    for need in (
        "1 个项目严重滞后或者节点逾期",
        "1 项重大调整等待决定",
        "1 个项目进度填报逾期",
        "1 份进度填报等待审核",
        "1 份实施计划等待公布",
        "1 个项目还没有报送实施计划",
        "1 个难题等待领导小组研究",
    ):
        assert need in page.words
    assert f"/staff/jz/implementation/{hall.projects[0]}" in page.links()
    titles = [one.text for one in page.document.xpath("//figcaption")]
    assert titles[:2] == ["各单位亮灯", "当年资金"]
    assert {"四问答复", "票决得票"} <= set(titles)
    assert not page.document.xpath("//*[@style]")
    assert page.document.xpath("//figure//table//tbody/tr")
    ids = page.document.xpath("//@id")
    assert len(ids) == len(set(ids))
    clock.set(2026, 9, 21)
    staff = by(granted(Role.STAFF, hall.congress, name="办公室"))
    urge_project(house.office, staff, hall.projects[0], said.UrgingLevel.REMINDER, "请赶上", date(2026, 10, 1))
    clock.set(*TODAY)
    assert house.followers.wait_for(house.history.last_position(), timeout=20)
    page = signed_in(Role.STAFF, hall.congress).open("/staff/jz")
    assert "1 个项目督办到期，仍然滞后" in page.words
    assert "个项目严重滞后或者节点逾期" not in page.words, "named once"
    assert f"/staff/jz/implementation/{hall.projects[0]}/urge" in page.links()


def test_a_unit_sees_its_tasks_by_deadline(hall: Hall, signed_in: SignedIn) -> None:
    page = signed_in(Role.GOVERNMENT, hall.congress).open("/unit/jz")
    tasks = [" ".join(one.text_content().split()) for one in page.document.xpath("//ul[@class='need']/li")]
    named = [
        next(place for place, words in enumerate(tasks) if wanted in words) for wanted in ("填报进度", "报送实施计划")
    ]
    assert named == sorted(named)
    assert "缺 2 期" in tasks[named[0]]
    assert "2026年6月22日 截止" in tasks[named[0]]
    assert f"/unit/jz/implementation/{hall.projects[2]}/plan" in page.links()
    assert "尽快" in tasks[named[1]]


def test_a_delegate_sees_how_the_projects_are(hall: Hall, signed_in: SignedIn) -> None:
    delegate = signed_in(Role.DELEGATE, hall.congress, delegate=hall.delegates[0].delegate)
    page = delegate.open("/delegate/jz")
    assert "2026 年项目进展" in page.words
    assert "节点逾期 1 个" in page.words


def _plan(house: House, project: UUID) -> ImplementationPlan:
    state = house.office.state_of(project, projects.evolve)
    assert state is not None
    steps = (milestone(1, date(2026, 5, 31), 30), milestone(2, date(2026, 9, 30), 80))
    plan = plan_of(state.card, Year(2026))
    return replace(plan, starts_on=date(2026, 3, 1), deadline=date(2026, 11, 30), safeguards="专班", milestones=steps)


def _filed(hall: Hall, project: UUID, plan: ImplementationPlan) -> said.PlanFiled:
    known: dict[str, Any] = {"congress": hall.congress, "year": Year(2026), "project": project, "name": "项目"}
    return said.PlanFiled(**known, adopted=plan, plan=plan, on=date(2026, 2, 1))


def _proposed(plan: ImplementationPlan) -> adjusted.AdjustmentProposed:
    kind = adjusted.AdjustmentKind.CHANGE
    elsewhere = replace(plan, place="别处")
    return adjusted.AdjustmentProposed(
        adjustment=uuid4(), kind=kind, plan=elsewhere, departures=(), reason="征地", on=date(2026, 6, 1)
    )


def _tell(house: House, project: UUID, *facts: object) -> None:
    stream = implementation_stream(project)
    at = house.office.now()
    house.history.append([Recorded(stream, version, at, None, fact) for version, fact in enumerate(facts, 1)], seen={})
