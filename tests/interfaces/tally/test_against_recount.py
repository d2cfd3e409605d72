"""The tool against a second counter that was written from the format alone."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from interfaces.tally.command import main
from tests.support.recount import recount
from tests.support.tally_cases import SAMPLES, Case, cases

Json = dict[str, Any]


def columns_of(case: Case, outcome: Json) -> Json:
    """columns.json made from a valid outcome."""
    if case.profile["form"] == "grade":
        kept: tuple[str, ...] = ("id", "counts", "blank", "void")
        items = [{key: item[key] for key in kept} for item in outcome["items"]]
        return {"returned": outcome["returned"], "items": items}
    kept = ("id", "for", "against", "abstain", "not_ticked", "not_pressed", "void")
    items = [{key: item[key] for key in kept} for item in outcome["items"]]
    return {"returned": outcome["returned"], "void_ballots": outcome["void_ballots"], "items": items}


@given(case=cases())
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_two_counters_agree_on_ballots_and_on_columns(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    expected = recount(case.profile, case.poll, case.header, case.rows)
    with TemporaryDirectory() as name:
        folder = Path(name)
        arguments = case.write(folder)
        assert main(arguments) == 0
        said = capsys.readouterr()
        assert said.out == json.dumps(expected, ensure_ascii=False, indent=1) + "\n"
        assert not said.err
        if expected["valid"]:
            columns = folder / "columns.json"
            columns.write_text(json.dumps(columns_of(case, expected)), encoding="utf-8")
            assert main([*arguments[:4], "--columns", str(columns)]) == 0
            assert json.loads(capsys.readouterr().out) == expected


@pytest.mark.parametrize("sample", sorted(folder.name for folder in SAMPLES.iterdir() if folder.is_dir()))
def test_the_second_counter_knows_the_samples_too(sample: str) -> None:
    folder = SAMPLES / sample
    profile, poll, outcome = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("profile", "poll", "outcome")
    )
    lines = (folder / "ballots.csv").read_text(encoding="utf-8").replace('""', "").splitlines()
    header, *rows = (line.split(",") for line in lines)
    assert recount(profile, poll, header, rows) == outcome
