"""Asks are answered, sent back, approved, urged, escalated by hand or withdrawn."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from application.asks.carrying import open_next_year
from application.asks.rules import rules_at
from application.office import By, Desk, Office
from application.private import files
from application.private.store import PrivateStore
from application.working_days import working_days_at
from domain.accounts.permissions import PERMITTED, Act, Role
from domain.asks import ask as asks
from domain.asks import deciding, overdue
from domain.asks.answers import Answer, Reply, ResultAnswer
from domain.asks.next_year import NextYearMatter
from domain.asks.result import require_as_declared, result_answer
from domain.polls import poll as polls
from domain.projects import voted_list as voted_lists
from domain.shared import NotFound, NotPermitted


def answer_ask(office: Office, by: By, ask: UUID, answer: Answer) -> int:
    """Answers an ask, or replaces an answer that is not approved yet.

    A department officer answers the asks of the own unit only; what a congress above asked, the office alone. Raises
    NotPermitted, NotFound, AskNotOpen, AskInWrongStage, Missing, or Invalid, also for a result other than declared.
    """
    known = _known(office, ask)
    by.actor.require(Act.ANSWER_ASK, known.congress)
    _require_addressee(by, known)

    def decide(desk: Desk) -> None:
        if isinstance(answer, ResultAnswer):
            require_as_declared(answer, desk.load(answer.poll, polls.evolve))
        desk.add(ask, deciding.answer_ask(desk.load(ask, asks.evolve), answer, office.today()))

    return office.record(by, decide)


def answer_result(
    office: Office,
    by: By,
    ask: UUID,
    *,
    duty_list_on: date | None = None,
    remarks: str = "",
    replies: tuple[Reply, ...] = (),
) -> int:
    """Answers ask 2 from the declared poll of its year. Raises as `answer_ask`, NotFound before the declaration."""
    known = _known(office, ask)
    by.actor.require(Act.ANSWER_ASK, known.congress)
    _require_addressee(by, known)

    def decide(desk: Desk) -> None:
        state = desk.load(ask, asks.evolve)
        announced = desk.load(voted_lists.voted_list_stream(known.congress, known.year), voted_lists.evolve)
        poll = desk.load(announced.poll, polls.evolve) if announced else None
        if announced is None or poll is None:
            raise NotFound(kind="voted_list", id="")
        answer = result_answer(announced.poll, poll, duty_list_on=duty_list_on, remarks=remarks, replies=replies)
        desk.add(ask, deciding.answer_ask(state, answer, office.today()))

    return office.record(by, decide)


def send_back_ask(office: Office, by: By, ask: UUID, reason: str, due_on: date | None = None) -> int:
    """Sends an answer back for rework: by default some working days from now, by the rules, never before it was due.

    Raises NotPermitted, NotFound, AskInWrongStage, Missing or Invalid.
    """

    def decide(desk: Desk, state: asks.Ask, today: date) -> object:
        days = rules_at(desk, state.asker).rules.rework_days
        due = due_on or max(state.due_on, working_days_at(desk, state.congress).after(today, days))
        return deciding.send_back_ask(state, reason, today, due)

    return _change(office, by, ask, Act.APPROVE_ASK, decide)


def approve_ask(
    office: Office, by: By, ask: UUID, remark: str = "", matters: Sequence[NextYearMatter] | None = None
) -> int:
    """Approves an answer; what is about a project becomes part of its public timeline.

    Ask 4's `matters` go into the next year's file of the congress that approves, in the same transaction: None means
    all of an own project's or office's, and none of what a congress below answered. Raises as for sending back, and
    Invalid for a matter that the answer does not hold or that nobody could propose.
    """

    def decide(desk: Desk, state: asks.Ask, today: date) -> object:
        approved = deciding.approve_ask(state, today, remark)
        desk.add(ask, *open_next_year(desk, ask, state, matters, today))
        return approved

    return _change(office, by, ask, Act.APPROVE_ASK, decide)


def urge_ask(office: Office, by: By, ask: UUID, words: str = "") -> int:
    """Reminds the addressee. Raises NotPermitted, NotFound or AskInWrongStage."""
    return _change(office, by, ask, Act.ISSUE_ASK, lambda _desk, state, today: deciding.urge_ask(state, words, today))


def escalate_ask(office: Office, by: By, ask: UUID, to: str = "") -> int:
    """Takes an overdue ask one step up by hand; to whom the rules say, unless it is said here.

    Raises NotPermitted, NotFound, AskInWrongStage, Missing (to) or Invalid while it is in time.
    """

    def decide(desk: Desk, state: asks.Ask, today: date) -> object:
        steps = rules_at(desk, state.asker).rules.escalation[state.escalated :]
        upwards = to.strip() or (steps[0].to if steps else "")
        return overdue.escalate(state, upwards, working_days_at(desk, state.congress), today)

    return _change(office, by, ask, Act.ISSUE_ASK, decide)


def withdraw_ask(office: Office, by: By, ask: UUID, reason: str) -> int:
    """The ask needs no answer any more. Raises NotPermitted, NotFound, AskInWrongStage or Missing."""
    return _change(
        office, by, ask, Act.ISSUE_ASK, lambda _desk, state, today: deciding.withdraw_ask(state, reason, today)
    )


def erase_photo(office: Office, private: PrivateStore, by: By, ask: UUID, file: UUID, reason: str) -> int:
    """Erases a photo of the answer; by the office that asked, or that of the congress it is about.

    Raises NotPermitted, NotFound or Missing (reason).
    """
    known = _known(office, ask)
    if not by.actor.may(Act.APPROVE_ASK, known.asker):
        by.actor.require(Act.APPROVE_ASK, known.congress)
    position = office.change(
        by, ask, asks.evolve, lambda state: deciding.erase_photo(state, file, reason, office.today())
    )
    files.erase_file(private, file)
    return position


def _change(office: Office, by: By, ask: UUID, act: Act, decide: Callable[[Desk, asks.Ask, date], Any]) -> int:
    """By the office that asked. Raises NotPermitted or NotFound beside what `decide` refuses."""
    by.actor.require(act, _known(office, ask).asker)

    def change(desk: Desk) -> None:
        state = asks.known_ask(desk.load(ask, asks.evolve))
        desk.add(ask, decide(desk, state, office.today()))

    return office.record(by, change)


def _known(office: Office, ask: UUID) -> asks.Ask:
    known = office.state_of(ask, asks.evolve)
    if known is None:
        raise NotFound(kind="ask", id=str(ask))
    return known


def _require_addressee(by: By, known: asks.Ask) -> None:
    """Roles that answer nothing, a delegate's for instance, open nothing here. Raises NotPermitted."""
    here = [g for g in by.actor.grants if g.congress in (None, known.congress)]
    answering = [g for g in here if Act.ANSWER_ASK in PERMITTED[g.role]]
    if known.asked_by is not None and all(g.role in (Role.DEPARTMENT, Role.GOVERNMENT) for g in answering):
        raise NotPermitted(act=Act.ANSWER_ASK.value)
    if all(g.role is Role.DEPARTMENT for g in answering) and by.actor.unit_in(known.congress) != known.unit:
        raise NotPermitted(act=Act.ANSWER_ASK.value)
