"""Every published sample, from its ballots and from its columns, to the byte."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain.polls.written import written_columns, written_profile
from interfaces.tally.ballots_file import read_ballots
from interfaces.tally.command import main
from interfaces.tally.poll_file import read_poll
from interfaces.tally.profile_file import read_profile
from tests.support.tally_cases import SAMPLES

SAMPLE = sorted(folder for folder in SAMPLES.iterdir() if folder.is_dir())


def files(folder: Path) -> list[str]:
    return ["--profile", str(folder / "profile.json"), "--poll", str(folder / "poll.json")]


@pytest.mark.parametrize("folder", SAMPLE, ids=lambda folder: folder.name)
def test_a_sample_is_counted_from_its_ballots(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "outcome.json"
    assert main([*files(folder), "--ballots", str(folder / "ballots.csv"), "--out", str(out)]) == 0
    expected = (folder / "outcome.json").read_bytes()
    assert out.read_bytes() == expected
    assert capsys.readouterr().out == expected.decode() + "\n"


@pytest.mark.parametrize("folder", SAMPLE, ids=lambda folder: folder.name)
def test_a_sample_is_counted_from_its_columns(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    items = [item.id for item in read_poll(str(folder / "poll.json")).items]
    columns = read_ballots(str(folder / "ballots.csv"), read_profile(str(folder / "profile.json")), items)
    written = tmp_path / "columns.json"
    written.write_text(json.dumps(written_columns(columns)), encoding="utf-8")
    assert main([*files(folder), "--columns", str(written)]) == 0
    assert capsys.readouterr().out == (folder / "outcome.json").read_text(encoding="utf-8") + "\n"


@pytest.mark.parametrize("folder", SAMPLE, ids=lambda folder: folder.name)
def test_a_profile_is_written_as_it_was_read(folder: Path) -> None:
    path = folder / "profile.json"
    given: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert written_profile(read_profile(str(path))) == given


def test_all_fourteen_samples_are_here() -> None:
    assert len(SAMPLE) == 14
