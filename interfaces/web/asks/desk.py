"""What the pages about asks share: who sees, answers, approves, and where the pages stand."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request

from application.asks import rules_for
from domain.accounts.permissions import Act, Role
from domain.asks.ask import AskStage
from domain.asks.rules import Addressee
from domain.shared import NotFound
from interfaces.composition import House
from interfaces.web._base.asking import Place, needing
from interfaces.web.asks import views
from projections import asks_board, congress_directory
from projections.asks_board import AskRow

Answering = Annotated[Place, Depends(needing(Act.ANSWER_ASK))]
Issuer = Annotated[Place, Depends(needing(Act.ISSUE_ASK))]


def known_row(house: House, here: Place, ask: UUID) -> AskRow:
    """An ask about this congress or put by it, for the office and for whom it is addressed to. Raises NotFound."""
    with house.reading.connect() as conn:
        row = asks_board.ask(conn, ask)
    if row is None or here.congress.id not in (row.congress, row.asked_by) or not _sees(here, row):
        raise NotFound(kind="ask", id=str(ask))
    return row


def is_addressed(here: Place, row: AskRow) -> bool:
    """A department sees its own asks, the government office all of its congress; what was asked from above, neither."""
    if row.congress != here.congress.id or row.asked_by is not None:
        return False
    roles = {grant.role for grant in here.actor.grants if grant.congress in (None, here.congress.id)}
    return Role.GOVERNMENT in roles or (row.unit is not None and row.unit == here.unit)


def may_answer(here: Place, row: AskRow) -> bool:
    """Whether the person answers it: the addressee, and the office for whoever does not."""
    if row.congress != here.congress.id or not here.may(Act.ANSWER_ASK):
        return False
    return is_addressed(here, row) or here.may(Act.READ_OFFICE)


def asks_here(here: Place, row: AskRow) -> bool:
    """Whether this congress's office put the ask, and so approves, sends back and urges."""
    return here.congress.id == (row.asked_by or row.congress)


def address(request: Request, here: Place, ask: UUID) -> str:
    """Where the ask stands at this desk."""
    return f"/{request.url.path.split('/')[1]}/{here.congress.slug}/asks/{ask}"


def context(request: Request, house: House, here: Place, row: AskRow) -> dict[str, Any]:
    """Everything the page of an ask shows beside its form."""
    today = house.office.today()
    office = views.Offices(house, here)
    shown = views.shown(row, today, office.name(row.congress))
    with house.reading.connect() as conn:
        steps = asks_board.steps_of(conn, [row.ask])[row.ask]
        above = congress_directory.congresses_named(conn, [row.asked_by]) if row.asked_by else []
    putting = asks_here(here, row)
    waiting = putting and row.is_waiting and here.may(Act.ISSUE_ASK)
    rules = rules_for(house.office, row.asked_by or row.congress).rules
    return {
        "ask": shown,
        "steps": [views.shown_step(step) for step in steps],
        "asked_by": above[0] if above else None,
        "about": office.congress(row.congress),
        "answer": views.answer_lines(row),
        "replies": views.reply_lines(row),
        "counts": views.counted_lines(row),
        "photos": (row.answer or {}).get("photos", []),
        "carried": views.carried(house, row),
        "matters": views.matters(row, shown) if putting and row.stage == AskStage.ANSWERED else [],
        "endings": views.ending_choices(),
        "may_answer": may_answer(here, row) and shown.is_open,
        "is_instead": row.addressee != Addressee.OFFICE and not is_addressed(here, row),
        "may_approve": putting and here.may(Act.APPROVE_ASK) and row.stage == AskStage.ANSWERED,
        "may_erase": here.may(Act.APPROVE_ASK) and request.url.path.startswith("/staff/"),
        "may_urge": waiting and today >= row.opens_on,
        "may_withdraw": putting
        and here.may(Act.ISSUE_ASK)
        and row.stage not in (AskStage.APPROVED, AskStage.WITHDRAWN),
        "next_step": views.next_step(rules, row) if waiting and shown.overdue else "",
        "rework_days": rules.rework_days,
        "address": address(request, here, row.ask),
    }


def _sees(here: Place, row: AskRow) -> bool:
    return here.may(Act.READ_OFFICE) or is_addressed(here, row)
