"""Sealed ballots through the door into the box: what is let in, and what is the same however often it is sent."""

import asyncio
from collections.abc import Iterator
from uuid import UUID

import pytest

from application.history.box import Box, open_box
from application.history.history import History
from application.office import Office
from application.polls.casting import CastingDesk
from domain.polls.ballot import BallotForAnotherForm, BallotUnreadable, CardUsed, Receipt, receipt, unpacked
from domain.polls.ballot_form import unsealed
from domain.polls.card import CardId, card_id
from domain.polls.hall_word import HallWordWrong
from domain.polls.poll import Poll, Sealing
from tests.support.polls import Hall, open_hall, prepared
from tests.support.sealing import MadeKey, guarded, new_key, record_key, sealed, try_key


@pytest.fixture
def box(database_url: str) -> Iterator[Box]:
    with open_box(database_url) as opened:
        yield opened


@pytest.fixture
def guarded_hall(office: Office, box: Box) -> tuple[Hall, MadeKey]:
    """A sealed poll that is open, its first key replaced before the trial."""
    hall = prepared(office, box, sealing=Sealing.SEALED)
    record_key(hall, new_key(hall))
    key = guarded(hall)
    hall.release()
    hall.seat()
    hall.open()
    return hall, key


@pytest.fixture
def desk(history: History, box: Box) -> CastingDesk:
    return CastingDesk(history, box)


def row(hall: Hall) -> list[str]:
    return ["for"] * len(hall.projects)


def cast(desk: CastingDesk, hall: Hall, place: int, ballot: bytes, key: str | None, seen: str = "") -> Receipt:
    desk.look_again()
    return asyncio.run(desk.cast(card_id(hall.cards[place]), ballot, seen=seen or hall.form_hash, key=key))


def test_receipts_given_are_the_ballots_in_the_box_each_once_however_often_each_was_sent(
    desk: CastingDesk, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    """Twelve phones send the same bytes three times at once and again after closing (ballot.md, step 4)."""
    hall, key = guarded_hall
    ballots = [unpacked(sealed(row(hall), hall, key).ballot) for _ in hall.cards]
    desk.look_again()

    async def everybody() -> list[list[Receipt]]:
        async def phone(place: int) -> Receipt:
            card = card_id(hall.cards[place])
            return await desk.cast(card, ballots[place], seen=hall.form_hash, key=key.fingerprint)

        return [await asyncio.gather(*(phone(place) for place in range(len(ballots)))) for _ in range(3)]

    first, *others = asyncio.run(everybody())
    assert all(one == first for one in others)
    hall.close()
    again = [cast(desk, hall, place, ballot, key.fingerprint) for place, ballot in enumerate(ballots)]
    assert again == first == [receipt(ballot) for ballot in ballots]
    assert sorted(first) == hall.box.receipts(hall.poll)
    assert sorted(ballots) == sorted(hall.box.ballots(hall.poll))


def test_the_same_marks_sealed_anew_are_another_ballot_and_the_first_one_counts(
    desk: CastingDesk, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    hall, key = guarded_hall
    first, second = (unpacked(sealed(row(hall), hall, key).ballot) for _ in range(2))
    given = cast(desk, hall, 0, first, key.fingerprint)
    for is_closed in (False, True):
        if is_closed:
            hall.close()
        with pytest.raises(CardUsed) as refused:
            cast(desk, hall, 0, second, key.fingerprint)
        assert refused.value.receipt == given
    assert hall.box.ballots(hall.poll) == [first]


def test_a_ballot_sealed_to_a_key_that_was_replaced_is_refused(
    desk: CastingDesk, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    hall, key = guarded_hall
    ballot = unpacked(sealed(row(hall), hall, key).ballot)
    for other in (new_key(hall).fingerprint, "", None):
        with pytest.raises(BallotForAnotherForm):
            cast(desk, hall, 0, ballot, other)
    with pytest.raises(BallotForAnotherForm):
        cast(desk, hall, 0, ballot, key.fingerprint, seen="0" * 64)
    assert hall.box.counts(hall.poll).cast == 0


def test_a_sealed_poll_takes_no_readable_ballot(desk: CastingDesk, guarded_hall: tuple[Hall, MadeKey]) -> None:
    hall, key = guarded_hall
    readable = unsealed(bytes(32), row(hall), hall.form)
    with pytest.raises(BallotForAnotherForm):
        cast(desk, hall, 0, readable, None)
    with pytest.raises(BallotUnreadable):
        cast(desk, hall, 0, readable, key.fingerprint)
    with pytest.raises(BallotUnreadable):
        cast(desk, hall, 0, bytes(hall.form.sealed_bytes - 1), key.fingerprint)


def test_an_unsealed_poll_takes_no_sealed_ballot(desk: CastingDesk, office: Office, box: Box) -> None:
    hall = open_hall(office, box)
    with pytest.raises(BallotForAnotherForm):
        cast(desk, hall, 0, bytes(hall.form.sealed_bytes), "0" * 64)


def test_a_wrong_hall_word_is_refused_before_the_box_is_asked(
    history: History, box: Box, guarded_hall: tuple[Hall, MadeKey]
) -> None:
    asked = []

    def ask(poll: UUID, state: Poll, card: CardId, given: str) -> None:
        asked.append((poll, state.stage.value, card, given))
        if given != "123456":
            raise HallWordWrong

    hall, key = guarded_hall
    desk = CastingDesk(history, box, ask_word=ask)
    desk.look_again()
    card, ballot = card_id(hall.cards[0]), unpacked(sealed(row(hall), hall, key).ballot)
    with pytest.raises(HallWordWrong):
        asyncio.run(desk.cast(card, ballot, seen=hall.form_hash, key=key.fingerprint, word="654321"))
    assert hall.box.counts(hall.poll).cast == 0
    given = asyncio.run(desk.cast(card, ballot, seen=hall.form_hash, key=key.fingerprint, word="123456"))
    assert given == receipt(ballot)
    assert asked == [(hall.poll, "open", card, "654321"), (hall.poll, "open", card, "123456")]


def test_a_key_made_after_the_door_looked_is_known_when_it_looks_again(
    history: History, office: Office, box: Box
) -> None:
    hall = prepared(office, box, sealing=Sealing.SEALED)
    desk = CastingDesk(history, box)
    desk.warm_up()
    key = new_key(hall)
    record_key(hall, key)
    try_key(hall, key)
    hall.release()
    hall.seat()
    hall.open()
    desk.look_again()
    found = desk.slate(card_id(hall.cards[0])).state.key
    assert found is not None
    assert (found.public_key, found.tried) == (key.public_key, True)
