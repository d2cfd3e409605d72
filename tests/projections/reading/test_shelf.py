"""The shelf holds every projection once."""

import importlib
import pkgutil

import projections
from projections.reading.projection import Projection
from projections.reading.shelf import ALL


def test_every_projection_is_on_the_shelf() -> None:
    modules = [
        importlib.import_module(found.name) for found in pkgutil.iter_modules(projections.__path__, "projections.")
    ]
    made = [value for module in modules for value in vars(module).values() if isinstance(value, Projection)]
    assert {one.name for one in made} == {one.name for one in ALL}


def test_names_and_tables_belong_to_one_projection() -> None:
    names = [one.name for one in ALL]
    tables = [table.name for one in ALL for table in one.metadata.tables.values()]
    assert sorted(names) == sorted(set(names))
    assert sorted(tables) == sorted(set(tables))


def test_every_name_fits_its_column() -> None:
    assert all(len(one.name) <= 80 and one.name.isidentifier() for one in ALL)
