"""Pages where papers and keypads are counted: the same for the office and for the scrutineers' table."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from application.polls import paper_count as commands
from application.polls.paper_count import KEYPADS, differing_in, entry_of
from application.private.workings import picture_of
from domain.accounts.permissions import Act
from domain.polls.count import form_of
from domain.polls.paper_count import TEAMS, EntryDoesNotAddUp, papers_of
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Here, Place, TheHouse
from interfaces.web._base.forms import Form, Sheet, Typed, blank, refilled
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web._base.sentences import status_of
from interfaces.web.papers import forms, scanning, views
from interfaces.web.polls.desk import PollDesk, around, office_desk
from interfaces.web.polls.scanning import by_without_content
from interfaces.web.scrutineer.table import at_table, chiefs

router = APIRouter()

DeskOf = Callable[[House, Place, UUID], PollDesk]


@router.get("/staff/{slug}/polls/{poll}/papers")
def office_papers(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The batches, for the office."""
    return _overview(request, office_desk(house, here, poll, Act.ENTER_PAPERS))


@router.get("/scrutineer/{slug}/polls/{poll}/papers")
def table_papers(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The batches, for the scrutineers."""
    return _overview(request, at_table(house, here, poll))


@router.post("/staff/{slug}/polls/{poll}/papers")
def office_returned(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """What the boxes held."""
    return _returned(request, office_desk(house, here, poll, Act.ENTER_PAPERS), typed)


@router.post("/scrutineer/{slug}/polls/{poll}/papers")
def table_returned(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """What the boxes held."""
    return _returned(request, at_table(house, here, poll), typed)


@router.get("/staff/{slug}/polls/{poll}/papers/{batch}/{team}")
def office_entry(request: Request, house: TheHouse, here: Here, poll: UUID, batch: int, team: int) -> Response:
    """The form of a batch, for a team."""
    return _entry(request, office_desk(house, here, poll, Act.ENTER_PAPERS), batch, team)


@router.get("/scrutineer/{slug}/polls/{poll}/papers/{batch}/{team}")
def table_entry(request: Request, house: TheHouse, here: Here, poll: UUID, batch: int, team: int) -> Response:
    """The form of a batch, for a team."""
    return _entry(request, at_table(house, here, poll), batch, team)


@router.post("/staff/{slug}/polls/{poll}/papers/{batch}/{team}")
def office_enters(
    request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID, batch: int, team: int
) -> Response:
    """A team's figures."""
    return _enter(request, office_desk(house, here, poll, Act.ENTER_PAPERS), typed, batch, team)


@router.post("/scrutineer/{slug}/polls/{poll}/papers/{batch}/{team}")
def table_enters(
    request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID, batch: int, team: int
) -> Response:
    """A team's figures."""
    return _enter(request, at_table(house, here, poll), typed, batch, team)


@router.get("/staff/{slug}/polls/{poll}/papers/doubtful")
def office_doubtful(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The queue, for the office to look at."""
    return _queue(request, office_desk(house, here, poll, Act.ENTER_PAPERS))


@router.get("/scrutineer/{slug}/polls/{poll}/papers/doubtful")
def table_doubtful(request: Request, house: TheHouse, here: Here, poll: UUID) -> Response:
    """The chief's queue."""
    return _queue(request, at_table(house, here, poll))


@router.post("/scrutineer/{slug}/polls/{poll}/papers/doubtful")
def decide(request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID) -> Response:
    """The chief decides on one mark."""
    desk = chiefs(at_table(house, here, poll))
    try:
        batch, item, number = typed.integer("batch"), typed.required("item"), typed.integer("number")
        mark, reason = typed.required("mark"), typed.required("reason")
        typed.settle()
        position = commands.decide_doubtful(
            house.office,
            house.private,
            by_without_content(here, typed),
            poll,
            batch=batch,
            item=item,
            number=number,
            mark="" if mark == "blank" else mark,
            reason=reason,
        )
    except Refused as refused:
        return again(request, "papers/doubtful.html", typed, refused, **_queue_context(desk))
    return done(request, position, f"{desk.root}/papers/doubtful", _("已决定。"))


def _overview(request: Request, desk: PollDesk, form: Sheet | None = None, status: int = 200) -> Response:
    state = desk.state
    team = views.my_team(desk)
    context = around(desk) | {
        "team": team,
        "teams": TEAMS,
        "team_words": views.TEAM_WORDS,
        "may_change": views.may_change(desk),
        "least": state.prepared.profile.min_group_size,
        "waiting": sum(one.decided is None for one in views.doubtful(desk)),
        "batches": (views.keypad_line(desk),) if state.prepared.keypad else views.batches(desk),
        "differing": _compared(desk),
        "places": views.places(desk),
    }
    return page(request, "papers/overview.html", form=form or blank(request), status=status, **context)


def _compared(desk: PollDesk) -> list[tuple[int, tuple[views.DifferingItem, ...]]]:
    """By batch, the items that differ; shown once both teams have entered, never before."""
    found = []
    for batch, differing in differing_in(desk.house.private, desk.id, desk.state).items():
        first, second = (entry_of(desk.house.private, desk.id, desk.state, batch, team) for team in TEAMS)
        if first and second:
            found.append((batch, views.side_by_side(desk, first, second, differing)))
    return found


def _returned(request: Request, desk: PollDesk, typed: Typed) -> Response:
    try:
        sizes = forms.typed_batches(typed, desk.state.prepared.profile.min_group_size)
        position = commands.return_papers(desk.house.office, desk.here.by(typed), desk.id, sizes)
    except Refused as refused:
        return _overview(request, desk, refilled(request, typed, refused), status_of(refused))
    return done(request, position, f"{desk.root}/papers", _("收回的纸质票已登记，可以分组录入。"))


def _entry(request: Request, desk: PollDesk, batch: int, team: int) -> Response:
    """A team's own figures; to others they are shown once both teams have entered (rule 15)."""
    context = _entry_context(desk, batch, team)
    entered = {one: entry_of(desk.house.private, desk.id, desk.state, batch, one) for one in TEAMS}
    may_see = views.my_team(desk) == team or all(entered.values())
    differing = differing_in(desk.house.private, desk.id, desk.state).get(batch)
    filled = forms.filled(entered[team] if may_see else None, differing)
    return page(request, "papers/entry.html", form=blank(request, **filled.values), settled=filled.settled, **context)


def _enter(request: Request, desk: PollDesk, typed: Typed, batch: int, team: int) -> Response:
    house, context, form = desk.house, _entry_context(desk, batch, team), form_of(desk.id, desk.state.prepared)
    by = by_without_content(desk.here, typed)
    try:
        entry = forms.typed_entry(typed, form, context["papers"])
        typed.settle()
        if batch == KEYPADS:
            position = commands.enter_keypad(house.office, house.private, by, desk.id, team=team, entry=entry)
        else:
            position = commands.enter_batch(
                house.office,
                house.private,
                by,
                desk.id,
                team=team,
                batch=batch,
                entry=entry,
                scanned=typed.ticked("scanned"),
            )
    except EntryDoesNotAddUp as short:
        sheet = Sheet(request=request, typed=typed.data, errors=forms.sentences_of(short, form))
        return page(request, "papers/entry.html", form=sheet, status=status_of(short), settled=frozenset(), **context)
    except Refused as refused:
        return again(request, "papers/entry.html", typed, refused, settled=frozenset(), **context)
    return done(request, position, f"{desk.root}/papers", _("已录入。"))


@router.get("/staff/{slug}/polls/{poll}/papers/{batch}/{team}/scan")
def office_scan(request: Request, house: TheHouse, here: Here, poll: UUID, batch: int, team: int) -> Response:
    """Where scans are chosen."""
    desk = office_desk(house, here, poll, Act.ENTER_PAPERS)
    return scanning.asked(request, desk, _entry_context(desk, batch, team))


@router.get("/scrutineer/{slug}/polls/{poll}/papers/{batch}/{team}/scan")
def table_scan(request: Request, house: TheHouse, here: Here, poll: UUID, batch: int, team: int) -> Response:
    """Where scans are chosen."""
    desk = at_table(house, here, poll)
    return scanning.asked(request, desk, _entry_context(desk, batch, team))


@router.post("/staff/{slug}/polls/{poll}/papers/{batch}/{team}/scan")
def office_scans(
    request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID, batch: int, team: int
) -> Response:
    """Scans are read and forgotten; the figures stand in the form, for a person to complete and enter."""
    desk = office_desk(house, here, poll, Act.ENTER_PAPERS)
    return scanning.read(request, desk, typed, _entry_context(desk, batch, team))


@router.post("/scrutineer/{slug}/polls/{poll}/papers/{batch}/{team}/scan")
def table_scans(
    request: Request, house: TheHouse, here: Here, typed: Form, poll: UUID, batch: int, team: int
) -> Response:
    """Scans are read and forgotten; the figures stand in the form, for a person to complete and enter."""
    desk = at_table(house, here, poll)
    return scanning.read(request, desk, typed, _entry_context(desk, batch, team))


@router.get("/scrutineer/{slug}/polls/{poll}/papers/doubtful/{batch}/{item}/{number}")
def doubtful_picture(house: TheHouse, here: Here, poll: UUID, batch: int, item: str, number: int) -> Response:
    """What a scan shows of a doubtful mark, for the scrutineers alone."""
    desk = at_table(house, here, poll)
    picture = picture_of(house.private, desk.id, batch, item, number)
    if picture is None:
        raise NotFound(kind="doubtful_mark", id=item)
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": "no-store"})


def _entry_context(desk: PollDesk, batch: int, team: int) -> dict[str, Any]:
    if team not in TEAMS or (batch == KEYPADS) is not desk.state.prepared.keypad:
        raise NotFound(kind="batch", id=str(batch))
    keypad = batch == KEYPADS
    return around(desk) | {
        "batch": batch,
        "team": team,
        "team_name": str(views.TEAM_WORDS[team]),
        "papers": None if keypad else papers_of(desk.state, batch),
        "keypad": keypad,
        "places": views.places(desk),
        "most_for": form_of(desk.id, desk.state.prepared).most_for,
        "may_change": views.may_change(desk),
        "scan": None,
    }


def _queue(request: Request, desk: PollDesk) -> Response:
    return page(request, "papers/doubtful.html", **_queue_context(desk))


def _queue_context(desk: PollDesk) -> dict[str, Any]:
    return around(desk) | {
        "marks": views.doubtful(desk),
        "decidable": views.decidable(form_of(desk.id, desk.state.prepared)),
        "may_decide": desk.is_chief and desk.area == "scrutineer" and views.may_change(desk),
    }
