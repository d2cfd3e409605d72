"""What is known of a project behind its code."""

from datetime import date
from decimal import Decimal

import pytest

from domain.asks.answers import Completion, ProgressAnswer, SummaryAnswer
from domain.asks.ask import AskApproved, AskKind, ProgressAnswered, SummaryAnswered
from domain.congress.congress import CongressDescribed, CongressFounded, UnitAdded, UnitChanged
from domain.polls.rules import Publication
from domain.projects.adjustment_facts import AdjustmentKind
from domain.projects.implementation_facts import (
    AcceptanceUndone,
    CompletionRecorded,
    MilestoneTakenBack,
    ProjectAccepted,
    ReportSentBack,
)
from domain.projects.lights import FOUR_COLOURS
from domain.projects.periods import ProgressRules, ProgressRulesAdopted, progress_rules_stream
from domain.projects.project import ProjectUnlisted, Stage
from domain.shared import Money, project_code
from projections import public_page
from projections.public_page import PublicPage
from projections.reading import kept_lights
from projections.reading.projection import Projection
from tests.support import carrying_out as work
from tests.support import facts
from tests.support.facts import CONGRESS, UNIT, YEAR
from tests.support.telling import Telling
from tests.support.year import of

CODE = project_code(facts.project(1))
ASK = facts.ask(AskKind.PROGRESS, 1)


@pytest.fixture
def projection() -> Projection:
    return public_page.PROJECTION


@pytest.fixture(autouse=True)
def founded(telling: Telling) -> None:
    congress = of(CongressFounded, name="江州市人民代表大会", short_name="江州市人大", slug="jz", parent=None)
    telling.tell((CONGRESS, congress), (CONGRESS, UnitAdded(unit=UNIT, name="市水务局", duty_phone="12345")))
    telling.tell(facts.drafted(1))


def page(telling: Telling) -> PublicPage:
    found = telling.ask(public_page.page, CODE)
    assert found is not None
    return found


def to_the_vote(telling: Telling, publication: Publication = Publication.FULL_COUNTS) -> None:
    telling.tell(facts.listed(1), facts.prepared(publication), facts.adopted(1, 300, place=1))


def test_a_draft_has_no_page_and_loses_it_with_the_list(telling: Telling) -> None:
    assert telling.ask(public_page.page, CODE) is None
    telling.tell(facts.listed(1))
    assert page(telling).stage == Stage.LISTED
    telling.tell((facts.project(1), ProjectUnlisted(reason="改")))
    assert telling.ask(public_page.page, CODE) is None


def test_the_page_holds_card_vote_and_duty_phone(telling: Telling) -> None:
    to_the_vote(telling)
    shown = page(telling)
    assert (shown.congress_slug, shown.session_title, shown.duty_phone) == ("jz", "第四次会议", "12345")
    assert shown.card["targets"] == [["改造点位", "10", "处"]]
    assert shown.vote is not None
    assert (shown.vote["votes_for"], shown.vote["needed"], shown.full_counts) == (300, 164, True)


def test_a_profile_that_publishes_the_adopted_only_is_kept_to(telling: Telling) -> None:
    to_the_vote(telling, Publication.ADOPTED_ONLY)
    assert page(telling).full_counts is False


def test_an_answer_shows_once_it_is_approved(telling: Telling) -> None:
    to_the_vote(telling)
    answer = ProgressAnswer(percent=44, funds_spent=Money(Decimal(5_000_000)), milestones="完成一半")
    telling.tell(facts.issued(AskKind.PROGRESS, 1), (ASK, ProgressAnswered(answer=answer, on=date(YEAR, 6, 10))))
    before = page(telling)
    assert before.progress is None
    position = telling.tell((ASK, AskApproved(on=date(YEAR, 6, 20))))
    after = page(telling)
    assert after.position == position > before.position
    assert after.progress == {"percent": 44, "funds_spent": "5000000", "on": "2026-06-10"}
    assert telling.ask(public_page.progress_by_project, CONGRESS, YEAR) == {facts.project(1): after.progress}


def test_the_approved_summary_says_how_it_ended(telling: Telling) -> None:
    to_the_vote(telling)
    ask = facts.ask(AskKind.SUMMARY, 1)
    answer = SummaryAnswer(completion=Completion.BASICALLY_COMPLETED, results="九处完成")
    telling.tell(facts.issued(AskKind.SUMMARY, 1), (ask, SummaryAnswered(answer=answer, on=date(YEAR, 12, 1))))
    telling.tell((ask, AskApproved(on=date(YEAR, 12, 2))))
    assert page(telling).completion == "basically_completed"


def test_a_new_phone_or_name_changes_the_page_of_every_project(telling: Telling) -> None:
    to_the_vote(telling)
    first = telling.tell((CONGRESS, UnitChanged(unit=UNIT, name="市水务局", duty_phone="96116")))
    assert (page(telling).duty_phone, page(telling).position) == ("96116", first)
    second = telling.tell((CONGRESS, CongressDescribed(name="江州市人大常委会", short_name="江州人大", term=17)))
    assert (page(telling).congress_name, page(telling).position) == ("江州市人大常委会", second)


