"""A project's timeline between the vote and the last look back: who reads what."""

from datetime import date
from uuid import UUID

import pytest

from domain.asks.answers import Completion
from domain.asks.ask import AskEscalated, AskFellOverdue, AskKind, AskUrged, AskWithdrawn
from domain.projects.adjustment_facts import AdjustmentKind, SessionInformed
from domain.projects.implementation_facts import (
    AcceptanceUndone,
    CompletionRecorded,
    DifficultyDecided,
    DifficultyRaised,
    LookBackRecorded,
    MilestoneTakenBack,
    PlanSentBack,
    ProjectAccepted,
    ProjectUrged,
    ReportSentBack,
    UrgingLevel,
)
from domain.shared import Year
from domain.supervision.duty import (
    DutyAnswered,
    DutyApproved,
    DutyEscalated,
    DutyFellOverdue,
    DutyOutcome,
    DutyRaised,
    DutySource,
    EscalationStep,
    Origin,
)
from domain.supervision.inspection import (
    ConclusionCorrected,
    Finding,
    InspectionConcluded,
    InspectionKind,
    InspectionPlan,
    InspectionPlanned,
    InspectionTold,
)
from domain.supervision.note import NotePhotoErased, NoteTaken
from domain.supervision.observation import ObservationKind, ObservationMade
from projections import progress_timeline
from projections.progress_timeline import Entry, Reader
from projections.reading.projection import Projection
from tests.support import carrying_out as work
from tests.support import facts
from tests.support.facts import CONGRESS, UNIT, YEAR
from tests.support.telling import Telling

PROJECT, OTHER = facts.project(1), facts.project(2)
JUNE, SEPTEMBER = date(YEAR, 6, 22), date(YEAR, 9, 21)


@pytest.fixture
def projection() -> Projection:
    return progress_timeline.PROJECTION


@pytest.fixture(autouse=True)
def under_way(telling: Telling) -> None:
    told = [facts.drafted(1), facts.listed(1), facts.adopted(1, 300, place=1), facts.drafted(2)]
    telling.tell(*told, work.filed(), work.published())


def read(telling: Telling, reader: Reader) -> list[Entry]:
    return telling.ask(progress_timeline.timeline, PROJECT, reader)


def kinds(telling: Telling, reader: Reader) -> list[str]:
    """Those after the plan, the newest first."""
    found = [one.kind for one in read(telling, reader)]
    return found[: found.index("plan_published")]


def newest(telling: Telling, reader: Reader = Reader.RESIDENT) -> Entry:
    return read(telling, reader)[0]


def test_the_published_plan_is_for_all_and_the_papers_before_it_for_unit_and_office(telling: Telling) -> None:
    telling.tell(work.of(1, PlanSentBack(reason="补充节点", on=date(YEAR, 2, 2))))
    assert kinds(telling, Reader.UNIT) == ["plan_sent_back"]
    assert kinds(telling, Reader.DELEGATE) == kinds(telling, Reader.RESIDENT) == []
    assert newest(telling).details == {"lead_unit": "市水务局", "milestones": 2, "deadline": "2026-12-20"}


def test_residents_read_a_report_with_its_photos_once_it_is_approved_and_as_long_as_it_stands(
    telling: Telling,
) -> None:
    telling.tell(work.reported("june", JUNE, 40, photos=(work.photo("north"),)))
    assert (kinds(telling, Reader.UNIT), kinds(telling, Reader.RESIDENT)) == (["report"], [])
    position = telling.tell(work.approved("june", date(YEAR, 6, 25)))
    assert telling.ask(progress_timeline.changed_since, position - 1) == {CONGRESS}
    shown = newest(telling)
    assert (shown.happened_on, shown.details["percent"]) == (JUNE, "40")
    assert shown.details["photos"] == [str(work.id_of("north"))]
    telling.tell(work.of(1, ReportSentBack(report=work.id_of("june"), reason="数字不实", on=date(YEAR, 7, 1))))
    assert kinds(telling, Reader.RESIDENT) == []
    telling.tell(work.reported("again", JUNE, 36), work.approved("again", date(YEAR, 7, 3)))
    assert [one.details["percent"] for one in read(telling, Reader.RESIDENT) if one.kind == "report"] == ["36"]


