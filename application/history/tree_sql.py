"""The hash tree's tables, in the SQL that both databases understand."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from application.history.tree_leaf import Row
from application.history.tree_store import TILE, Place, StoredCheckpoint, Tile

_TILE_COLUMNS: Final = "level, number, hashes, first_position, last_position"
_CHECKPOINT_COLUMNS: Final = "number, algorithm, size, position, at, note, key"
FIRST: Final = 100
"""How many of a kind are told at most."""


CHECKPOINTS: Final = f"SELECT {_CHECKPOINT_COLUMNS} FROM checkpoints ORDER BY number"  # noqa: S608  # names we made
FILL_CHECKPOINTS: Final = f"INSERT INTO checkpoints ({_CHECKPOINT_COLUMNS}) VALUES (?,?,?,?,?,?,?)"  # noqa: S608  # as above


def checkpoint_of(row: Sequence[Any]) -> StoredCheckpoint:
    """A row of the table. Raises ValueError for a time that is none."""
    number, algorithm, size, position, at, note, key = row
    return StoredCheckpoint(
        number=number,
        algorithm=algorithm,
        size=size,
        position=position,
        at=datetime.fromisoformat(at),
        note=note,
        key=key,
    )


def row_for(one: StoredCheckpoint) -> tuple[object, ...]:
    """What is written into the table."""
    return (one.number, one.algorithm, one.size, one.position, one.at.isoformat(), one.note, one.key)


def create_statements(integer: str, binary: str) -> list[str]:
    """The tables, with a database's own words for whole numbers and bytes."""
    tiles = (
        f"CREATE TABLE IF NOT EXISTS tree_tiles (algorithm text NOT NULL, level {integer} NOT NULL,"
        f" number {integer} NOT NULL, hashes {binary} NOT NULL, first_position {integer}, last_position {integer},"
        " PRIMARY KEY (algorithm, level, number))"
    )
    by_position = "CREATE UNIQUE INDEX IF NOT EXISTS tree_tiles_position ON tree_tiles (algorithm, first_position)"
    checkpoints = (
        f"CREATE TABLE IF NOT EXISTS checkpoints (number {integer} PRIMARY KEY, algorithm text NOT NULL,"
        f" size {integer} NOT NULL, position {integer} NOT NULL, at text NOT NULL, note text NOT NULL,"
        " key text NOT NULL, UNIQUE (algorithm, size))"
    )
    return [tiles, f"{by_position} WHERE level = 0", checkpoints]


class Talk(ABC):
    """A connection inside a transaction. Each database names its table of events in its own way."""

    EVENT: ClassVar[str]
    EVENTS: ClassVar[str]
    POSITION: ClassVar[str]

    @abstractmethod
    def ask(self, question: str, *values: object) -> list[Any]:
        """The rows of an answer; `?` stands for each value."""

    @abstractmethod
    def stream(self, question: str, *values: object) -> Iterator[Any]:
        """The rows of a long answer, one after the other."""

    @abstractmethod
    def rows_of(self, found: Iterator[Any]) -> Iterator[Row]:
        """Events as they lie in the table."""

    @abstractmethod
    def write(self, statement: str, rows: Sequence[Sequence[object]]) -> int:
        """Runs it for each row and returns how many rows it wrote in all."""

    @abstractmethod
    def identity(self, stream: UUID) -> object:
        """A stream's identity as the table holds it."""

    def events(self, question: str, *values: object) -> Iterator[Row]:
        """Events, chosen and ordered by the end of a statement."""
        return self.rows_of(self.stream(f"SELECT {self.EVENT} FROM {self.EVENTS} {question}", *values))  # noqa: S608  # names we made

    def tiles(self, question: str, *values: object) -> Iterator[Tile]:
        """Tiles, chosen and ordered by the end of a statement."""
        found = self.stream(f"SELECT {_TILE_COLUMNS} FROM tree_tiles {question}", *values)  # noqa: S608  # names we made
        return (Tile(level, number, bytes(hashes), *positions) for level, number, hashes, *positions in found)

    def checkpoints(self, question: str, *values: object) -> list[StoredCheckpoint]:
        """Checkpoints, chosen and ordered by the end of a statement."""
        rows = self.ask(f"SELECT {_CHECKPOINT_COLUMNS} FROM checkpoints {question}", *values)  # noqa: S608  # names we made
        return [checkpoint_of(row) for row in rows]

    def edge(self, algorithm: str) -> list[Tile]:
        """See TreeStore."""
        found: list[Tile] = []
        while True:
            last = list(
                self.tiles("WHERE algorithm = ? AND level = ? ORDER BY number DESC LIMIT 1", algorithm, len(found))
            )
            if not last:
                return found
            found += last


