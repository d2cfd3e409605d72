from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.shared import Invalid, Missing, NotFound, Year
from domain.supervision import inspecting
from domain.supervision.inspecting import InspectionInWrongStage, NotOnTheInspection
from domain.supervision.inspection import (
    ConclusionCorrected,
    Finding,
    InspectionCancelled,
    InspectionConcluded,
    InspectionKind,
    InspectionPlan,
    InspectionPlanned,
    InspectionReplanned,
    InspectionReplied,
    InspectionTold,
    Site,
    evolve,
)
from tests.support.given import given

CONGRESS, PROJECT, OTHER, ANN, BO, CAI = (UUID(int=n) for n in range(1, 7))
TODAY = date(2026, 5, 20)
PLAN = InspectionPlan(
    title="老旧小区改造视察",
    kind=InspectionKind.INSPECTION,
    projects=(PROJECT,),
    sites=(Site(name="青山路 12 号院", project=PROJECT),),
    on=date(2026, 5, 19),
    gather="上午 8:30 市人大机关院内",
    leader=ANN,
    members=(ANN, BO),
)
PLANNED = InspectionPlanned(congress=CONGRESS, year=Year(2026), plan=PLAN)
TOLD = InspectionTold(on=date(2026, 5, 12))
FOUND = Finding(finding=UUID(int=9), words="两处下水井盖没有复位", is_problem=True, project=PROJECT)
CONCLUDED = InspectionConcluded(
    held_on=date(2026, 5, 19), attended=(ANN,), words="总体进展好。", findings=(FOUND,), public_words=""
)


def test_an_inspection_needs_a_title_projects_and_people_and_its_leader_goes_too() -> None:
    bare = replace(PLAN, title=" ", projects=(), members=(), leader=None, sites=())
    given(evolve=evolve).when(lambda _: inspecting.plan_inspection(CONGRESS, 2026, bare)).refused(
        Missing, fields=("title", "projects", "members")
    )
    given(evolve=evolve).when(
        lambda _: inspecting.plan_inspection(CONGRESS, 2026, replace(PLAN, members=(BO, BO)))
    ).then(replace(PLANNED, plan=replace(PLAN, members=(ANN, BO))))
    elsewhere = replace(PLAN, sites=(Site(name="甲", project=OTHER),))
    given(evolve=evolve).when(lambda _: inspecting.plan_inspection(CONGRESS, 2026, elsewhere)).refused(Invalid)


def test_a_changed_plan_is_told_again_and_an_unchanged_one_is_not() -> None:
    given(PLANNED, evolve=evolve).when(lambda one: inspecting.tell_inspection(one, TOLD.on)).then(TOLD)
    given(PLANNED, TOLD, evolve=evolve).when(lambda one: inspecting.tell_inspection(one, TODAY)).then()
    given(PLANNED, TOLD, evolve=evolve).when(lambda one: inspecting.replan_inspection(one, PLAN)).then()
    later = InspectionReplanned(plan=replace(PLAN, on=date(2026, 5, 26)))
    given(PLANNED, TOLD, later, evolve=evolve).when(lambda one: inspecting.tell_inspection(one, TODAY)).then(
        InspectionTold(on=TODAY)
    )


def test_who_was_told_says_whether_they_come_and_who_does_not_says_why() -> None:
    told = given(PLANNED, TOLD, evolve=evolve)
    comes = InspectionReplied(delegate=BO, coming=True)
    told.when(lambda one: inspecting.reply(one, BO, coming=True, words="在路上")).then(comes)
    told.when(lambda one: inspecting.reply(one, BO, coming=False, words=" ")).refused(Missing, fields=("words",))
    told.when(lambda one: inspecting.reply(one, CAI, coming=True, words="")).refused(NotOnTheInspection)
    given(PLANNED, evolve=evolve).when(lambda one: inspecting.reply(one, BO, coming=True, words="")).refused(
        InspectionInWrongStage, stage="planned"
    )
    given(PLANNED, TOLD, comes, evolve=evolve).when(lambda one: inspecting.reply(one, BO, coming=True, words="")).then()
    away = InspectionReplied(delegate=BO, coming=False, words="出差")
    given(PLANNED, TOLD, comes, evolve=evolve).when(
        lambda one: inspecting.reply(one, BO, coming=False, words="出差")
    ).then(away)


def test_a_conclusion_says_when_who_and_what_and_its_findings_are_of_its_projects() -> None:
    told = given(PLANNED, TOLD, evolve=evolve)
    told.when(lambda one: inspecting.conclude_inspection(one, CONCLUDED, TODAY)).then(CONCLUDED)
    empty = replace(CONCLUDED, words=" ", attended=())
    told.when(lambda one: inspecting.conclude_inspection(one, empty, TODAY)).refused(
        Missing, fields=("words", "attended")
    )
    early = replace(CONCLUDED, held_on=date(2026, 5, 21))
    told.when(lambda one: inspecting.conclude_inspection(one, early, TODAY)).refused(Invalid, field="held_on")
    elsewhere = replace(CONCLUDED, findings=(replace(FOUND, project=OTHER),))
    told.when(lambda one: inspecting.conclude_inspection(one, elsewhere, TODAY)).refused(Invalid, field="findings")
    given(evolve=evolve).when(lambda one: inspecting.conclude_inspection(one, CONCLUDED, TODAY)).refused(NotFound)


def test_a_conclusion_is_put_right_while_its_findings_stand() -> None:
    correction = ConclusionCorrected(
        held_on=date(2026, 5, 19), attended=(ANN, BO), words="进展好。", public_words="见报"
    )
    situation = given(PLANNED, TOLD, CONCLUDED, evolve=evolve)
    situation.when(lambda one: inspecting.correct_conclusion(one, correction, TODAY)).then(correction)
    same = ConclusionCorrected(held_on=CONCLUDED.held_on, attended=(ANN,), words=CONCLUDED.words)
    situation.when(lambda one: inspecting.correct_conclusion(one, same, TODAY)).then()
    situation.when(lambda one: inspecting.conclude_inspection(one, CONCLUDED, TODAY)).refused(
        InspectionInWrongStage, stage="concluded"
    )
    state = evolve(given(PLANNED, TOLD, CONCLUDED, evolve=evolve).state, correction)
    assert state.concluded is not None
    assert state.concluded.attended == (ANN, BO)
    assert state.concluded.findings == (FOUND,)


def test_a_cancelled_inspection_says_why_and_is_not_concluded() -> None:
    given(PLANNED, evolve=evolve).when(lambda one: inspecting.cancel_inspection(one, " ")).refused(Missing)
    cancelled = InspectionCancelled(reason="暴雨")
    given(PLANNED, TOLD, evolve=evolve).when(lambda one: inspecting.cancel_inspection(one, "暴雨")).then(cancelled)
    given(PLANNED, cancelled, evolve=evolve).when(
        lambda one: inspecting.conclude_inspection(one, CONCLUDED, TODAY)
    ).refused(InspectionInWrongStage, stage="cancelled")