def test_another_report_of_the_same_period_takes_the_place_of_the_approved_one(telling: Telling) -> None:
    telling.tell(work.reported("june", JUNE, 40), work.approved("june", JUNE))
    telling.tell(work.reported("better", JUNE, 44))
    assert newest(telling).details["percent"] == "40"
    telling.tell(work.approved("better", JUNE), work.reported("september", SEPTEMBER, 70))
    assert [one.details["percent"] for one in read(telling, Reader.RESIDENT) if one.kind == "report"] == ["44"]


def test_a_milestone_that_was_not_reached_after_all_is_gone_for_residents(telling: Telling) -> None:
    telling.tell(work.reached(1, "全面开工", date(YEAR, 3, 2)))
    assert kinds(telling, Reader.RESIDENT) == ["milestone"]
    telling.tell(work.of(1, MilestoneTakenBack(number=1, name="全面开工", reason="误报", on=date(YEAR, 3, 9))))
    assert kinds(telling, Reader.RESIDENT) == []
    assert kinds(telling, Reader.UNIT) == ["milestone_taken_back", "milestone"]


def test_rule_20_a_minor_change_is_read_at_once_and_a_major_one_when_it_is_decided(telling: Telling) -> None:
    telling.tell(work.logged(950, date(YEAR, 4, 1)))
    assert newest(telling).details["changes"] == [["target", "改造点位", "1000 处", "950 处"]]
    telling.tell(work.proposed(600, date(YEAR, 5, 1)))
    assert newest(telling).kind == "adjustment_logged"
    assert newest(telling, Reader.DELEGATE).kind == "adjustment_proposed"
    telling.tell(work.decided(date(YEAR, 5, 20)))
    shown = newest(telling)
    assert shown.details["changes"] == [["target", "改造点位", "950 处", "600 处"]], "against the plan in force"
    assert (shown.details["body"], shown.details["number"]) == ("standing_committee", "江人常〔2026〕12号")
    session = SessionInformed(
        adjustment=work.id_of(AdjustmentKind.CHANGE),
        session=facts.SESSION,
        session_title="六次会议",
        on=date(YEAR, 12, 1),
    )
    telling.tell(work.of(1, session))
    assert newest(telling).details == {"adjusted": "change", "session": "六次会议"}


def test_a_suspension_changes_nothing_of_the_plan(telling: Telling) -> None:
    telling.tell(work.proposed(None, date(YEAR, 5, 1), AdjustmentKind.SUSPENSION))
    telling.tell(work.decided(date(YEAR, 5, 9), AdjustmentKind.SUSPENSION))
    shown = newest(telling)
    assert (shown.kind, shown.details["adjusted"], shown.details["changes"]) == ("adjustment_decided", "suspension", [])


def test_difficulties_and_urging_are_for_those_who_watch(telling: Telling) -> None:
    difficulty, on = work.id_of("difficulty"), date(YEAR, 5, 10)
    telling.tell(work.of(1, DifficultyRaised(difficulty=difficulty, words="管线迁改", needs="协调", on=on)))
    met = DifficultyDecided(
        difficulty=difficulty,
        meeting=work.id_of("meeting"),
        title="第三次会议",
        held_on=date(YEAR, 5, 12),
        words="限期迁改",
    )
    urged = ProjectUrged(level=UrgingLevel.SUPERVISION, words="月底前赶上", on=date(YEAR, 5, 15))
    telling.tell(work.of(1, met), work.of(1, urged))
    assert kinds(telling, Reader.DELEGATE) == ["urged", "difficulty_decided", "difficulty"]
    assert kinds(telling, Reader.RESIDENT) == []


