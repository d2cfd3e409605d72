"""The four asks over several congresses: issued, answered, noted overdue, carried into next year."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from application import asks as commands
from application.asks.issuing import NotBelow
from application.asks.rules import rules_for
from application.office import Office
from domain.accounts.permissions import Actor, Grant, Role
from domain.asks.answers import Completion, PlanAnswer, ProgressAnswer, Reply, ResultAnswer, SummaryAnswer
from domain.asks.ask import AskAlreadyIssued, AskKind, AskStage, ask_id
from domain.asks.next_year import MatterKind, NextYearMatter, matters_of, proposal_id
from domain.asks.rules import READY_MADE, AskRules, EscalationStep, Question, SessionUnknown
from domain.proposals import proposal as proposals
from domain.proposals.call import Channel
from domain.shared import Invalid, Missing, Money, NotFound, NotPermitted
from tests.support.asking import YEAR, City, city
from tests.support.stores import Clock, by

PLAN = PlanAnswer(call_from=date(2026, 9, 20), call_until=date(2026, 10, 19), channels="网上")
PROGRESS = ProgressAnswer(percent=40, funds_spent=Money(Decimal(100)), milestones="开工")
SUMMARY = SummaryAnswer(
    completion=Completion.COMPLETED,
    results="完成",
    leftovers="剩余两处",
    proposals="续建三期\n加装路灯",
    lessons="早定单位",
)
EVERYTHING = ["剩余两处", "续建三期", "加装路灯", "早定单位"]


@pytest.fixture
def there(office: Office) -> City:
    return city(office)


def own_rules(**changed: object) -> AskRules:
    return replace(READY_MADE, **changed)  # type: ignore[arg-type]  # fields by name


def test_rules_are_the_own_ones_else_those_above_else_the_ready_made(there: City) -> None:
    office, county = there.office, there.counties[0]
    assert rules_for(office, county).version == 0
    strict = own_rules(rework_days=3)
    commands.adopt_ask_rules(office, by(there.clerk), there.congress, strict, "主任会议第40次会议")
    inherited = rules_for(office, county)
    assert (inherited.congress, inherited.version, inherited.rules.rework_days) == (there.congress, 1, 3)
    commands.adopt_ask_rules(office, by(there.clerks[0]), county, own_rules(rework_days=9), "区主任会议")
    assert rules_for(office, county).rules.rework_days == 9
    assert rules_for(office, there.counties[1]).rules.rework_days == 3
    with pytest.raises(NotPermitted):
        commands.adopt_ask_rules(office, by(there.clerks[0]), there.congress, strict, "区里不能改市里的")


def test_an_ask_keeps_the_rules_it_was_issued_with(there: City, clock: Clock) -> None:
    clock.set(2026, 10, 8)
    question = Question(code="", words="群众怎样参与？", required=True)
    plan = replace(READY_MADE.rules[0], required=("funds",), questions=(question,))
    commands.adopt_ask_rules(
        there.office, by(there.clerk), there.congress, own_rules(rules=(plan, *READY_MADE.rules[1:])), "一"
    )
    commands.ask_for_plan(there.office, by(there.clerk), there.congress, 2027)
    commands.adopt_ask_rules(there.office, by(there.clerk), there.congress, READY_MADE, "二")
    ask = ask_id(there.congress, 2027, AskKind.PLAN)
    with pytest.raises(Missing) as missing:
        commands.answer_ask(there.office, by(there.clerk), ask, PLAN)
    assert missing.value.fields == ("funds",)
    told = replace(PLAN, funds=Money(Decimal(5)), replies=(Reply(question="q1", words="问卷"),))
    commands.answer_ask(there.office, by(there.clerk), ask, told)
    assert there.state(ask).stage is AskStage.ANSWERED


def test_several_congresses_below_are_asked_at_once_and_each_once(there: City, clock: Clock) -> None:
    clock.set(2026, 7, 1)
    first, second = there.counties
    commands.ask_below(there.office, by(there.clerk), there.congress, AskKind.PROGRESS, YEAR, [first])
    commands.ask_below(there.office, by(there.clerk), there.congress, AskKind.PROGRESS, YEAR, [first, second])
    with pytest.raises(AskAlreadyIssued):
        commands.ask_below(there.office, by(there.clerk), there.congress, AskKind.PROGRESS, YEAR, [first, second])
    known = there.state(ask_id(second, YEAR, AskKind.PROGRESS, asked_by=there.congress))
    assert (known.congress, known.asker, known.due_on) == (second, there.congress, date(2026, 7, 31))


def test_only_those_below_are_asked_and_only_by_the_office_above(there: City) -> None:
    first, second = there.counties
    with pytest.raises(NotBelow):
        commands.ask_below(there.office, by(there.clerks[0]), first, AskKind.PLAN, 2027, [second])
    with pytest.raises(NotPermitted):
        commands.ask_below(there.office, by(there.clerks[0]), there.congress, AskKind.PLAN, 2027, [second])
    with pytest.raises(Missing):
        commands.ask_below(there.office, by(there.clerk), there.congress, AskKind.PLAN, 2027, [])


def test_a_window_that_counts_from_an_unknown_session_needs_a_due_date(there: City, clock: Clock) -> None:
    clock.set(2026, 1, 25)
    asked = (there.congress, AskKind.RESULT, YEAR, there.counties)
    with pytest.raises(SessionUnknown):
        commands.ask_below(there.office, by(there.clerk), *asked)
    with pytest.raises(Invalid) as refused:
        commands.ask_below(there.office, by(there.clerk), *asked, due_on=date(2025, 2, 20))
    assert refused.value.reason == "ask_due_in_the_past", "nobody is overdue by a slip of the year"
    commands.ask_below(there.office, by(there.clerk), *asked, due_on=date(2026, 2, 20))
    known = there.state(ask_id(there.counties[0], YEAR, AskKind.RESULT, asked_by=there.congress))
    assert (known.opens_on, known.due_on) == (date(2026, 1, 25), date(2026, 2, 20))


def test_the_lower_office_answers_and_the_upper_one_approves_or_sends_back(there: City, clock: Clock) -> None:
    clock.set(2026, 7, 1)
    county, clerk = there.counties[0], there.clerks[0]
    commands.ask_below(there.office, by(there.clerk), there.congress, AskKind.PROGRESS, YEAR, [county])
    ask = ask_id(county, YEAR, AskKind.PROGRESS, asked_by=there.congress)
    government = Actor(account=uuid4(), name="区政府", grants=(Grant(role=Role.GOVERNMENT, congress=county),))
    for stranger in (there.clerk, government, there.clerks[1]):
        with pytest.raises(NotPermitted):
            commands.answer_ask(there.office, by(stranger), ask, PROGRESS)
    commands.answer_ask(there.office, by(clerk), ask, PROGRESS)
    with pytest.raises(NotPermitted):
        commands.approve_ask(there.office, by(clerk), ask)
    commands.send_back_ask(there.office, by(there.clerk), ask, "请按项目写")
    assert there.state(ask).stage is AskStage.SENT_BACK
    commands.answer_ask(there.office, by(clerk), ask, PROGRESS)
    commands.approve_ask(there.office, by(there.clerk), ask)
    assert there.state(ask).stage is AskStage.APPROVED


def test_a_department_answers_for_its_own_unit_whatever_else_its_officer_is(there: City, clock: Clock) -> None:
    clock.set(2026, 7, 1)
    ask = there.issued(AskKind.PROGRESS)
    of = {"congress": there.congress}
    delegate = Grant(role=Role.DELEGATE, delegate=uuid4(), **of)
    stranger = Actor(account=uuid4(), name="某局", grants=(Grant(role=Role.DEPARTMENT, unit=uuid4(), **of), delegate))
    with pytest.raises(NotPermitted):
        commands.answer_ask(there.office, by(stranger), ask, PROGRESS)
    own = Actor(account=uuid4(), name="水务局", grants=(Grant(role=Role.DEPARTMENT, unit=there.state(ask).unit, **of),))
    commands.answer_ask(there.office, by(own), ask, PROGRESS)
    assert there.state(ask).stage is AskStage.ANSWERED


def test_rework_has_some_working_days_and_never_less_than_the_first_due_date(there: City, clock: Clock) -> None:
    ask = there.issued(AskKind.PROGRESS)
    clock.set(2026, 6, 10)
    commands.answer_ask(there.office, by(there.clerk), ask, PROGRESS)
    commands.send_back_ask(there.office, by(there.clerk), ask, "补充")
    assert there.state(ask).due_on == date(2026, 7, 31)
    clock.set(2026, 7, 30)
    commands.answer_ask(there.office, by(there.clerk), ask, PROGRESS)
    commands.send_back_ask(there.office, by(there.clerk), ask, "再补充")
    assert there.state(ask).due_on == date(2026, 8, 6), "five working days from Thursday the 30th"


def test_overdue_is_noted_once_however_often_and_by_however_many(there: City, clock: Clock) -> None:
    late = [there.issued(AskKind.PROGRESS) for _ in range(3)]
    commands.adopt_ask_rules(
        there.office, by(there.clerk), there.congress, own_rules(escalation=(EscalationStep(after=3, to="主任"),)), "一"
    )
    assert commands.note_overdue(there.office, late) == 0
    clock.set(2026, 8, 1)
    beside = Office(there.office.history, clock)
    before = there.office.history.last_position()
    assert commands.note_overdue(there.office, late[:2]) == 2
    assert commands.note_overdue(beside, late) == 1
    assert commands.note_overdue(there.office, late) == 0
    assert there.office.history.last_position() - before == 3
    clock.set(2026, 8, 6)
    assert commands.note_overdue(beside, late) == 3
    assert {there.state(ask).escalated for ask in late} == {1}
    clock.set(2026, 12, 1)
    assert commands.note_overdue(there.office, late) == 0


def test_new_steps_are_taken_on_the_day_they_are_adopted(there: City, clock: Clock) -> None:
    late = [there.issued(AskKind.PROGRESS)]
    none = own_rules(escalation=())
    commands.adopt_ask_rules(there.office, by(there.clerk), there.congress, none, "一")
    clock.set(2026, 9, 1)
    commands.note_overdue(there.office, late)
    assert there.state(late[0]).escalated == 0
    steps = (EscalationStep(after=3, to="主任"),)
    commands.adopt_ask_rules(there.office, by(there.clerk), there.congress, own_rules(escalation=steps), "二")
    commands.note_overdue(there.office, late)
    assert there.state(late[0]).escalated == 1
    commands.adopt_ask_rules(
        there.office, by(there.clerk), there.congress, own_rules(escalation=(*steps, replace(steps[0], after=7))), "三"
    )
    commands.note_overdue(there.office, late)
    assert there.state(late[0]).escalated == 2


def test_a_round_that_is_told_to_stop_stops_between_two_asks(there: City, clock: Clock) -> None:
    late = [there.issued(AskKind.PROGRESS) for _ in range(3)]
    clock.set(2026, 8, 1)
    goes = iter([True, False])
    assert commands.note_overdue(there.office, late, lambda: next(goes)) == 1
    assert sum(there.state(ask).fell_overdue for ask in late) == 1


def test_a_summary_opens_next_years_file_with_its_approval_and_once(there: City, clock: Clock) -> None:
    """No call of next year is published: the file is opened by what this year taught."""
    ask = there.issued(AskKind.SUMMARY)
    clock.set(2026, 11, 20)
    commands.answer_ask(there.office, by(there.clerk), ask, SUMMARY)
    key = by(there.clerk, "approve it")
    first = commands.approve_ask(there.office, key, ask)
    assert commands.approve_ask(there.office, key, ask) == first
    carried = there.state(ask).carried
    found = there.office.states_of(carried, proposals.evolve)
    assert [found[one].suggestion.title for one in carried] == EVERYTHING
    for one in found.values():
        got = one.received
        assert (got.year, got.congress, got.channel, got.origin) == (2027, there.congress, Channel.SUMMARY, ask)
        assert got.received_on == date(2026, 11, 20)


def test_the_approver_chooses_and_words_what_goes_into_next_year(there: City, clock: Clock) -> None:
    ask = there.issued(AskKind.SUMMARY)
    clock.set(2026, 11, 20)
    commands.answer_ask(there.office, by(there.clerk), ask, SUMMARY)
    worded = replace(matters_of(SUMMARY, "路")[0], title="  续建 剩余两处 ")
    commands.approve_ask(there.office, by(there.clerk), ask, matters=[worded])
    (carried,) = there.state(ask).carried
    assert carried == proposal_id(ask, worded)
    known = there.office.state_of(carried, proposals.evolve)
    assert known is not None
    assert known.suggestion.title == "续建 剩余两处"


def test_nothing_is_approved_when_a_matter_cannot_be_a_proposal(there: City, clock: Clock) -> None:
    ask = there.issued(AskKind.SUMMARY)
    clock.set(2026, 11, 20)
    commands.answer_ask(there.office, by(there.clerk), ask, SUMMARY)
    personal = replace(matters_of(SUMMARY, "路")[0], title="联系 13800138000")
    strange = NextYearMatter(kind=MatterKind.LESSON, place=9, title="无", content="无")
    for wrong in (personal, strange):
        with pytest.raises(Invalid):
            commands.approve_ask(there.office, by(there.clerk), ask, matters=[wrong])
    assert there.state(ask).stage is AskStage.ANSWERED


def test_what_a_county_taught_goes_to_the_city_only_when_it_is_chosen(there: City, clock: Clock) -> None:
    clock.set(2026, 11, 20)
    commands.ask_below(there.office, by(there.clerk), there.congress, AskKind.SUMMARY, YEAR, there.counties)
    for county, clerk in zip(there.counties, there.clerks, strict=True):
        ask = ask_id(county, YEAR, AskKind.SUMMARY, asked_by=there.congress)
        commands.answer_ask(there.office, by(clerk), ask, SUMMARY)
    asked = [ask_id(county, YEAR, AskKind.SUMMARY, asked_by=there.congress) for county in there.counties]
    commands.approve_ask(there.office, by(there.clerk), asked[0])
    assert there.state(asked[0]).carried == ()
    commands.approve_ask(there.office, by(there.clerk), asked[1], matters=[matters_of(SUMMARY, "西河区")[1]])
    (carried,) = there.state(asked[1]).carried
    known = there.office.state_of(carried, proposals.evolve)
    assert known is not None
    assert (known.congress, known.received.unit_name) == (there.congress, "西河区人民代表大会")


def test_a_result_that_no_poll_declared_is_no_answer(there: City, clock: Clock) -> None:
    clock.set(2026, 1, 25)
    asked = (there.congress, AskKind.RESULT, YEAR, there.counties)
    commands.ask_below(there.office, by(there.clerk), *asked, due_on=date(2026, 2, 20))
    ask = ask_id(there.counties[0], YEAR, AskKind.RESULT, asked_by=there.congress)
    made_up = ResultAnswer(
        poll=UUID(int=3),
        all_delegates=30,
        attending=30,
        issued=30,
        returned=30,
        candidates=3,
        quota=2,
        adopted=2,
        notice_number="一号",
    )
    with pytest.raises(NotFound):
        commands.answer_ask(there.office, by(there.clerks[0]), ask, made_up)
    with pytest.raises(NotFound):
        commands.answer_result(there.office, by(there.clerks[0]), ask)
