"""A small poll on disk and the command run over it."""

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from interfaces.tally.command import main
from tests.support.tally_cases import VOTE_PROFILE

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a run answered."""

    status: int
    out: str
    err: str

    @property
    def outcome(self) -> Json:
        parsed: Json = json.loads(self.out)
        return parsed


@dataclass(kw_only=True)
class Desk:
    """Three items for two places, five delegates; files are written as they are when the command runs."""

    folder: Path
    capture: Callable[[], tuple[str, str]]
    profile: Any = field(default_factory=lambda: deepcopy(VOTE_PROFILE) | {"quota": 2})
    poll: Any = field(
        default_factory=lambda: {
            "title": "三选二",
            "items": [{"id": id, "name": f"项目{id}"} for id in ("1", "2", "3")],
            "all_delegates": 5,
            "attending": 5,
            "issued": 5,
        }
    )
    ballots: str | bytes = "1,2,3\nfor,for,against\nfor,for,\nfor,,?\n"

    def path(self, name: str) -> Path:
        return self.folder / name

    def put(self, name: str, content: object) -> str:
        """Writes text, bytes, or anything else as JSON, and returns the path."""
        if isinstance(content, bytes):
            self.path(name).write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content)
            self.path(name).write_bytes(text.encode())
        return str(self.path(name))

    def run(self, *arguments: str) -> Said:
        status = main(arguments)
        out, err = self.capture()
        return Said(status=status, out=out, err=err)

    def files(self) -> list[str]:
        return ["--profile", self.put("profile.json", self.profile), "--poll", self.put("poll.json", self.poll)]

    def recount(self, *more: str) -> Said:
        return self.run(*self.files(), "--ballots", self.put("ballots.csv", self.ballots), *more)

    def recount_columns(self, columns: object, *more: str) -> Said:
        return self.run(*self.files(), "--columns", self.put("columns.json", columns), *more)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("PIAOJUE_LANG", "en")

    def capture() -> tuple[str, str]:
        said = capsys.readouterr()
        return said.out, said.err

    return Desk(folder=tmp_path, capture=capture)
