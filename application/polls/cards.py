"""Commands about ballot cards: print a set, release it, void single cards. Secrets never reach a fact."""

from collections.abc import Callable, Sequence
from uuid import UUID

from application.congress import session_of
from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.electorate import electorate_of, require_on_roll
from application.polls.preparing import known_poll
from application.polls.table import require_at_table
from domain.accounts.permissions import Act, Actor
from domain.congress import session as sessions
from domain.polls import card_set as card_sets
from domain.polls import poll as polls
from domain.polls import voiding as voidings
from domain.polls.ballot import CardIsVoid, VoidReason
from domain.polls.card import SECRET_BYTES, CardId, Secret, card_id, read_secret, secret_from
from domain.polls.card_set import CardSet, PrintAs, SetName
from domain.polls.declaring import NotThisPollsScrutineer
from domain.polls.opening import CardNumbers, CardSetNeeded
from domain.polls.poll import Poll
from domain.shared import Invalid, NotFound

MOST_CARDS = 5000
"""More than the largest congress of the country needs for one poll."""


def print_card_set(
    office: Office,
    by: By,
    session: UUID,
    *,
    name: SetName,
    print_as: PrintAs,
    cards: int,
    per_sheet: int,
    present: Sequence[UUID],
    randomness: Callable[[int], bytes],
) -> tuple[int, list[Secret]]:
    """Makes a set and hands its secrets out, once, for the sheet that is streamed to the printer.

    `present` are two delegates who watch. Raises NotPermitted, NotFound, SecondDownload (also when this command is
    repeated: the secrets are nowhere any more), TwoScrutineersNeeded, Missing or Invalid.
    """
    convened = session_of(office, session)
    by.actor.require(Act.PRINT_CARDS, convened.congress)
    if not 1 <= cards <= MOST_CARDS:
        raise Invalid(field="cards", reason="cards", value=str(cards))
    stream = card_sets.card_set_stream(session, name.number)
    earlier = office.state_of(stream, card_sets.evolve)
    if earlier is not None:
        raise card_sets.SecondDownload(card_set=earlier.name)
    secrets = [secret_from(randomness(SECRET_BYTES)) for _ in range(cards)]

    def decide(desk: Desk) -> None:
        require_on_roll(desk, convened.congress, present)
        printed = card_sets.print_card_set(
            desk.load(stream, card_sets.evolve),
            congress=convened.congress,
            session=session,
            name=name,
            print_as=print_as,
            secrets=secrets,
            per_sheet=per_sheet,
            present=present,
            rehearsal=convened.is_rehearsal,
        )
        desk.add(stream, printed)

    position = office.record(by, decide)
    kept = office.state_of(stream, card_sets.evolve)
    if kept is None or card_id(secrets[0]) not in kept.cards:
        raise card_sets.SecondDownload(card_set=name)
    return position, secrets


def release_card_set(office: Office, by: By, poll: UUID, second: Actor) -> int:
    """The chief and one scrutineer, each proven by their own password, let the poll's cards be drawn.

    Raises NotPermitted, NotThisPollsScrutineer, TwoScrutineersNeeded, CardSetNeeded, SetAlreadyReleased or
    SetDiscarded.
    """
    state = known_poll(office, poll)
    for actor in (by.actor, second):
        actor.require(Act.RELEASE_CARDS, state.prepared.congress)
    card_set = state.prepared.card_set
    pair = [_scrutineer(state, actor) for actor in (by.actor, second)]
    if card_set is None:
        raise CardSetNeeded
    if state.chief not in pair:
        raise NotThisPollsScrutineer(name=second.name)
    other = pair[0] if pair[1] == state.chief else pair[1]
    return office.change(
        by,
        card_set,
        card_sets.evolve,
        lambda found: card_sets.release_card_set(_known(found), chief=_chief(state), scrutineer=other),
    )


