"""Which proposals of a year hold the words somebody looks for, also those of two Chinese characters?

Not a projection of its own: tables and questions that stand beside the register's. Every two neighbouring
characters are a gram. SQLite has the grams in a full-text index (FTS5) that triggers keep beside the rows,
PostgreSQL in a GIN index over them; the congress and year are a gram too, so that a common word in sixty
congresses costs no more than in one.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from unicodedata import normalize
from uuid import UUID

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    and_,
    cast,
    event,
    func,
    literal,
    literal_column,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

MOST_WORDS: Final = 8
LONGEST_WORD: Final = 40
"""Characters of a word that are looked for."""

_BREAK: Final = "|"
"""Stands between texts that are not neighbours."""

_IN: Final = "INSERT INTO proposal_words_fts (rowid, grams) VALUES (new.entered, new.grams)"
_OUT: Final = (
    "INSERT INTO proposal_words_fts (proposal_words_fts, rowid, grams) VALUES ('delete', old.entered, old.grams)"
)
_OPTIONS: Final = "grams, content='', detail=none, columnsize=0, tokenize='ascii'"
_MADE: Final = (
    f"CREATE VIRTUAL TABLE proposal_words_fts USING fts5({_OPTIONS})",
    f"CREATE TRIGGER proposal_words_in AFTER INSERT ON proposal_words BEGIN {_IN}; END",
    f"CREATE TRIGGER proposal_words_out AFTER DELETE ON proposal_words BEGIN {_OUT}; END",
    f"CREATE TRIGGER proposal_words_other AFTER UPDATE OF grams ON proposal_words BEGIN {_OUT}; {_IN}; END",
)


def words_table(metadata: MetaData) -> Table:
    """The grams of every proposal by the position at which it was received, with the index of the store."""
    table = Table(
        "proposal_words",
        metadata,
        Column("entered", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
        Column("grams", String, nullable=False),
    )
    listed = Index("proposal_words_grams", func.string_to_array(table.c.grams, text("' '")), postgresql_using="gin")
    listed.ddl_if(dialect="postgresql")
    for statement in _MADE:
        made = DDL(statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its types out
        event.listen(table, "after_create", made.execute_if(dialect="sqlite"))
    return table


def grams_of(congress: UUID, year: int, texts: Iterable[str]) -> str:
    """What is kept of a proposal: its congress and year, and the grams of its texts in their order."""
    grams = [gram for part in texts for gram in (_BREAK, *_grams_in(part))]
    return " ".join((_scope(congress, year), *grams))


def words_in(typed: str) -> tuple[str, ...]:
    """What a person typed as words; whatever is no letter or digit parts them, all of them are meant."""
    words = (word[:LONGEST_WORD] for word in _runs(typed[:200]))
    return tuple(dict.fromkeys(words))[:MOST_WORDS]


def holds(conn: Connection, table: Table, congress: UUID, year: int, words: Iterable[str]) -> ColumnElement[bool]:
    """The rows of a congress and year that hold all words, each as it is written."""
    asked = tuple(words)
    wanted = [gram for word in asked if len(word) > 1 for gram in _pairs(word)]
    return and_(
        _all_grams(conn, table, (_scope(congress, year), *wanted)),
        *(table.c.grams.contains(_written(word), autoescape=True) for word in asked if len(word) != 2),
    )


def sharing(conn: Connection, table: Table, congress: UUID, year: int, word: str, most: int) -> list[int]:
    """Where proposals were received that hold one word of two characters or more, newest first."""
    found = (
        select(table.c.entered)
        .where(_all_grams(conn, table, (_scope(congress, year), *_pairs(word))))
        .order_by(table.c.entered.desc())
        .limit(most)
    )
    return list(conn.scalars(found))


def _all_grams(conn: Connection, table: Table, grams: tuple[str, ...]) -> ColumnElement[bool]:
    if conn.dialect.name == "postgresql":
        kept = func.string_to_array(table.c.grams, literal_column("' '"), type_=ARRAY(Text))
        return kept.contains(cast(list(grams), ARRAY(Text)))
    asked = " AND ".join(f'"{gram}"' for gram in grams)
    index: ColumnElement[str] = literal_column("proposal_words_fts", String)
    rows = select(literal_column("rowid", Integer)).select_from(text("proposal_words_fts"))
    return table.c.entered.in_(rows.where(index.op("MATCH")(literal(asked))))


def _scope(congress: UUID, year: int) -> str:
    return f"{congress.hex}{year}"


def _written(word: str) -> str:
    """How the word stands in the kept grams; of a single character, as a part of any gram."""
    return " ".join(_pairs(word)) if len(word) > 1 else word


def _grams_in(part: str) -> Iterator[str]:
    for run in _runs(part):
        yield from _pairs(run) if len(run) > 1 else (run,)
        yield _BREAK


def _runs(part: str) -> list[str]:
    """Letters and digits that stand together, folded."""
    return "".join(c if c.isalnum() else " " for c in normalize("NFKC", part).casefold()).split()


def _pairs(word: str) -> list[str]:
    return [word[place : place + 2] for place in range(len(word) - 1)]
