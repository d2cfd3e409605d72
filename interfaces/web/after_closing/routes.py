"""After closing: unused cards come back, incidents are reported and decided, number and root are shown and printed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.polls import after_closing as commands
from domain.accounts.permissions import Act
from domain.polls.accounting import IncidentDecision, IncidentKind
from domain.polls.after_closing import account_of
from domain.polls.ballot import CardHasBallot
from domain.polls.poll import PollStage
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Here, Place, TheHouse
from interfaces.web._base.forms import Form, Sheet, Typed, blank, errors_of
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web._base.sentences import status_of
from interfaces.web.after_closing import words
from interfaces.web.polls.desk import PollDesk, around, office_desk, poll_desk
from interfaces.web.polls.scanning import scanned_by
from interfaces.web.scrutineer.table import at_table, chiefs

router = APIRouter()

UNUSED, INCIDENTS, DECIDE, CLOSED = (
    f"after_closing/{name}.html" for name in ("unused", "incidents", "decide", "closed")
)

_REPORTED_IN = (PollStage.OPEN, PollStage.CLOSED, PollStage.COUNTED)


@router.get("/staff/{slug}/polls/{poll}/unused-cards")
def office_unused(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The field for the scanner, for the office."""
    return _unused(request, office_desk(house, here, poll, Act.REPORT_INCIDENT))


@router.get("/scrutineer/{slug}/polls/{poll}/unused-cards")
def table_unused(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The field for the scanner, for the scrutineers."""
    return _unused(request, at_table(house, here, poll))


@router.post("/staff/{slug}/polls/{poll}/unused-cards")
def office_hands_in(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """One card more, at the office's desk."""
    return _hand_in(request, office_desk(house, here, poll, Act.REPORT_INCIDENT), typed)


@router.post("/scrutineer/{slug}/polls/{poll}/unused-cards")
def table_hands_in(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """One card more, at the scrutineers' table."""
    return _hand_in(request, at_table(house, here, poll), typed)


@router.get("/staff/{slug}/polls/{poll}/incidents")
def office_incidents(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """What was reported and decided, for the office."""
    return _incidents(request, office_desk(house, here, poll, Act.REPORT_INCIDENT))


@router.get("/scrutineer/{slug}/polls/{poll}/incidents")
def table_incidents(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """What was reported and decided, for the scrutineers."""
    return _incidents(request, at_table(house, here, poll))


@router.post("/staff/{slug}/polls/{poll}/incidents")
def office_reports(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """One more, reported by the office."""
    return _report(request, office_desk(house, here, poll, Act.REPORT_INCIDENT), typed)


@router.post("/scrutineer/{slug}/polls/{poll}/incidents")
def table_reports(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """One more, reported by a scrutineer."""
    return _report(request, at_table(house, here, poll), typed)


@router.get("/scrutineer/{slug}/polls/{poll}/incidents/{number}/decide")
def deciding(request: Request, house: TheHouse, here: Here, poll: UUID, number: int) -> Response:
    """The chief's form."""
    return page(request, DECIDE, **_decide_page(chiefs(at_table(house, here, poll)), number))


@router.post("/scrutineer/{slug}/polls/{poll}/incidents/{number}/decide")
def decide(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID, number: int) -> Response:
    """The chief's decision."""
    desk = chiefs(at_table(house, here, poll))
    try:
        decision, reason = typed.choice("decision", IncidentDecision), typed.required("reason")
        typed.settle()
        by = desk.here.by(typed)
        position = commands.decide_incident(house.office, by, desk.id, number, decision, reason)
    except Refused as refused:
        return again(request, DECIDE, typed, refused, **_decide_page(desk, number))
    return done(request, position, f"{desk.root}/incidents", _("决定已记录。"))


@router.get("/staff/{slug}/polls/{poll}/closed")
def office_closed(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """Number and root, large, for the office's printer."""
    return _closed(request, office_desk(house, here, poll, Act.REPORT_INCIDENT))


@router.get("/scrutineer/{slug}/polls/{poll}/closed")
def table_closed(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """Number and root, large, for the scrutineers' printer."""
    return _closed(request, at_table(house, here, poll))


def _unused(request: Request, desk: PollDesk, refused: Refused | None = None) -> Response:
    form = blank(request) if refused is None else Sheet(request=request, values={}, errors=errors_of(refused))
    status = 200 if refused is None else status_of(refused)
    copied = isinstance(refused, CardHasBallot)
    return page(request, UNUSED, form=form, status=status, copied=copied, **_account_page(desk))


def _hand_in(request: Request, desk: PollDesk, typed: Typed) -> Response:
    house = desk.house
    try:
        code = typed.required("code")
        typed.settle()
        position = commands.hand_in_unused(house.office, house.box, scanned_by(desk.here), desk.id, code)
    except CardHasBallot as refused:
        return _unused(request, _anew(desk), refused)
    except Refused as refused:
        return _unused(request, desk, refused)
    return done(request, position, f"{desk.root}/unused-cards", _("已清点一张。"))


def _incidents(request: Request, desk: PollDesk) -> Response:
    form = blank(request, kind=IncidentKind.USED_BUT_NOT_VOTED)
    return page(request, INCIDENTS, form=form, **_incidents_page(desk))


def _report(request: Request, desk: PollDesk, typed: Typed) -> Response:
    try:
        kind, note = typed.choice("kind", IncidentKind), typed.required("note")
        typed.settle()
        by = desk.here.by(typed)
        position = commands.report_incident(desk.house.office, by, desk.id, kind, note)
    except Refused as refused:
        return again(request, INCIDENTS, typed, refused, **_incidents_page(desk))
    return done(request, position, f"{desk.root}/incidents", _("异常已报告，请总监票人决定。"))


def _closed(request: Request, desk: PollDesk) -> Response:
    if desk.state.closed is None:
        raise NotFound(kind="count", id=str(desk.id))
    now = desk.house.office.now()
    return page(request, CLOSED, now=now, **_account_page(desk))


def _anew(desk: PollDesk) -> PollDesk:
    """The desk after something was recorded and refused at once."""
    reload: Callable[[House, Place, UUID], PollDesk] = at_table if desk.area == "scrutineer" else poll_desk
    return reload(desk.house, desk.here, desk.id)


def _account_page(desk: PollDesk) -> dict[str, Any]:
    account = account_of(desk.state) if desk.state.closed else None
    groups = [desk.state.closed.root[at : at + 8] for at in range(0, 64, 8)] if desk.state.closed else []
    return around(desk) | {"account": account, "root_groups": groups, "PollStage": PollStage}


def _incidents_page(desk: PollDesk) -> dict[str, Any]:
    return _account_page(desk) | {
        "kinds": words.KINDS,
        "reportable": [
            (kind.value, words.KINDS[kind]) for kind in (IncidentKind.USED_BUT_NOT_VOTED, IncidentKind.OTHER)
        ],
        "decisions": words.DECISIONS,
        "may_report": desk.stage in _REPORTED_IN,
        "may_decide": desk.area == "scrutineer" and desk.is_chief and desk.stage in _REPORTED_IN,
    }


def _decide_page(desk: PollDesk, number: int) -> dict[str, Any]:
    incident = desk.state.cards.incidents.get(number)
    if incident is None:
        raise NotFound(kind="incident", id=str(number))
    return _incidents_page(desk) | {"incident": incident}
