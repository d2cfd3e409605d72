from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.projects import candidate_list as lists
from domain.projects import deliberation
from domain.projects.candidate_list import CandidateList
from domain.projects.deliberation import RemarkInWrongStage, RemarksAreClosed, RemarksNotClosed
from domain.projects.remark import (
    AnswerAccepted,
    AnswerSentBack,
    QuestionAsked,
    RemarkAnswered,
    RemarkAssigned,
    RemarkCorrected,
    RemarkKind,
    RemarkRecorded,
    RemarksClosed,
    RemarksReopened,
    RemarkStage,
    RemarkTakenBack,
)
from domain.shared import Invalid, Missing, NotFound, Year
from tests.support.given import given

CONGRESS, PROJECT, REMARK, DELEGATE, UNIT, OTHER = (UUID(int=n) for n in range(1, 7))
TODAY = date(2026, 1, 12)
REMARKED = RemarkRecorded(
    congress=CONGRESS,
    year=Year(2026),
    project=PROJECT,
    remark=REMARK,
    delegation="青山区代表团",
    kind=RemarkKind.SUGGESTION,
    words="建议把泵站的用电一并列入预算。",
    on=TODAY,
    delegate=None,
    unit=UNIT,
    unit_name="市水务局",
    due_on=date(2026, 1, 17),
)
ASKED = QuestionAsked(
    congress=CONGRESS,
    year=Year(2026),
    project=PROJECT,
    remark=REMARK,
    delegation="青山区代表团",
    words="资金何时到位？",
    on=TODAY,
    delegate=DELEGATE,
    unit=UNIT,
    unit_name="市水务局",
    due_on=date(2026, 1, 17),
)
ANSWERED = RemarkAnswered(
    remark=REMARK, words="已列入。", answered_by=UNIT, answered_by_name="市水务局", on=date(2026, 1, 15)
)
SENT_BACK = AnswerSentBack(remark=REMARK, reason="没有说金额", on=date(2026, 1, 16), due_on=date(2026, 1, 21))
remarked = given(REMARKED, evolve=deliberation.evolve)
answered = given(REMARKED, ANSWERED, evolve=deliberation.evolve)


def test_a_remark_needs_words_and_a_day_that_has_come() -> None:
    nothing = given(evolve=deliberation.evolve)
    nothing.when(lambda now: deliberation.record_remark(now, REMARKED, TODAY)).then(REMARKED)
    blank = replace(REMARKED, words="  ")
    nothing.when(lambda now: deliberation.record_remark(now, blank, TODAY)).refused(Missing, fields=("words",))
    tomorrow = replace(REMARKED, on=date(2026, 1, 13))
    nothing.when(lambda now: deliberation.record_remark(now, tomorrow, TODAY)).refused(Invalid, field="on")
    long = replace(REMARKED, words="长" * 5_001)
    nothing.when(lambda now: deliberation.record_remark(now, long, TODAY)).refused(Invalid, reason="too_long")


def test_support_waits_for_no_answer_and_everything_else_five_days() -> None:
    assert deliberation.due_day(RemarkKind.SUPPORT, TODAY) is None
    assert deliberation.due_day(RemarkKind.OBJECTION, TODAY) == date(2026, 1, 17)
    known = deliberation.known_remark(remarked.state, REMARK)
    assert not known.is_overdue(date(2026, 1, 17))
    assert known.is_overdue(date(2026, 1, 18))


def test_a_remark_is_corrected_or_taken_back_only_before_it_is_answered() -> None:
    def correct(now: deliberation.Deliberation) -> tuple[RemarkCorrected, ...]:
        return deliberation.correct_remark(
            now, REMARK, kind=RemarkKind.SUPPORT, words="支持。", on=TODAY, today=date(2026, 1, 13)
        )

    corrected = RemarkCorrected(remark=REMARK, kind=RemarkKind.SUPPORT, words="支持。", on=TODAY, due_on=None)
    remarked.when(correct).then(corrected)
    given(REMARKED, corrected, evolve=deliberation.evolve).when(correct).then()
    answered.when(correct).refused(RemarkInWrongStage, stage="answered")
    remarked.when(lambda now: deliberation.take_back_remark(now, REMARK, " ")).refused(Missing, fields=("reason",))
    remarked.when(lambda now: deliberation.take_back_remark(now, REMARK, "记错了")).then(
        RemarkTakenBack(remark=REMARK, reason="记错了")
    )
    answered.when(lambda now: deliberation.take_back_remark(now, REMARK, "记错了")).refused(RemarkInWrongStage)
    remarked.when(lambda now: deliberation.take_back_remark(now, OTHER, "记错了")).refused(NotFound)