def void_card(office: Office, box: Box, by: By, poll: UUID, typed: str, reason: VoidReason) -> int:
    """Makes a left-over or spoiled card useless before voting begins; who did it is recorded, which card is not.

    Raises NotPermitted, NotThisPollsScrutineer, NotFound, MistypedCode, UnknownCard, CardOfAnotherSet, CardIsVoid,
    CardHasBallot, PollInWrongStage, Busy or TryAgain.
    """
    require_at_table(by.actor, Act.VOID_CARD, known_poll(office, poll))
    card = scanned_card(office, poll, typed)
    desk_stream = voidings.voiding_stream(poll, by.actor.account)

    def decide(desk: Desk) -> None:
        noted = voidings.note_voiding(desk.load(poll, polls.evolve), poll, reason)
        if box.is_void(poll, card):
            raise CardIsVoid
        desk.load(desk_stream, voidings.evolve)
        desk.add(desk_stream, noted)

    position = office.record(by, decide)
    box.void(poll, card, reason)
    return position


def scanned_card(office: Office, poll: UUID, typed: str) -> CardId:
    """The card of this poll that was scanned or typed at a desk, as a bare code or with its address.

    Raises NotFound, MistypedCode, UnknownCard, or CardOfAnotherSet for another card of the session.
    """
    prepared = known_poll(office, poll).prepared
    card = card_id(read_secret(typed.rsplit("#", 1)[-1]))
    own = office.state_of(prepared.card_set, card_sets.evolve) if prepared.card_set else None
    if own is not None and card in own.cards:
        return card
    numbers = range(1, card_sets.MOST_SETS + 1)
    streams = [card_sets.card_set_stream(prepared.session, number) for number in numbers]
    card_sets.admit_card(card, poll=poll, sets=office.states_of(streams, card_sets.evolve).values())
    return card


def discard_card_set(office: Office, by: By, session: UUID, number: int, reason: str) -> int:
    """Takes a printed set that no poll uses out of use. Raises NotPermitted, NotFound, Missing, SetInUse."""
    stream = card_sets.card_set_stream(session, number)
    known = office.state_of(stream, card_sets.evolve)
    by.actor.require(Act.PRINT_CARDS, _known(known).congress)

    def decide(found: CardSet | None) -> card_sets.CardSetDiscarded:
        bound = _known(found).poll is not None
        return card_sets.discard_card_set(_known(found), reason=reason, poll_has_opened=bound)

    return office.change(by, stream, card_sets.evolve, decide)


def card_numbers(desk: Desk, box: Box, poll: UUID, state: Poll) -> CardNumbers:
    """Printed and voided cards of the poll's set, the cards drawn and the papers handed out at the check-in."""
    card_set = desk.load(state.prepared.card_set, card_sets.evolve) if state.prepared.card_set else None
    present = attendances(desk, state)
    noted = desk.load_many(voidings.voiding_streams(poll), voidings.evolve).values()
    return CardNumbers(
        printed=len(card_set.cards) if card_set else 0,
        voided=box.counts(poll).voided,
        drawn=sum(poll in attendance.drawn for attendance in present),
        papers=sum(poll in attendance.papers for attendance in present),
        late=sum(poll in attendance.late for attendance in present),
        spoiled=sum(one.spoiled for one in noted),
    )


def attendances(desk: Desk, state: Poll) -> list[sessions.Attendance]:
    """The attendance of every delegate who may vote and has one."""
    session = state.prepared.session
    streams = [sessions.attendance_stream(session, delegate) for delegate in electorate_of(desk, state.prepared)]
    return list(desk.load_many(streams, sessions.evolve_attendance).values())


def _scrutineer(state: Poll, actor: Actor) -> UUID:
    delegate = actor.delegate_in(state.prepared.congress)
    if delegate is None or delegate not in (state.chief, *state.scrutineers):
        raise NotThisPollsScrutineer(name=actor.name)
    return delegate


def _chief(state: Poll) -> UUID:
    if state.chief is None:
        raise CardSetNeeded
    return state.chief


def _known(card_set: CardSet | None) -> CardSet:
    if card_set is None:
        raise NotFound(kind="card_set", id="")
    return card_set
