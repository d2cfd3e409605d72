"""Inquiries, volunteers, observations and visits: what each step needs, and what is never given twice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.shared import Invalid, Missing, NotFound, Year
from domain.supervision import inquiring, inquiry, observation, visit, visiting, volunteer
from domain.supervision.inquiring import InquiryInWrongStage, QuestionsTakenUntil
from domain.supervision.inquiry import (
    InquiryCancelled,
    InquiryHeld,
    InquiryKind,
    InquiryPlan,
    InquiryPlanned,
    InquiryQuestionAnswered,
    InquiryQuestionDropped,
    InquiryQuestionPut,
    NamedUnit,
)
from domain.supervision.observation import (
    ObservationIsSettled,
    ObservationKind,
    ObservationMade,
    ObservationOutcome,
    ObservationSettled,
)
from domain.supervision.visit import VisitFindingAnswered, VisitFindingApproved, VisitFindingNoted, VisitHeld, VisitPlan
from domain.supervision.visiting import FindingInWrongStage, VisitInWrongStage
from domain.supervision.volunteer import VolunteerIsReleased, Volunteers
from tests.support.given import given

CONGRESS, ONE, QUESTION, DELEGATE, PROJECT = (UUID(int=number) for number in range(1, 6))
DAY = date(2026, 6, 10)
PLAN = InquiryPlan(
    topic="老旧小区改造",
    on=DAY,
    starts_at="09:00",
    place="三楼会议室",
    presiding="",
    projects=(PROJECT,),
    delegates=(DELEGATE,),
    others="",
    units=(NamedUnit(unit=UUID(int=7), name="市住建局"),),
    background="",
)
PLANNED = InquiryPlanned(congress=CONGRESS, year=Year(2026), inquiry=ONE, kind=InquiryKind.INQUIRY, plan=PLAN)
PUT = InquiryQuestionPut(
    inquiry=ONE,
    question=QUESTION,
    delegate=DELEGATE,
    speaker="",
    unit=None,
    unit_name="",
    words="什么时候改完？",
    on=DAY - timedelta(days=2),
)
HELD = InquiryHeld(inquiry=ONE, on=DAY, attending=46, conclusion="发现一处问题。", files=())


def test_a_plan_names_topic_place_and_who_answers() -> None:
    empty = replace(PLAN, topic=" ", place="", units=())
    with pytest.raises(Missing) as refused:
        inquiring.plan_inquiry(congress=CONGRESS, inquiry=ONE, kind=InquiryKind.HEARING, plan=empty)
    assert refused.value.fields == ("topic", "place", "units")


def test_delegates_hand_in_questions_until_the_day_and_the_office_notes_them_afterwards() -> None:
    late = replace(PUT, on=DAY + timedelta(days=1))
    planned, held = given(PLANNED, evolve=inquiry.evolve), given(PLANNED, HELD, evolve=inquiry.evolve)
    planned.when(lambda one: inquiring.put_question(one, PUT, beforehand=True)).then(PUT)
    planned.when(lambda one: inquiring.put_question(one, late, beforehand=True)).refused(QuestionsTakenUntil, on=DAY)
    held.when(lambda one: inquiring.put_question(one, PUT, beforehand=True)).refused(InquiryInWrongStage, stage="held")
    held.when(lambda one: inquiring.put_question(one, late, beforehand=False)).then(late)


def test_somebody_speaks() -> None:
    nobody = replace(PUT, delegate=None, speaker=" ")
    given(PLANNED, evolve=inquiry.evolve).when(
        lambda one: inquiring.put_question(one, nobody, beforehand=False)
    ).refused(Missing, fields=("speaker",))


def test_an_answer_is_noted_once_and_a_dropped_question_is_gone() -> None:
    answer = InquiryQuestionAnswered(inquiry=ONE, question=QUESTION, respondent="局长", words="月底前。")
    asked = given(PLANNED, PUT, evolve=inquiry.evolve)
    asked.when(lambda one: inquiring.note_answer(one, answer)).then(answer)
    given(PLANNED, PUT, answer, evolve=inquiry.evolve).when(lambda one: inquiring.note_answer(one, answer)).then()
    gone = InquiryQuestionDropped(inquiry=ONE, question=QUESTION, reason="重复")
    given(PLANNED, PUT, gone, evolve=inquiry.evolve).when(lambda one: inquiring.note_answer(one, answer)).refused(
        NotFound, kind="inquiry_question"
    )


def test_it_is_held_in_the_past_and_not_after_it_was_cancelled() -> None:
    given(PLANNED, evolve=inquiry.evolve).when(
        lambda one: inquiring.hold_inquiry(one, HELD, DAY - timedelta(days=1))
    ).refused(Invalid, field="on", reason="in_future")
    given(PLANNED, evolve=inquiry.evolve).when(lambda one: inquiring.hold_inquiry(one, HELD, DAY)).then(HELD)
    off = InquiryCancelled(inquiry=ONE, reason="改期", on=DAY)
    given(PLANNED, off, evolve=inquiry.evolve).when(lambda one: inquiring.hold_inquiry(one, HELD, DAY)).refused(
        InquiryInWrongStage, stage="cancelled"
    )


@any_of(st.lists(st.booleans(), min_size=1, max_size=20))
def test_numbers_of_volunteers_follow_each_other_and_are_never_given_twice(leaving: list[bool]) -> None:
    known: Volunteers | None = None
    numbers = []
    for place, leaves in enumerate(leaving):
        who = UUID(int=100 + place)
        enlisted = volunteer.enlist_volunteer(known, CONGRESS, who, projects=(PROJECT,), origin="", on=DAY)
        known = volunteer.evolve(known, enlisted)
        numbers.append(enlisted.number)
        if leaves:
            known = volunteer.evolve(known, volunteer.release_volunteer(known, who, "任期届满", DAY))
    assert numbers == list(range(1, len(leaving) + 1))


def test_a_released_volunteer_has_no_link_and_gets_none() -> None:
    who = UUID(int=100)
    known = volunteer.evolve(
        None, volunteer.enlist_volunteer(None, CONGRESS, who, projects=(PROJECT,), origin="", on=DAY)
    )
    known = volunteer.evolve(known, volunteer.issue_link(known, who, DAY + timedelta(days=180), DAY))
    assert known.known[who].may_use_link(DAY + timedelta(days=180))
    assert not known.known[who].may_use_link(DAY + timedelta(days=181))
    known = volunteer.evolve(known, volunteer.release_volunteer(known, who, "任期届满", DAY))
    assert not known.known[who].may_use_link(DAY)
    with pytest.raises(VolunteerIsReleased):
        volunteer.issue_link(known, who, DAY, DAY)


def made(**told: Any) -> ObservationMade:
    fact = ObservationMade(
        congress=CONGRESS,
        year=Year(2026),
        observation=ONE,
        volunteer=UUID(int=100),
        number=1,
        project=PROJECT,
        kind=ObservationKind.PROBLEM,
        words="没有围挡",
        place="",
        photos=(),
        on=DAY,
        by_link=True,
    )
    return replace(fact, **told)


def test_an_observation_is_settled_once_and_taking_note_says_why() -> None:
    noted = ObservationSettled(observation=ONE, outcome=ObservationOutcome.NOTED, duty=None, words="已转告", on=DAY)
    seen = given(made(), evolve=observation.evolve)
    seen.when(lambda one: observation.settle_observation(one, replace(noted, words=""))).refused(Missing)
    seen.when(lambda one: observation.settle_observation(one, noted)).then(noted)
    given(made(), noted, evolve=observation.evolve).when(
        lambda one: observation.settle_observation(one, noted)
    ).refused(ObservationIsSettled)
    with pytest.raises(Invalid):
        observation.make_observation(made(), DAY - timedelta(days=1))


def test_findings_are_noted_after_the_visit_and_stand_once_they_are_approved() -> None:
    plan = VisitPlan(on=DAY, place="", topic="推进情况", members="", projects=())
    planned = visiting.plan_visit(congress=CONGRESS, visit=ONE, visited=UUID(int=8), visited_name="北山县", plan=plan)
    finding = VisitFindingNoted(
        visit=ONE, finding=QUESTION, words="补齐填报", project=None, on=DAY, due_on=DAY + timedelta(days=14)
    )
    held = VisitHeld(visit=ONE, on=DAY, report="总体较好。", files=())
    answer = VisitFindingAnswered(visit=ONE, finding=QUESTION, words="已补齐", files=(), on=DAY)
    approved = VisitFindingApproved(visit=ONE, finding=QUESTION, remark="", on=DAY)
    given(planned, evolve=visit.evolve).when(lambda one: visiting.note_finding(one, finding)).refused(
        VisitInWrongStage, stage="planned"
    )
    given(planned, held, evolve=visit.evolve).when(lambda one: visiting.note_finding(one, finding)).then(finding)
    noted = given(planned, held, finding, evolve=visit.evolve)
    assert noted.state is not None
    assert not noted.state.findings[QUESTION].is_overdue(DAY + timedelta(days=14))
    assert noted.state.findings[QUESTION].is_overdue(DAY + timedelta(days=15))
    noted.when(lambda one: visiting.approve_finding(one, approved)).refused(FindingInWrongStage, stage="open")
    given(planned, held, finding, answer, evolve=visit.evolve).when(
        lambda one: visiting.approve_finding(one, approved)
    ).then(approved)
    given(planned, held, finding, answer, approved, evolve=visit.evolve).when(
        lambda one: visiting.answer_finding(one, answer)
    ).refused(FindingInWrongStage, stage="approved")
