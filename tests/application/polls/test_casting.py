import asyncio
from collections.abc import Iterator
from threading import Event, Lock, Thread, get_ident

import pytest

from application.history.box import Box, TryAgain, open_box
from application.history.group_commit import NotAnswering
from application.history.history import History
from application.office import Office
from application.polls.casting import LOOK_AGAIN, CastingDesk
from application.polls.preparing import cancel_poll
from domain.polls.ballot import BallotForAnotherForm, BallotUnreadable, CardIsVoid, CardUsed, Receipt, receipt
from domain.polls.ballot_form import unsealed
from domain.polls.card import SECRET_BYTES, CardId, card_id, secret_from
from domain.polls.card_set import CardOfAnotherSet, SetDiscarded, SetNotReleased, UnknownCard
from domain.polls.opening import PollIsClosed, PollNotOpen
from domain.shared import Refused
from tests.support.polls import BLUE, GREEN, Hall, open_hall, prepared
from tests.support.stores import by

NOBODYS = card_id(secret_from(bytes(SECRET_BYTES)))


class Ticks:
    """A watch that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def box(database_url: str) -> Iterator[Box]:
    with open_box(database_url) as opened:
        yield opened


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def desk(history: History, box: Box, ticks: Ticks) -> CastingDesk:
    return CastingDesk(history, box, ticks)


def informed(desk: CastingDesk, ticks: Ticks) -> CastingDesk:
    ticks.now += LOOK_AGAIN + 0.01
    desk.look_again()
    return desk


def ballot(hall: Hall, number: int = 0, mark: str = "for") -> bytes:
    return unsealed(number.to_bytes(32, "big"), [mark] * len(hall.projects), hall.form)


def cast(desk: CastingDesk, card: CardId, ballot: bytes, seen: str) -> Receipt:
    return asyncio.run(desk.cast(card, ballot, seen=seen))


def test_a_card_leads_to_the_ballot_of_its_poll(desk: CastingDesk, ticks: Ticks, office: Office, box: Box) -> None:
    hall = open_hall(office, box)
    slate = informed(desk, ticks).slate(card_id(hall.cards[0]))
    assert (slate.poll, slate.form_hash, slate.card_set) == (hall.poll, hall.form_hash, BLUE)
    assert [item.project for item in slate.state.prepared.items] == hall.projects


def test_the_same_ballot_sent_again_gets_the_same_receipt_also_after_closing(
    desk: CastingDesk, ticks: Ticks, office: Office, box: Box
) -> None:
    hall = open_hall(office, box)
    informed(desk, ticks)
    card, sent = card_id(hall.cards[0]), ballot(hall)
    assert cast(desk, card, sent, hall.form_hash) == receipt(sent)
    assert cast(desk, card, sent, hall.form_hash) == receipt(sent)
    hall.close()
    for _ in range(2):  # before and after the desk has heard of the closing
        assert cast(desk, card, sent, hall.form_hash) == receipt(sent)
        with pytest.raises(PollIsClosed):
            cast(desk, card_id(hall.cards[1]), ballot(hall, 1), hall.form_hash)
        informed(desk, ticks)
    with pytest.raises(PollIsClosed):
        desk.slate(card)


def test_another_ballot_with_a_used_card_is_told_the_receipt_of_the_one_that_counts(
    desk: CastingDesk, ticks: Ticks, office: Office, box: Box
) -> None:
    hall = open_hall(office, box)
    informed(desk, ticks)
    card = card_id(hall.cards[0])
    given = cast(desk, card, ballot(hall), hall.form_hash)
    with pytest.raises(CardUsed) as refusal:
        cast(desk, card, ballot(hall, mark="against"), hall.form_hash)
    assert refusal.value.receipt == given
    with pytest.raises(CardUsed) as shown_again:
        desk.slate(card)
    assert shown_again.value.receipt == given


def test_an_unknown_and_a_voided_card_vote_on_nothing(
    desk: CastingDesk, ticks: Ticks, office: Office, box: Box
) -> None:
    hall = open_hall(office, box)
    informed(desk, ticks)
    with pytest.raises(UnknownCard):
        desk.slate(NOBODYS)
    with pytest.raises(UnknownCard):
        cast(desk, NOBODYS, ballot(hall), hall.form_hash)
    with pytest.raises(CardIsVoid):
        desk.slate(card_id(hall.left_over[0]))
    with pytest.raises(CardIsVoid):
        cast(desk, card_id(hall.left_over[0]), ballot(hall), hall.form_hash)


def test_a_card_is_dead_until_its_set_is_released_and_waits_until_the_poll_opens(
    desk: CastingDesk, ticks: Ticks, office: Office, box: Box
) -> None:
    hall = prepared(office, box)
    card = card_id(hall.secrets[0])
    with pytest.raises(SetNotReleased):
        informed(desk, ticks).slate(card)
    hall.release()
    with pytest.raises(PollNotOpen):
        informed(desk, ticks).slate(card)
    hall.seat()
    hall.open()
    assert informed(desk, ticks).slate(card).poll == hall.poll


def test_a_card_of_another_set_is_named_and_not_used_up(
    desk: CastingDesk, ticks: Ticks, office: Office, box: Box
) -> None:
    hall = open_hall(office, box)
    spare = card_id(hall.print_set(GREEN, 3)[0])
    informed(desk, ticks)
    with pytest.raises(CardOfAnotherSet) as refusal:
        desk.slate(spare)
    assert (refusal.value.card_set, refusal.value.open_sets) == (GREEN, (BLUE,))
    with pytest.raises(CardOfAnotherSet):
        cast(desk, spare, ballot(hall), hall.form_hash)
    assert box.counts(hall.poll).cast == 0


def test_a_ballot_made_for_another_form_or_altered_is_refused_instead_of_becoming_void(
    desk: CastingDesk, ticks: Ticks, office: Office, box: Box
) -> None:
    hall = open_hall(office, box)
    informed(desk, ticks)
    card = card_id(hall.cards[0])
    with pytest.raises(BallotForAnotherForm):
        cast(desk, card, ballot(hall), "0" * 64)
    with pytest.raises(BallotUnreadable):
        cast(desk, card, ballot(hall)[:-1], hall.form_hash)
    assert not box.has(hall.poll, card)


def test_the_cards_of_a_cancelled_poll_vote_on_nothing(
    desk: CastingDesk, ticks: Ticks, office: Office, box: Box
) -> None:
    hall = prepared(office, box)
    hall.release()
    hall.seat()
    cancel_poll(office, by(hall.clerk), hall.poll, "议程调整")
    informed(desk, ticks)
    with pytest.raises(SetDiscarded):
        cast(desk, card_id(hall.cards[0]), ballot(hall), hall.form_hash)


def test_nobody_is_refused_on_what_is_remembered(desk: CastingDesk, ticks: Ticks, office: Office, box: Box) -> None:
    """The set was printed, released and opened within the moment for which the door believes what it knows."""
    informed(desk, ticks)
    hall = prepared(office, box)
    assert not desk.is_stale
    with pytest.raises(SetNotReleased):
        desk.slate(card_id(hall.secrets[0]))
    hall.release()
    with pytest.raises(PollNotOpen):
        desk.slate(card_id(hall.secrets[0]))


def test_a_card_opened_a_moment_ago_is_taken_without_having_been_looked_at(
    desk: CastingDesk, ticks: Ticks, office: Office, box: Box
) -> None:
    informed(desk, ticks)
    hall = open_hall(office, box)
    assert not desk.is_stale
    card = card_id(hall.cards[0])
    assert cast(desk, card, ballot(hall), hall.form_hash)


class Turn:
    """A lock that notes who stands before it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.waiting: list[int] = []

    def acquire(self, *, blocking: bool) -> bool:
        return self._lock.acquire(blocking=blocking)

    def release(self) -> None:
        self._lock.release()

    def __enter__(self) -> None:
        self.waiting.append(get_ident())
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def all_at_once(desk: CastingDesk, card: CardId, looking: Event, go_on: Event) -> list[object]:
    """What five phones hear of which one makes the door look, and the others come while it looks."""
    heard: list[object] = []
    turn = Turn()
    desk._looking = turn  # type: ignore[assignment]  # it does what the desk asks of a lock

    def phone() -> None:
        try:
            desk.look_again()
            heard.append(desk.slate(card).poll)
        except Refused as refused:
            heard.append(type(refused))

    phones = [Thread(target=phone) for _ in range(5)]
    phones[0].start()
    assert looking.wait(10)
    for other in phones[1:]:
        other.start()
    while len(turn.waiting) < 4:
        phones[0].join(0.005)
    assert heard == []
    go_on.set()
    for one in phones:
        one.join()
    return heard


