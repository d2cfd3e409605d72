"""./run, with stand-ins for Python, the package installers and apt-get: nothing is fetched here."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = (
    "run",
    "requirements.txt",
    "requirements-omr.txt",
    "requirements-test.txt",
    "package.json",
    "package-lock.json",
)
TOOLS = ("sh", "dirname", "cat", "id", "awk", "mkdir", "rm", "cp", "mv", "uname")

# It notes how it was called, passes what `run` asks of the real interpreter on, and plays pip, uv and the program.
PYTHON = """#!/bin/sh
case "$*" in
    *'ensurepip, venv'*) [ ! -e "$STAND_INS/no-ensurepip" ] || exit 1; exit 0 ;;
    '-c '* | '- '*) exec {python} "$@" ;;
    '-m pip config '*) exit 0 ;;
esac
echo "python $*" >>"$STAND_INS/calls"
case "$*" in
    '-m venv '*) mkdir -p "$3/bin"; cp "$STAND_INS/python3" "$3/bin/python" ;;
    '-m uv '*) [ ! -e "$STAND_INS/no-network" ] || exit 2 ;;
    '-m pip '*) [ ! -e "$STAND_INS/no-network" ] || exit 1 ;;
    *interfaces.cli*) echo "program in $(pwd)" ;;
esac
"""

NPM = """#!/bin/sh
echo "npm $*" >>"$STAND_INS/calls"
for file in {files}; do
    mkdir -p "node_modules/$(dirname "$file")"
    echo "/* $file */" >"node_modules/$file"
done
"""

APT_GET = """#!/bin/sh
echo "apt-get $*" >>"$STAND_INS/calls"
exit 100
"""


class Clone:
    """A copy of what `run` needs, in a folder whose name has spaces and Chinese in it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "票决 of our city"
        self.stand_ins = folder / "stand-ins"
        self.root.mkdir()
        self.stand_ins.mkdir()
        for name in FILES:
            shutil.copy(ROOT / name, self.root)
        for tool in TOOLS:
            (self.stand_ins / tool).symlink_to(str(shutil.which(tool)))
        self.stand_in("python3", PYTHON.replace("{python}", sys.executable))
        self.stand_in("apt-get", APT_GET)
        vendored = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["vendor"]
        self.stand_in("npm", NPM.replace("{files}", " ".join(vendored)))
        self.vendored = {Path(name).name for name in vendored}

    def stand_in(self, name: str, text: str) -> None:
        path = self.stand_ins / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def where(self, circumstance: str) -> None:
        (self.stand_ins / circumstance).touch()

    def run(self, *words: str, folder: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.root / "run"), *words],
            cwd=folder or self.root,
            env={"PATH": str(self.stand_ins), "STAND_INS": str(self.stand_ins), "LANG": "en_US.UTF-8"} | more,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        path = self.stand_ins / "calls"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return lines


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def test_the_first_call_installs_the_run_set_and_starts_the_program(clone: Clone) -> None:
    done = clone.run("piaojue", "tally")
    assert (done.returncode, done.stdout) == (0, f"program in {clone.root}\n")
    calls = clone.calls()
    assert any(call.startswith("python -m uv") and call.endswith("/requirements.txt") for call in calls)
    assert calls[-1] == "python -P -m interfaces.cli tally"


def test_the_second_call_installs_nothing(clone: Clone) -> None:
    clone.run("piaojue", "tally")
    clone.calls()
    done = clone.run("piaojue", "tally")
    assert (done.stderr, clone.calls()) == ("", ["python -P -m interfaces.cli tally"])


def test_a_command_runs_in_the_folder_it_is_called_from(clone: Clone, tmp_path: Path) -> None:
    assert clone.run("piaojue", "tally", folder=tmp_path).stdout == f"program in {tmp_path}\n"


def test_changed_requirements_are_installed(clone: Clone) -> None:
    clone.run("piaojue", "tally")
    with (clone.root / "requirements.txt").open("a", encoding="utf-8") as requirements:
        requirements.write("# changed\n")
    clone.calls()
    clone.run("piaojue", "tally")
    assert any(call.startswith("python -m uv") for call in clone.calls())


