"""The office: how every command loads, decides and records."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, reduce
from random import SystemRandom
from time import monotonic, sleep
from typing import Any, TypeVar
from uuid import UUID, uuid5

from application.history.filing import CommandKey, Conflict
from application.history.group_commit import Busy, NotAnswering
from application.history.history import History
from application.history.recorded import Recorded
from application.remembered import NOTHING, Folded, Remembered
from domain.accounts.permissions import RESIDENT, Actor
from domain.shared import CHINA, Invalid, Refused

__all__ = ["AlreadyThere", "Busy", "By", "ChangedMeanwhile", "Desk", "KeyUsedOtherwise", "Office", "system_clock"]

COMMANDS = UUID("0f1f9b3e-7c39-5e0f-9d5e-6f2f2f7d9a41")
ATTEMPTS = 9
LONGEST_KEY = 200

PATIENCE = 6.0
"""Seconds after which a command is not tried once more."""

_JITTER = SystemRandom()

S = TypeVar("S")
Evolve = Callable[[S | None, Any], S]


def system_clock() -> datetime:
    """The time of the machine."""
    return datetime.now(CHINA)


@dataclass(eq=False)
class KeyUsedOtherwise(Refused):
    """The account has used this key for another kind of command, or with other content; nothing was recorded."""

    key: str


@dataclass(eq=False)
class AlreadyThere(Refused):
    """Something new was to be recorded under an identity that is taken; nothing was recorded."""

    stream: UUID


@dataclass(eq=False)
class ChangedMeanwhile(Refused):
    """What the asker had looked at has moved since; nothing was recorded."""

    stream: UUID


Seen = tuple[tuple[UUID, int], ...]
"""Streams with the versions at which somebody looked at them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who asks, and the client-given key of the command: sent again, it is done once.

    A key belongs to its account. One key stands for one command; an act that needs several
    commands gives each its own by `step`. Raises Invalid for a key that is empty or too long.
    """

    actor: Actor
    key: str
    content: str = ""
    """Stands for everything asked for; the key with other content is refused. Forms have it in their key."""
    expecting: tuple[Seen, ...] = ()
    """The command is refused unless every stream of one of these is at its version; empty: no matter."""

    def __post_init__(self) -> None:
        if not 0 < len(self.key) <= LONGEST_KEY or not self.key.isprintable():
            raise Invalid(field="key", reason="key", value=self.key[:20])

    def step(self, name: str) -> "By":
        """The same act's key for one more command; what was expected is for the first to check, without a step."""
        return By(actor=self.actor, key=f"{self.key}/{name}", content=self.content)


class _LookAgain(Exception):
    """What was decided stands on memory alone and was not checked by recording."""