def test_after_a_quiet_hour_nobody_hears_that_a_good_card_does_not_exist(
    desk: CastingDesk, ticks: Ticks, office: Office, box: Box, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The set was printed and the poll opened since the door last looked, and a whole hall comes at once."""
    informed(desk, ticks)
    hall = open_hall(office, box)
    ticks.now += 3600
    looking, go_on, as_it_is = Event(), Event(), history.last_position

    def slow() -> int:
        looking.set()
        go_on.wait(10)
        return as_it_is()

    monkeypatch.setattr(history, "last_position", slow)
    assert all_at_once(desk, card_id(hall.cards[0]), looking, go_on) == [hall.poll] * 5


def test_who_waited_for_a_look_that_failed_does_not_try_the_database_again(
    desk: CastingDesk, ticks: Ticks, office: Office, box: Box, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    informed(desk, ticks)
    hall = open_hall(office, box)
    ticks.now += 3600
    looking, go_on, tried = Event(), Event(), []

    def away() -> int:
        looking.set()
        go_on.wait(10)
        tried.append(1)
        raise NotAnswering(retry_after=1)

    monkeypatch.setattr(history, "last_position", away)
    heard = all_at_once(desk, card_id(hall.cards[0]), looking, go_on)
    assert sorted(map(str, heard)) == sorted(map(str, [NotAnswering, *[TryAgain] * 4]))
    assert len(tried) == 1
