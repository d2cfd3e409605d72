"""Acceptance, completion, look-backs of three years; difficulties and urging; the duty list."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.asks.answers import Completion
from domain.projects import closing, difficulty, duty_list
from domain.projects.adjustment import AdjustmentWaiting
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.implementation import Implementation, NotUnderWay, evolve, known
from domain.projects.implementation_facts import (
    AcceptanceUndone,
    CompletionRecorded,
    DifficultyDecided,
    DifficultyRaised,
    DifficultyResolved,
    LookBackRecorded,
    MilestoneReached,
    ProjectAccepted,
    ProjectUrged,
    UrgingLevel,
)
from domain.shared import Invalid, Missing, NotFound, Year
from tests.domain.projects.test_adjustment import DECIDED, proposed
from tests.domain.projects.test_reporting import reported
from tests.support.given import given
from tests.support.implementing import CONGRESS, FILED, PROJECT, PUBLISHED

TODAY = date(2026, 12, 10)
UNDER_WAY = (FILED, PUBLISHED)
REACHED = tuple(MilestoneReached(number=n, name=f"节点{n}", on=date(2026, 9, n)) for n in (1, 2))
ACCEPTED = ProjectAccepted(on=date(2026, 12, 1), body="验收组", number="验1", words="合格")
Decide = Callable[[Implementation | None], object]


def accept(**other: Any) -> Decide:
    said = {"on": date(2026, 12, 1), "body": "验收组", "number": "验1", "words": "合格", "today": TODAY, **other}
    return lambda state: closing.accept_project(state, **said)


def complete(level: Completion, words: str = "说明", carried_to: int | None = None) -> Decide:
    return lambda state: closing.record_completion(state, level, words, TODAY, carried_to)


def look(nth: int = 1, **other: Any) -> Decide:
    said = {"on": date(2027, 11, 1), "in_use": True, "findings": "运行正常", "today": date(2027, 11, 2), **other}
    return lambda state: closing.look_back(state, UUID(int=31), nth, **said)


def test_work_is_accepted_when_every_milestone_is_reached() -> None:
    given(*UNDER_WAY, REACHED[0], evolve=evolve).when(accept()).refused(closing.MilestonesOpen, milestones=("节点2",))
    finished = given(*UNDER_WAY, *REACHED, evolve=evolve)
    finished.when(accept()).then(ACCEPTED)
    finished.when(accept(on=date(2026, 12, 11))).refused(Invalid, reason="in_the_future")
    finished.when(accept(body=" ")).refused(Missing, fields=("body",))
    given(*UNDER_WAY, *REACHED, ACCEPTED, evolve=evolve).when(accept()).refused(NotUnderWay, standing="accepted")


def test_rule_20_work_is_not_accepted_while_its_termination_waits_for_the_decision() -> None:
    asked = given(*UNDER_WAY, *REACHED, proposed(AdjustmentKind.TERMINATION), evolve=evolve)
    asked.when(accept()).refused(AdjustmentWaiting)


def test_an_acceptance_is_undone_with_a_reason_unless_the_project_is_recorded_complete() -> None:
    undo: Decide = lambda state: closing.undo_acceptance(state, "验收资料不全", TODAY)  # noqa: E731 — one line says it
    undone = AcceptanceUndone(reason="验收资料不全", on=TODAY)
    given(*UNDER_WAY, ACCEPTED, evolve=evolve).when(undo).then(undone)
    given(*UNDER_WAY, evolve=evolve).when(undo).refused(closing.NotAccepted)
    completed = CompletionRecorded(completion=Completion.COMPLETED, words="", on=TODAY)
    given(*UNDER_WAY, ACCEPTED, completed, evolve=evolve).when(undo).refused(closing.CompletionDoesNotFit)


def test_a_completion_level_fits_the_record() -> None:
    under_way, accepted = given(*UNDER_WAY, evolve=evolve), given(*UNDER_WAY, ACCEPTED, evolve=evolve)
    accepted.when(complete(Completion.COMPLETED, "")).then(
        CompletionRecorded(completion=Completion.COMPLETED, words="", on=TODAY)
    )
    under_way.when(complete(Completion.COMPLETED)).refused(closing.CompletionDoesNotFit, why="not_accepted")
    accepted.when(complete(Completion.NOT_COMPLETED)).refused(closing.CompletionDoesNotFit, why="accepted")
    under_way.when(complete(Completion.NOT_COMPLETED, " ")).refused(Missing, fields=("words",))
    under_way.when(complete(Completion.CARRIED_OVER)).refused(Missing, fields=("carried_to",))
    under_way.when(complete(Completion.CARRIED_OVER, carried_to=2026)).refused(Invalid, field="carried_to")
    under_way.when(complete(Completion.CARRIED_OVER, carried_to=20_270)).refused(Invalid, field="carried_to")
    assert under_way.when(complete(Completion.CARRIED_OVER, carried_to=2027)).facts
    ended = given(*UNDER_WAY, proposed(AdjustmentKind.TERMINATION), DECIDED, evolve=evolve)
    ended.when(complete(Completion.CARRIED_OVER, carried_to=2027)).refused(
        closing.CompletionDoesNotFit, why="terminated"
    )
    assert ended.when(complete(Completion.NOT_COMPLETED)).facts


def test_the_level_that_is_suggested_follows_the_record() -> None:
    def suggested(*facts: object) -> Completion:
        return closing.suggested_completion(known(given(*UNDER_WAY, *facts, evolve=evolve).state))

    assert suggested(ACCEPTED) is Completion.COMPLETED
    assert suggested(reported(percent=95)) is Completion.BASICALLY_COMPLETED
    assert suggested(reported(percent=94)) is Completion.NOT_COMPLETED
    assert suggested(proposed(AdjustmentKind.TERMINATION), DECIDED) is Completion.NOT_COMPLETED


def test_what_was_finished_is_looked_back_on_once_a_year_for_three_years() -> None:
    assert closing.look_back_dues(date(2024, 2, 29)) == (date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28))
    given(*UNDER_WAY, evolve=evolve).when(look()).refused(closing.NotFinished)
    finished = given(*UNDER_WAY, ACCEPTED, evolve=evolve)
    (fact,) = finished.when(look()).facts
    assert isinstance(fact, LookBackRecorded)
    given(*UNDER_WAY, ACCEPTED, fact, evolve=evolve).when(look()).refused(closing.LookedBackAlready, nth=1)
    finished.when(look(4)).refused(Invalid, field="nth")
    finished.when(look(in_use=False)).refused(Missing, fields=("measures",))
    finished.when(look(findings=" ")).refused(Missing, fields=("findings",))
    finished.when(look(on=date(2026, 11, 30))).refused(Invalid, reason="before_finish")
    year_after = ACCEPTED.on.replace(year=ACCEPTED.on.year + 1)
    finished.when(look(2, on=year_after - timedelta(days=1), today=year_after)).refused(
        Invalid, reason="before_its_year", value=year_after.isoformat()
    )
    assert finished.when(look(2, on=year_after, today=year_after)).facts, "the first is late, the second is in its year"


D1 = UUID(int=41)
RAISED = DifficultyRaised(difficulty=D1, words="管线权属单位未迁改", needs="请协调", on=TODAY)
DECISION = DifficultyDecided(
    difficulty=D1, meeting=UUID(int=42), title="第三次会议", held_on=TODAY, words="月底前迁改", unit_name="供水公司"
)


def test_a_difficulty_is_raised_decided_on_by_the_leading_group_and_resolved() -> None:
    raised = given(*UNDER_WAY, RAISED, evolve=evolve)
    raised.when(lambda state: difficulty.decide_on_difficulty(state, DECISION)).then(DECISION)
    raised.when(
        lambda state: difficulty.decide_on_difficulty(state, replace(DECISION, due_on=date(2026, 12, 9)))
    ).refused(Invalid, field="due_on")
    resolved = DifficultyResolved(difficulty=D1, words="已迁改", on=TODAY)
    given(*UNDER_WAY, RAISED, DECISION, evolve=evolve).when(
        lambda state: difficulty.resolve_difficulty(state, D1, "已迁改", TODAY)
    ).then(resolved)
    given(*UNDER_WAY, RAISED, resolved, evolve=evolve).when(
        lambda state: difficulty.decide_on_difficulty(state, DECISION)
    ).refused(difficulty.DifficultyClosed)
    given(*UNDER_WAY, evolve=evolve).when(lambda state: difficulty.decide_on_difficulty(state, DECISION)).refused(
        NotFound, kind="difficulty"
    )


def test_urging_goes_up_and_never_down() -> None:
    def urge(level: UrgingLevel) -> Decide:
        return lambda state: difficulty.urge(state, level, "请加快进度", TODAY)

    reminded = ProjectUrged(level=UrgingLevel.SUPERVISION, words="请加快进度", on=TODAY)
    given(*UNDER_WAY, evolve=evolve).when(urge(UrgingLevel.SUPERVISION)).then(reminded)
    urged = given(*UNDER_WAY, reminded, evolve=evolve)
    urged.when(urge(UrgingLevel.REMINDER)).refused(difficulty.UrgingOutOfOrder, last="supervision")
    for level in (UrgingLevel.SUPERVISION, UrgingLevel.LEADING_GROUP):
        assert urged.when(urge(level)).facts


def test_a_meeting_is_recorded_once_after_it_was_held() -> None:
    met = difficulty.LeadingGroupMet(
        congress=CONGRESS, year=Year(2026), title="第三次会议", held_on=TODAY, chair="副区长", words=""
    )
    assert difficulty.record_meeting(None, met, TODAY) == met
    with pytest.raises(difficulty.MeetingAlreadyRecorded):
        difficulty.record_meeting(met, met, TODAY)
    with pytest.raises(Invalid):
        difficulty.record_meeting(None, met, date(2026, 12, 9))


def test_the_duty_list_is_published_with_a_number_and_supplemented() -> None:
    def publish(current: duty_list.DutyList | None, *projects: UUID, number: str = "3号") -> Any:
        return duty_list.publish_duty_list(
            current, congress=CONGRESS, year=2026, projects=projects, number=number, on=TODAY, today=TODAY
        )

    first = publish(None, PROJECT)
    current = duty_list.evolve(None, first)
    assert current.first_on == TODAY
    with pytest.raises(duty_list.AlreadyOnDutyList):
        publish(current, PROJECT)
    with pytest.raises(Missing):
        publish(current, number=" ")
    second = duty_list.evolve(current, publish(current, UUID(int=77), number="4号"))
    assert second.projects == {PROJECT, UUID(int=77)}
