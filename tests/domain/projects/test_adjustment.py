"""Rule 20: only the deciding body changes what was adopted beyond a bound; small steps add up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.polls.places import DecidedBy
from domain.projects import adjustment as adjustments
from domain.projects.adjustment_facts import (
    AdjustedField,
    AdjustmentDecided,
    AdjustmentKind,
    AdjustmentLogged,
    AdjustmentProposed,
    AdjustmentRefused,
    AdjustmentWithdrawn,
    SessionInformed,
)
from domain.projects.implementation import (
    AdjustmentStage,
    Implementation,
    NotUnderWay,
    PlanNotPublished,
    Standing,
    evolve,
    known,
)
from domain.projects.implementation_facts import MilestoneReached, ProjectAccepted
from domain.projects.plan import ImplementationPlan, PlanIncomplete
from domain.shared import Invalid, Missing, Money, NotFound
from tests.support.given import given
from tests.support.implementing import FILED, PLAN, PUBLISHED, plan

A1, A2 = UUID(int=11), UUID(int=12)
TODAY = date(2026, 6, 1)
UNDER_WAY = (FILED, PUBLISHED)
Decide = Callable[[Implementation | None], object]


def metres(amount: Decimal | int | str) -> ImplementationPlan:
    return plan(targets=(replace(PLAN.targets[0], amount=Decimal(amount)),))


def change(to: ImplementationPlan, of: UUID = A1) -> Decide:
    return lambda state: adjustments.propose_adjustment(state, of, AdjustmentKind.CHANGE, to, "管线迁改", TODAY)


def ask(kind: AdjustmentKind) -> Decide:
    return lambda state: adjustments.propose_adjustment(state, A1, kind, None, "资金未到位", TODAY)


def decide(of: UUID = A1, number: str = "青人常〔2026〕8号", notice_on: date | None = TODAY) -> Decide:
    body = DecidedBy.STANDING_COMMITTEE
    return lambda state: adjustments.decide_adjustment(
        state, of, body=body, number=number, notice_on=notice_on, on=TODAY
    )


def proposed(kind: AdjustmentKind, to: ImplementationPlan | None = None) -> AdjustmentProposed:
    return AdjustmentProposed(adjustment=A1, kind=kind, plan=to, departures=(), reason="缘由", on=TODAY)


DECIDED = AdjustmentDecided(
    adjustment=A1, body=DecidedBy.STANDING_COMMITTEE, number="青人常〔2026〕8号", notice_on=TODAY, on=TODAY
)


def state_after(*facts: object) -> Implementation:
    state = given(*UNDER_WAY, *facts, evolve=evolve).state
    return known(state)


@pytest.mark.parametrize(("amount", "major"), [(600, True), (799, True), (800, False), (950, False), (2000, False)])
def test_rule_20_a_target_down_by_more_than_20_percent_is_major(amount: int, *, major: bool) -> None:
    found = adjustments.departures(PLAN, metres(amount))
    assert [one.field for one in found] == ([AdjustedField.TARGET] if major else [])
    if amount == 600:
        assert (found[0].name, found[0].before, found[0].after, found[0].percent) == (
            "雨水管网",
            "1000米",
            "600米",
            Decimal("-40.00"),
        )


@pytest.mark.parametrize(
    ("yuan", "major"), [(4_800_000, False), (4_799_999, True), (7_200_000, False), (7_200_001, True)]
)
def test_rule_20_funds_up_or_down_by_more_than_20_percent_are_major(yuan: int, *, major: bool) -> None:
    fields = [one.field for one in adjustments.departures(PLAN, plan(year_funds=Money(Decimal(yuan))))]
    assert fields == ([AdjustedField.YEAR_FUNDS] if major else [])


def test_rule_20_place_lead_unit_and_a_finish_beyond_the_year_are_major() -> None:
    def fields(**other: object) -> list[AdjustedField]:
        return [one.field for one in adjustments.departures(PLAN, plan(**other))]

    assert fields(place="西河街道") == [AdjustedField.PLACE]
    assert fields(lead_unit=UUID(int=9), lead_unit_name="区城管局") == [AdjustedField.LEAD_UNIT]
    assert fields(lead_unit_name="区住房城乡建设局") == [], "the same unit by another name"
    assert fields(lead_unit=None, lead_unit_name="区城管局") == [AdjustedField.LEAD_UNIT]
    assert fields(deadline=date(2026, 12, 31)) == []
    assert fields(deadline=date(2027, 1, 1)) == [AdjustedField.DEADLINE]
    assert fields(targets=()) == [AdjustedField.TARGET], "a target that is gone"


def test_1000_to_950_is_logged_only_and_in_force_at_once() -> None:
    logged = AdjustmentLogged(adjustment=A1, plan=metres(950), reason="管线迁改", on=TODAY)
    given(*UNDER_WAY, evolve=evolve).when(change(metres(950))).then(logged)
    assert state_after(logged).plan == metres(950)


def test_rule_20_two_steps_of_15_percent_are_27_75_percent() -> None:
    first = AdjustmentLogged(adjustment=A1, plan=metres(850), reason="缘由", on=TODAY)
    given(*UNDER_WAY, evolve=evolve).when(change(metres(850))).then(replace(first, reason="管线迁改"))
    outcome = given(*UNDER_WAY, first, evolve=evolve).when(change(metres("722.5"), A2))
    (fact,) = outcome.facts
    assert isinstance(fact, AdjustmentProposed)
    assert [(one.field, one.percent) for one in fact.departures] == [(AdjustedField.TARGET, Decimal("-27.75"))]


def test_the_old_plan_stays_in_force_until_number_and_notice_date_are_recorded() -> None:
    (major,) = given(*UNDER_WAY, evolve=evolve).when(change(metres(600))).facts
    assert state_after(major).plan == PLAN
    waiting = given(*UNDER_WAY, major, evolve=evolve)
    waiting.when(decide(number=" ")).refused(Missing, fields=("number",))
    waiting.when(decide(notice_on=None)).refused(Missing, fields=("notice_on",))
    waiting.when(decide(notice_on=date(2026, 6, 2))).refused(Invalid, field="notice_on")
    waiting.when(decide(A2)).refused(NotFound, kind="adjustment")
    waiting.when(change(metres(950), A2)).refused(adjustments.AdjustmentWaiting)
    waiting.when(decide()).then(DECIDED)
    after = state_after(major, DECIDED)
    assert after.plan == metres(600)
    assert after.adjustments[0].stage is AdjustmentStage.DECIDED


def test_what_was_decided_is_not_decided_again_but_further_steps_are() -> None:
    (major,) = given(*UNDER_WAY, evolve=evolve).when(change(metres(600))).facts
    settled = given(*UNDER_WAY, major, DECIDED, evolve=evolve)
    words = replace(metres(600), safeguards="增加一个班组")
    assert isinstance(settled.when(change(words, A2)).facts[0], AdjustmentLogged)
    assert isinstance(settled.when(change(metres(590), A2)).facts[0], AdjustmentProposed)
    assert isinstance(settled.when(change(metres(1000), A2)).facts[0], AdjustmentLogged), "back to what was adopted"


def test_a_decided_adjustment_is_reported_to_the_next_session() -> None:
    decided = given(*UNDER_WAY, proposed(AdjustmentKind.SUSPENSION), DECIDED, evolve=evolve)

    def inform(starts_on: date, on: date = date(2027, 1, 20)) -> Decide:
        return lambda state: adjustments.inform_session(
            state, A1, session=UUID(int=5), session_title="六次会议", starts_on=starts_on, on=on
        )

    told = SessionInformed(adjustment=A1, session=UUID(int=5), session_title="六次会议", on=date(2027, 1, 20))
    decided.when(inform(date(2027, 1, 18))).then(told)
    decided.when(inform(date(2026, 1, 18))).refused(Invalid, reason="session_before_decision")
    decided.when(inform(date(2027, 1, 21))).refused(Invalid, reason="in_the_future")
    given(*UNDER_WAY, proposed(AdjustmentKind.SUSPENSION), DECIDED, told, evolve=evolve).when(
        inform(date(2027, 1, 18))
    ).refused(adjustments.AdjustmentClosed, stage="told")


def test_suspension_resumption_and_termination_wait_for_the_body_and_change_the_standing() -> None:
    def standing(*facts: object) -> Standing:
        return state_after(*facts).standing

    suspension = proposed(AdjustmentKind.SUSPENSION)
    assert standing(suspension) is Standing.UNDER_WAY
    assert standing(suspension, DECIDED) is Standing.SUSPENDED
    resumption = replace(proposed(AdjustmentKind.RESUMPTION), adjustment=A2)
    assert standing(suspension, DECIDED, resumption, replace(DECIDED, adjustment=A2)) is Standing.UNDER_WAY
    assert standing(proposed(AdjustmentKind.TERMINATION), DECIDED) is Standing.TERMINATED
    given(*UNDER_WAY, evolve=evolve).when(ask(AdjustmentKind.RESUMPTION)).refused(NotUnderWay, standing="under_way")
    ended = given(*UNDER_WAY, proposed(AdjustmentKind.TERMINATION), DECIDED, evolve=evolve)
    for kind in (AdjustmentKind.SUSPENSION, AdjustmentKind.TERMINATION):
        ended.when(ask(kind)).refused(NotUnderWay, standing="terminated")
    ended.when(change(metres(950), A2)).refused(NotUnderWay, standing="terminated")


def test_a_refused_or_withdrawn_adjustment_leaves_the_plan() -> None:
    (major,) = given(*UNDER_WAY, evolve=evolve).when(change(metres(600))).facts
    body = DecidedBy.PRESIDIUM
    refused = AdjustmentRefused(adjustment=A1, body=body, number="", reason="应按原计划完成", on=TODAY)
    waiting = given(*UNDER_WAY, major, evolve=evolve)
    waiting.when(
        lambda state: adjustments.refuse_adjustment(state, A1, body=body, number="", reason="应按原计划完成", on=TODAY)
    ).then(refused)
    withdrawn = AdjustmentWithdrawn(adjustment=A1, reason="改为加快施工", on=TODAY)
    waiting.when(lambda state: adjustments.withdraw_adjustment(state, A1, "改为加快施工", TODAY)).then(withdrawn)
    for closed in (refused, withdrawn):
        after = given(*UNDER_WAY, major, closed, evolve=evolve)
        assert known(after.state).plan == PLAN
        after.when(decide()).refused(adjustments.AdjustmentClosed)


def test_an_adjustment_needs_a_plan_in_force_a_reason_and_a_change_that_could_be_published() -> None:
    given(FILED, evolve=evolve).when(change(metres(950))).refused(PlanNotPublished)
    under_way = given(*UNDER_WAY, evolve=evolve)
    under_way.when(change(PLAN)).refused(Invalid, reason="unchanged")
    under_way.when(change(plan(safeguards=""))).refused(PlanIncomplete)
    under_way.when(
        lambda state: adjustments.propose_adjustment(state, A1, AdjustmentKind.CHANGE, metres(950), " ", TODAY)
    ).refused(Missing, fields=("reason",))
    accepted = ProjectAccepted(on=TODAY, body="验收组", number="", words="")
    given(*UNDER_WAY, accepted, evolve=evolve).when(change(metres(950))).refused(NotUnderWay, standing="accepted")


@for_all(steps=st.lists(st.integers(min_value=1, max_value=1500), min_size=1, max_size=8))
def test_no_number_of_logged_steps_takes_a_target_below_four_fifths(steps: list[int]) -> None:
    state = given(*UNDER_WAY, evolve=evolve).state
    for number, amount in enumerate(steps):
        wanted = metres(amount)
        if known(state).plan == wanted:
            continue
        fact = adjustments.propose_adjustment(
            state, UUID(int=100 + number), AdjustmentKind.CHANGE, wanted, "缘由", TODAY
        )
        assert isinstance(fact, AdjustmentLogged) == (amount >= 800)
        if isinstance(fact, AdjustmentLogged):
            state = evolve(state, fact)
    in_force = known(state).plan
    assert in_force is not None
    assert in_force.targets[0].amount >= 800


def test_what_was_reached_stays_reached_when_a_step_is_put_in_front_of_it() -> None:
    begun = MilestoneReached(number=1, name="节点1", on=date(2026, 5, 20))
    earlier = replace(PLAN.milestones[0], name="完成招标", due_on=date(2026, 4, 15), percent=Decimal(10))
    renumbered = [replace(one, number=place) for place, one in enumerate((earlier, *PLAN.milestones), 1)]
    logged = change(plan(milestones=tuple(renumbered)))(state_after(begun))
    assert isinstance(logged, AdjustmentLogged)
    assert [(one.name, one.number) for one in logged.plan.milestones] == [("完成招标", 3), ("节点1", 1), ("节点2", 2)]
    now = state_after(begun, logged)
    assert [one.name for one in now.course(TODAY).plan.milestones if one.number in now.course(TODAY).reached] == [
        "节点1"
    ]
    without = change(plan(milestones=tuple(renumbered[::2])))(now)
    assert isinstance(without, AdjustmentLogged)
    assert [one.number for one in without.plan.milestones] == [3, 2], "the number of a step that was reached stays its"


def test_rule_20_two_targets_of_one_name_in_different_units_are_measured_each() -> None:
    metres_of = PLAN.targets[0]
    places = replace(metres_of, amount=Decimal(20), unit="处")
    both = plan(targets=(metres_of, places))
    fewer = plan(targets=(metres_of, replace(places, amount=Decimal(10))))
    assert [one.field for one in adjustments.departures(both, fewer, both)] == [AdjustedField.TARGET]


def test_rule_20_lines_of_one_target_are_measured_together() -> None:
    one = PLAN.targets[0]
    split = plan(targets=(replace(one, amount=Decimal(200)), replace(one, amount=Decimal(800))))
    assert adjustments.departures(split, split) == ()
    assert adjustments.departures(split, plan(targets=(replace(one, amount=Decimal(800)),))) == (), "exactly 20 percent"
    (less,) = adjustments.departures(split, plan(targets=(replace(one, amount=Decimal(799)),)))
    assert (less.before, less.after) == ("1000米", "799米")


def test_rule_20_funds_for_a_year_that_was_to_have_none_are_major() -> None:
    nothing = plan(year_funds=Money(Decimal(0)))
    (funds,) = adjustments.departures(nothing, plan(year_funds=Money(Decimal(1))))
    assert (funds.field, funds.percent) == (AdjustedField.YEAR_FUNDS, None)
    assert adjustments.departures(nothing, nothing) == ()
