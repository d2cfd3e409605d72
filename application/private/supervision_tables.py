"""Private tables around supervision."""

from sqlalchemy import Column, Date, String, Table, Uuid

from application.private.metadata import metadata

volunteer_links = Table(
    "private_volunteer_link",
    metadata,
    Column("volunteer", Uuid, primary_key=True),
    Column("congress", Uuid, nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("until", Date, nullable=False),
)
