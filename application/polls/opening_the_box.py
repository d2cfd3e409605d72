"""Commands that open a sealed box: its ballots go out without their cards, columns come back."""

from collections.abc import Sequence
from uuid import UUID

from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.preparing import end_without_result, known_poll
from application.polls.table import require_at_table
from application.private.store import PrivateStore
from application.private.workings import digest, erase_workings, keep_part, named_by, parts_of
from domain.accounts.permissions import Act, Actor
from domain.polls import opening_the_box
from domain.polls import poll as polls
from domain.polls.box_opening import BoxOpened, OpenedOn
from domain.polls.count import form_of
from domain.polls.declaring import BoxDiffers
from domain.polls.opening_the_box import OpeningsDiffer
from domain.polls.poll import Poll
from domain.polls.raw_columns import RawColumns, raw_in, written_raw


def sealed_ballots(office: Office, box: Box, actor: Actor, poll: UUID) -> list[bytes]:
    """What the scrutineers open: the sealed ballots sorted by receipt, without cards.

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, what `require_openable` does, BoxDiffers or TryAgain.
    """
    state = known_poll(office, poll)
    require_at_table(actor, Act.GUARD_KEY, state)
    closed = opening_the_box.require_openable(state).closed
    closing, ballots = box.closing(poll), box.ballots(poll)
    if closed is None or (len(ballots), closing.root) != (closed.ballots, closed.root):
        raise BoxDiffers(recorded=closed.ballots if closed else 0, found=len(ballots))
    return ballots


def open_box(
    office: Office,
    private: PrivateStore,
    by: By,
    poll: UUID,
    *,
    opened_on: OpenedOn,
    columns: RawColumns,
    holders: Sequence[UUID],
) -> int:
    """Keeps the columns of one opening in the workings and records who opened, and their digest.

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, TooFewShares, and what `require_of_this_poll` does.
    """
    state = known_poll(office, poll)
    require_at_table(by.actor, Act.GUARD_KEY, state)
    opening_the_box.require_of_this_poll(columns, poll, state, form_of(poll, state.prepared))
    fact = BoxOpened(
        opened_on=opened_on,
        root=columns.root,
        ballots=columns.ballots,
        holders=tuple(holders),
        digest=digest(private, poll, written_raw(columns)),
    )
    opening_the_box.open_box(state, fact)
    keep_part(private, poll, part_of(opened_on), written_raw(columns))
    known_by_digest = named_by(by, fact.digest)
    return office.change(known_by_digest, poll, polls.evolve, lambda known: opening_the_box.open_box(known, fact))


def part_of(opened_on: OpenedOn) -> str:
    """Where an opening's columns lie among the workings."""
    return f"box/{opened_on.value}"


def columns_of_openings(private: PrivateStore, poll: UUID, state: Poll) -> dict[OpenedOn, RawColumns]:
    """The columns of every opening that is recorded; they are gone after the declaration.

    Raises OpeningsDiffer when the workings are not what was recorded.
    """
    parts = parts_of(private, poll)
    found: dict[OpenedOn, RawColumns] = {}
    for place, opening in state.box.openings.items():
        figures = parts.get(part_of(place))
        if figures is None or digest(private, poll, figures) != opening.digest:
            raise OpeningsDiffer
        found[place] = raw_in(figures)
    return found


def agreed_columns(private: PrivateStore, poll: UUID, state: Poll) -> RawColumns:
    """The columns on which both openings agree, for the count. Raises BoxNotOpened or OpeningsDiffer."""
    opening_the_box.require_agreeing(state)
    return columns_of_openings(private, poll, state)[OpenedOn.BROWSER]


def end_unopened(office: Office, private: PrivateStore, by: By, poll: UUID, *, brought: int, reason: str) -> int:
    """The chief ends a poll whose box nobody can open, with the reason; it is to be repeated.

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, PollInWrongStage, PollNotSealed, BoxWasOpened, Invalid
    (brought) or Missing (reason).
    """
    require_at_table(by.actor, Act.GUARD_KEY, known_poll(office, poll), chief_alone=True)

    def decide(desk: Desk) -> None:
        state = polls.known(desk.load(poll, polls.evolve))
        end_without_result(desk, poll, state, opening_the_box.end_unopened(state, brought=brought, reason=reason))

    position = office.record(by, decide)
    erase_workings(private, poll)
    return position


def delete_sealed_ballots(office: Office, box: Box, by: By, poll: UUID, *, destroyed: Sequence[UUID]) -> int:
    """After the time for objections the chief has the sealed bytes deleted; receipts and root stay.

    The bytes go first: asked for again after a crash, this ends in the same record. Raises NotPermitted,
    NotThisPollsScrutineer, NotFound, PollInWrongStage, PollNotSealed, AlreadyDeleted, ObjectionsStillPossible,
    Invalid (destroyed) or TryAgain.
    """
    require_at_table(by.actor, Act.GUARD_KEY, known_poll(office, poll), chief_alone=True)

    def decide(desk: Desk) -> None:
        fact = opening_the_box.delete_sealed_ballots(desk.load(poll, polls.evolve), office.today(), destroyed)
        box.delete_sealed(poll)
        desk.add(poll, fact)

    return office.record(by, decide)
