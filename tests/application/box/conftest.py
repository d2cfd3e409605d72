from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from application.history.box import Box, open_box


@pytest.fixture
def box(database_url: str) -> Iterator[Box]:
    with open_box(database_url) as opened:
        yield opened


@pytest.fixture
def poll(box: Box) -> UUID:
    """A poll whose box is prepared and empty."""
    made = uuid4()
    box.prepare(made)
    return made
