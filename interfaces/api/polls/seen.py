"""Polls as the API shows them, to the office and to the poll's own scrutineers."""

from uuid import UUID

from starlette.requests import Request

from domain.accounts.permissions import Act
from domain.polls.poll import PollStage
from interfaces.api._base.callers import At
from interfaces.api.polls.models import (
    CountShown,
    ItemShown,
    NumbersShown,
    PollShown,
    RowShown,
    SignatureShown,
)
from interfaces.web._base.sentences import sentence
from interfaces.web.polls.desk import PollDesk, numbers, poll_desk
from interfaces.web.polls.reporting import result


def desk_of(here: At, poll: UUID) -> PollDesk:
    """Raises NotFound, or NotPermitted for who is neither of the office nor a scrutineer of this poll."""
    desk = poll_desk(here.house, here.place, poll)
    theirs = here.place.delegate is not None and here.place.delegate in (desk.state.chief, *desk.state.scrutineers)
    if not (theirs and here.may(Act.SIGN_COUNT)):
        here.actor.require(Act.READ_OFFICE, here.congress.id)
    return desk


def poll_shown(request: Request, here: At, poll: UUID) -> PollShown:
    """A poll with its numbers and no mark."""
    here.shows(poll)
    desk = desk_of(here, poll)
    state, prepared = desk.state, desk.state.prepared
    known = numbers(request, desk)
    obstacles = known.standing.obstacles if known.standing else ()
    return PollShown(
        id=poll,
        session=prepared.session,
        title=prepared.title,
        year=int(prepared.year),
        stage=state.stage.value,
        sealing=prepared.sealing.value,
        profile=prepared.profile_id,
        card_set=prepared.card_set,
        rehearsal=prepared.rehearsal,
        items=[ItemShown(id=one.id, project=one.project, name=one.name, summary=one.summary) for one in prepared.items],
        chief=state.chief,
        scrutineers=list(state.scrutineers),
        numbers=NumbersShown(**{name: getattr(known, name) for name in NumbersShown.model_fields}),
        obstacles=[sentence(refused) for refused in obstacles],
        last_call=state.last_call,
        root=state.closed.root if state.closed else None,
        count_version=state.counted.version if state.counted else None,
        count_hash=state.counted.count_hash if state.counted else None,
        void_because=state.counted.void_because if state.counted else "",
        signatures=[
            SignatureShown(delegate=one.delegate, role=one.role.value, name=one.name, at=one.at)
            for one in desk.signatures
        ],
        notice_number=desk.board.notice_number,
        declared_on=desk.board.declared_on,
        cancelled_because=desk.board.reason,
    )


def count_shown(here: At, poll: UUID) -> CountShown:
    """The count, for who may see it. Raises NotFound or NotPermitted."""
    here.shows(poll)
    desk = desk_of(here, poll)
    desk.require_count()
    counted, shown = desk.state.counted, result(desk)
    if counted is None:
        raise AssertionError("a count was required")
    rows = shown.rows if shown else ()
    return CountShown(
        declared=desk.stage is PollStage.DECLARED,
        version=counted.version,
        count_hash=counted.count_hash,
        void_because=counted.void_because,
        returned=shown.returned if shown else None,
        void_ballots=shown.void_ballots if shown else None,
        columns=list(shown.columns) if shown else [],
        rows=[
            RowShown(**{name: getattr(row, name) for name in RowShown.model_fields} | {"marks": list(row.marks)})
            for row in rows
        ],
        remarks=list(shown.remarks) if shown else [],
        still_open=list(shown.still_open) if shown else [],
    )
