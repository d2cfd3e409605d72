"""What a run of the tests makes once, though several workers need it."""

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")


def folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run see; it goes with the run's other temporary files."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(path: Path, make: Callable[[Path], object]) -> Path:
    """This file or folder, as made by whoever asks first; the others wait for it. What failed is made anew."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    with path.with_name(f"{path.name}.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            make(draft)
            draft.rename(path)
    return path


def known_once(path: Path, find: Callable[[], T]) -> T:
    """What was found out by whoever asked first."""
    kept = made_once(path, lambda draft: draft.write_bytes(pickle.dumps(find())))
    found: T = pickle.loads(kept.read_bytes())
    return found
