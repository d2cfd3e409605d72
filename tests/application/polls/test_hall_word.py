"""The hall word: made at the opening, readable while the poll is open, erased at the closing, in no event."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from application.history.box import Box
from application.office import Office
from application.polls import voting
from application.polls.hall_word import HallWords
from application.private.hall_words import kept_hall_word
from application.private.store import PrivateStore
from domain.polls.card import card_id
from domain.polls.hall_word import HallWordGuessed, HallWordNeeded, HallWordWrong
from tests.support import polls
from tests.support.polls import RULES, Hall
from tests.support.stores import by

WORD = "000042"


class Ticking:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticking() -> Ticking:
    return Ticking()


@pytest.fixture
def words(private: PrivateStore, ticking: Ticking) -> HallWords:
    return HallWords(private, randomness=lambda length: (42).to_bytes(length, "big"), ticks=ticking)


@pytest.fixture
def asking_hall(office: Office, box: Box, words: HallWords) -> Hall:
    """An open poll whose profile asks for the word."""
    hall = polls.prepared(office, box, rules=replace(RULES, hall_word=True))
    hall.release()
    hall.seat()
    assert words.hall_word_of(hall.poll, hall.state) is None
    voting.open_poll(office, box, by(hall.clerk), hall.poll, hall_words=words)
    return hall


def test_the_word_is_there_while_the_poll_is_open_and_gone_afterwards(
    asking_hall: Hall, words: HallWords, private: PrivateStore
) -> None:
    assert words.hall_word_of(asking_hall.poll, asking_hall.state) == WORD
    assert HallWords(private).hall_word_of(asking_hall.poll, asking_hall.state) == WORD
    asking_hall.last_call()
    voting.close_poll(asking_hall.office, asking_hall.box, by(asking_hall.clerk), asking_hall.poll, hall_words=words)
    assert words.hall_word_of(asking_hall.poll, asking_hall.state) is None
    assert kept_hall_word(private, asking_hall.poll) is None


def test_the_word_is_in_no_event(asking_hall: Hall) -> None:
    assert not any(WORD in repr(one.fact) for one in asking_hall.office.history.select(0, 10_000))


def test_the_same_word_stays_when_the_opening_is_asked_again(asking_hall: Hall, private: PrivateStore) -> None:
    other = HallWords(private, randomness=lambda length: bytes(length - 1) + b"\x07")
    other.make(asking_hall.poll)
    assert other.hall_word_of(asking_hall.poll, asking_hall.state) == WORD


def test_a_profile_that_asks_for_none_gets_none(open_hall: Hall, words: HallWords) -> None:
    assert words.hall_word_of(open_hall.poll, open_hall.state) is None
    words.require(open_hall.poll, open_hall.state, card_id(open_hall.cards[0]), "")


def test_a_poll_that_asks_for_it_does_not_open_without_somebody_who_keeps_it(office: Office, box: Box) -> None:
    hall = polls.prepared(office, box, rules=replace(RULES, hall_word=True))
    hall.release()
    hall.seat()
    with pytest.raises(ValueError, match="hall word"):
        hall.open()


def test_a_ballot_needs_the_word(asking_hall: Hall, words: HallWords) -> None:
    def require(given: str, card: int = 0) -> None:
        words.require(asking_hall.poll, asking_hall.state, card_id(asking_hall.cards[card]), given)

    require(WORD)
    with pytest.raises(HallWordNeeded):
        require("")
    with pytest.raises(HallWordWrong):
        require("000041")
    require("000 042")


def test_wrong_guesses_are_limited_for_each_card(asking_hall: Hall, words: HallWords, ticking: Ticking) -> None:
    def guess(given: str, card: int = 0) -> Callable[[], None]:
        return lambda: words.require(asking_hall.poll, asking_hall.state, card_id(asking_hall.cards[card]), given)

    for _ in range(5):
        with pytest.raises(HallWordWrong):
            guess("111111")()
    with pytest.raises(HallWordGuessed) as refusal:
        guess(WORD)()
    assert refusal.value.wait == 61
    guess(WORD, card=1)()
    ticking.now += 61
    guess(WORD)()


def test_a_right_word_makes_wrong_ones_forgotten(asking_hall: Hall, words: HallWords) -> None:
    card = card_id(asking_hall.cards[0])
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(HallWordWrong):
                words.require(asking_hall.poll, asking_hall.state, card, "111111")
        words.require(asking_hall.poll, asking_hall.state, card, WORD)
