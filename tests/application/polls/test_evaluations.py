"""Evaluations of a year's adopted projects: rules 5, 23 and 24 with their numbers."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from uuid import uuid4

import pytest

from application.history.box import Box
from application.office import Office
from application.polls import evaluations, preparing
from domain.accounts.permissions import Role
from domain.polls.card_set import card_set_stream
from domain.polls.grading import graded
from domain.polls.poll import PollStage, Sealing
from domain.polls.preparing import NotAnEvaluation, NotForProjects
from domain.polls.ready_made import READY_MADE
from domain.polls.rules import RuleProfile
from domain.projects.project import ProjectEvaluated
from domain.projects.voted_list import ListNotAnnounced
from domain.shared import NotFound, NotPermitted
from tests.support import polls
from tests.support.outcomes import PURPLE, declare, grade, open_again, vote
from tests.support.polls import GREEN, RULES, Hall
from tests.support.stores import by, granted

EVALUATION = replace(READY_MADE["committee_evaluation"], unsealed_allowed=True)
ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def adopted(office: Office, box: Box, delegates: int = 29, rules: RuleProfile = RULES) -> Hall:
    """Three projects of six are on the list."""
    hall = polls.open_hall(office, box, delegates=delegates, rules=rules)
    vote(hall, {"1": delegates, "2": delegates - 1, "3": delegates - 2})
    declare(hall)
    return hall


def evaluation(hall: Hall, **other: object) -> Hall:
    """The evaluation in the same session, prepared with a spare set and the same scrutineers."""
    profile = polls.adopted(hall.office, hall.clerk, hall.congress, hall.session, EVALUATION, hall.office.today())
    secrets = hall.print_set(PURPLE, len(hall.delegates) + 2)
    poll = uuid4()
    taken = {
        "session": hall.session,
        "year": 2026,
        "profile": profile,
        "card_set": card_set_stream(hall.session, PURPLE.number),
        "title": "满意度测评",
        "sealing": Sealing.UNSEALED,
    }
    evaluations.prepare_evaluation(hall.office, hall.box, by(hall.clerk), poll, **{**taken, **other})  # type: ignore[arg-type]  # the names are those of the command
    chief, *others = [entry.delegate for entry in hall.delegates[:3]]
    preparing.approve_scrutineers(hall.office, by(hall.clerk), poll, chief, others)
    return replace(hall, poll=poll, set_name=PURPLE, secrets=secrets)


def marks(satisfied: int, basic: int, unsatisfied: int) -> Mapping[str, int]:
    return {"satisfied": satisfied, "basic": basic, "unsatisfied": unsatisfied}


def note_of(hall: Hall, place: int) -> ProjectEvaluated:
    project = hall.projects[place]
    fact = hall.office.history.facts_of([project])[project][-1]
    assert isinstance(fact, ProjectEvaluated)
    return fact


def test_rule_23_grades_of_twenty_nine_members(office: Office, box: Box) -> None:
    """M = 29: 17/11/1 satisfied, 14/10/5 basically satisfied, 9/5/15 unsatisfied."""
    hall = open_again(evaluation(adopted(office, box)))
    grade(hall, {"1": marks(17, 11, 1), "2": marks(14, 10, 5), "3": marks(9, 5, 15)})
    declare(hall, "〔2026〕40号")
    assert [note_of(hall, place).grade for place in range(3)] == ["满意", "基本满意", "不满意"]
    first = note_of(hall, 0)
    assert (first.poll, first.notice_number, first.evaluated, first.rank) == (hall.poll, "〔2026〕40号", 3, 1)
    assert (first.satisfaction, first.overall) == (Fraction(17, 29), Fraction(28, 29))
    assert str(first.score) == "81.38"
    assert first.band == "良好"
    assert hall.state.stage is PollStage.DECLARED


@ONE_STORE
def test_rule_5_a_blank_item_leaves_the_base_of_the_rates(office: Office, box: Box) -> None:
    """R = 29, one blank, 27/1/0: 28 valid marks, 96.43 %."""
    hall = open_again(evaluation(adopted(office, box)))
    grade(hall, {"1": marks(27, 1, 0), "2": marks(29, 0, 0), "3": marks(29, 0, 0)})
    declare(hall, "〔2026〕40号")
    first = note_of(hall, 0)
    assert first.valid_marks == 28
    assert round(float(first.satisfaction or 0) * 100, 2) == 96.43


@ONE_STORE
def test_rule_24_equal_scores_have_equal_ranks_and_none_is_left_out(office: Office, box: Box) -> None:
    hall = open_again(evaluation(adopted(office, box)))
    grade(hall, {"1": marks(20, 5, 4), "2": marks(20, 5, 4), "3": marks(10, 5, 14)})
    declare(hall, "〔2026〕40号")
    assert [note_of(hall, place).rank for place in range(3)] == [1, 1, 2]


@ONE_STORE
def test_the_items_are_the_voted_list_under_its_numbers(office: Office, box: Box) -> None:
    hall = evaluation(adopted(office, box, delegates=12))
    prepared = hall.state.prepared
    assert [(item.id, item.project) for item in prepared.items] == list(zip("123", hall.projects[:3], strict=True))
    assert prepared.profile == EVALUATION


@ONE_STORE
def test_rule_23_the_members_of_the_standing_committee_are_the_base(office: Office, box: Box) -> None:
    """Five of twelve delegates are members: N is 5, and nobody else draws a card."""
    first = adopted(office, box, delegates=12)
    members = [entry.delegate for entry in first.delegates[:5]]
    hall = evaluation(first, electorate=members)
    hall.release()
    for place in range(5):
        hall.draw(place)
    with pytest.raises(NotFound) as refusal:
        hall.draw(5)
    assert refusal.value.kind == "elector"
    hall.account_for_cards(5)
    hall.open()
    opened = hall.state.opened
    assert opened is not None
    assert (opened.all_delegates, opened.attending, opened.issued) == (5, 5, 5)
    grade(hall, {"1": marks(3, 1, 1), "2": marks(2, 1, 2), "3": marks(0, 0, 5)})
    declare(hall, "〔2026〕40号")
    assert [note_of(hall, place).grade for place in range(3)] == ["满意", "基本满意", "不满意"]


@ONE_STORE
def test_an_elector_is_on_the_roll(office: Office, box: Box) -> None:
    with pytest.raises(NotFound):
        evaluation(adopted(office, box, delegates=12), electorate=[uuid4()])


@ONE_STORE
def test_there_is_no_evaluation_before_a_list(office: Office, box: Box) -> None:
    with pytest.raises(ListNotAnnounced):
        evaluation(polls.prepared(office, box))


@ONE_STORE
def test_rules_of_a_vote_evaluate_nothing_and_the_other_way_round(office: Office, box: Box) -> None:
    hall = adopted(office, box, delegates=12)
    with pytest.raises(NotAnEvaluation):
        evaluation(hall, profile=hall.state.prepared.profile_id)
    with pytest.raises(NotForProjects):
        polls.prepared(office, box, slug="bz", rules=EVALUATION)


@ONE_STORE
def test_an_evaluation_touches_neither_list_nor_numbers(office: Office, box: Box) -> None:
    first = adopted(office, box, delegates=12)
    hall = evaluation(first)
    preparing.cancel_poll(office, by(hall.clerk), hall.poll, "改期")
    assert hall.state.stage is PollStage.CANCELLED
    assert first.state.again_in is None


@ONE_STORE
def test_only_the_office_prepares_an_evaluation(office: Office, box: Box) -> None:
    hall = adopted(office, box, delegates=12)
    hall.print_set(GREEN, 5)
    with pytest.raises(NotPermitted):
        evaluations.prepare_evaluation(
            office,
            box,
            by(granted(Role.AUDITOR, hall.congress)),
            uuid4(),
            session=hall.session,
            year=2026,
            profile=hall.state.prepared.profile_id,
            card_set=card_set_stream(hall.session, GREEN.number),
            title="测评",
        )


@ONE_STORE
def test_a_void_evaluation_grades_nothing(office: Office, box: Box) -> None:
    """What is void has no grades to read."""
    hall = evaluation(adopted(office, box, delegates=12))
    void = {"outcome": {"valid": False, "reason": "quorum"}}
    assert graded(hall.state.prepared.profile, void) == ()
