"""The table of one poll's box in PostgreSQL; every method works in a transaction of the caller's."""

from collections.abc import Collection, Sequence
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresAggregateRecorder, PostgresDatastore
from psycopg import Cursor
from psycopg.rows import DictRow
from psycopg.sql import SQL, Composed, Identifier

from application.history.box_facts import CAST, VOIDED, fact_in, receipt_in, without_bytes
from application.history.box_store import Found
from domain.polls.ballot import Receipt


class BoxTable(PostgresAggregateRecorder):
    """The library's recorder for one poll; a conflict is a normal answer."""

    def __init__(self, datastore: PostgresDatastore, poll: UUID) -> None:
        super().__init__(datastore, events_table_name=f"box_{poll.hex}")
        schema = Identifier(datastore.schema)
        self.table = SQL("{}.{}").format(schema, Identifier(self.events_table_name))
        self.fresh = SQL("{}.{}").format(schema, Identifier(f"{self.events_table_name}_laid"))
        # the same ballot is never accepted under two cards
        self._index = SQL("CREATE UNIQUE INDEX {} ON {} (sha256(state)) WHERE topic = {}").format(
            Identifier(f"{self.events_table_name}_ballot"), self.table, CAST
        )
        self.sql_create_statements.append(self._index)
        # plain arrays instead of the library's composite type: twice as fast, and no type to be registered
        self.insert_events_statement = self._for_table(
            "INSERT INTO {} (originator_id, originator_version, topic, state)"
            " SELECT * FROM unnest(%b::uuid[], %b::bigint[], %b::text[], %b::bytea[]) ON CONFLICT DO NOTHING"
        )
        self._found = self._for_table("SELECT originator_id, topic, state FROM {} WHERE originator_id = ANY(%b)")
        self._ballots = self._for_table("SELECT originator_id, topic, state FROM {} WHERE topic = %s")
        self._cast = self._for_table("SELECT topic, state FROM {} WHERE topic <> %s")
        self._replace = self._for_table("UPDATE {} SET topic = %b, state = %b WHERE originator_id = %b")
        self.count_by_topic = self._for_table("SELECT topic, count(*) AS rows FROM {} GROUP BY topic")

    def _for_table(self, statement: str) -> Composed:
        return SQL(statement).format(self.table)

    def create_in(self, cursor: Cursor[DictRow]) -> None:
        """Makes table and index in a transaction of the caller's."""
        self._create_table(cursor)

    def _insert_stored_events(self, curs: Cursor[DictRow], stored_events: Sequence[StoredEvent], **_: object) -> None:
        columns = zip(*((e.originator_id, e.originator_version, e.topic, e.state) for e in stored_events), strict=True)
        curs.execute(self.insert_events_statement, [list(column) for column in columns])

    def insert_in(self, cursor: Cursor[DictRow], events: Sequence[StoredEvent]) -> None:
        """Inserts in a transaction of the caller's, leaving out what conflicts."""
        self._insert_stored_events(cursor, events)

    def found_in(self, cursor: Cursor[DictRow], streams: Collection[UUID]) -> Found:
        """What the streams hold."""
        cursor.execute(self._found, [list(streams)], binary=True)
        return {row["originator_id"]: fact_in(row["topic"], row["state"]) for row in cursor}

    def lay_in(self, cursor: Cursor[DictRow]) -> None:
        """Copies the rows in the order of their keys into a fresh table that takes the old one's place.

        Only `CREATE TABLE AS` fills page after page; `INSERT` also looks for gaps in earlier ones.
        """
        order = SQL("originator_id, originator_version")
        for statement in (
            SQL("CREATE TABLE {} AS SELECT * FROM {} ORDER BY {}").format(self.fresh, self.table, order),
            SQL("DROP TABLE {}").format(self.table),
            SQL("ALTER TABLE {} RENAME TO {}").format(self.fresh, Identifier(self.events_table_name)),
            SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(self.table, order),
            self._index,
        ):
            cursor.execute(statement)

    def ballots_in(self, cursor: Cursor[DictRow]) -> list[bytes]:
        """The states of all ballots cast."""
        cursor.execute(self._ballots, (CAST,), binary=True)
        return [row["state"] for row in cursor]

    def receipts_in(self, cursor: Cursor[DictRow]) -> list[Receipt]:
        """The receipts of all ballots cast, deleted ones too."""
        cursor.execute(self._cast, (VOIDED,), binary=True)
        return [receipt_in(row["topic"], row["state"]) for row in cursor]

    def delete_in(self, cursor: Cursor[DictRow]) -> None:
        """Puts receipts in the place of ballots, then copies the rows: the old table's file goes with the old ones."""
        rows = cursor.execute(self._ballots, (CAST,), binary=True).fetchall()
        left = [without_bytes(row["originator_id"], row["state"]) for row in rows]
        cursor.executemany(self._replace, [(one.topic, one.state, one.originator_id) for one in left])
        self.lay_in(cursor)
