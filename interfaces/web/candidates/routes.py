"""Candidate projects of a year: the board, each card, its form; imports and the list beside it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application import projects as commands
from application.proposals.screening import rules_of
from domain.accounts.permissions import Act
from domain.projects import project as projects
from domain.projects.card import gaps
from domain.projects.project import Project, Stage
from domain.shared import Refused
from interfaces.composition import House
from interfaces.documents.workbook import sheet
from interfaces.public.projects import timeline
from interfaces.public.projects.views import people
from interfaces.tables.candidates import COLUMNS
from interfaces.web._base.asking import CandidateReader, Place, TheHouse
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.candidates import approving, comparing, importing, listing
from interfaces.web.candidates.desk import (
    Editor,
    card_choices,
    chosen_year,
    known_project,
    root_of,
    saved_words,
    support_on,
    units_by_name,
)
from interfaces.web.candidates.forms import known_values, read_card
from interfaces.web.candidates.papers import may_read_papers
from interfaces.web.candidates.sentences import LABELS, STAGES, gap_words, gaps_said
from interfaces.web.candidates.steps import may_follow, revised_since, steps_of
from interfaces.web.delegate.views import cost_per_person
from interfaces.web.roll.views import as_workbook
from interfaces.web.screening.words import STANDING_TAGS, STANDINGS, missing_words
from interfaces.web.timeline.readers import reader_of_candidate
from projections import candidate_board, progress_timeline, proposal_register
from projections.candidate_board import ListedCandidate, Standing

router = APIRouter()
for part in (importing, listing, approving, comparing):
    router.routes.extend(part.router.routes)

STAFF, UNIT = "/staff/{slug}/projects", "/unit/{slug}/projects"


@router.get(STAFF)
@router.get(UNIT)
def board(request: Request, house: TheHouse, here: CandidateReader, year: int = 0) -> Response:
    """The year's candidates with what each still lacks."""
    with house.reading.connect() as conn:
        chosen, years = chosen_year(conn, here, house.office.today(), year)
        candidates = candidate_board.candidates_of(conn, here.congress.id, chosen)
    return page(
        request,
        "candidates/board.html",
        columns=[(STANDINGS[one], _standing_at(candidates, one)) for one in Standing if one is not Standing.WITHDRAWN],
        withdrawn=_standing_at(candidates, Standing.WITHDRAWN),
        candidates=candidates,
        missing=lambda one: missing_words(one, gaps_said(one.gaps)),
        stages=STAGES,
        year=chosen,
        years=years,
        may_edit=here.may(Act.EDIT_CANDIDATES),
        root=root_of(request, here),
    )


@router.get(f"{STAFF}/candidates.xlsx")
@router.get(f"{UNIT}/candidates.xlsx")
def export(house: TheHouse, here: CandidateReader, year: int = 0) -> Response:
    """All cards of the year as a workbook that can be imported again."""
    with house.reading.connect() as conn:
        chosen, _years = chosen_year(conn, here, house.office.today(), year)
        candidates = candidate_board.candidates_of(conn, here.congress.id, chosen)
    known = house.office.states_of((one.project for one in candidates), projects.evolve)
    rows = [_row(known[one.project]) for one in candidates if one.stage != Stage.WITHDRAWN]
    content = sheet("候选项目", [column.heading for column in COLUMNS], rows)
    return as_workbook(content, f"候选项目-{here.congress.short_name}-{chosen}.xlsx")


@router.get(f"{STAFF}/new")
@router.get(f"{UNIT}/new")
def new(request: Request, house: TheHouse, here: Editor, year: int = 0) -> Response:
    """The form for one more candidate."""
    with house.reading.connect() as conn:
        chosen, _years = chosen_year(conn, here, house.office.today(), year)
        numbers = [one.number or 0 for one in candidate_board.candidates_of(conn, here.congress.id, chosen)]
    form = blank(request, number=max(numbers, default=0) + 1, support_proposals=0, supporters=0)
    return page(request, "candidates/new.html", form=form, year=chosen, **_choices(request, house, here))


@router.post(f"{STAFF}/new")
@router.post(f"{UNIT}/new")
def draft(request: Request, house: TheHouse, here: Editor, typed: Form) -> Response:
    """Saves a new candidate, with gaps if it has some."""
    by, year = here.by(typed), typed.integer("year")
    project = house.office.new_id(by, "project")
    try:
        typed.settle()
        card = read_card(typed, units_by_name(house, here))
        position = commands.draft_candidate(house.office, by, here.congress.id, year, project, card)
    except Refused as refused:
        return again(request, "candidates/new.html", typed, refused, year=year, **_choices(request, house, here))
    return done(request, position, f"{root_of(request, here)}/{project}", saved_words(with_gaps=bool(gaps(card))))


