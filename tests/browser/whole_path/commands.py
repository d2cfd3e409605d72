"""The command line beside the pages: each command in a process of its own, as people run it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.browser import ROOT


def piaojue(*words: str | Path, **settings: str) -> str:
    """Runs `piaojue …` without any setting but these, and returns what it said; it must end well."""
    program = "import sys; from interfaces.cli import main; sys.exit(main())"
    return _ran([sys.executable, "-c", program, *map(str, words)], **settings)


def alone(program: Path, *words: str | Path) -> str:
    """Runs one file of Python that may use nothing of this project and nothing installed."""
    return _ran([sys.executable, "-I", "-S", str(program), *map(str, words)])


def _ran(command: list[str], **settings: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIAOJUE_")}
    done = subprocess.run(command, cwd=ROOT, env=kept | settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
