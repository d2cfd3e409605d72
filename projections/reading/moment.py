"""A column for moments that gives back what was put in, on every database."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

from domain.shared import CHINA

_START = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """Kept as microseconds since 1970, read as a time in China: SQLite's own column would lose the zone."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 -- SQLAlchemy asks for it
        """Raises TypeError for a moment without a zone."""
        return None if value is None else (value - _START) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy asks for it
        """The moment in China."""
        return None if value is None else (_START + timedelta(microseconds=value)).astimezone(CHINA)
