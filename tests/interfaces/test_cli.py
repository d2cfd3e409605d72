import subprocess
import sys
from pathlib import Path

import pytest

from interfaces import commands
from interfaces.cli import main

ROOT = Path(__file__).parents[2]

GREETING = '''"""Greets an office by name.

And nothing else.
"""


def add_arguments(parser):
    parser.add_argument("office")


def run(arguments):
    print("您好," + arguments.office)
    return 3
'''


@pytest.fixture
def a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "greet_office.py").write_text(GREETING, encoding="utf-8")
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    return "greet-office"


def test_a_module_in_the_folder_is_a_command(a_command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([a_command, "常委会"]) == 3
    assert capsys.readouterr().out == "您好,常委会\n"


def test_help_lists_every_command_with_its_first_line(a_command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out
    assert "greet-office  Greets an office by name." in listed
    assert "tally" in listed


@pytest.mark.parametrize("words", [[], ["no-such-command"]])
def test_what_is_not_understood_is_answered_with_the_list_on_standard_error(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "tally" in said.err


def test_a_missing_argument_is_refused_with_status_2(a_command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([a_command])
    assert ended.value.code == 2


def test_counting_loads_neither_web_nor_database() -> None:
    heavy = ("fastapi", "starlette", "sqlalchemy", "eventsourcing", "psycopg", "babel", "pydantic")
    program = f"import sys, interfaces.tally.command; print(*[m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