def test_a_question_stays_a_question_when_it_is_corrected() -> None:
    given(ASKED, evolve=deliberation.evolve).when(
        lambda now: deliberation.correct_remark(
            now, REMARK, kind=RemarkKind.SUPPORT, words="资金？", on=TODAY, today=TODAY
        )
    ).then(RemarkCorrected(remark=REMARK, kind=RemarkKind.QUESTION, words="资金？", on=TODAY, due_on=date(2026, 1, 17)))


def test_an_answer_is_replaced_until_it_is_accepted_and_sent_back_with_a_reason_and_five_more_days() -> None:
    def answer(now: deliberation.Deliberation) -> tuple[RemarkAnswered, ...]:
        return deliberation.answer_remark(
            now, REMARK, words="已列入。", unit=UNIT, unit_name="市水务局", today=date(2026, 1, 15)
        )

    remarked.when(answer).then(ANSWERED)
    answered.when(answer).then()
    answered.when(lambda now: deliberation.send_back_answer(now, REMARK, "", TODAY)).refused(Missing)
    answered.when(lambda now: deliberation.send_back_answer(now, REMARK, "没有说金额", date(2026, 1, 16))).then(
        SENT_BACK
    )
    again = given(REMARKED, ANSWERED, SENT_BACK, evolve=deliberation.evolve)
    assert deliberation.known_remark(again.state, REMARK).is_overdue(date(2026, 1, 22))
    again.when(answer).then(ANSWERED)
    again.when(lambda now: deliberation.accept_answer(now, REMARK, TODAY)).refused(RemarkInWrongStage)
    accepted = AnswerAccepted(remark=REMARK, on=TODAY)
    answered.when(lambda now: deliberation.accept_answer(now, REMARK, TODAY)).then(accepted)
    done = given(REMARKED, ANSWERED, accepted, evolve=deliberation.evolve)
    done.when(answer).refused(RemarkInWrongStage, stage="accepted")
    assert deliberation.known_remark(done.state, REMARK).stage is RemarkStage.ACCEPTED


def test_a_remark_goes_to_another_unit_until_it_is_answered_and_not_for_a_day_that_has_passed() -> None:
    def assign(due_on: date) -> Callable[[deliberation.Deliberation], tuple[RemarkAssigned, ...]]:
        return lambda now: deliberation.assign_remark(
            now, REMARK, unit=OTHER, unit_name="市财政局", due_on=due_on, today=TODAY
        )

    remarked.when(assign(date(2026, 1, 20))).then(
        RemarkAssigned(remark=REMARK, unit=OTHER, unit_name="市财政局", due_on=date(2026, 1, 20))
    )
    remarked.when(assign(date(2026, 1, 11))).refused(Invalid, reason="passed")
    answered.when(assign(date(2026, 1, 20))).refused(RemarkInWrongStage)


def _listed(poll: UUID | None) -> CandidateList:
    line = lists.ListedCandidate(project=PROJECT, number=1, name="内涝治理")
    return CandidateList(
        congress=CONGRESS, year=Year(2026), session=UUID(int=9), candidates=(line,), published_on=TODAY, poll=poll
    )


def test_the_vote_and_the_office_close_the_remarks_and_only_the_office_reopens_its_own_closing() -> None:
    closed = RemarksClosed(congress=CONGRESS, year=Year(2026), on=TODAY)
    deliberation.require_open(None, _listed(None), 2026)
    with pytest.raises(RemarksAreClosed) as by_vote:
        deliberation.require_open(None, _listed(UUID(int=8)), 2026)
    assert by_vote.value.closed_by == "vote"

    open_ = given(evolve=deliberation.evolve_closing)
    open_.when(lambda now: deliberation.close_remarks(now, CONGRESS, 2026, TODAY)).then(closed)
    open_.when(lambda now: deliberation.reopen_remarks(now, None, 2026, TODAY)).refused(RemarksNotClosed)
    shut = given(closed, evolve=deliberation.evolve_closing)
    shut.when(lambda now: deliberation.close_remarks(now, CONGRESS, 2026, TODAY)).then()
    shut.when(lambda now: deliberation.require_open(now, _listed(None), 2026)).refused(
        RemarksAreClosed, closed_by="office"
    )
    shut.when(lambda now: deliberation.reopen_remarks(now, _listed(None), 2026, TODAY)).then(RemarksReopened(on=TODAY))
    shut.when(lambda now: deliberation.reopen_remarks(now, _listed(UUID(int=8)), 2026, TODAY)).refused(
        RemarksAreClosed, closed_by="vote"
    )
