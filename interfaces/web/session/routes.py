"""The sessions of a congress: convened, rescheduled, and the page from which a day is run."""

from collections import Counter
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from application import congress as commands
from domain.accounts.permissions import Act
from domain.congress.session import session_id
from domain.polls.poll import PollStage
from domain.shared import NotFound, Refused
from interfaces.composition import House
from interfaces.web._base.asking import Place, TheHouse, needing
from interfaces.web._base.forms import Form, blank
from interfaces.web._base.language import gettext as _
from interfaces.web._base.pages import again, done, page
from interfaces.web.polls.words import STAGE_KINDS, STAGES
from interfaces.web.session import desk, own, papers
from interfaces.web.session.views import AtSession, known_session, standing, title_of
from projections import attendance, card_shelf, poll_board, year_rail
from projections.congress_register import ListedSession, sessions_of

router = APIRouter()
for part in (desk, own, papers):
    router.routes.extend(part.router.routes)

PATH = "/staff/{slug}/sessions"
ONE = f"{PATH}/{{session}}"
Convener = Annotated[Place, Depends(needing(Act.CONVENE_SESSION))]

_AUTUMN = 10
"""From October on a session is convened for the projects of the next year."""

_PARTS = {"delegations": "session/_table.html", "desk": "session/_count.html"}


@router.get(PATH)
def sessions(request: Request, house: TheHouse, here: AtSession) -> Response:
    """Every session, the newest first."""
    with house.reading.connect() as connection:
        known = sessions_of(connection, here.congress.id)
        polls = {one.id: poll_board.polls_of_session(connection, one.id) for one in known}
        present = {
            one.id: sum(part.present for part in attendance.presence(connection, here.congress.id, one.id))
            for one in known
        }
    return page(
        request,
        "session/list.html",
        sessions=known,
        polls=polls,
        present=present,
        stages=STAGES,
        stage_kinds=STAGE_KINDS,
        today=house.office.today(),
        may_convene=here.may(Act.CONVENE_SESSION),
        root=_root(here),
    )


@router.get(f"{PATH}/new")
def new(request: Request, house: TheHouse, here: Convener) -> Response:
    """The form for the next session, filled in as far as the office knows."""
    with house.reading.connect() as connection:
        known = [one for one in sessions_of(connection, here.congress.id) if one.term == here.congress.term]
    number = max((one.number for one in known), default=0) + 1
    today = house.office.today()
    form = blank(
        request,
        number=number,
        title=title_of(here.congress.name, here.congress.term, number),
        year=today.year + (today.month >= _AUTUMN),
    )
    return page(request, "session/new.html", form=form, root=_root(here))


@router.post(f"{PATH}/new")
def convene(request: Request, house: TheHouse, here: Convener, typed: Form) -> Response:
    """Calls the session."""
    try:
        number, title, year = typed.integer("number"), typed.required("title"), typed.integer("year")
        starts_on, ends_on = typed.date("starts_on"), typed.date("ends_on")
        typed.settle()
        position = commands.convene_session(
            house.office,
            here.by(typed),
            here.congress.id,
            number=number,
            title=title,
            year=year,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    except Refused as refused:
        return again(request, "session/new.html", typed, refused, root=_root(here))
    made = session_id(here.congress.id, here.congress.term, number)
    return done(request, position, f"{_root(here)}/{made}", _("会议已召集。"))


@router.get(ONE)
def one(request: Request, house: TheHouse, here: AtSession, session: UUID) -> Response:
    """The day of a session on one page."""
    with house.reading.connect() as connection:
        known = known_session(connection, here, session)
        rail = year_rail.rail(connection, here.congress.id, known.year)
        polls = poll_board.polls_of_session(connection, session)
        sets = card_shelf.sets_of(connection, session)
    return page(
        request,
        "session/one.html",
        rail=rail if rail and rail.session in (None, session) else None,
        polls=[poll for poll in polls if poll.stage is not PollStage.CANCELLED],
        sets=sets,
        stages=STAGES,
        stage_kinds=STAGE_KINDS,
        today=house.office.today(),
        **_live(house, here, session),
    )


@router.get(f"{ONE}/live")
def live(request: Request, house: TheHouse, here: AtSession, session: UUID) -> Response:
    """The numbers again, for a page that is open."""
    return page(request, "session/_live.html", **_live(house, here, session))


@router.get(f"{ONE}/live/{{part}}")
def live_part(request: Request, house: TheHouse, here: AtSession, session: UUID, part: str) -> Response:
    """The delegations again, or the count beside the desk."""
    if part not in _PARTS:
        raise NotFound(kind="page", id=part)
    return page(request, _PARTS[part], **_live(house, here, session))


@router.get(f"{ONE}/attendance")
def lists(
    request: Request, house: TheHouse, here: AtSession, session: UUID, show: str = "absent", delegation: str = ""
) -> Response:
    """Names by delegation: who is absent, who is present, or everybody."""
    show = show if show in ("absent", "present", "all") else "absent"
    with house.reading.connect() as connection:
        people = attendance.attendees(connection, here.congress.id, session, delegation=delegation)
    shown = [one for one in people if show == "all" or one.is_present == (show == "present")]
    return page(
        request,
        "session/attendance.html",
        show=show,
        chosen=delegation,
        people=shown,
        now=house.office.now(),
        **_live(house, here, session),
    )


@router.get(f"{ONE}/edit")
def edit(request: Request, house: TheHouse, here: Convener, session: UUID) -> Response:
    """The form of a session's title, year and dates."""
    known = _known(house, here, session)
    form = blank(request, title=known.title, year=known.year, starts_on=known.starts_on, ends_on=known.ends_on)
    return page(request, "session/edit.html", form=form, session=known, root=_root(here))


@router.post(f"{ONE}/edit")
def reschedule(request: Request, house: TheHouse, here: Convener, session: UUID, typed: Form) -> Response:
    """Another title, year or date."""
    known = _known(house, here, session)
    try:
        title, year = typed.required("title"), typed.integer("year")
        starts_on, ends_on = typed.date("starts_on"), typed.date("ends_on")
        typed.settle()
        position = commands.reschedule_session(
            house.office, here.by(typed), session, title=title, year=year, starts_on=starts_on, ends_on=ends_on
        )
    except Refused as refused:
        return again(request, "session/edit.html", typed, refused, session=known, root=_root(here))
    return done(request, position, f"{_root(here)}/{session}", _("会议安排已更新。"))


def _known(house: House, here: Place, session: UUID) -> ListedSession:
    with house.reading.connect() as connection:
        return known_session(connection, here, session)


def _live(house: House, here: Place, session: UUID) -> dict[str, Any]:
    with house.reading.connect() as connection:
        known = known_session(connection, here, session)
        now = standing(house, connection, here, session)
        drawn = Counter(attendance.cards_drawn(connection, here.congress.id, session))
        drawn.update(attendance.papers_issued(connection, here.congress.id, session))
        polls = poll_board.polls_of_session(connection, session)
    return {
        "session": known,
        "standing": now,
        "drawn": [(poll, drawn[poll.id]) for poll in polls if drawn[poll.id]],
        "root": f"{_root(here)}/{session}",
        "sessions_root": _root(here),
        "Act": Act,
    }


def _root(here: Place) -> str:
    return f"/staff/{here.congress.slug}/sessions"
