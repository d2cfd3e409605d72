"""Papers on their way to the delegates: printed as PDF, and replaced when spoiled."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.polls import papers_out as commands
from domain.accounts.permissions import Act
from domain.polls.card_set import evolve
from domain.polls.poll import PollStage
from domain.shared import Invalid, Refused
from interfaces.documents.ballot_paper import COLOURS, ballot_papers
from interfaces.web._base.asking import Here, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls import steps
from interfaces.web.polls.desk import PollDesk, office_desk
from interfaces.web.polls.downloads import pdf
from interfaces.web.scrutineer.table import at_table

router = APIRouter()

PRINT, SPOILED = "papers_out/print.html", "papers_out/spoiled.html"

SPARE = 10
"""One paper in so many is printed beyond the roll, for spoiled ones."""

_WHITE = "白色"


@router.get("/staff/{slug}/polls/{poll}/print-papers")
def office_printing(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """How many papers, for the office."""
    return _printing(request, office_desk(house, here, poll, Act.PRINT_CARDS))


@router.get("/scrutineer/{slug}/polls/{poll}/print-papers")
def table_printing(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """How many papers, for the scrutineers."""
    return _printing(request, at_table(house, here, poll))


@router.post("/staff/{slug}/polls/{poll}/print-papers")
def office_prints(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """The papers, for the office."""
    return _print(request, office_desk(house, here, poll, Act.PRINT_CARDS), typed)


@router.post("/scrutineer/{slug}/polls/{poll}/print-papers")
def table_prints(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """The papers, for the scrutineers."""
    return _print(request, at_table(house, here, poll), typed)


@router.get("/staff/{slug}/polls/{poll}/spoiled-papers")
def office_replacing(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """One button, for the office."""
    return page(request, SPOILED, **_page(request, office_desk(house, here, poll, Act.VOID_CARD)))


@router.get("/scrutineer/{slug}/polls/{poll}/spoiled-papers")
def table_replacing(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """One button, for the scrutineers."""
    return page(request, SPOILED, **_page(request, at_table(house, here, poll)))


@router.post("/staff/{slug}/polls/{poll}/spoiled-papers")
def office_replaces(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """One spoiled paper less, one good one more, at the office's desk."""
    return _replace(request, office_desk(house, here, poll, Act.VOID_CARD), typed)


@router.post("/scrutineer/{slug}/polls/{poll}/spoiled-papers")
def table_replaces(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """One spoiled paper less, one good one more, at the scrutineers' table."""
    return _replace(request, at_table(house, here, poll), typed)


def _printing(request: Request, desk: PollDesk) -> Response:
    context = _page(request, desk)
    expected = context["numbers"].all_delegates or 0
    form = blank(request, papers=expected + -(-expected // SPARE))
    return page(request, PRINT, form=form, **context)


def _print(request: Request, desk: PollDesk, typed: Typed) -> Response:
    """The papers are made before they are noted: what cannot be printed is not counted as printed."""
    try:
        papers = typed.integer("papers")
        typed.settle()
        made = papers_pdf(desk, papers)
        commands.print_papers(desk.house.office, desk.here.by(typed), desk.id, papers)
    except Refused as refused:
        return again(request, PRINT, typed, refused, **_page(request, desk))
    return pdf(made, _("纸质票 %(title)s.pdf", title=desk.state.prepared.title))


def papers_pdf(desk: PollDesk, papers: int) -> bytes:
    """So many papers in the poll's colour. Raises Invalid."""
    try:
        return ballot_papers(desk.id, desk.state.prepared, papers, colour=colour_of(desk))
    except Invalid as refused:
        raise Invalid(field="papers", reason=refused.reason, value=refused.value) from None


def colour_of(desk: PollDesk) -> str:
    """The matter's own colour, else that of its cards, else white."""
    prepared = desk.state.prepared
    known = desk.house.office.state_of(prepared.card_set, evolve) if prepared.card_set else None
    wanted = prepared.paper_colour or (known.name.colour if known else "")
    return wanted if wanted.removesuffix("色") in COLOURS else _WHITE


def _replace(request: Request, desk: PollDesk, typed: Typed) -> Response:
    try:
        position = commands.replace_spoiled_paper(desk.house.office, desk.here.by(typed), desk.id)
    except Refused as refused:
        return again(request, SPOILED, typed, refused, **_page(request, desk))
    return done(request, position, f"{desk.root}/spoiled-papers", _("已换一张。"))


def _page(request: Request, desk: PollDesk) -> dict[str, Any]:
    voting = desk.stage in (PollStage.PREPARED, PollStage.OPEN) and not desk.state.prepared.keypad
    return steps.with_numbers(request, desk) | {"colour": colour_of(desk), "may_go_on": voting}
