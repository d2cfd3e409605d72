"""What the history in PostgreSQL says to its database."""

from psycopg.sql import SQL, Composed, Identifier

_CREATE_EVENTS = """
CREATE TABLE IF NOT EXISTS {events} (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigserial,
    PRIMARY KEY (originator_id, originator_version))
WITH (autovacuum_analyze_threshold = 100000, autovacuum_analyze_scale_factor = 0.2)
"""
_CREATE_INDEX = "CREATE UNIQUE INDEX IF NOT EXISTS {index} ON {events} (notification_id)"
_CREATE_KEYS = """
CREATE TABLE IF NOT EXISTS {keys} (
    account uuid NOT NULL,
    key text NOT NULL,
    command text NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (account, key))
"""


class Statements:
    """The SQL of one events table, and of the keys of commands beside it."""

    def __init__(self, schema: str, events: str, lock_seconds: int) -> None:
        names = {
            "events": SQL("{}.{}").format(Identifier(schema), Identifier(events)),
            "keys": SQL("{}.{}").format(Identifier(schema), Identifier("command_keys")),
            "index": Identifier(f"{events}_notification_id_idx"),
            "channel": Identifier(events),
            "lock_seconds": SQL(str(lock_seconds)),
        }
        self.create = [SQL(text).format(**names) for text in (_CREATE_EVENTS, _CREATE_INDEX, _CREATE_KEYS)]
        self.lock_timeout: Composed = SQL("SET LOCAL lock_timeout = '{lock_seconds}s'").format(**names)
        self.lock = SQL("SELECT pg_advisory_xact_lock('{events}'::regclass::oid::bigint)").format(**names)
        self.notify = SQL("NOTIFY {channel}").format(**names)
        self.versions = SQL(
            "SELECT asked AS stream, (SELECT max(originator_version) FROM {events} WHERE originator_id = asked)"
            " AS version FROM unnest(%s::uuid[]) AS asked"
        ).format(**names)
        self.done = SQL(
            "SELECT account, key, command, position FROM unnest(%s::uuid[], %s::text[]) AS asked (account, key)"
            " JOIN {keys} USING (account, key)"
        ).format(**names)
        self.append = SQL(
            "INSERT INTO {events} (originator_id, originator_version, topic, state)"
            " SELECT id, version, topic, state FROM unnest(%s::uuid[], %s::bigint[], %s::text[], %s::bytea[])"
            " WITH ORDINALITY AS given (id, version, topic, state, place) ORDER BY place RETURNING notification_id"
        ).format(**names)
        self.keep = SQL(
            "INSERT INTO {keys} (account, key, command, position)"
            " SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::bigint[])"
        ).format(**names)
        self.events_after = SQL(
            "SELECT originator_id, originator_version, topic, state"
            " FROM unnest(%s::uuid[], %s::bigint[]) AS asked (stream, version)"
            " JOIN {events} ON originator_id = stream AND originator_version > version"
            " ORDER BY originator_id, originator_version"
        ).format(**names)
        self.at = SQL(
            "SELECT notification_id, originator_id, originator_version, topic, state FROM {events}"
            " WHERE notification_id = ANY(%s) ORDER BY notification_id"
        ).format(**names)
