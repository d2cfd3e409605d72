"""The candidate list: published, taken back, and who has read it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import projects as commands
from application.proposals.screening import rules_of
from domain.accounts.permissions import Act
from domain.projects import candidate_list as lists
from domain.projects.candidate_list import PresidiumDecision
from domain.projects.project import Stage
from domain.shared import Missing, Refused
from interfaces.composition import House
from interfaces.web._base.asking import OfficeReader, Place, TheHouse
from interfaces.web._base.forms import Form, Typed, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.candidates import papers
from interfaces.web.candidates.desk import ListKeeper, chosen_year, pre_reading
from interfaces.web.candidates.sentences import gaps_said
from interfaces.web.screening.words import missing_words
from projections import candidate_board, reading_receipts
from projections.candidate_board import Standing
from projections.congress_register import sessions_of
from projections.reading_receipts import Reader

router = APIRouter()

PATH = "/staff/{slug}/projects/list"


@router.get(PATH)
def show(request: Request, house: TheHouse, here: OfficeReader, year: int = 0) -> Response:
    """The list as published with its readers, or the form that publishes it."""
    context = _context(house, here, year)
    candidates = context["candidates"]
    ready = [one for one in candidates if one.standing is Standing.READY and one.number is not None]
    chosen = [str(one.project) for one in ready]
    form = blank(request, chosen=chosen, session=_latest(context), decision=_("大会主席团会议通过"))
    return page(request, "candidates/list.html", form=form, **context)


@router.post(PATH)
def publish(request: Request, house: TheHouse, here: ListKeeper, typed: Form) -> Response:
    """Fixes the list; from today the pre-reading days run."""
    year, by = typed.integer("year"), here.by(typed)
    try:
        with papers.keeping(house, by, here.congress.id, papers.sent_along(typed, "scan"), "scan") as scan:
            decision = PresidiumDecision(
                words=typed.required("decision"),
                number=typed.text("decision_number"),
                on=typed.date("decided_on") if typed.text("decided_on") else None,
                scan=scan,
            )
            session, chosen = _chosen(house, here, typed, year)
            today = house.office.today()
            position = commands.publish_list(house.office, by, here.congress.id, year, session, chosen, decision, today)
    except Refused as refused:
        return again(request, "candidates/list.html", typed, refused, **_context(house, here, year))
    return done(request, position, _address(here, year), _("名单已公布，代表现在可以阅读候选项目。"))


@router.get(f"{PATH}/scan")
def scan_of_decision(house: TheHouse, here: OfficeReader, year: int) -> Response:
    """The signed decision by which the list was fixed."""
    listed = house.office.state_of(lists.list_stream(here.congress.id, year), lists.evolve)
    return papers.paper_response(house, here, listed.decision.scan if listed and listed.published else None)


@router.post(f"{PATH}/withdraw")
def withdraw(request: Request, house: TheHouse, here: ListKeeper, typed: Form) -> Response:
    """Takes the list back to be put right."""
    year = typed.integer("year")
    try:
        typed.settle()
        reason = typed.text("reason")
        position = commands.withdraw_list(house.office, here.by(typed), here.congress.id, year, reason)
    except Refused as refused:
        return again(request, "candidates/list.html", typed, refused, **_context(house, here, year))
    return done(request, position, _address(here, year), _("名单已撤回，可以修改候选项目。"))


def _chosen(house: House, here: Place, typed: Typed, year: int) -> tuple[UUID, list[tuple[UUID, int]]]:
    wanted = set(typed.texts("chosen"))
    session = typed.id("session")
    typed.settle()
    with house.reading.connect() as conn:
        candidates = candidate_board.candidates_of(conn, here.congress.id, year)
    chosen = [(one.project, one.number or 0) for one in candidates if str(one.project) in wanted]
    if not chosen:
        raise Missing(fields=("candidates",))
    return session, chosen


def _context(house: House, here: Place, asked: int) -> dict[str, Any]:
    today = house.office.today()
    with house.reading.connect() as conn:
        year, years = chosen_year(conn, here, today, asked)
        candidates = candidate_board.candidates_of(conn, here.congress.id, year)
        on_list = [one for one in candidates if one.listed_number is not None]
        readers = reading_receipts.readers_of(conn, here.congress.id, year, [one.project for one in on_list])
        sessions = [one for one in sessions_of(conn, here.congress.id) if one.year == year]
        decision = candidate_board.decision_of(conn, here.congress.id, year)
    stream = lists.list_stream(here.congress.id, year)
    listed = house.office.state_of(stream, lists.evolve)
    published = listed if listed is not None and listed.published else None
    return {
        "year": year,
        "years": years,
        "published": published,
        "decision": decision,
        "reading": pre_reading(house, here, published.session, published.published_on) if published else None,
        "candidates": [one for one in candidates if one.stage == Stage.DRAFT],
        "listed": on_list,
        "readers": readers,
        "by_delegation": _by_delegation(readers, len(on_list)),
        "sessions": [(one.id, one.title) for one in sessions],
        "missing": lambda one: missing_words(one, gaps_said(one.gaps)),
        "numbered": rules_of(house.office, here.congress.id) is not None,
        "accept": papers.ACCEPT,
        "may_fix": here.may(Act.FIX_LIST),
        "root": f"/staff/{here.congress.slug}/projects",
    }


def _by_delegation(readers: list[Reader], cards: int) -> list[tuple[str, int, int, list[Reader]]]:
    """Delegation, its delegates, those who have read every card, and those who have not."""
    names = dict.fromkeys(reader.delegation for reader in readers)
    found = []
    for name in names:
        members = [reader for reader in readers if reader.delegation == name]
        unread = [reader for reader in members if reader.cards < cards]
        found.append((name, len(members), len(members) - len(unread), unread))
    return found


def _latest(context: dict[str, Any]) -> str:
    return str(context["sessions"][0][0]) if context["sessions"] else ""


def _address(here: Place, year: int) -> str:
    return f"/staff/{here.congress.slug}/projects/list?year={year}"
