"""Private tables around proposals: files, contact data, and what slows down floods."""

from sqlalchemy import BigInteger, Column, Connection, LargeBinary, String, Table, Uuid, inspect

from application.private.metadata import metadata

files = Table(
    "private_file",
    metadata,
    Column("file", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("name", String(120), nullable=False),
    Column("type", String(100), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("kept_at", BigInteger, nullable=False),
    Column("place", String(32)),
)
"""`place`: where the bytes lie outside of the database; without one `sealed` has them, as in earlier releases."""

loose_files = Table(
    "private_loose_file",
    metadata,
    Column("place", String(32), primary_key=True),
    Column("since", BigInteger, nullable=False, index=True),
)
"""Places outside of the database that may hold bytes which no row names."""

file_keys = Table(
    "private_file_key",
    metadata,
    Column("file", Uuid, primary_key=True),
    Column("key", LargeBinary, nullable=False),
)
"""Each file has its own: with these few bytes overwritten, nothing that is left of a large file can be read."""

contacts = Table(
    "private_contact",
    metadata,
    Column("contact", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("name", String(80), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("address", String(200), nullable=False),
    Column("kept_at", BigInteger, nullable=False, index=True),
)

seals = Table(
    "private_seal",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("secret", LargeBinary, nullable=False),
)
"""Secrets of the installation that all its processes share."""

turns = Table(
    "private_turn",
    metadata,
    Column("bucket", String(64), primary_key=True),
    Column("taken_milli", BigInteger, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False, index=True),
)
"""How much of its allowance an address has taken: under a keyed hash, and gone once the allowance is whole again."""

same_texts = Table(
    "private_same_text",
    metadata,
    Column("congress", Uuid, primary_key=True),
    Column("text_hash", String(64), primary_key=True),
    Column("proposal", Uuid, nullable=False),
    Column("until", BigInteger, nullable=False, index=True),
)

supporters = Table(
    "private_supporter",
    metadata,
    Column("device_hash", String(64), primary_key=True),
    Column("until", BigInteger, nullable=False, index=True),
)
"""One row for a device and a proposal, under one keyed hash of both: it names neither."""


def add_places(connection: Connection) -> None:
    """Files of earlier releases lie in their table; from now on a row can say where else."""
    metadata.create_all(connection)
    if "place" not in {column["name"] for column in inspect(connection).get_columns(files.name)}:
        connection.exec_driver_sql(f"ALTER TABLE {files.name} ADD COLUMN place VARCHAR(32)")
