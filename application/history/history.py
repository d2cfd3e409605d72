"""The history: everything that was recorded, in one order, in SQLite or PostgreSQL."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, InterfaceError, Notification, OperationalError
from eventsourcing.utils import Environment, EnvType

from application.history.book import BOOK
from application.history.fact_book import FactBook
from application.history.filing import CommandKey, Done
from application.history.group_commit import NotAnswering
from application.history.mapper import FactMapper
from application.history.postgres import PostgresHistoryFactory, PostgresHistoryRecorder, settings_of
from application.history.recorded import Noticed, Recorded
from application.history.sqlite import BUSY_SECONDS, SQLiteHistoryFactory, SQLiteHistoryRecorder
from application.history.tree_store import TreeStore
from application.history.wake import Wake

__all__ = ["History", "Noticed", "open_history"]

Recorder = SQLiteHistoryRecorder | PostgresHistoryRecorder
Factory = Callable[[Environment], InfrastructureFactory[Any]]


class History(Application[UUID]):
    """The one store of facts. Opened by `open_history`, closed by whoever opened it."""

    name = "office"

    def __init__(self, factory: Factory, env: EnvType, book: FactBook = BOOK) -> None:
        self._make_factory = factory
        self._book = book
        self._wake = Wake()
        self._watching: Thread | None = None
        self._starting = Lock()
        super().__init__(env)
        self.recorder: Recorder
        self.recorder.announce = self._wake.set

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Only what `open_history` says: the library would let stray environment variables decide."""
        return Environment(name, env)

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """The factory of the kind of database."""
        return self._make_factory(env)

    def construct_mapper(self) -> FactMapper:
        """Facts under the names of the book."""
        return FactMapper(self._book)

    def append(self, recorded: Sequence[Recorded], *, seen: Mapping[UUID, int], key: CommandKey | None = None) -> int:
        """Writes all in one transaction and returns the position of the last.

        `seen` are the versions of the streams it was decided on. Raises Conflict when one of them has
        moved or the key was used, NotRecordable, Busy, or NotAnswering as everything here.
        """
        with _answering():
            return self.save(*recorded, seen=seen, key=key)[-1].notification.id

    def facts_of(self, streams: Iterable[UUID]) -> dict[UUID, list[object]]:
        """The facts of many streams in one query, in the order of their versions, without empty streams."""
        return self.facts_after(dict.fromkeys(streams, 0))

    def facts_after(self, known: Mapping[UUID, int]) -> dict[UUID, list[object]]:
        """As `facts_of`, without those up to a version of each stream that are known already."""
        recorded = self._recorded_after(known)
        return {stream: [one.fact for one in of_stream] for stream, of_stream in recorded.items()}

    def recorded_of(self, streams: Iterable[UUID]) -> dict[UUID, list[Recorded]]:
        """As `facts_of`, each fact with when and by whom it was recorded."""
        return self._recorded_after(dict.fromkeys(streams, 0))

    def versions_of(self, streams: Iterable[UUID]) -> dict[UUID, int]:
        """How many facts each of the streams holds at this moment, 0 where nothing is."""
        asked = tuple(streams)
        with _answering():
            found = self.recorder.versions_of(asked)
        return {stream: found.get(stream, 0) for stream in asked}

    def _recorded_after(self, known: Mapping[UUID, int]) -> dict[UUID, list[Recorded]]:
        found: dict[UUID, list[Recorded]] = {}
        with _answering():
            events = self.recorder.events_after(known)
        for stored in events:
            recorded = cast("FactMapper", self.mapper).to_domain_event(stored)
            found.setdefault(recorded.originator_id, []).append(recorded)
        return found

    def at(self, positions: Iterable[int]) -> list[Noticed]:
        """The facts at these places in the order, in one query; places where nothing is are left out."""
        with _answering():
            notices = self.recorder.notifications_at(positions)
        return [self._noticed(notice) for notice in notices]

    def done(self, key: CommandKey) -> Done | None:
        """What this account recorded before under this key."""
        with _answering():
            return self.recorder.done(key)

    def select(self, after: int, limit: int, *, upto: int | None = None, kinds: Iterable[type] = ()) -> list[Noticed]:
        """At most `limit` facts after a position (up to another), in order; of these kinds, if any are named.

        Who asks for kinds goes on from `upto`, not from the last fact found: the others were skipped.
        """
        names = [self._book.entry_of(kind).name for kind in kinds]
        with _answering():
            notices = self.recorder.select_notifications(
                after, limit, stop=upto, topics=names, inclusive_of_start=False
            )
        return [self._noticed(notice) for notice in notices]

    def _noticed(self, notice: Notification) -> Noticed:
        recorded = cast("FactMapper", self.mapper).to_domain_event(notice)
        return Noticed(
            position=notice.id,
            stream=recorded.originator_id,
            version=recorded.originator_version,
            at=recorded.at,
            by=recorded.by,
            fact=recorded.fact,
        )

    def name_of(self, fact: object) -> str:
        """Under which stable name the fact lies in the history."""
        return self._book.entry_of(type(fact)).name

    def last_position(self) -> int:
        """The position of the newest fact, 0 in an empty history."""
        with _answering():
            return self.recorder.max_notification_id() or 0

    @property
    def tree_store(self) -> TreeStore:
        """Where the hash tree over everything recorded lies."""
        return self.recorder.tree_store

    @property
    def wake(self) -> Wake:
        """Calls after every commit of any process; asking for it starts the watching."""
        with self._starting:
            if self._watching is None:
                self._watching = Thread(
                    target=self.recorder.watch, args=(self._wake, self.closing), name="history-watch", daemon=True
                )
                self._watching.start()
        return self._wake

    def close(self) -> None:
        """Ends watching and all connections. May be called again."""
        self.closing: Event
        self.closing.set()
        if self._watching is not None:
            self._watching.join()
        self.recorder.close()
        super().close()


@contextmanager
def _answering() -> Iterator[None]:
    """Callers need not know the library to learn that the database does not answer."""
    try:
        yield
    except (InterfaceError, OperationalError) as error:
        raise NotAnswering(retry_after=2.0) from error


def open_history(database_url: str, book: FactBook = BOOK) -> History:
    """Opens `sqlite:////abs/file.db` or `postgresql://…`, making the tables that are missing.

    Raises ValueError for any other address, NotAnswering when the database is not there.
    """
    kind, _, _ = database_url.partition(":")
    if kind == "sqlite":
        path = Path(database_url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        env = {"SQLITE_DBNAME": str(path), "SQLITE_LOCK_TIMEOUT": str(BUSY_SECONDS)}
        with _answering():
            return History(SQLiteHistoryFactory, _COMMON | env, book)
    if kind in {"postgresql", "postgres"}:
        env, further = settings_of(database_url)
        with _answering():
            return History(partial(PostgresHistoryFactory, further=further), _COMMON | env, book)
    raise ValueError(f"not a database this program can use: {kind}")


_COMMON = {
    "COMPRESSOR_TOPIC": "",
    "CIPHER_TOPIC": "",
    "CIPHER_KEY": "",
    "IS_SNAPSHOTTING_ENABLED": "n",
    "AGGREGATE_CACHE_MAXSIZE": "",
    "CREATE_TABLE": "y",
    "ORIGINATOR_ID_TYPE": "uuid",
    "APPLICATION_RECORDER_TOPIC": "",
}
"""Every setting the library reads for both kinds of database, so that nothing is left to chance."""
