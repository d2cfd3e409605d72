"""Checkpoints over the history: signed at every closing, count and declaration, and daily (ballot.md)."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from application.checkpoint_key import CheckpointKey, KeyPlace
from application.history.history import History
from application.history.tree import HistoryTree
from application.history.tree_store import StoredCheckpoint
from domain.checkpoints.checkpoint import Algorithm, Checkpoint, read_text, text_of
from domain.checkpoints.note import KeyUnreadable, VerifierKey, read_note
from domain.polls.poll import PollClosed, PollCounted, PollDeclared
from domain.shared import CHINA, Refused

MOMENTS: Final = (PollClosed, PollCounted, PollDeclared)
"""Facts after which a checkpoint is made at once."""

_LOG = logging.getLogger("piaojue.checkpoints")


@dataclass(eq=False)
class HistoryShrank(Refused):
    """The history or its tree is not what an earlier checkpoint says it was: nothing is signed until it is audited."""

    size: int
    """That of the earlier checkpoint."""


@dataclass(eq=False)
class KeyDiffers(Refused):
    """The last checkpoint was signed by another key, and nobody has said that it was changed."""

    former: str
    """Its verification key, for the setting that says so."""


def make_checkpoint(
    history: History,
    key: CheckpointKey,
    at: datetime,
    algorithm: Algorithm = Algorithm.SHA256,
    former: Sequence[VerifierKey] = (),
) -> StoredCheckpoint | None:
    """Signs what is recorded at this moment; None while nothing is, the one that is there when nothing came since.

    A key other than that of the last checkpoint must know it among its `former` ones. Raises HistoryShrank,
    KeyDiffers or NotAnswering.
    """
    store = history.tree_store
    tree = HistoryTree(store, algorithm)
    size = tree.follow()
    last = store.last_checkpoint(algorithm)
    if last is not None:
        _require_grown(tree, size, last)
        _require_key(key.verifier(algorithm), former, last)
    if size == 0 or (last is not None and last.size == size):
        return last
    verifier = key.verifier(algorithm)
    said = Checkpoint(origin=verifier.name, size=size, root=tree.root(size), algorithm=algorithm, at=at)
    made = StoredCheckpoint(
        number=0,
        algorithm=algorithm.value,
        size=size,
        position=tree.last_position(size),
        at=at.astimezone(CHINA),
        note=str(key.sign(text_of(said), algorithm)),
        key=str(verifier),
    )
    store.keep(made)
    return store.checkpoint(algorithm, size)


class Notary:
    """Makes the checkpoints of an installation when they are due."""

    def __init__(
        self,
        history: History,
        place: KeyPlace,
        clock: Callable[[], datetime],
        algorithm: Algorithm = Algorithm.SHA256,
        former: Sequence[VerifierKey] = (),
    ) -> None:
        self._history = history
        self._clock = clock
        self._looked_to = 0
        self._said = ""
        self._former = tuple(former)
        self.place = place
        self.algorithm = algorithm

    def make(self) -> StoredCheckpoint | None:
        """A checkpoint of everything recorded. Raises what `make_checkpoint` does, KeyUnreadable or OSError."""
        return make_checkpoint(self._history, self.place.key(), self._clock(), self.algorithm, self._former)

    def first_from(self, position: int) -> StoredCheckpoint | None:
        """The oldest checkpoint whose tree holds the event at a position. Raises NotAnswering."""
        kept = self._history.tree_store.checkpoints(self.algorithm)
        return next((checkpoint for checkpoint in kept if checkpoint.position >= position), None)

    def hear(self, facts: Sequence[object]) -> None:
        """What a command has just recorded. Never raises: the command is done, and the worker tries again."""
        if any(isinstance(fact, MOMENTS) for fact in facts):
            self._make_or_say()

    def catch_up(self) -> None:
        """Takes in what was recorded, and signs where a moment or a day was missed. Raises NotAnswering."""
        HistoryTree(self._history.tree_store, self.algorithm).follow()
        last = self._history.tree_store.last_checkpoint(self.algorithm)
        if last is None or self._is_due(last):
            self._make_or_say()

    def _is_due(self, last: StoredCheckpoint) -> bool:
        newest = self._history.last_position()
        if newest <= last.position:
            return False
        if last.at.astimezone(CHINA).date() < self._clock().astimezone(CHINA).date():
            return True
        after = max(last.position, self._looked_to)
        if self._history.select(after, 1, upto=newest, kinds=MOMENTS):
            return True
        self._looked_to = newest
        return False

    def _make_or_say(self) -> None:
        try:
            self.make()
            self._said = ""
        except (Refused, OSError) as error:
            words = _words(error)
            if words != self._said:
                _LOG.error("no checkpoint could be made: %s", words)  # the words say it all
            self._said = words


def read_checkpoint(stored: StoredCheckpoint) -> Checkpoint:
    """What its note says. Raises NoteUnreadable or CheckpointUnreadable."""
    return read_text(read_note(stored.note.encode()).text)


def _require_grown(tree: HistoryTree, size: int, last: StoredCheckpoint) -> None:
    if size < last.size or tree.root(last.size) != read_checkpoint(last).root:
        raise HistoryShrank(size=last.size)


def _require_key(key: VerifierKey, former: Sequence[VerifierKey], last: StoredCheckpoint) -> None:
    if last.key != str(key) and last.key not in map(str, former):
        raise KeyDiffers(former=last.key)


def _words(error: Exception) -> str:
    if isinstance(error, HistoryShrank):
        return f"the history is not what it was at {error.size} events; run piaojue audit"
    if isinstance(error, KeyDiffers):
        return f"the key is not that of the last checkpoint, {error.former}"
    if isinstance(error, KeyUnreadable):
        return f"the key cannot be read ({error.reason})"
    return f"{type(error).__name__}"
