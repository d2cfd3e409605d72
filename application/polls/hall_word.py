"""The hall words of the polls that are open: made at the opening, shown in the hall, asked for with a ballot."""

from collections.abc import Callable
from secrets import token_bytes
from threading import Lock
from time import monotonic
from uuid import UUID

from application.private.hall_words import erase_hall_word, keep_hall_word, kept_hall_word
from application.private.store import PrivateStore
from domain.polls.card import CardId
from domain.polls.hall_word import (
    GUESSES,
    RANDOM_BYTES,
    WAITING_SECONDS,
    HallWordGuessed,
    HallWordWrong,
    hall_word,
    require_word,
)
from domain.polls.poll import Poll, PollStage


class HallWords:
    """One for an installation's process. What was guessed with a card is remembered here only, and nowhere stored."""

    def __init__(
        self,
        private: PrivateStore,
        *,
        randomness: Callable[[int], bytes] = token_bytes,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        self._private = private
        self._randomness = randomness
        self._ticks = ticks
        self._known: dict[UUID, str] = {}
        self._wrong: dict[CardId, tuple[int, float]] = {}
        """Wrong words in a row with a card, and when the last was given."""
        self._looking = Lock()

    def make(self, poll: UUID) -> None:
        """Before the poll opens; asked again, the word that is there stays."""
        keep_hall_word(self._private, poll, hall_word(self._randomness(RANDOM_BYTES)))

    def erase(self, poll: UUID) -> None:
        """When the gate of the box has closed."""
        erase_hall_word(self._private, poll)
        self._known.pop(poll, None)

    def hall_word_of(self, poll: UUID, state: Poll) -> str | None:
        """The word to be shown in the hall; None unless the poll is open and its profile asks for one."""
        if state.stage is not PollStage.OPEN or not state.prepared.profile.hall_word:
            return None
        return self._word(poll)

    def require(self, poll: UUID, state: Poll, card: CardId, given: str) -> None:
        """Before a ballot goes to the box. After closing nothing is asked: the box alone says what it holds.

        Raises HallWordNeeded, HallWordWrong or HallWordGuessed; no ballot, no card is used up by any of them.
        """
        word = self.hall_word_of(poll, state)
        if word is None:
            return
        with self._looking:
            self._require_patience(card)
            try:
                require_word(word, given)
            except HallWordWrong:
                self._wrong[card] = (self._wrong.get(card, (0, 0.0))[0] + 1, self._ticks())
                raise
            self._wrong.pop(card, None)

    def _require_patience(self, card: CardId) -> None:
        times, last = self._wrong.get(card, (0, 0.0))
        wait = last + WAITING_SECONDS - self._ticks()
        if times >= GUESSES and wait > 0:
            raise HallWordGuessed(wait=int(wait) + 1)
        if times >= GUESSES:
            del self._wrong[card]

    def _word(self, poll: UUID) -> str | None:
        if poll not in self._known:
            kept = kept_hall_word(self._private, poll)
            if kept is None:
                return None
            self._known[poll] = kept
        return self._known[poll]
