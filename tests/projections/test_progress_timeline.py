"""A project's timeline: what everybody sees, what the office sees besides."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from domain.asks.answers import Completion, ProgressAnswer, SummaryAnswer
from domain.asks.ask import AskApproved, AskKind, AskSentBack, ProgressAnswered, SummaryAnswered
from domain.projects.project import CandidateWithdrawn, ProjectUnlisted
from domain.shared import CHINA, Money
from projections import progress_timeline
from projections.progress_timeline import Reader
from projections.reading.projection import Projection
from tests.support import facts
from tests.support.telling import Telling

ASK = facts.ask(AskKind.PROGRESS, 1)


@pytest.fixture
def projection() -> Projection:
    return progress_timeline.PROJECTION


def kinds(telling: Telling, *, reader: Reader = Reader.OFFICE) -> list[str]:
    return [one.kind for one in telling.ask(progress_timeline.timeline, facts.project(1), reader)]


def answered(percent: int, day: int) -> facts.Told:
    answer = ProgressAnswer(percent=percent, funds_spent=Money(Decimal(5_000_000)), milestones="完成一半")
    return ASK, ProgressAnswered(answer=answer, on=date(2026, 6, day))


def to_the_vote(telling: Telling) -> None:
    telling.now = datetime(2025, 12, 20, tzinfo=CHINA)
    telling.tell(facts.drafted(1), facts.listed(1), facts.adopted(1, 300, place=1))


def test_newest_first_from_the_first_card(telling: Telling) -> None:
    to_the_vote(telling)
    assert kinds(telling) == ["adopted", "listed", "drafted"]
    assert set(kinds(telling, reader=Reader.RESIDENT)) == {"adopted", "listed"}


def test_residents_see_an_answer_once_it_is_approved_and_never_one_sent_back(telling: Telling) -> None:
    to_the_vote(telling)
    telling.tell(facts.issued(AskKind.PROGRESS, 1), answered(40, 10))
    telling.tell((ASK, AskSentBack(reason="请补充资金", on=date(2026, 6, 12))), answered(44, 15))
    assert "ask_answered" in kinds(telling)
    assert not any(kind.startswith("ask") for kind in kinds(telling, reader=Reader.RESIDENT))
    telling.tell((ASK, AskApproved(on=date(2026, 6, 20))))
    newest = telling.ask(progress_timeline.timeline, facts.project(1), reader=Reader.RESIDENT)[0]
    assert newest.kind == "ask_approved"
    assert newest.details["percent"] == 44
    assert newest.details["milestones"] == "完成一半"


def test_the_summary_brings_how_it_ended(telling: Telling) -> None:
    to_the_vote(telling)
    ask = facts.ask(AskKind.SUMMARY, 1)
    answer = SummaryAnswer(completion=Completion.COMPLETED, results="十处全部完成")
    telling.tell(facts.issued(AskKind.SUMMARY, 1), (ask, SummaryAnswered(answer=answer, on=date(2026, 12, 1))))
    telling.tell((ask, AskApproved(on=date(2026, 12, 5))))
    newest = telling.ask(progress_timeline.timeline, facts.project(1), reader=Reader.RESIDENT)[0]
    assert newest.details["completion"] == "completed"
    assert newest.details["results"] == "十处全部完成"


def test_an_ask_about_no_project_is_on_no_timeline(telling: Telling) -> None:
    to_the_vote(telling)
    before = kinds(telling)
    telling.tell(facts.issued(AskKind.RESULT))
    assert kinds(telling) == before


def test_what_happens_inside_the_office_stays_there(telling: Telling) -> None:
    telling.tell(facts.drafted(1), facts.listed(1), (facts.project(1), ProjectUnlisted(reason="金额写错")))
    telling.tell((facts.project(1), CandidateWithdrawn(reason="并入其他项目")))
    assert "withdrawn" in kinds(telling)
    assert not {"withdrawn", "drafted"} & set(kinds(telling, reader=Reader.RESIDENT))


def test_only_lines_that_residents_read_count_as_changes(telling: Telling) -> None:
    position = telling.tell(facts.drafted(1))
    assert telling.ask(progress_timeline.changed_since, 0) == set()
    telling.tell(facts.listed(1))
    assert telling.ask(progress_timeline.changed_since, position) == {facts.CONGRESS}
