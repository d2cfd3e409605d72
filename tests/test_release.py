"""The release that exports and backups name is the one that is installed."""

import tomllib
from pathlib import Path

from application.release import RELEASE


def test_the_release_is_the_one_in_the_project_file() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == RELEASE