def test_the_end_is_for_all_and_an_acceptance_that_does_not_hold_is_gone(telling: Telling) -> None:
    accepted = ProjectAccepted(on=date(YEAR, 12, 1), body="市住建局", number="建验〔2026〕8号", words="合格")
    telling.tell(work.of(1, accepted))
    assert kinds(telling, Reader.RESIDENT) == ["accepted"]
    telling.tell(work.of(1, AcceptanceUndone(reason="漏项", on=date(YEAR, 12, 2))))
    assert kinds(telling, Reader.RESIDENT) == []
    done = CompletionRecorded(completion=Completion.COMPLETED, words="全部完成", on=date(YEAR, 12, 25))
    back = LookBackRecorded(look_back=work.id_of("1"), nth=1, on=date(YEAR + 1, 6, 1), in_use=True, findings="完好")
    telling.tell(work.of(1, accepted), work.of(1, done), work.of(1, back))
    assert kinds(telling, Reader.RESIDENT) == ["look_back", "completed", "accepted"]


def test_what_is_overdue_and_goes_up_is_for_those_who_watch_and_not_for_residents(telling: Telling) -> None:
    due, late = date(YEAR, 7, 31), date(YEAR, 8, 3)
    asked, issued = facts.issued(AskKind.PROGRESS, 1, due_on=due)
    telling.tell((asked, issued), (asked, AskUrged(words="请抓紧", on=due)))
    telling.tell((asked, AskFellOverdue(due_on=due, on=late)))
    telling.tell((asked, AskEscalated(step=1, to="主要负责人", working_days=3, on=date(YEAR, 8, 5))))
    assert kinds(telling, Reader.DELEGATE) == ["ask_escalated", "ask_overdue", "ask_urged"]
    assert newest(telling, Reader.DELEGATE).details == {
        "ask": "progress",
        "step": 1,
        "to": "主要负责人",
        "working_days": 3,
    }
    duty = work.id_of("late duty")
    telling.tell(
        (duty, raised(duty)),
        (duty, DutyFellOverdue(duty=duty, due_on=due, on=date(YEAR, 8, 6))),
        (duty, by_rule(duty, EscalationStep.PRESSED, date(YEAR, 8, 10))),
    )
    assert kinds(telling, Reader.UNIT)[:2] == kinds(telling, Reader.DELEGATE)[:2] == ["duty_escalated", "duty_overdue"]
    telling.tell((asked, AskWithdrawn(reason="项目终止", on=date(YEAR, 8, 12))))
    shown = newest(telling, Reader.DELEGATE)
    assert (shown.kind, shown.details["reason"]) == ("ask_withdrawn", "项目终止")
    assert kinds(telling, Reader.RESIDENT) == []


def raised(duty: UUID) -> DutyRaised:
    """A duty about the first project, due on the last of July."""
    return DutyRaised(
        congress=CONGRESS,
        year=Year(YEAR),
        duty=duty,
        origin=Origin(kind=DutySource.INSPECTION, id=work.id_of("note"), title="现场记录"),
        project=PROJECT,
        unit=UNIT,
        unit_name="市水务局",
        words="排除积水",
        on=date(YEAR, 7, 11),
        working_days=15,
        due_on=date(YEAR, 7, 31),
    )


def by_rule(duty: UUID, step: EscalationStep, on: date) -> DutyEscalated:
    return DutyEscalated(duty=duty, step=step, to="政府办公室", words="", on=on, working_days=6)