class SqlTreeStore(ABC):
    """See TreeStore."""

    @abstractmethod
    def _looking(self) -> AbstractContextManager[Talk]:
        """A short transaction that reads."""

    @abstractmethod
    def reading(self) -> AbstractContextManager["SqlReading"]:
        """See TreeStore."""

    @abstractmethod
    def _alone(self) -> AbstractContextManager[Talk]:
        """A transaction that no other writer of the tree is in."""

    def edge(self, algorithm: str) -> list[Tile]:
        """See TreeStore."""
        with self._looking() as talk:
            return talk.edge(algorithm)

    def rows_after(self, position: int, limit: int) -> list[Row]:
        """See TreeStore."""
        with self._looking() as talk:
            return list(talk.events(f"WHERE {talk.POSITION} > ? ORDER BY {talk.POSITION} LIMIT ?", position, limit))

    def rows_in(self, stream: UUID) -> list[Row]:
        """See TreeStore."""
        with self._looking() as talk:
            return list(talk.events(f"WHERE originator_id = ? ORDER BY {talk.POSITION}", talk.identity(stream)))

    def grow(self, algorithm: str, size: int, tiles: Sequence[Tile]) -> bool:
        """See TreeStore."""
        with self._alone() as talk:
            edge = talk.edge(algorithm)
            if (edge[0].end if edge else 0) != size:
                return False
            talk.write(
                f"INSERT INTO tree_tiles (algorithm, {_TILE_COLUMNS}) VALUES (?,?,?,?,?,?)"  # noqa: S608  # names we made
                " ON CONFLICT (algorithm, level, number) DO UPDATE"
                " SET hashes = excluded.hashes, last_position = excluded.last_position",
                [(algorithm, *tile) for tile in tiles],
            )
            return True

    def tiles(self, algorithm: str, places: Collection[Place]) -> dict[Place, Tile]:
        """See TreeStore."""
        found = {}
        with self._looking() as talk:
            for level, number in sorted(places):
                chosen = "WHERE algorithm = ? AND level = ? AND number = ?"
                found.update({tile.place: tile for tile in talk.tiles(chosen, algorithm, level, number)})
        return found

    def tile_of(self, algorithm: str, position: int) -> Tile | None:
        """See TreeStore."""
        chosen = "WHERE algorithm = ? AND level = 0 AND first_position <= ? ORDER BY first_position DESC LIMIT 1"
        with self._looking() as talk:
            return next(iter(list(talk.tiles(chosen, algorithm, position))), None)

    def between(self, first: int, last: int) -> list[int]:
        """See TreeStore."""
        with self._looking() as talk:
            place = talk.POSITION
            question = f"SELECT {place} FROM {talk.EVENTS} WHERE {place} BETWEEN ? AND ? ORDER BY {place} LIMIT {TILE}"  # noqa: S608  # names we made
            return [position for (position,) in talk.ask(question, first, last)]

    def keep(self, checkpoint: StoredCheckpoint) -> bool:
        """See TreeStore."""
        with self._alone() as talk:
            written = talk.write(
                f"INSERT INTO checkpoints ({_CHECKPOINT_COLUMNS})"  # noqa: S608  # names we made
                " SELECT coalesce((SELECT max(number) FROM checkpoints), 0) + 1, ?, ?, ?, ?, ?, ? WHERE true"
                " ON CONFLICT (algorithm, size) DO NOTHING",
                [row_for(checkpoint)[1:]],
            )
        return written == 1

    def checkpoints(self, algorithm: str | None = None) -> list[StoredCheckpoint]:
        """See TreeStore."""
        with self._looking() as talk:
            if algorithm is None:
                return talk.checkpoints("ORDER BY number")
            return talk.checkpoints("WHERE algorithm = ? ORDER BY number", algorithm)

    def checkpoint(self, algorithm: str, size: int) -> StoredCheckpoint | None:
        """See TreeStore."""
        with self._looking() as talk:
            return next(iter(talk.checkpoints("WHERE algorithm = ? AND size = ?", algorithm, size)), None)

    def last_checkpoint(self, algorithm: str | None = None) -> StoredCheckpoint | None:
        """See TreeStore."""
        with self._looking() as talk:
            if algorithm is None:
                return next(iter(talk.checkpoints("ORDER BY number DESC LIMIT 1")), None)
            return next(iter(talk.checkpoints("WHERE algorithm = ? ORDER BY size DESC LIMIT 1", algorithm)), None)


class SqlReading(ABC):
    """See Reading."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    @abstractmethod
    def last_given(self) -> int | None:
        """See Reading."""

    def rows(self, first: int = 0, last: int | None = None) -> Iterator[Row]:
        """See Reading."""
        place = self._talk.POSITION
        if last is None:
            return self._talk.events(f"WHERE {place} >= ? ORDER BY {place}", first)
        return self._talk.events(f"WHERE {place} BETWEEN ? AND ? ORDER BY {place}", first, last)

    def size(self) -> int:
        """See Reading."""
        return int(self._talk.ask(f"SELECT count(*) FROM {self._talk.EVENTS}")[0][0])  # noqa: S608  # a name we made

    def tiles(self, algorithm: str, level: int) -> Iterator[Tile]:
        """See Reading."""
        return self._talk.tiles("WHERE algorithm = ? AND level = ? ORDER BY number", algorithm, level)

    def algorithms(self) -> list[str]:
        """See Reading."""
        found = self._talk.ask("SELECT algorithm FROM tree_tiles UNION SELECT algorithm FROM checkpoints ORDER BY 1")
        return [str(name) for (name,) in found]

    def checkpoints(self) -> list[StoredCheckpoint]:
        """See Reading."""
        return self._talk.checkpoints("ORDER BY number")

    def broken_streams(self) -> list[tuple[str, int, int]]:
        """See Reading."""
        question = (
            f"SELECT originator_id, count(*), max(originator_version) FROM {self._talk.EVENTS}"  # noqa: S608  # names we made
            " GROUP BY originator_id HAVING count(*) <> max(originator_version)"
            f" ORDER BY originator_id LIMIT {FIRST}"
        )
        found = self._talk.ask(question)
        return [(str(stream), number, highest if isinstance(highest, int) else 0) for stream, number, highest in found]

    def keys_without_event(self) -> list[int]:
        """See Reading."""
        place, events = self._talk.POSITION, self._talk.EVENTS
        question = (
            "SELECT DISTINCT command_keys.position FROM command_keys"  # noqa: S608  # names we made
            f" LEFT JOIN {events} ON {events}.{place} = command_keys.position WHERE {events}.{place} IS NULL"
            f" ORDER BY 1 LIMIT {FIRST}"
        )
        return [int(position) for (position,) in self._talk.ask(question)]
