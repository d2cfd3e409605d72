"""Commands about the four asks: issue, answer, send back, approve."""

from datetime import date
from uuid import UUID

from application.office import By, Desk, Office
from domain.accounts.permissions import Act, Role
from domain.asks import ask as asks
from domain.asks.answers import Answer
from domain.congress import congress as congresses
from domain.shared import NotFound, NotPermitted, Year


def ask_for_plan(office: Office, by: By, congress: UUID, year: int, due_on: date | None = None) -> int:
    """Issues ask 1 问计划 for a year to the government office; due at the end of the year before by default.

    Raises NotPermitted, NotFound, AskAlreadyIssued or Invalid.
    """
    by.actor.require(Act.ISSUE_ASK, congress)
    opens_on, last_day = asks.window(asks.AskKind.PLAN, year)
    stream = asks.ask_id(congress, year, asks.AskKind.PLAN)

    def decide(desk: Desk) -> None:
        if desk.load(congress, congresses.evolve) is None:
            raise NotFound(kind="congress", id=str(congress))
        due = due_on or max(last_day, office.today())
        issued = asks.AskIssued(
            congress=congress,
            year=Year(year),
            kind=asks.AskKind.PLAN,
            project=None,
            unit=None,
            unit_name="",
            opens_on=min(opens_on, office.today()),
            due_on=due,
        )
        desk.add(stream, asks.issue_ask(desk.load(stream, asks.evolve), issued))

    return office.record(by, decide)


def answer_ask(office: Office, by: By, ask: UUID, answer: Answer) -> int:
    """Answers an ask, or replaces an answer that is not approved yet.

    A department officer answers the asks of the own unit only. Raises NotPermitted, NotFound, AskNotOpen,
    AskInWrongStage, Missing or Invalid.
    """
    known = _known(office, ask)
    by.actor.require(Act.ANSWER_ASK, known.congress)
    _require_addressee(by, known)
    return office.change(by, ask, asks.evolve, lambda state: asks.answer_ask(state, answer, office.today()))


def send_back_ask(office: Office, by: By, ask: UUID, reason: str) -> int:
    """Sends an answer back for rework. Raises NotPermitted, NotFound, AskInWrongStage or Missing."""
    by.actor.require(Act.APPROVE_ASK, _known(office, ask).congress)
    return office.change(by, ask, asks.evolve, lambda state: asks.send_back_ask(state, reason, office.today()))


def approve_ask(office: Office, by: By, ask: UUID, remark: str = "") -> int:
    """Approves an answer; it becomes part of the project's public timeline. Raises as for sending back."""
    by.actor.require(Act.APPROVE_ASK, _known(office, ask).congress)
    return office.change(by, ask, asks.evolve, lambda state: asks.approve_ask(state, office.today(), remark))


def _known(office: Office, ask: UUID) -> asks.Ask:
    known = office.state_of(ask, asks.evolve)
    if known is None:
        raise NotFound(kind="ask", id=str(ask))
    return known


def _require_addressee(by: By, known: asks.Ask) -> None:
    answering = [g for g in by.actor.grants if g.congress in (None, known.congress)]
    if all(g.role is Role.DEPARTMENT for g in answering) and by.actor.unit_in(known.congress) != known.unit:
        raise NotPermitted(act=Act.ANSWER_ASK.value)