def inspection(telling: Telling, kind: InspectionKind, public_words: str) -> None:
    stream, on = work.id_of("inspection"), date(YEAR, 7, 8)
    plan = InspectionPlan(title="年中视察", kind=kind, projects=(PROJECT, OTHER), on=on, members=(work.id_of("he"),))
    telling.tell((stream, InspectionPlanned(congress=CONGRESS, year=Year(YEAR), plan=plan)))
    telling.tell((stream, InspectionTold(on=date(YEAR, 7, 1))))
    told = kinds(telling, Reader.DELEGATE)
    assert told == ([] if kind is InspectionKind.UNANNOUNCED else ["inspection_told"])
    findings = (
        Finding(finding=work.id_of("a"), words="围挡破损", is_problem=True, project=PROJECT),
        Finding(finding=work.id_of("b"), words="别处的事", is_problem=True, project=OTHER),
    )
    held = InspectionConcluded(
        held_on=on, attended=(work.id_of("he"),), words="内部小结", findings=findings, public_words=public_words
    )
    telling.tell((stream, held))


def test_residents_read_the_published_words_of_an_inspection_and_no_others(telling: Telling) -> None:
    inspection(telling, InspectionKind.INSPECTION, "总体顺利，围挡破损已要求整改。")
    shown = newest(telling)
    assert shown.details == {
        "title": "年中视察",
        "inspected": "inspection",
        "sites": 0,
        "words": "总体顺利，围挡破损已要求整改。",
    }
    assert newest(telling, Reader.DELEGATE).details["findings"] == [["围挡破损", True]], "of this project"
    changed = ConclusionCorrected(held_on=date(YEAR, 7, 9), attended=(), words="更正", public_words="")
    telling.tell((work.id_of("inspection"), changed))
    assert kinds(telling, Reader.RESIDENT) == []
    seen = newest(telling, Reader.DELEGATE)
    assert (seen.happened_on, seen.details["words"]) == (date(YEAR, 7, 9), "更正")


def test_an_unannounced_inspection_is_known_to_the_office_alone_until_it_was_held(telling: Telling) -> None:
    inspection(telling, InspectionKind.UNANNOUNCED, "")
    assert kinds(telling, Reader.UNIT) == ["inspection"]
    assert kinds(telling, Reader.OFFICE) == ["inspection", "inspection_told"]


def test_what_delegates_and_volunteers_saw_stays_with_the_office_until_it_is_a_duty(telling: Telling) -> None:
    stream, on = work.id_of("note"), date(YEAR, 7, 10)
    note = NoteTaken(
        congress=CONGRESS,
        year=Year(YEAR),
        project=PROJECT,
        delegate=work.id_of("he"),
        inspection=None,
        seen_on=on,
        words="积水",
        place="北街",
        is_problem=True,
        photos=(work.photo("a"), work.photo("b")),
    )
    seen = ObservationMade(
        congress=CONGRESS,
        year=Year(YEAR),
        observation=work.id_of("seen"),
        volunteer=work.id_of("volunteer"),
        number=7,
        project=PROJECT,
        kind=ObservationKind.PROBLEM,
        words="夜间施工",
        place="",
        photos=(),
        on=on,
        by_link=True,
    )
    telling.tell((stream, note), (stream, NotePhotoErased(file=work.id_of("a"), reason="有人脸")))
    telling.tell((work.id_of("seen"), seen))
    assert kinds(telling, Reader.OFFICE) == ["observation", "note"]
    assert kinds(telling, Reader.UNIT) == []
    assert read(telling, Reader.OFFICE)[1].details["photos"] == [str(work.id_of("b"))]
    duty = work.id_of("duty")
    answered = DutyAnswered(
        duty=duty,
        words="已清淤",
        outcome=DutyOutcome.DONE,
        promised_on=None,
        files=(),
        unit=UNIT,
        unit_name="市水务局",
        on=date(YEAR, 7, 20),
    )
    telling.tell(
        (duty, raised(duty)), (duty, answered), (duty, DutyApproved(duty=duty, remark="", on=date(YEAR, 7, 22)))
    )
    assert kinds(telling, Reader.DELEGATE) == ["duty_approved", "duty"]
    assert newest(telling, Reader.DELEGATE).details["answer"] == "已清淤"
    assert kinds(telling, Reader.UNIT) == ["duty_approved", "duty_answered", "duty"]
    assert kinds(telling, Reader.RESIDENT) == []
