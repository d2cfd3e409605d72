"""Where the processes of one installation keep their figures for each other, so that any of them can tell all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SHARED_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus-client learns of the folder, before it is first imported."""


@contextmanager
def shared_folder() -> Iterator[str]:
    """A folder for the processes started meanwhile; gone at the end."""
    folder = tempfile.mkdtemp(prefix="piaojue-figures-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def forget(folder: str, pid: int) -> None:
    """A process has ended: what it counted stays, what it held (lines, places) is no more."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415  # a tenth of a second at the start

    mark_process_dead(pid, folder)  # type: ignore[no-untyped-call]  # published without types
