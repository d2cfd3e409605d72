"""Rehearsals 演练 of a session: nothing in them reaches the real one."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request, Response
from pydantic import Field

from application.polls import rehearsal_day, rehearsing
from domain.accounts.permissions import Act
from domain.accounts.scopes import Scope
from domain.polls.made_up import MadeUp
from domain.polls.poll import Sealing
from domain.shared import NotFound
from interfaces.api._base.callers import At, OfficeReader, needing
from interfaces.api._base.models import Asked, Id, Shown, Whole
from interfaces.api._base.operations import ROOT, operations
from interfaces.api._base.paging import Page, Paged
from interfaces.api._base.tables import PDF, file_of
from interfaces.api.polls.models import ID, PollShown, Reason, ThePoll, TheSession
from interfaces.api.polls.seen import desk_of, poll_shown
from interfaces.documents.run_sheet import run_sheet as printed_sheet
from interfaces.web.polls.downloads import pdf
from interfaces.web.polls.sets import session_here
from interfaces.web.run_sheet.views import sheet_of
from projections import poll_board
from projections.congress_register import ListedSession, rehearsals_of, session_at

router = operations("polls", read=Scope.POLLS_READ, write=Scope.POLLS_WRITE)

OF_SESSION = "/congresses/{slug}/sessions/{session}/rehearsals"
ONE = "/congresses/{slug}/rehearsals/{rehearsal}"
POLL = "/congresses/{slug}/polls/{poll}"

Preparer = Annotated[At, Depends(needing(Act.PREPARE_POLL))]
TheRehearsal = Annotated[UUID, Path(description="演练的标识。", examples=[ID])]


class NewRehearsal(Asked):
    """Which rules are rehearsed, and whether with sealed ballots."""

    profile: Id = Field(description="票决办法，草案也可以。", examples=[ID])
    sealing: Sealing = Field(default=Sealing.SEALED, description="是否密封。", examples=["sealed"])


class RehearsalShown(Shown):
    """A rehearsal: a session of its own."""

    id: UUID = Field(description="标识；签到、票卡、表决的接口把它当作会议的标识。", examples=[ID])
    session: UUID = Field(description="演练的是哪次会议。", examples=[ID])
    number: int = Field(description="第几次演练。", examples=[1])
    title: str = Field(description="名称。", examples=["演练1：第六次会议"])
    ended: bool = Field(description="是否已作废。", examples=[False])
    polls: list[UUID] = Field(description="演练里的表决。", examples=[[ID]])


class MadeUpBallots(Asked):
    """What the made-up ballots come to."""

    leave: Whole = Field(default=0, ge=0, le=5000, description="留下几张亲手试投。", examples=[3])
    outcome: MadeUp = Field(
        default=MadeUp.CLEAR, description="`clear` 结果分明，`tie` 末位得票相同。", examples=["tie"]
    )


class MadeUpCastShown(Shown):
    """What became of them."""

    cast: int = Field(description="投入的模拟票。", examples=[311])
    left: int = Field(description="留下的票卡。", examples=[3])


@router.get(OF_SESSION, summary="一次会议的演练", description="演练不在会议列表里，也不产生任何结果。")
def rehearsals(here: OfficeReader, session: TheSession, paging: Paged) -> Page[RehearsalShown]:
    """The newest first."""
    session_here(here.house, here.place, session)
    with here.house.reading.connect() as connection:
        listed = rehearsals_of(connection, session)
    return paging.part(here.told, listed, lambda one: one.id, lambda one: _shown(here, one))


@router.post(OF_SESSION, status_code=201, summary="开始演练", description="用全体代表名册，自备票卡和备用票卡。")
def begin_rehearsal(here: Preparer, session: TheSession, body: NewRehearsal) -> RehearsalShown:
    """The rehearsal with its poll."""
    session_here(here.house, here.place, session)
    house, by = here.house, here.by()
    poll = house.office.new_id(by, "poll")
    position = rehearsing.begin_rehearsal(
        house.office, house.box, house.private, by, session, poll, profile=body.profile, sealing=body.sealing
    )
    house.followers.wait_for(position)
    with house.reading.connect() as connection:
        begun = poll_board.rehearsal_of(connection, poll)
    if begun is None:
        raise NotFound(kind="rehearsal", id="")
    here.done(position, f"{ROOT}/congresses/{here.congress.slug}/rehearsals/{begun}")
    return _shown(here, _known(here, begun))


@router.get(ONE, summary="一次演练")
def rehearsal(here: OfficeReader, rehearsal: TheRehearsal) -> RehearsalShown:
    """Its polls are read as any others."""
    return _shown(here, _known(here, rehearsal))


@router.post(f"{ONE}/end", summary="作废演练", description="不论进行到哪一步；模拟票卡的编码随之删除。")
def end_rehearsal(here: Preparer, rehearsal: TheRehearsal, body: Reason) -> RehearsalShown:
    """Throws it away."""
    _known(here, rehearsal)
    house = here.house
    held = _polls(here, rehearsal)
    position = rehearsing.end_rehearsal(
        house.office, house.box, house.private, here.by(), rehearsal, held=held, reason=body.reason
    )
    here.done(position)
    return _shown(here, _known(here, rehearsal))


@router.post(f"{POLL}/seat-everybody", summary="演练：全体签到并领票卡", description="只能在演练里用。")
def seat_everybody(request: Request, here: Preparer, poll: ThePoll) -> PollShown:
    """The whole roll is present; the real session's attendance stays as it is."""
    desk_of(here, poll)
    house = here.house
    here.done(rehearsal_day.seat_everybody(house.office, house.box, house.private, here.by(), poll))
    return poll_shown(request, here, poll)


@router.post(f"{POLL}/made-up-ballots", summary="演练：投入模拟票", description="只能在演练里用。")
def cast_made_up(here: Preparer, poll: ThePoll, body: MadeUpBallots) -> MadeUpCastShown:
    """A ballot for every card but a few."""
    desk_of(here, poll)
    house = here.house
    made = rehearsal_day.cast_made_up(
        house.office, house.box, house.private, here.by(), poll, outcome=body.outcome, leave=body.leave
    )
    return MadeUpCastShown(cast=made.cast, left=made.left)


@router.get(f"{POLL}/run-sheet.pdf", summary="流程单", **file_of(PDF))
def run_sheet(here: OfficeReader, poll: ThePoll) -> Response:
    """Who does what on the day."""
    return pdf(printed_sheet(sheet_of(desk_of(here, poll))), "run-sheet.pdf")


def _known(here: At, rehearsal: UUID) -> ListedSession:
    with here.house.reading.connect() as connection:
        known = session_at(connection, here.congress.id, rehearsal)
    if known is None or known.rehearsal_of is None:
        raise NotFound(kind="rehearsal", id=str(rehearsal))
    return known


def _polls(here: At, rehearsal: UUID) -> list[UUID]:
    with here.house.reading.connect() as connection:
        return [poll.id for poll in poll_board.polls_of_session(connection, rehearsal)]


def _shown(here: At, known: ListedSession) -> RehearsalShown:
    if known.rehearsal_of is None:
        raise NotFound(kind="rehearsal", id=str(known.id))
    return RehearsalShown(
        id=known.id,
        session=known.rehearsal_of,
        number=known.rehearsal,
        title=known.title,
        ended=known.thrown_away,
        polls=_polls(here, known.id),
    )
