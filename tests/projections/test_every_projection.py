"""What holds for every projection: its rows follow from the facts alone, however they arrive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from application.history.history import History
from projections.reading import showing
from projections.reading.engine import open_reading
from projections.reading.follower import Followers
from projections.reading.projection import Projection
from projections.reading.rebuild import rebuild
from projections.reading.shelf import ALL
from tests.support import year

Rows = dict[str, list[tuple[object, ...]]]

each = pytest.mark.parametrize("projection", ALL, ids=lambda projection: projection.name)


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    engine = open_reading(database_url)
    yield engine
    engine.dispose()


def rows(engine: Engine, projection: Projection) -> Rows:
    """Every row of every table, in the order of the primary keys."""
    with engine.connect() as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key.columns))]
            for table in projection.metadata.sorted_tables
        }


@pytest.mark.parametrize("store", ["sqlite", "postgres"], indirect=True)
def test_the_year_is_shown_by_all_and_the_same_again_after_a_rebuild(history: History, reading: Engine) -> None:
    last = year.record(history)
    followers = Followers(history, reading, ALL)
    followers.catch_up()
    assert {name: standing.fault for name, standing in followers.standings().items()} == {one.name: None for one in ALL}
    assert {standing.position for standing in followers.standings().values()} == {last}
    for projection in ALL:
        before = rows(reading, projection)
        assert any(before.values()), f"the year says nothing to {projection.name}"
        rebuild(history, reading, projection)
        assert rows(reading, projection) == before


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@each
def test_rows_do_not_depend_on_how_facts_fall_into_batches(
    history: History, reading: Engine, projection: Projection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year.record(history)
    Followers(history, reading, [projection]).catch_up()
    for batch in (1, 7):
        monkeypatch.setattr(showing, "BATCH", batch)
        other = open_reading(f"sqlite:///{tmp_path}/by-{batch}/piaojue.db")
        Followers(history, other, [projection]).catch_up()
        assert rows(other, projection) == rows(reading, projection)
        other.dispose()


@each
def test_every_table_has_a_key_in_which_its_rows_are_ordered(projection: Projection) -> None:
    without = [table.name for table in projection.metadata.sorted_tables if not table.primary_key.columns]
    assert without == []
