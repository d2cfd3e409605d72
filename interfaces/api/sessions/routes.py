"""Sessions: convened, rescheduled, and who is there."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query, Response

from application import congress as commands
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.congress.session import session_id
from domain.shared import NotFound
from interfaces.api._base.callers import At, Here, needing
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.sessions import desk
from interfaces.api.sessions.models import (
    AtDesk,
    AttendeeShown,
    NewSession,
    OfDelegation,
    Schedule,
    SessionShown,
    StandingShown,
    TheSession,
    attendee_shown,
    session_shown,
    standing_shown,
)
from interfaces.web.session import papers
from interfaces.web.session.codes import current_session
from interfaces.web.session.views import at_session, known_session, standing
from projections import attendance
from projections.congress_register import ListedSession, sessions_of

router = operations("sessions", read=Scope.SESSIONS_READ, write=Scope.SESSIONS_WRITE)
router.routes.extend(desk.router.routes)

PATH = "/congresses/{slug}/sessions"
ONE = f"{PATH}/{{session}}"


def _at_session(here: Here) -> At:
    """Raises NotPermitted."""
    at_session(here.place)
    return here


AtSession = Annotated[At, Depends(_at_session)]
Attendant = Annotated[At, Depends(needing(Act.CHECK_IN))]
Convener = Annotated[At, Depends(needing(Act.CONVENE_SESSION))]
Show = Annotated[
    Literal["all", "present", "absent"], Query(description="全部、已签到的或没有签到的。", examples=["absent"])
]


@router.get(PATH, summary="会议列表")
def sessions(here: AtSession, paging: Paged) -> Page[SessionShown]:
    """The newest first."""
    with here.house.reading.connect() as connection:
        found = sessions_of(connection, here.congress.id)
    return paging.part(here.told, found, lambda one: one.id, session_shown)


@router.post(PATH, status_code=201, summary="召集会议", description="本届的一次会议；同一次数只有一次会议。")
def convene(here: Convener, body: NewSession) -> SessionShown:
    """One more session."""
    made = session_id(here.congress.id, here.congress.term, body.number)
    position = commands.convene_session(
        here.house.office,
        here.by(made),
        here.congress.id,
        number=body.number,
        title=body.title,
        year=body.year,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
    )
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/sessions/{made}")
    return one(here, made)


@router.get(ONE, summary="一次会议")
def one(here: AtSession, session: TheSession) -> SessionShown:
    """One session."""
    here.shows(session)
    return session_shown(_known(here, session))


@router.put(ONE, summary="更改会议安排", description="候选项目清单公布以前，可以更改名称、年度和日期。")
def reschedule(here: Convener, session: TheSession, body: Schedule) -> SessionShown:
    """Another title, year or date."""
    _known(here, session)
    position = commands.reschedule_session(
        here.house.office,
        here.by(session),
        session,
        title=body.title,
        year=body.year,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
    )
    here.done(position)
    return one(here, session)


@router.get(f"{ONE}/attendance", summary="到会情况")
def present(here: AtSession, session: TheSession) -> StandingShown:
    """How many are there, by delegation, and whether that suffices."""
    with here.house.reading.connect() as connection:
        known_session(connection, here.place, session)
        return standing_shown(standing(here.house, connection, here.place, session))


@router.get(f"{ONE}/attendees", summary="签到名单")
def attendees(
    here: AtSession, session: TheSession, paging: Paged, show: Show = "all", delegation: OfDelegation = ""
) -> Page[AttendeeShown]:
    """The delegates by delegation and number."""
    with here.house.reading.connect() as connection:
        known_session(connection, here.place, session)
        people = attendance.attendees(connection, here.congress.id, session, delegation=delegation)
    found = [one for one in people if show == "all" or one.is_present == (show == "present")]
    return paging.part(here.told, found, lambda one: one.id, attendee_shown)


@router.get(f"{ONE}/badges.pdf", summary="签到证", description="带签到码，可以只要一个代表团的。", **file_of(PDF))
def badges(here: Attendant, session: TheSession, delegation: OfDelegation = "") -> Response:
    """Badges of everybody, or of one delegation."""
    return papers.name_badges(here.house, here.place, session, delegation)


@router.get(f"{ONE}/roll.pdf", summary="签到册", description="供代表签名的名册。", **file_of(PDF))
def roll_to_sign(here: AtSession, session: TheSession) -> Response:
    """The roll with a line for each signature."""
    return papers.roll_to_sign(here.house, here.place, session)


@router.get(
    "/congresses/{slug}/own-check-in",
    summary="本人的签到码",
    description="令牌所属的代表在当前或下一次会议的签到码。",
)
def own(here: Here) -> AtDesk:
    """What the delegate shows at the door. Raises NotFound for others, and where no session is ahead."""
    if here.place.delegate is None:
        raise NotFound(kind="delegate", id="")
    with here.house.reading.connect() as connection:
        session = current_session(sessions_of(connection, here.congress.id), here.house.office.today())
        if session is None:
            raise NotFound(kind="session", id="")
        return desk.at_desk(connection, here, session.id, here.place.delegate)


def _known(here: At, session: UUID) -> ListedSession:
    with here.house.reading.connect() as connection:
        return known_session(connection, here.place, session)
