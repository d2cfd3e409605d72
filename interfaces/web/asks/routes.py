"""The four asks: the office's board, and each unit's own tasks."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import asks as commands
from domain.accounts.permissions import Act, Role
from domain.asks.ask import AskKind
from domain.asks.result import result_answer
from domain.polls import poll as polls
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Here, OfficeReader, Place, TheHouse, needing
from interfaces.web._base.forms import Form, Sheet, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.asks import forms, views
from interfaces.web.calls.views import channel_words
from interfaces.web.deliberation.desk import waiting_remarks
from projections import asks_board, calls, proposal_register, voted_list, year_rail
from projections.asks_board import AskRow

router = APIRouter()

Answering = Annotated[Place, Depends(needing(Act.ANSWER_ASK))]


@router.get("/staff/{slug}/asks")
def board(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """All asks of a year."""
    today = house.office.today()
    with house.reading.connect() as conn:
        years = asks_board.years(conn, here.congress.id)
        chosen = year or (years[0] if years else today.year)
        rows = asks_board.asks_of(conn, here.congress.id, chosen)
    shown = [views.shown(row, today, here.congress.short_name) for row in rows]
    return page(
        request,
        "asks/board.html",
        asks=shown,
        tallies=views.tallies(shown),
        year=chosen,
        years=years,
        next_year=today.year + 1,
    )


@router.post("/staff/{slug}/asks/plan")
def ask_for_plan(request: Request, house: TheHouse, here: Here, typed: Form) -> Response:
    """Issues ask 1 for a year."""
    year = typed.integer("year")
    typed.settle()
    position = commands.ask_for_plan(house.office, here.by(typed), here.congress.id, year)
    return done(request, position, f"/staff/{here.congress.slug}/asks?year={year}", _("已发出“年底问计划”。"))


@router.get("/unit/{slug}")
def tasks(request: Request, house: TheHouse, here: Answering) -> Response:
    """What the unit is asked, by due date."""
    today = house.office.today()
    with house.reading.connect() as conn:
        rows = [
            row
            for year in asks_board.years(conn, here.congress.id)
            for row in asks_board.asks_of(conn, here.congress.id, year)
            if is_addressed(here, row)
        ]
    shown = [views.shown(row, today, here.congress.short_name) for row in rows]
    remarks = waiting_remarks(house, here)
    return page(
        request,
        "asks/tasks.html",
        remarks=len(remarks),
        overdue=sum(one.is_overdue(today) for one in remarks),
        due=[ask for ask in shown if ask.is_open and ask.row.stage in ("issued", "sent_back")],
        others=[ask for ask in shown if not (ask.is_open and ask.row.stage in ("issued", "sent_back"))],
    )


@router.get("/staff/{slug}/asks/{ask}")
@router.get("/unit/{slug}/asks/{ask}")
def one(request: Request, house: TheHouse, here: Here, ask: UUID) -> Response:
    """One ask with its answer, and the form for whoever answers it."""
    row = known_row(house, here, ask)
    return page(request, "asks/one.html", form=_filled(request, house, row), **_context(request, house, here, row))


@router.post("/staff/{slug}/asks/{ask}/answer")
@router.post("/unit/{slug}/asks/{ask}/answer")
def answer(request: Request, house: TheHouse, here: Answering, ask: UUID, typed: Form) -> Response:
    """Answers, or replaces an answer that is not approved yet."""
    row = known_row(house, here, ask)
    try:
        given = forms.read_answer(typed, row, house.office, _declared_poll(house, row))
        position = commands.answer_ask(house.office, here.by(typed), ask, given)
    except Refused as refused:
        return again(request, "asks/one.html", typed, refused, **_context(request, house, here, row))
    return done(request, position, _address(request, here, ask), _("答复已提交。"))


@router.post("/staff/{slug}/asks/{ask}/send-back")
def send_back(request: Request, house: TheHouse, here: Here, ask: UUID, typed: Form) -> Response:
    """Sends the answer back with a reason."""
    row = known_row(house, here, ask)
    try:
        position = commands.send_back_ask(house.office, here.by(typed), ask, typed.text("reason"))
    except Refused as refused:
        return again(request, "asks/one.html", typed, refused, **_context(request, house, here, row))
    return done(request, position, _address(request, here, ask), _("已退回重报。"))


@router.post("/staff/{slug}/asks/{ask}/approve")
def approve(request: Request, house: TheHouse, here: Here, ask: UUID, typed: Form) -> Response:
    """Approves the answer; residents see it from now on."""
    known_row(house, here, ask)
    position = commands.approve_ask(house.office, here.by(typed), ask)
    return done(request, position, _address(request, here, ask), _("已认可，项目公开页已更新。"))


def known_row(house: House, here: Place, ask: UUID) -> AskRow:
    """An ask of this congress, for the office and for whom it is addressed to. Raises NotFound."""
    with house.reading.connect() as conn:
        row = asks_board.ask(conn, ask)
    if row is None or row.congress != here.congress.id or not (here.may(Act.READ_OFFICE) or is_addressed(here, row)):
        raise NotFound(kind="ask", id=str(ask))
    return row


def is_addressed(here: Place, row: AskRow) -> bool:
    """A department sees its own asks, the government office all of them."""
    roles = {grant.role for grant in here.actor.grants if grant.congress in (None, here.congress.id)}
    return Role.GOVERNMENT in roles or (row.unit is not None and row.unit == here.unit)


def _context(request: Request, house: House, here: Place, row: AskRow) -> dict[str, Any]:
    ask = views.shown(row, house.office.today(), here.congress.short_name)
    return {
        "ask": ask,
        "answer": views.answer_lines(row),
        "may_answer": here.may(Act.ANSWER_ASK) and ask.is_open,
        "may_approve": here.may(Act.APPROVE_ASK) and row.stage == "answered",
        "address": _address(request, here, row.ask),
    }


def _filled(request: Request, house: House, row: AskRow) -> Sheet:
    """The form with the last answer, or with what the system knows."""
    if row.answer is not None:
        return blank(request, **row.answer)
    if row.kind == AskKind.PLAN:
        return blank(request, **_plan_known(house, row))
    poll = _declared_poll(house, row)
    state = house.office.state_of(poll, polls.evolve) if poll and row.kind == AskKind.RESULT else None
    if poll is None or state is None:
        return blank(request)
    known = result_answer(poll, state)
    return blank(request, **{name: getattr(known, name) for name in type(known).__dataclass_fields__})


def _plan_known(house: House, row: AskRow) -> dict[str, object]:
    """Ask 1 from the call of its year: its window and channels, what came in, and the candidates so far."""
    with house.reading.connect() as conn:
        call = calls.call_of(conn, row.congress, row.year)
        received = proposal_register.totals(conn, row.congress, row.year).received
        rail = year_rail.rail(conn, row.congress, row.year)
    if call is None:
        return {}
    return {
        "call_from": call.opens_on,
        "call_until": call.closes_on,
        "channels": channel_words(call.channels),
        "proposals_received": received,
        "draft_candidates": rail.candidates if rail else 0,
    }


def _declared_poll(house: House, row: AskRow) -> UUID | None:
    with house.reading.connect() as conn:
        announced = voted_list.announced(conn, row.congress, row.year)
    return announced.poll if announced else None


def _address(request: Request, here: Place, ask: UUID) -> str:
    return f"/{request.url.path.split('/')[1]}/{here.congress.slug}/asks/{ask}"