class Desk:
    """What one command reads and writes.

    Everything loaded here is part of the decision: when any of it has moved by the time of
    recording, the command is decided afresh on a new desk, also if it only read there.
    A `trusting` desk believes what is remembered of a stream without asking whether more was recorded,
    and that nothing is there where nothing is remembered: new streams come most often.
    """

    def __init__(self, history: History, remembered: Remembered, *, trusting: bool = False) -> None:
        self._history = history
        self._remembered = remembered
        self._trusting = trusting
        self._states: defaultdict[UUID, dict[Evolve[Any], Any]] = defaultdict(dict)
        self._added: defaultdict[UUID, list[object]] = defaultdict(list)
        self._blind: set[UUID] = set()
        self.seen: dict[UUID, int] = {}
        """The versions that everything read or written must still have."""
        self.added: list[tuple[UUID, int, object]] = []
        """Stream, version and fact, in the order of adding."""
        self.believed = False
        """Whether anything was taken from memory alone: then a refusal has to be looked at again."""

    def load(self, stream: UUID, evolve: Evolve[S]) -> S | None:
        """The state of a stream with what was added at this desk, None when nothing is there."""
        return self.load_many((stream,), evolve).get(stream)

    def load_many(self, streams: Iterable[UUID], evolve: Evolve[S]) -> dict[UUID, S]:
        """The states of many streams, in one query; streams where nothing is are left out."""
        asked = tuple(dict.fromkeys(streams))
        self._fold({stream for stream in asked if evolve not in self._states[stream]}, evolve)
        states = ((stream, self._states[stream][evolve]) for stream in asked)
        return {stream: state for stream, state in states if state is not None}

    def require(self, expecting: Sequence[Seen]) -> None:
        """Raises ChangedMeanwhile unless all streams of one of these are where they were seen."""
        unseen = {stream for seen in expecting for stream, _ in seen} - self.seen.keys()
        if unseen:
            self.seen.update(self._history.versions_of(unseen))
        moved = [[stream for stream, version in seen if self.seen[stream] != version] for seen in expecting]
        if moved and all(moved):
            raise ChangedMeanwhile(stream=moved[0][0])

    def add(self, stream: UUID, *facts: object) -> None:
        """Facts to be recorded after what `load` saw; a stream that was not loaded must be new."""
        if facts and stream not in self.seen:
            self.seen[stream] = 0
            self._blind.add(stream)
        for fact in facts:
            self._added[stream].append(fact)
            self.added.append((stream, self.seen[stream] + len(self._added[stream]), fact))
        for evolve, state in self._states[stream].items():
            self._states[stream][evolve] = reduce(evolve, facts, state)

    def taken_blindly(self) -> UUID | None:
        """A stream that was taken for new without a look and is not; deciding afresh cannot help."""
        return next(iter(self._history.facts_of(self._blind)), None) if self._blind else None

    def remember(self) -> None:
        """After recording: the next command begins with what this one left."""
        for stream in self._added:
            for evolve, state in self._states[stream].items():
                self._remembered.keep(stream, evolve, Folded(self.seen[stream] + len(self._added[stream]), state))

    def _fold(self, streams: Collection[UUID], evolve: Evolve[Any]) -> None:
        known = {stream: self._remembered.of(stream, evolve) for stream in streams}
        asked = {stream: folded.version for stream, folded in known.items() if not self._believes(stream)}
        newer = self._history.facts_after(asked) if asked else {}
        for stream, folded in known.items():
            self._states[stream][evolve] = self._folded(stream, evolve, folded, newer.get(stream, []))

    def _believes(self, stream: UUID) -> bool:
        if not self._trusting or stream in self.seen:
            return False
        self.believed = True
        return True

    def _folded(self, stream: UUID, evolve: Evolve[Any], known: Folded, newer: Sequence[object]) -> Any:
        version = self.seen.setdefault(stream, known.version + len(newer))
        if version < known.version:
            known, newer = NOTHING, self._history.facts_of([stream])[stream]
        state = reduce(evolve, newer[: version - known.version], known.state)
        if version:
            self._remembered.keep(stream, evolve, Folded(version, state))
        return reduce(evolve, self._added[stream], state)


