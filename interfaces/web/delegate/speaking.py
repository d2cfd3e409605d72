"""A delegate's remarks for the own delegation and questions in the own name, with their answers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import deliberation as commands
from application.deliberation import Said
from application.office import By
from domain.projects.project import Stage
from domain.projects.remark import RemarkKind, RemarkStage
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import CandidateReader, Place, TheHouse
from interfaces.web._base.forms import Form, Typed
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.delegate import reading
from interfaces.web.delegate.waiting import may_read, own_delegation
from interfaces.web.deliberation import views
from interfaces.web.deliberation.desk import closed_by
from interfaces.web.deliberation.views import ShownRemark
from interfaces.web.deliberation.words import REMARK_KINDS
from projections import candidate_board, deliberation

router = APIRouter()

AREA = "/delegate/{slug}"
ONE = f"{AREA}/remarks/{{remark}}"


@router.get(f"{AREA}/questions")
def questions(request: Request, house: TheHouse, here: CandidateReader) -> Response:
    """Everything the delegates asked, the own first, and what the own delegation remarked."""
    return page(request, "delegate/questions.html", **_said(house, here))


@router.get(ONE)
def one(request: Request, house: TheHouse, here: CandidateReader, remark: UUID) -> Response:
    """One question or remark with its answer."""
    return page(request, "delegate/remark.html", **_remark(house, here, remark))


@router.post(f"{AREA}/projects/{{project}}/question")
def ask(request: Request, house: TheHouse, here: CandidateReader, project: UUID, typed: Form) -> Response:
    """Asks in the own name."""

    def act(by: By) -> int:
        words = typed.required("question")
        typed.settle()
        return commands.ask_question(house.office, by, project, house.office.new_id(by, "question"), words)

    return _spoken(request, house, here, project, typed, act, _("已提交，有了答复会在首页告诉您。"))


@router.post(f"{AREA}/projects/{{project}}/remark")
def remark(request: Request, house: TheHouse, here: CandidateReader, project: UUID, typed: Form) -> Response:
    """Remarks for the own delegation."""

    def act(by: By) -> int:
        kind = typed.choice("kind", RemarkKind)
        said = Said(kind=kind, words=typed.required("remark"))
        typed.settle()
        return commands.record_remark(house.office, by, project, house.office.new_id(by, "remark"), said)

    return _spoken(request, house, here, project, typed, act, _("已代表本代表团提交审议意见。"))


@router.post(f"{ONE}/take-back")
def take_back(request: Request, house: TheHouse, here: CandidateReader, remark: UUID, typed: Form) -> Response:
    """Takes back what the delegate said."""
    row = _remark(house, here, remark)["row"]

    def act(by: By) -> int:
        reason = typed.required("reason")
        typed.settle()
        return commands.take_back_remark(house.office, by, row.project, remark, reason)

    return _acted(request, house, here, remark, typed, act, _("已撤回。"))


@router.post(f"{ONE}/accept")
def accept(request: Request, house: TheHouse, here: CandidateReader, remark: UUID, typed: Form) -> Response:
    """Takes the answer as good."""
    row = _remark(house, here, remark)["row"]
    return _acted(
        request,
        house,
        here,
        remark,
        typed,
        lambda by: commands.accept_answer(house.office, by, row.project, remark),
        _("已认可答复。"),
    )


@router.post(f"{ONE}/send-back")
def send_back(request: Request, house: TheHouse, here: CandidateReader, remark: UUID, typed: Form) -> Response:
    """Asks for a better answer."""
    row = _remark(house, here, remark)["row"]

    def act(by: By) -> int:
        reason = typed.required("reason")
        typed.settle()
        return commands.send_back_answer(house.office, by, row.project, remark, reason)

    return _acted(request, house, here, remark, typed, act, _("已退回，承办单位会重新答复。"))


def on_card(house: House, here: Place, year: int, project: UUID) -> dict[str, Any]:
    """What the card of a candidate shows of questions and remarks."""
    said = _said(house, here, year)
    listed = next((one for one in reading.listed_cards(house, here, year) if one.project == project), None)
    open_ = closed_by(house, here, year) is None and listed is not None and listed.state.stage is Stage.LISTED
    return {
        "questions": [one for one in said["questions"] if one.row.project == project],
        "remarks": [one for one in said["remarks"] if one.row.project == project],
        "may_speak": here.delegate is not None and open_,
        "delegation": said["delegation"],
        "kinds": list(REMARK_KINDS.items()),
    }


def _said(house: House, here: Place, year: int | None = None) -> dict[str, Any]:
    """The delegates' questions, the own first, and the remarks of the own delegation."""
    chosen = year or reading.newest_year(house, here)
    with house.reading.connect() as conn:
        rows = deliberation.remarks_of(conn, here.congress.id, chosen)
        candidates = candidate_board.candidates_of(conn, here.congress.id, chosen)
        shown = views.shown_all(conn, here.congress.id, rows, candidates, house.office.today())
        delegation = own_delegation(conn, here)
    asked = [one for one in shown if one.row.is_question]
    asked.sort(key=lambda one: not is_own(here, one))
    own = [one for one in shown if not one.row.is_question and one.row.delegation == delegation]
    return {
        "questions": asked,
        "remarks": own,
        "mine": {one.row.remark for one in shown if is_own(here, one)},
        "delegation": delegation,
        "year": chosen,
        "root": _root(here),
    }


def is_own(here: Place, one: ShownRemark) -> bool:
    """Whether the delegate said it."""
    return here.delegate is not None and one.row.delegate == here.delegate


def _remark(house: House, here: Place, remark: UUID) -> dict[str, Any]:
    """A question or a remark that the delegate may read. Raises NotFound."""
    with house.reading.connect() as conn:
        row = deliberation.remark_at(conn, remark)
        delegation = own_delegation(conn, here)
        names = views.delegate_names(conn, here.congress.id)
        candidates = candidate_board.candidates_of(conn, here.congress.id, row.year) if row else []
    if row is None or row.congress != here.congress.id or not may_read(here, row, delegation):
        raise NotFound(kind="remark", id=str(remark))
    known = next((one for one in candidates if one.project == row.project), None)
    shown = views.shown(row, known, names, house.office.today())
    mine = is_own(here, shown)
    return {
        "one": shown,
        "row": row,
        "root": _root(here),
        "may_judge": mine and row.stage == RemarkStage.ANSWERED,
        "may_take_back": mine and row.stage == RemarkStage.OPEN and closed_by(house, here, row.year) is None,
    }


def _spoken(
    request: Request, house: House, here: Place, project: UUID, typed: Typed, act: Callable[[By], int], say: str
) -> Response:
    try:
        position = act(here.by(typed))
    except Refused as refused:
        context = {**reading.card_context(house, here, project)}
        context |= on_card(house, here, context["year"], project)
        return again(request, "delegate/card.html", typed, refused, **context)
    return done(request, position, f"{_root(here)}/projects/{project}#said", say)


def _acted(
    request: Request, house: House, here: Place, remark: UUID, typed: Typed, act: Callable[[By], int], say: str
) -> Response:
    try:
        position = act(here.by(typed))
    except Refused as refused:
        return again(request, "delegate/remark.html", typed, refused, **_remark(house, here, remark))
    return done(request, position, f"{_root(here)}/questions", say)


def _root(here: Place) -> str:
    return f"/delegate/{here.congress.slug}"
