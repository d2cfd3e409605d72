"""Whatever lies in the files: an outcome or one sentence, never a traceback."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interfaces.tally.command import main
from tests.support.tally_cases import Case, cases

QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
FILES = ("profile.json", "poll.json", "ballots.csv")
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(), st.integers(), max_size=2),
    st.sampled_from(["open", "", "?", "1/2", "3/2", "1/0", "0.10", "x", "for", 10**101, -1, 0]),
)


def steps(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(step for key, held in inner for step in steps(held, (*at, key)))]


def answered(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status = main(arguments)
    said = capsys.readouterr()
    assert status in {0, 2}
    if status == 0:
        assert not said.err
        assert "valid" in json.loads(said.out)
    else:
        assert not said.out
        assert len(said.err.splitlines()) == 1
        assert said.err.strip()


@given(case=cases(), name=st.sampled_from(FILES), data=st.data())
@QUIET
def test_bytes_changed_anywhere(case: Case, name: str, data: st.DataObject, capsys: pytest.CaptureFixture[str]) -> None:
    with TemporaryDirectory() as folder:
        arguments = case.write(Path(folder))
        path = Path(folder) / name
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(content)))
            cut = data.draw(st.integers(0, 3))
            content[at : at + cut] = data.draw(
                st.one_of(st.binary(max_size=3), st.sampled_from([b'"', b",", b"\n", b"\r"]))
            )
        path.write_bytes(content)
        answered(arguments, capsys)


@given(case=cases(), name=st.sampled_from(FILES[:2]), data=st.data())
@QUIET
def test_any_value_in_any_place(case: Case, name: str, data: st.DataObject, capsys: pytest.CaptureFixture[str]) -> None:
    with TemporaryDirectory() as folder:
        arguments = case.write(Path(folder))
        path = Path(folder) / name
        document: Any = json.loads(path.read_bytes())
        place = data.draw(st.sampled_from(steps(document)))
        odd = data.draw(ODD)
        if not place:
            document = odd
        else:
            inner = document
            for step in place[:-1]:
                inner = inner[step]
            inner[place[-1]] = odd
        path.write_text(json.dumps(document), encoding="utf-8")
        answered(arguments, capsys)


@given(case=cases(), text=st.text())
@QUIET
def test_any_text_as_ballots(case: Case, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with TemporaryDirectory() as folder:
        arguments = case.write(Path(folder))
        header = ",".join(case.header)
        (Path(folder) / "ballots.csv").write_bytes(f"{header}\n{text}".encode("utf-8", "surrogatepass"))
        answered(arguments, capsys)