def test_an_installation_that_was_cut_off_is_done_anew(clone: Clone) -> None:
    clone.run("piaojue", "tally")
    (clone.root / ".venv/installed/unfinished").touch()
    clone.calls()
    clone.run("piaojue", "tally")
    assert any("-m uv" in call and "--reinstall" in call for call in clone.calls())
    assert not (clone.root / ".venv/installed/unfinished").exists()


def test_the_test_set_serves_for_running_and_is_never_reduced(clone: Clone) -> None:
    clone.run("check")
    clone.calls()
    clone.run("piaojue", "tally")
    assert clone.calls() == ["python -P -m interfaces.cli tally"]
    with (clone.root / "requirements.txt").open("a", encoding="utf-8") as requirements:
        requirements.write("# changed\n")
    clone.run("piaojue", "tally")
    assert any(call.startswith("python -m uv") and call.endswith("/requirements-test.txt") for call in clone.calls())


def test_what_reads_scanned_papers_is_installed_only_when_asked_for_and_then_stays(clone: Clone) -> None:
    clone.run("piaojue", "tally")
    assert not any("requirements-omr.txt" in call for call in clone.calls())
    clone.run("install", "omr")
    assert any(call.startswith("python -m uv") and call.endswith("/requirements-omr.txt") for call in clone.calls())
    clone.run("piaojue", "tally")
    assert clone.calls() == ["python -P -m interfaces.cli tally"]
    with (clone.root / "requirements.txt").open("a", encoding="utf-8") as requirements:
        requirements.write("# changed\n")
    clone.run("piaojue", "tally")
    assert any(call.startswith("python -m uv") and call.endswith("/requirements-omr.txt") for call in clone.calls())


def test_serving_copies_the_browser_parts_once(clone: Clone) -> None:
    clone.run("serve")
    assert {path.name for path in (clone.root / "interfaces/static/vendor").iterdir()} == clone.vendored
    assert "npm ci --loglevel=error --omit=dev" in clone.calls()
    clone.run("serve")
    assert clone.calls() == ["python -P -m interfaces.cli serve"]


def test_installing_starts_nothing(clone: Clone) -> None:
    done = clone.run("install")
    assert (done.returncode, done.stdout) == (0, "")
    assert {path.name for path in (clone.root / "interfaces/static/vendor").iterdir()} == clone.vendored
    clone.calls()
    clone.run("serve")
    assert clone.calls() == ["python -P -m interfaces.cli serve"]


def test_counting_needs_no_browser_parts(clone: Clone) -> None:
    clone.run("piaojue", "tally")
    assert not any(call.startswith("npm") for call in clone.calls())


def test_a_test_run_says_what_it_left_out_and_the_checking_machine_calls_that_a_failure(clone: Clone) -> None:
    done = clone.run("test", "-k", "quorum")
    assert done.returncode == 0
    assert done.stderr.splitlines()[-1].startswith("Left out: browser tests, no chromium")
    assert clone.calls()[-1].endswith("-m pytest --numprocesses auto --maxprocesses 8 -k quorum")
    assert clone.run("test", PIAOJUE_CI="1").returncode == 1


def test_where_nothing_can_be_fetched_it_fails_in_one_sentence_and_goes_on_next_time(clone: Clone) -> None:
    clone.where("no-network")
    done = clone.run("piaojue", "tally")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("Installation failed.")
    (clone.stand_ins / "no-network").unlink()
    assert clone.run("piaojue", "tally").returncode == 0


def test_a_python_without_venv_is_named_with_the_command_that_helps(clone: Clone) -> None:
    clone.where("no-ensurepip")
    done = clone.run("piaojue", "tally")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(f"apt-get install -y python{version}-venv")
    on_debian_as_root = os.geteuid() == 0 and Path("/etc/debian_version").exists()
    assert any(call.startswith("apt-get install") for call in clone.calls()) == on_debian_as_root


def test_without_python_it_says_what_is_needed(clone: Clone) -> None:
    (clone.stand_ins / "python3").unlink()
    done = clone.run("piaojue", "tally")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Python 3.11 or newer is needed.")


def test_an_unknown_command_shows_the_usage(clone: Clone) -> None:
    done = clone.run("vote")
    assert done.returncode == 2
    assert "./run COMMAND" in done.stderr
