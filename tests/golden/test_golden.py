"""Whatever offices have stored can be read: one file for every name and version a fact ever had."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from application.history.book import BOOK
from application.history.mapper import FactMapper
from application.history.recorded import Recorded

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.json"))


def made_by() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_make", FOLDER / "make.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> Recorded:
    name = path.name.rpartition(".v")[0]
    return FactMapper(BOOK).to_domain_event(StoredEvent(uuid4(), 1, name, path.read_bytes()))


def keeps(now: Any, golden: Any) -> bool:
    """Whether everything the golden file says is still said; fields may have been added."""
    if isinstance(golden, dict):
        return isinstance(now, dict) and all(key in now and keeps(now[key], golden[key]) for key in golden)
    if isinstance(golden, list):
        return isinstance(now, list) and len(now) == len(golden) and all(map(keeps, now, golden))
    return bool(now == golden)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_stored_fact_can_be_read(path: Path) -> None:
    recorded = read(path)
    assert BOOK.entry_of(type(recorded.fact)).name == path.name.rpartition(".v")[0]
    assert recorded.by is not None
    assert recorded.at.isoformat() == "2026-01-20T09:41:03.250000+08:00"


@pytest.mark.parametrize("entry", list(BOOK.entries()), ids=lambda entry: entry.name)
def test_every_fact_has_a_golden_file_that_says_all_its_fields(entry: Any) -> None:
    path = FOLDER / f"{entry.name}.v{entry.version}.json"
    assert path.exists(), "run: python -m tests.golden.make"
    written = FactMapper(BOOK).to_stored_event(read(path)).state
    assert keeps(json.loads(written), json.loads(path.read_bytes()))


def test_golden_files_are_only_ever_added() -> None:
    before = {path: path.read_bytes() for path in FILES}
    assert made_by().make() == []
    assert {path: path.read_bytes() for path in FILES} == before
