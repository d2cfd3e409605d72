"""The command itself: arguments, languages, where the outcome goes."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.interfaces.tally.conftest import Desk

RUN = (sys.executable, "-c", "import sys; from interfaces.tally.command import main; sys.exit(main(sys.argv[1:]))")
ROOT = Path(__file__).parents[3]


def outside(arguments: list[str], **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """The command in a process of its own."""
    return subprocess.run(
        [*RUN, *arguments], cwd=ROOT, env=os.environ | environment, capture_output=True, check=False, timeout=60
    )


def test_chinese_is_spoken_unless_english_is_asked_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.poll["attending"] = 4
    monkeypatch.delenv("PIAOJUE_LANG")
    assert desk.recount().err == f"{desk.path('poll.json')}：发出 5 张，多于到会 4 人。\n"
    assert "issued is 5" in desk.recount("--lang", "en").err
    assert "issued is 5" in desk.recount("--lang=en").err
    monkeypatch.setenv("PIAOJUE_LANG", "en")
    assert "issued is 5" in desk.recount().err
    assert "发出 5 张" in desk.recount("--lang", "zh-CN").err


def test_places_are_named_in_chinese_too(desk: Desk) -> None:
    desk.ballots = "1,2,3\nfor,for,好\n"
    assert "第 2 行第 3 列（项目 3）：不认识的标记“好”。" in desk.recount("--lang", "zh").err
    desk.poll["items"][1] = {"id": "1", "name": ""}
    assert "items › 第2项 › id：“1”重复。" in desk.recount("--lang", "zh").err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "option “--profile”, “--poll” is missing"),
        (["--poll", "p"], "option “--profile” is missing"),
        (["--profile", "p", "--poll", "q"], "give one of --ballots and --columns, and not both"),
        (
            ["--profile", "p", "--poll", "q", "--ballots", "b", "--columns", "c"],
            "give one of --ballots and --columns, and not both",
        ),
        (["--profile", "p", "--profile", "q"], "option “--profile” is given twice"),
        (["--profile"], "option “--profile” lacks a value or cannot take this one"),
        (["--prof", "p", "--poll", "q", "--ballots", "b"], "unknown argument “--prof”, “p”"),
        (["extra"], "unknown argument “extra”"),
    ],
)
def test_arguments_that_make_no_sense(desk: Desk, arguments: list[str], sentence: str) -> None:
    said = desk.run(*arguments)
    assert (said.status, said.out, said.err) == (2, "", f"piaojue tally: {sentence}.\n")


def test_an_unknown_language_is_refused_in_chinese(desk: Desk) -> None:
    said = desk.run("--lang", "fr")
    assert (said.status, said.out) == (2, "")
    assert said.err == "piaojue tally：选项“--lang”缺少值，或值不可用。\n"


def test_help_is_asked_for(desk: Desk) -> None:
    said = desk.run("--help")
    assert said.status == 0
    assert "--ballots FILE" in said.out


@pytest.mark.parametrize("option", ["--profile", "--poll", "--ballots", "--columns"])
def test_a_file_that_is_not_there(desk: Desk, option: str) -> None:
    files = dict(zip(desk.files()[::2], desk.files()[1::2], strict=True))
    files |= {"--ballots": desk.put("ballots.csv", desk.ballots)} if option != "--columns" else {}
    files[option] = str(desk.path("nowhere"))
    said = desk.run(*(word for pair in files.items() for word in pair))
    assert (said.status, said.out) == (2, "")
    assert said.err == f"{desk.path('nowhere')}: there is no such file.\n"


def test_a_folder_is_no_file(desk: Desk) -> None:
    said = desk.run(*desk.files(), "--ballots", str(desk.folder))
    assert (said.status, said.err) == (2, f"{desk.folder}: cannot be read: “Is a directory”.\n")


def test_the_outcome_is_also_written_to_a_file(desk: Desk) -> None:
    out = desk.path("outcome.json")
    said = desk.recount("--out", str(out))
    assert said.status == 0
    assert out.read_text(encoding="utf-8") + "\n" == said.out


def test_an_outcome_that_cannot_be_written_is_not_printed_either(desk: Desk) -> None:
    said = desk.recount("--out", str(desk.path("no/such/folder/outcome.json")))
    assert (said.status, said.out) == (2, "")
    assert "cannot be written" in said.err


def test_an_outcome_never_overwrites_what_it_was_counted_from(desk: Desk) -> None:
    before = desk.recount().out
    said = desk.recount("--out", str(desk.path("poll.json")))
    assert said.status == 2
    assert "must not overwrite an input file" in said.err
    assert desk.run(*desk.files(), "--ballots", str(desk.path("ballots.csv"))).out == before


def test_nothing_is_written_for_input_that_cannot_be_counted(desk: Desk) -> None:
    desk.ballots = "1,2\n"
    desk.recount("--out", str(desk.path("outcome.json")))
    assert not desk.path("outcome.json").exists()


def test_a_void_poll_is_an_outcome(desk: Desk) -> None:
    desk.poll["issued"] = 2
    said = desk.recount()
    assert (said.status, said.out) == (0, '{\n "valid": false,\n "reason": "returned_exceeds_issued"\n}\n')


def test_standard_output_is_utf8_in_any_locale(desk: Desk) -> None:
    desk.recount()
    arguments = [*desk.files(), "--ballots", str(desk.path("ballots.csv"))]
    run = outside(arguments, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert run.returncode == 0
    assert json.loads(run.stdout)["items"][0]["name"] == "项目1"
    assert run.stderr == b""


def test_a_full_disk_behind_standard_output_is_said(desk: Desk) -> None:
    full = Path("/dev/full")
    if not full.exists():
        return
    desk.recount()
    arguments = [*desk.files(), "--ballots", str(desk.path("ballots.csv"))]
    with full.open("wb") as nowhere:
        run = subprocess.run(
            [*RUN, *arguments], cwd=ROOT, stdout=nowhere, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert run.returncode == 2
    assert run.stderr.startswith(b"stdout: cannot be written")
    assert run.stderr.count(b"\n") == 1


def test_a_hundred_thousand_ballots_of_twenty_items_take_under_three_seconds(desk: Desk) -> None:
    ids = [str(number) for number in range(1, 21)]
    marks = ("for", "for", "against", "abstain", "", "?")
    rows = (",".join(marks[(row * 7 + at * row) % 6] for at in range(20)) for row in range(100_000))
    desk.profile |= {"quota": 12, "max_for": "quota"}
    desk.poll |= {"all_delegates": 100_000, "attending": 100_000, "issued": 100_000}
    desk.poll["items"] = [{"id": id, "name": id} for id in ids]
    desk.ballots = "\n".join([",".join(ids), *rows])
    files = [*desk.files(), "--ballots", desk.put("ballots.csv", desk.ballots)]
    start = time.process_time()
    said = desk.run(*files)
    assert time.process_time() - start < 3
    assert said.outcome["returned"] == 100_000