@router.get(f"{STAFF}/{{project}}")
@router.get(f"{UNIT}/{{project}}")
def one(request: Request, house: TheHouse, here: CandidateReader, project: UUID) -> Response:
    """The card with its way so far."""
    state = known_project(house, here, project)
    rules = rules_of(house.office, here.congress.id)
    with house.reading.connect() as conn:
        entries = progress_timeline.timeline(conn, project, reader_of_candidate(here, state.card.lead_unit))
        standing = candidate_board.candidate_at(conn, here.congress.id, project)
        behind = proposal_register.behind(conn, project) if here.may(Act.READ_PROPOSALS) else []
    found = gaps(state.card)
    return page(
        request,
        "candidates/one.html",
        project=project,
        state=state,
        card=state.card,
        stage=STAGES[state.stage],
        labels=LABELS,
        per_person=cost_per_person(state),
        people=people,
        gaps=[(LABELS[gap.field], gap_words(gap.field, gap.gap, gap.value)) for gap in found]
        if state.stage is Stage.DRAFT
        else [],
        lines=timeline.lines(entries, with_counts=True),
        standing=standing,
        support=standing.support if standing else support_on(state.card),
        standing_words=STANDINGS,
        standing_tags=STANDING_TAGS,
        steps=steps_of(state, rules),
        revised=revised_since(house.history.recorded_of((project,))[project], state),
        may_follow=may_follow(state, rules),
        screening=state.examined.screening,
        behind=behind,
        form=blank(request),
        may_read_papers=may_read_papers(here),
        **_permitted(here, state),
        root=root_of(request, here),
    )


@router.get(f"{STAFF}/{{project}}/edit")
@router.get(f"{UNIT}/{{project}}/edit")
def edit(request: Request, house: TheHouse, here: Editor, project: UUID) -> Response:
    """The form for a card; what it lacks stands beside the fields."""
    state = known_project(house, here, project)
    form = blank(request, **known_values(state.card))
    form.errors.update({gap.field: gap_words(gap.field, gap.gap, gap.value) for gap in gaps(state.card)})
    context = _one(request, house, here, project, state)
    return page(request, "candidates/edit.html", form=form, **{**context, "lacking": bool(form.errors)})


@router.post(f"{STAFF}/{{project}}/edit")
@router.post(f"{UNIT}/{{project}}/edit")
def revise(request: Request, house: TheHouse, here: Editor, project: UUID, typed: Form) -> Response:
    """Saves the card, with gaps if it has some."""
    state = known_project(house, here, project)
    try:
        card = read_card(typed, units_by_name(house, here))
        position = commands.revise_candidate(house.office, here.by(typed), project, card)
    except Refused as refused:
        return again(request, "candidates/edit.html", typed, refused, **_one(request, house, here, project, state))
    return done(request, position, f"{root_of(request, here)}/{project}", saved_words(with_gaps=bool(gaps(card))))


@router.post(f"{STAFF}/{{project}}/withdraw")
@router.post(f"{UNIT}/{{project}}/withdraw")
def withdraw(request: Request, house: TheHouse, here: Editor, project: UUID, typed: Form) -> Response:
    """Takes a candidate out of the file."""
    state = known_project(house, here, project)
    try:
        position = commands.withdraw_candidate(house.office, here.by(typed), project, typed.text("reason"))
    except Refused as refused:
        return again(request, "candidates/edit.html", typed, refused, **_one(request, house, here, project, state))
    return done(request, position, root_of(request, here), _("已撤回。"))


def _one(request: Request, house: House, here: Place, project: UUID, state: Project) -> dict[str, Any]:
    known = {"project": project, "state": state, "by_record": bool(state.proposals)}
    return {**_choices(request, house, here), **known, "lacking": False}


def _choices(request: Request, house: House, here: Place) -> dict[str, Any]:
    return {**card_choices(house, here), "root": root_of(request, here)}


def _standing_at(candidates: list[ListedCandidate], standing: Standing) -> list[ListedCandidate]:
    return [one for one in candidates if one.standing is standing]


def _permitted(here: Place, state: Project) -> dict[str, Any]:
    """What the person may do with a candidate whose file is open."""
    acts = {
        "may_edit": Act.EDIT_CANDIDATES,
        "may_screen": Act.SCREEN,
        "may_record": Act.RECORD_APPROVALS,
        "may_decide": Act.DECIDE_PROPOSALS,
    }
    return {name: here.may(act) and state.stage is Stage.DRAFT for name, act in acts.items()}


def _row(state: Project) -> list[Any]:
    values = known_values(state.card)
    lists = {name: str(values[name]).replace("\n", ";") for name in ("targets", "sources", "assisting_units")}
    words = {"cross_year": "是" if state.card.cross_year else "否"}
    funds = {
        name: getattr(state.card, name) / 10_000 if getattr(state.card, name) is not None else None
        for name in ("total_funds", "year_funds")
    }
    row = {**values, **lists, **words, **funds}
    return [row[column.field] for column in COLUMNS]
