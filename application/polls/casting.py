"""The door of the box: which poll a card belongs to, from memory, and the ballot on its way into the box."""

from asyncio import to_thread
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from uuid import UUID

from application.history.box import Box
from application.history.box_writer import try_again
from application.history.history import History
from domain.polls import card_set as card_sets
from domain.polls import poll as polls
from domain.polls.ballot import BallotCast, BallotForAnotherForm, BoxClosed, CardUsed, Receipt
from domain.polls.ballot_form import BallotForm, cast_sealed, cast_unsealed
from domain.polls.card import CardId
from domain.polls.card_set import (
    CardOfAnotherSet,
    CardSet,
    CardSetBound,
    CardSetDiscarded,
    CardSetPrinted,
    CardSetReleased,
    SetName,
    UnknownCard,
    require_live,
)
from domain.polls.count import form_hash_of, form_of
from domain.polls.opening import PollIsClosed, PollNotOpen
from domain.polls.poll import (
    LastBallotsCalled,
    Poll,
    PollCancelled,
    PollClosed,
    PollOpened,
    PollPrepared,
    PollStage,
)
from domain.polls.sealing import SealingKeyMade, TrialBallotOpened
from domain.shared import Refused

LOOK_AGAIN = 0.2
"""Seconds for which what is known of polls and sets is believed; the gate of the box decides in any case."""

_BATCH = 500
_KINDS = (
    CardSetPrinted,
    CardSetReleased,
    CardSetBound,
    CardSetDiscarded,
    PollPrepared,
    PollOpened,
    LastBallotsCalled,
    PollClosed,
    PollCancelled,
    SealingKeyMade,
    TrialBallotOpened,
)

AskWord = Callable[[UUID, Poll, CardId, str], None]
"""Compares the hall word given with a card; raises what HallWords.require does."""


