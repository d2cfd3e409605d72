"""The program under a wrong clock: `python -m tests.e2e.jumping_clock FILE serve …`.

FILE holds how many seconds the clock is off; it is read at every look at the clock, so it can jump at any moment.
"""

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from application import office

_true_time, _true_clock = time.time, office.system_clock


def clock_by(file: Path) -> Callable[[], datetime]:
    """A clock of the program that is off by what the file says."""
    return lambda: _true_clock() + timedelta(seconds=int(file.read_text(encoding="utf-8")))


def main(file: Path, words: list[str]) -> int:
    """Everything that is imported from here on has the wrong time."""
    time.time = lambda: _true_time() + int(file.read_text(encoding="utf-8"))
    office.system_clock = clock_by(file)
    from interfaces.cli import main as program  # noqa: PLC0415  # not before the clock is wrong

    return program(words)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