class Office:
    """Loads, lets the domain decide, records; decides afresh when somebody else was faster."""

    def __init__(
        self,
        history: History,
        clock: Callable[[], datetime] = system_clock,
        heard: Callable[[Sequence[object]], None] = lambda _: None,
    ) -> None:
        """`heard` is told what a command has just recorded; it must not raise."""
        self.history = history
        self._clock = clock
        self._heard = heard
        self._remembered = Remembered()

    def now(self) -> datetime:
        """The present moment in China."""
        return self._clock().astimezone(CHINA)

    def today(self) -> date:
        """The date in China."""
        return self.now().date()

    def new_id(self, by: By, purpose: str) -> UUID:
        """The identity of what this command makes: the same when the command is repeated."""
        return uuid5(COMMANDS, f"{by.actor.account}/{by.key}/{purpose}")

    def state_of(self, stream: UUID, evolve: Evolve[S]) -> S | None:
        """The state with everything recorded until now, None when nothing is there."""
        return self.states_of((stream,), evolve).get(stream)

    def states_of(self, streams: Iterable[UUID], evolve: Evolve[S]) -> dict[UUID, S]:
        """Many states in one query; streams where nothing is are left out."""
        return self.desk().load_many(streams, evolve)

    def desk(self) -> Desk:
        """A desk for those who only look, at several streams of one moment after the other."""
        return Desk(self.history, self._remembered)

    def versions_of(self, streams: Iterable[UUID]) -> dict[UUID, int]:
        """How many facts each of the streams holds at this moment."""
        return self.history.versions_of(streams)

    def change(
        self, by: By, stream: UUID, evolve: Evolve[S], decide: Callable[[S | None], object | Sequence[object]]
    ) -> int:
        """One stream: what `decide` returns, a fact or several, is recorded after what it saw.

        Returns and raises as `record`.
        """

        def at(desk: Desk) -> None:
            decided = decide(desk.load(stream, evolve))
            desk.add(stream, *(decided if isinstance(decided, (tuple, list)) else (decided,)))

        return self._record(by, _kind_of(decide), at)

    def record(self, by: By, decide: Callable[[Desk], None], *, trusting: bool = False) -> int:
        """Several streams in one transaction; `decide` may run again, each time at a new desk.

        `trusting`, for commands that come by the hundred and touch nothing but the desk: they are first
        decided on what this process remembers. Recording checks every version, and a refusal that stands
        on memory is looked at again, so the outcome is the same.

        Returns the position of the last fact, that of the earlier run when the key was used before,
        or the present end of the history when there was nothing to record. Raises what `decide`
        refuses, ChangedMeanwhile, KeyUsedOtherwise, AlreadyThere, or Busy when the store does not answer in time.
        """
        return self._record(by, _kind_of(decide), decide, trusting=trusting)

    def _record(self, by: By, command: str, decide: Callable[[Desk], None], *, trusting: bool = False) -> int:
        key = CommandKey(account=by.actor.account, key=by.key, command=f"{command} {by.content}".rstrip())
        if trusting:
            with suppress(_LookAgain, Conflict, NotAnswering):
                return self._decide_and_record(by, key, decide, trusting=True)
        started = monotonic()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                earlier = self._earlier(key)
                return self._decide_and_record(by, key, decide) if earlier is None else earlier
            except (Conflict, NotAnswering) as error:
                if attempt == ATTEMPTS or monotonic() - started > PATIENCE:
                    raise Busy(retry_after=2.0) from error
                sleep(_JITTER.uniform(0.002, 0.02 * attempt))
        raise AssertionError("the last attempt returns or raises")

    def _decide_and_record(
        self, by: By, key: CommandKey, decide: Callable[[Desk], None], *, trusting: bool = False
    ) -> int:
        desk = Desk(self.history, self._remembered, trusting=trusting)
        try:
            desk.require(by.expecting)
            decide(desk)
        except Refused as refusal:
            if desk.believed:
                raise _LookAgain from refusal
            earlier = None if isinstance(refusal, Busy) else self._earlier(key)
            if earlier is None:
                raise
            return earlier
        if desk.added:
            return self._append(key, desk)
        if desk.believed:
            raise _LookAgain
        return self.history.last_position()

    def _append(self, key: CommandKey, desk: Desk) -> int:
        now = self.now()
        account = None if key.account == RESIDENT.account else key.account
        recorded = [Recorded(stream, version, now, account, fact) for stream, version, fact in desk.added]
        try:
            position = self.history.append(recorded, seen=desk.seen, key=key)
        except Conflict:
            earlier = self._earlier(key)
            if earlier is not None:
                return earlier
            taken = desk.taken_blindly()
            if taken is not None:
                raise AlreadyThere(stream=taken) from None
            raise
        desk.remember()
        self._heard([fact for _, _, fact in desk.added])
        return position

    def _earlier(self, key: CommandKey) -> int | None:
        done = self.history.done(key)
        if done is None:
            return None
        if done.command != key.command:
            raise KeyUsedOtherwise(key=key.key)
        return done.position


def _kind_of(decide: Callable[..., object]) -> str:
    """The command that decides, e.g. `application.polls.open_poll`, for the functions inside it too."""
    if isinstance(decide, partial):
        return _kind_of(decide.func)
    name = getattr(decide, "__qualname__", type(decide).__qualname__)
    return f"{decide.__module__}.{name.split('.<locals>')[0]}"
