"""One projection under the facts of a test. The module says which: a fixture `projection`."""

from collections.abc import Iterator

import pytest

from application.history.history import History
from projections.reading.engine import open_reading
from projections.reading.projection import Projection
from tests.support.telling import Telling


@pytest.fixture
def telling(history: History, database_url: str, projection: Projection) -> Iterator[Telling]:
    engine = open_reading(database_url)
    yield Telling(history, engine, projection)
    engine.dispose()