def test_a_change_is_noticed_once_it_is_shown(telling: Telling) -> None:
    position = telling.tell(facts.listed(1))
    assert telling.ask(public_page.changed_since, position) == set()
    telling.tell((CONGRESS, of(UnitChanged, unit=UNIT, name="市水务局", duty_phone="54321")))
    assert telling.ask(public_page.changed_since, position) == {CONGRESS}


def under_way(telling: Telling) -> None:
    to_the_vote(telling)
    telling.tell(work.filed(), work.published())


def test_the_plan_counts_once_it_is_published_and_its_phone_is_the_duty_phone(telling: Telling) -> None:
    to_the_vote(telling)
    telling.tell(work.filed())
    assert page(telling).work.plan is None
    telling.tell(work.published())
    shown = page(telling).work
    assert shown.plan is not None
    assert shown.plan["duty_phone"] == "0571-8123 4567"
    assert telling.ask(public_page.works, CONGRESS, YEAR) == {facts.project(1): shown}


def test_only_approved_reports_count_one_a_period_and_none_that_was_sent_back(telling: Telling) -> None:
    under_way(telling)
    march, june = date(YEAR, 3, 20), date(YEAR, 6, 22)
    telling.tell(work.reported("june", june, 44), work.reported("march", march, 20))
    assert page(telling).work.reports == []
    telling.tell(work.approved("june", june), work.approved("march", june))
    assert [one["percent"] for one in page(telling).work.reports] == [20, 44], "by the day they were due"
    assert telling.ask(public_page.progress_by_project, CONGRESS, YEAR)[facts.project(1)]["percent"] == 44
    telling.tell(work.reported("again", june, 40), work.approved("again", june))
    assert [one["percent"] for one in page(telling).work.reports] == [20, 40]
    telling.tell(work.of(1, ReportSentBack(report=work.id_of("again"), reason="不实", on=june)))
    assert [one["percent"] for one in page(telling).work.reports] == [20]


def test_rule_20_a_proposed_change_leaves_the_page_until_it_is_decided(telling: Telling) -> None:
    under_way(telling)
    telling.tell(work.logged(950, date(YEAR, 4, 1)), work.proposed(600, date(YEAR, 5, 1)))
    shown = page(telling).work
    assert (shown.plan or {})["targets"] == [["改造点位", "950", "处"]]
    position = telling.tell(work.decided(date(YEAR, 5, 20)))
    after = page(telling)
    assert (after.work.plan or {})["targets"] == [["改造点位", "600", "处"]]
    assert (after.work.adjusted, after.position) == (2, position)


def test_milestones_suspension_acceptance_and_completion_are_kept_as_they_stand(telling: Telling) -> None:
    under_way(telling)
    telling.tell(work.reached(2, "主体完工", date(YEAR, 5, 1)), work.reached(1, "全面开工", date(YEAR, 5, 2)))
    assert page(telling).work.reached == [1, 2]
    telling.tell(work.of(1, MilestoneTakenBack(number=2, name="主体完工", reason="误", on=date(YEAR, 5, 3))))
    telling.tell(work.proposed(None, date(YEAR, 5, 4), AdjustmentKind.SUSPENSION))
    assert (page(telling).work.reached, page(telling).work.standing) == ([1], "under_way")
    telling.tell(work.decided(date(YEAR, 5, 5), AdjustmentKind.SUSPENSION))
    assert page(telling).work.standing == "suspended"
    accepted = ProjectAccepted(on=date(YEAR, 12, 1), body="市住建局", number="", words="")
    telling.tell(work.of(1, accepted))
    assert page(telling).work.accepted_on == date(YEAR, 12, 1)
    telling.tell(work.of(1, AcceptanceUndone(reason="漏项", on=date(YEAR, 12, 2))))
    ended = CompletionRecorded(completion=Completion.CARRIED_OVER, words="", on=date(YEAR, 12, 30), carried_to=YEAR + 1)
    telling.tell(work.of(1, ended))
    shown = page(telling)
    assert (shown.work.accepted_on, shown.completion, shown.work.carried_to) == (None, "carried_over", YEAR + 1)


def test_a_new_scheme_of_lights_changes_every_page_of_the_congress(telling: Telling) -> None:
    under_way(telling)
    assert page(telling).work.lights is None
    rules = ProgressRules(title="亮灯办法", lights=FOUR_COLOURS)
    adopted = ProgressRulesAdopted(congress=CONGRESS, version=1, rules=rules)
    position = telling.tell((progress_rules_stream(CONGRESS), adopted))
    shown = page(telling)
    assert kept_lights.read(shown.work.lights or {}) == FOUR_COLOURS
    assert shown.position == position