def _no_word(poll: UUID, state: Poll, card: CardId, given: str) -> None:
    """For who casts from inside the hall's own machines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slate:
    """What a card lets its holder vote on."""

    poll: UUID
    state: Poll
    form: BallotForm
    form_hash: str
    card_set: SetName


class CastingDesk:
    """Answers ballot requests without asking the history for each: thousands arrive within seconds.

    Nobody is refused on memory: what it would refuse is decided again on a look begun after the request came, so
    that no card opened a moment ago is called unknown. Knows cards by their hashes only, and nothing of who asks.
    """

    def __init__(
        self, history: History, box: Box, ticks: Callable[[], float] = monotonic, ask_word: AskWord = _no_word
    ) -> None:
        self._history = history
        self._box = box
        self._ticks = ticks
        self._ask_word = ask_word
        self._looking = Lock()
        self._position = 0
        self._looked_at = float("-inf")
        self._failed_at = float("-inf")
        self._sets: dict[UUID, CardSet] = {}
        self._polls: dict[UUID, Poll] = {}
        self._set_of: dict[CardId, UUID] = {}
        self._forms: dict[UUID, tuple[BallotForm, str]] = {}

    @property
    def is_stale(self) -> bool:
        """Whether it is time to look again."""
        return self._ticks() - self._looked_at > LOOK_AGAIN

    def warm_up(self) -> None:
        """Takes in what is recorded before anybody asks; the first who asks looks again all the same."""
        with self._looking:
            self._take_in()

    def look_again(self) -> None:
        """Takes in what was recorded since; one caller looks, the others go on with what is known.

        Raises what the history raises while it cannot be read.
        """
        if not self._looking.acquire(blocking=False):
            return
        try:
            if self.is_stale:
                self._look()
        finally:
            self._looking.release()

    def _look_since(self, came: float) -> None:
        """Takes in all that was recorded before this moment; whoever waits for a look begun since shares it.

        Raises TryAgain for who waited for a look that failed.
        """
        with self._looking:
            if self._failed_at >= came:
                raise try_again()
            if self._looked_at <= came:
                self._look()

    def _look(self) -> None:
        """Remembers a failure, so that those who wait do not find the database away one after the other."""
        began = self._ticks()
        try:
            self._take_in()
        except Exception:
            self._failed_at = self._ticks()
            raise
        self._looked_at = began

    def slate(self, card: CardId) -> Slate:
        """What the holder of the card may vote on now.

        Raises UnknownCard, CardOfAnotherSet, SetDiscarded, SetNotReleased, SetNotBound, PollNotOpen, PollIsClosed,
        CardUsed, CardIsVoid or TryAgain.
        """
        came = self._ticks()
        try:
            return self._open_slate(card)
        except Refused:
            self._look_since(came)
            return self._open_slate(card)

    def _open_slate(self, card: CardId) -> Slate:
        slate = self._slate(card)
        if slate.state.stage is not PollStage.OPEN:
            self._name_the_open_set(self._sets[self._set_of[card]])
            raise PollIsClosed(title=slate.state.prepared.title)
        receipt = self._box.receipt_of(slate.poll, card)
        if receipt is not None:
            raise CardUsed(receipt=receipt)
        return slate

    async def cast(self, card: CardId, ballot: bytes, *, seen: str, key: str | None = None, word: str = "") -> Receipt:
        """Puts a ballot into the box; the same again gives the same receipt, also after closing.

        `seen` is the hash of the form the voter's page was made for, `key` the fingerprint of the key it sealed to,
        `word` the hall word where the poll asks for one. Raises what `slate` does, and HallWordNeeded, HallWordWrong,
        HallWordGuessed, BallotForAnotherForm, BallotUnreadable, BallotSeenElsewhere or Busy.
        """
        came = self._ticks()
        try:
            slate = self._slate(card)
        except Refused:
            await to_thread(self._look_since, came)
            slate = self._slate(card)
        fact = _accepted(slate, ballot, seen=seen, key=key)
        self._ask_word(slate.poll, slate.state, card, word)
        try:
            return await self._box.cast_soon(slate.poll, card, fact)
        except BoxClosed:
            raise PollIsClosed(title=slate.state.prepared.title) from None

    def _slate(self, card: CardId) -> Slate:
        """The poll of the card, from its opening on: after closing, the box still knows what it holds."""
        card_set = self._sets.get(self._set_of.get(card, UUID(int=0)))
        if card_set is None:
            raise UnknownCard
        poll = self._polls.get(card_set.poll) if card_set.poll else None
        if poll is None or poll.stage is PollStage.PREPARED:
            self._name_the_open_set(card_set)
        require_live(card_set)
        if poll is None or card_set.poll is None or poll.stage is PollStage.PREPARED:
            raise PollNotOpen(title=poll.prepared.title if poll else "")
        form, form_hash = self._form(card_set.poll, poll)
        return Slate(poll=card_set.poll, state=poll, form=form, form_hash=form_hash, card_set=card_set.name)

    def _name_the_open_set(self, card_set: CardSet) -> None:
        """Whoever holds a good card of another set is told both names; nothing is used up."""
        voting = tuple(
            other.name
            for other in self._sets.values()
            if other.session == card_set.session
            and other.poll in self._polls
            and self._polls[other.poll].stage is PollStage.OPEN
        )
        if voting:
            raise CardOfAnotherSet(card_set=card_set.name, open_sets=voting)

    def _form(self, poll: UUID, state: Poll) -> tuple[BallotForm, str]:
        if poll not in self._forms:
            self._forms[poll] = form_of(poll, state.prepared), form_hash_of(poll, state.prepared)
        return self._forms[poll]

    def _take_in(self) -> None:
        upto = self._history.last_position()
        while upto > self._position:
            found = self._history.select(self._position, _BATCH, upto=upto, kinds=_KINDS)
            for notice in found:
                self._apply(notice.stream, notice.fact)
            self._position = found[-1].position if len(found) == _BATCH else upto

    def _apply(self, stream: UUID, fact: object) -> None:
        match fact:
            case CardSetPrinted() | CardSetReleased() | CardSetBound() | CardSetDiscarded():
                self._sets[stream] = card_sets.evolve(self._sets.get(stream), fact)
                if isinstance(fact, CardSetPrinted):
                    self._set_of.update(dict.fromkeys(fact.cards, stream))
            case (
                PollPrepared()
                | PollOpened()
                | LastBallotsCalled()
                | PollClosed()
                | PollCancelled()
                | SealingKeyMade()
                | TrialBallotOpened()
            ):
                self._polls[stream] = polls.evolve(self._polls.get(stream), fact)


def _accepted(slate: Slate, ballot: bytes, *, seen: str, key: str | None) -> BallotCast:
    """A sealed poll takes sealed ballots only, an unsealed one only unsealed."""
    if slate.state.key is not None and slate.state.is_sealed:
        return cast_sealed(ballot, form=slate.form, seen=seen, key=slate.state.key.fingerprint, sealed_to=key)
    if slate.state.is_sealed or key is not None:
        raise BallotForAnotherForm
    return cast_unsealed(ballot, form=slate.form, seen=seen)
