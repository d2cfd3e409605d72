"""Whose poll it is, who looks at it from which side, and what stands on each of its pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from starlette.requests import Request

from application.polls.cards import card_numbers
from application.polls.preparing import known_poll
from application.polls.standing import Standing, standing_of
from domain.accounts.permissions import Act
from domain.congress.roll import Roll
from domain.polls.declaring import may_be_cancelled
from domain.polls.poll import Poll, PollStage, opened_in
from domain.polls.preparing import medium_of
from domain.shared import NotFound, NotPermitted
from interfaces.composition import House
from interfaces.web._base.asking import Place
from interfaces.web.polls import words
from interfaces.web.polls.names import names, roll_of
from interfaces.web.polls.surplus import surplus_percent, surplus_reckoning, surplus_warning
from interfaces.web.polls.turnout import turnouts
from projections import poll_board
from projections.poll_board import BoardPoll, Signature


@dataclass(frozen=True, kw_only=True)
class PollDesk:
    """One poll, seen by somebody from the office or from the scrutineers' table."""

    house: House
    here: Place
    id: UUID
    state: Poll
    board: BoardPoll
    signatures: tuple[Signature, ...]
    area: str

    @property
    def root(self) -> str:
        """The address of the poll's page in this area."""
        return f"/{self.area}/{self.here.congress.slug}/polls/{self.id}"

    @property
    def stage(self) -> PollStage:
        """Where the poll stands."""
        return self.state.stage

    @property
    def is_void(self) -> bool:
        """Whether its count says that the whole poll is void."""
        return self.has_count and self.state.counted is not None and self.state.counted.void_because != ""

    @property
    def may_be_cancelled(self) -> bool:
        """Whether the poll can still end without a result."""
        return may_be_cancelled(self.state)

    @property
    def is_chief(self) -> bool:
        """Whether the person who looks is this poll's chief scrutineer."""
        return self.here.delegate is not None and self.here.delegate == self.state.chief

    @property
    def has_signed(self) -> bool:
        """Whether the person who looks has signed the current count."""
        return any(signature.delegate == self.here.delegate for signature in self.state.signatures)

    @property
    def has_count(self) -> bool:
        """Whether a count stands; after a figure was changed there is none until it is counted again (rule 11)."""
        return self.state.counted is not None and self.stage is not PollStage.CLOSED

    @property
    def sees_count(self) -> bool:
        """Before it is declared a result is shown to those who count, sign or declare it, and to nobody else."""
        return self.stage is PollStage.DECLARED or self.here.may(Act.COUNT_POLL)

    def may(self, act: Act) -> bool:
        """Whether the person may do this; buttons ask, commands check for themselves."""
        return self.here.may(act)

    def require_count(self) -> None:
        """Raises NotPermitted for somebody who may not see the count yet, NotFound where there is none."""
        if not self.has_count:
            raise NotFound(kind="count", id=str(self.id))
        if not self.sees_count:
            raise NotPermitted(act=Act.COUNT_POLL.value)


def poll_desk(house: House, here: Place, poll: UUID, area: str = "staff") -> PollDesk:
    """The desk of a poll of this congress. Raises NotFound."""
    state = known_poll(house.office, poll)
    with house.reading.connect() as connection:
        board = poll_board.poll_at(connection, here.congress.id, poll)
        signed = poll_board.signatures_of(connection, poll)
    if board is None or state.prepared.congress != here.congress.id:
        raise NotFound(kind="poll", id=str(poll))
    return PollDesk(house=house, here=here, id=poll, state=state, board=board, signatures=tuple(signed), area=area)


