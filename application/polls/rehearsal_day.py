"""What the buttons of a rehearsal do: seat the whole roll, cast made-up ballots, print a few cards to try.

None of it is possible in a real poll.
"""

import asyncio
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Final
from uuid import UUID

from application.history.box import Box
from application.office import By, Desk, Office
from application.polls.cards import void_card
from application.polls.casting import CastingDesk
from application.polls.preparing import known_poll
from application.private.rehearsal_cards import kept_cards
from application.private.store import PrivateStore
from domain.accounts.permissions import Act
from domain.congress import roll as rolls
from domain.congress import session as sessions
from domain.congress.rehearsal import OnlyInRehearsal
from domain.congress.roll import Roll
from domain.congress.session import CardDrawn, DelegateCheckedIn
from domain.polls import card_set as card_sets
from domain.polls import poll as polls
from domain.polls.ballot import CardUsed, VoidReason
from domain.polls.ballot_form import BallotForm, Row, encoded, unsealed
from domain.polls.card import Secret, card_id
from domain.polls.card_set import SetName
from domain.polls.count import form_hash_of, form_of
from domain.polls.made_up import MadeUp, made_up_rows
from domain.polls.poll import Poll, PollStage
from domain.shared import Invalid, NotFound

_AT_ONCE: Final = 500
"""Delegates of one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpCast:
    """What became of the made-up ballots."""

    cast: int
    left: int
    """Cards that are left for trying by hand."""


def seat_everybody(office: Office, box: Box, private: PrivateStore, by: By, poll: UUID) -> int:
    """The whole roll is present and holds a card; the cards that are left over are voided.

    Nothing of it is the attendance of the real session. Raises NotPermitted, NotFound, OnlyInRehearsal,
    PollInWrongStage, or SetNotReleased while the cards are dead.
    """
    state = _rehearsal(office, poll)
    by.actor.require(Act.PREPARE_POLL, state.prepared.congress)
    polls.in_stage(state, PollStage.PREPARED)
    codes = _codes(office, private, state)
    roll = office.state_of(rolls.roll_stream(state.prepared.congress), rolls.evolve) or Roll()
    everybody = [one for one in roll.entries if not state.prepared.electorate or one in state.prepared.electorate]
    position = 0
    for start in range(0, len(everybody), _AT_ONCE):
        position = _seat(office, by.step(f"seat/{start}"), poll, everybody[start : start + _AT_ONCE])
    for place, code in enumerate(codes[len(everybody) :]):
        if not box.is_void(poll, card_id(code)):
            position = void_card(office, box, by.step(f"void/{place}"), poll, code, VoidReason.LEFT_OVER)
    return position


def _seat(office: Office, by: By, poll: UUID, delegates: Sequence[UUID]) -> int:
    def decide(desk: Desk) -> None:
        prepared = polls.in_stage(desk.load(poll, polls.evolve), PollStage.PREPARED).prepared
        card_set = desk.load(prepared.card_set, card_sets.evolve) if prepared.card_set else None
        if card_set is not None:
            card_sets.require_live(card_set)
        streams = {sessions.attendance_stream(prepared.session, one): one for one in delegates}
        known = desk.load_many(streams, sessions.evolve_attendance)
        for stream, delegate in streams.items():
            here = known.get(stream, sessions.Attendance())
            of = {"congress": prepared.congress, "session": prepared.session, "delegate": delegate}
            if not here.present:
                desk.add(stream, DelegateCheckedIn(**of))
            if card_set is not None and poll not in here.drawn | here.papers:
                desk.add(stream, CardDrawn(**of, poll=poll))

    return office.record(by, decide)


def cast_made_up(
    office: Office,
    box: Box,
    private: PrivateStore,
    by: By,
    poll: UUID,
    *,
    outcome: MadeUp,
    leave: int,
    chance: Random | None = None,
) -> MadeUpCast:
    """Casts a made-up ballot for every live card but `leave` of them, through the door that phones use.

    A card that has been used meanwhile keeps its ballot. Raises NotPermitted, NotFound, OnlyInRehearsal,
    PollInWrongStage, Invalid (leave) or Busy.
    """
    state = _rehearsal(office, poll)
    by.actor.require(Act.PREPARE_POLL, state.prepared.congress)
    polls.in_stage(state, PollStage.OPEN)
    live = [code for code in _codes(office, private, state) if not box.is_void(poll, card_id(code))]
    if not 0 <= leave <= len(live):
        raise Invalid(field="leave", reason="too_many", value=str(leave))
    voting = live[leave:]
    form = form_of(poll, state.prepared)
    chance = chance or Random()  # noqa: S311  # made-up votes, not secrets
    rows = made_up_rows(form, len(voting), outcome, state.prepared.profile.quota, chance)
    cast = asyncio.run(_cast(CastingDesk(office.history, box), poll, state, form, dict(zip(voting, rows, strict=True))))
    return MadeUpCast(cast=cast, left=leave)


async def _cast(desk: CastingDesk, poll: UUID, state: Poll, form: BallotForm, ballots: dict[Secret, Row]) -> int:
    desk.look_again()
    seen, done = form_hash_of(poll, state.prepared), 0
    key = state.key.fingerprint if state.key is not None and state.is_sealed else None
    for code, row in ballots.items():
        with suppress(CardUsed):
            await desk.cast(card_id(code), made_up_ballot(state, form, row), seen=seen, key=key)
            done += 1
    return done


def made_up_ballot(state: Poll, form: BallotForm, row: Row) -> bytes:
    """What a voter's browser would send: sealed where the poll is. For rehearsals and demonstrations only."""
    if state.key is None or not state.is_sealed:
        return unsealed(secrets.token_bytes(32), row, form)
    from nacl.public import PublicKey, SealedBox  # noqa: PLC0415  # only rehearsals seal on the server

    return bytes(SealedBox(PublicKey(bytes.fromhex(state.key.public_key))).encrypt(encoded(row, form)))


def codes_for_trying(office: Office, private: PrivateStore, poll: UUID, most: int) -> tuple[SetName, list[Secret]]:
    """The first cards of a rehearsal's poll, which made-up ballots leave last, to be printed and tried by hand.

    Raises NotFound or OnlyInRehearsal.
    """
    state = _rehearsal(office, poll)
    card_set = state.prepared.card_set
    known = office.state_of(card_set, card_sets.evolve) if card_set else None
    if known is None:
        raise NotFound(kind="card_set", id="")
    return known.name, _codes(office, private, state)[:most]


def _rehearsal(office: Office, poll: UUID) -> Poll:
    state = known_poll(office, poll)
    if not state.prepared.rehearsal:
        raise OnlyInRehearsal(title=state.prepared.title)
    return state


def _codes(office: Office, private: PrivateStore, state: Poll) -> list[Secret]:
    """The codes of the poll's own set. Raises NotFound for a set that was printed by hand, or after the end."""
    card_set = state.prepared.card_set
    known = office.state_of(card_set, card_sets.evolve) if card_set else None
    codes = kept_cards(private, state.prepared.session, known.name.number) if known else []
    if not codes:
        raise NotFound(kind="rehearsal_cards", id="")
    return codes