def office_desk(house: House, here: Place, poll: UUID, act: Act) -> PollDesk:
    """The same for who may do this in the office. Raises NotFound or NotPermitted."""
    here.actor.require(act, here.congress.id)
    return poll_desk(house, here, poll)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The equation of the cards and the turnout at this moment; what is not known yet is None."""

    all_delegates: int | None
    attending: int | None
    quorum: int | None
    printed: int | None
    voided: int | None
    drawn: int | None
    issued: int | None
    cast: int | None
    seconds_left: int | None
    papers: int | None = None
    """Papers handed out, net."""
    late: int | None = None
    """Late arrivals among those who hold a paper."""
    standing: Standing | None = None

    @property
    def live(self) -> int | None:
        """Cards that can be cast."""
        return None if self.printed is None or self.voided is None else self.printed - self.voided


def numbers(request: Request, desk: PollDesk) -> Numbers:
    """Read from the record before the opening, then as frozen there; ballots in steps while the poll is open."""
    if desk.stage is PollStage.PREPARED:
        return _before_the_opening(desk)
    if desk.stage is PollStage.OPEN:
        return _while_open(request, desk)
    return _frozen(desk)


def _before_the_opening(desk: PollDesk) -> Numbers:
    standing = standing_of(desk.house.office, desk.house.box, desk.id, desk.state)
    return Numbers(
        all_delegates=standing.all_delegates,
        attending=standing.attending,
        quorum=standing.quorum,
        printed=standing.cards.printed,
        voided=standing.cards.voided,
        drawn=standing.cards.drawn,
        papers=standing.cards.papers,
        issued=None,
        cast=None,
        seconds_left=None,
        standing=standing,
    )


def _while_open(request: Request, desk: PollDesk) -> Numbers:
    """A and I still grow by the papers of late arrivals."""
    state, house = desk.state, desk.house
    opened = opened_in(state)
    now = card_numbers(house.office.desk(), house.box, desk.id, state)
    return Numbers(
        all_delegates=opened.all_delegates,
        attending=opened.attending + now.late,
        quorum=state.prepared.profile.quorum.least(opened.all_delegates),
        printed=now.printed,
        voided=now.voided,
        drawn=now.drawn,
        papers=now.papers,
        late=now.late,
        issued=opened.issued if state.prepared.keypad else now.issued,
        cast=turnouts(request, house).cast(desk.id),
        seconds_left=_seconds_left(desk, house.office.now()),
    )


def _frozen(desk: PollDesk) -> Numbers:
    state, opened, closed = desk.state, desk.state.opened, desk.state.closed
    return Numbers(
        all_delegates=opened.all_delegates if opened else None,
        attending=state.attending if opened else None,
        quorum=state.prepared.profile.quorum.least(opened.all_delegates) if opened else None,
        printed=closed.cards_printed if closed else None,
        voided=closed.cards_voided if closed else None,
        drawn=state.cards_drawn if opened else None,
        papers=state.papers_issued if opened else None,
        late=closed.late if closed else None,
        issued=state.issued if opened else None,
        cast=closed.ballots if closed else None,
        seconds_left=None,
    )


def _seconds_left(desk: PollDesk, now: datetime) -> int | None:
    called, lasting = desk.board.last_called_at, desk.board.last_call_seconds
    if not desk.state.last_call or called is None or lasting is None:
        return None
    gone = max(0, int((now - called).total_seconds()))  # a clock that was set back begins anew
    return max(0, lasting - gone)


def around(desk: PollDesk, roll: Roll | None = None) -> dict[str, Any]:
    """What every page of a poll shows."""
    listed = roll or roll_of(desk.house.office, desk.here.congress.id)
    state = desk.state
    chief = names(listed, (state.chief,))[0] if state.chief else ""
    prepared, parent = state.prepared, state.prepared.parent
    rules, candidates = prepared.profile, len(prepared.items)
    return {
        "desk": desk,
        "poll": state,
        "prepared": state.prepared,
        "board": desk.board,
        "root": desk.root,
        "session_root": f"/staff/{desk.here.congress.slug}/sessions/{state.prepared.session}",
        "chief_name": chief,
        "scrutineer_names": names(listed, state.scrutineers),
        "grades": None,
        "medium": words.MEDIA[medium_of(prepared)],
        "parent_title": known_poll(desk.house.office, parent).prepared.title if parent else "",
        "again_words": words.AGAIN[prepared.again.value] if prepared.again else "",
        "stage_words": words.STAGES,
        "stage_kinds": words.STAGE_KINDS,
        "role_words": words.ROLES,
        "void_words": words.VOID,
        "surplus": surplus_percent(rules, candidates),
        "surplus_reckoning": surplus_reckoning(rules, candidates),
        "surplus_warning": surplus_warning(rules, candidates),
    }
