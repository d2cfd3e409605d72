"""The tree itself: what the project promises about its own files."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("domain", "application", "projections", "interfaces")
LOCK_FILES = ("requirements.txt", "requirements-omr.txt", "requirements-test.txt", "package-lock.json")
PYTHON_LOCKS = LOCK_FILES[:3]
LONGEST_FILE = 330
IMPURE = {"os", "io", "time", "random", "secrets", "socket", "pathlib", "subprocess", "threading", "asyncio", "sqlite3"}

PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    """The full names of every module that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def kept_files() -> list[Path]:
    """Every text file under version control, and every new one that is not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("the project is not in a git repository here")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_file_is_read_without_much_scrolling(layer: str) -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files(layer)
        if path != ROOT / "interfaces" / "record" / "verify_record.py"  # one file on purpose: it is handed out alone
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert not too_long


def test_the_domain_needs_the_standard_library_alone() -> None:
    allowed = sys.stdlib_module_names | {"domain"}
    foreign = {
        (str(path.relative_to(ROOT)), name)
        for path in python_files("domain")
        for name in imports_of(path)
        if name.partition(".")[0] not in allowed
    }
    assert not foreign


def test_the_domain_reaches_for_no_clock_chance_file_or_network() -> None:
    reached = {
        (str(path.relative_to(ROOT)), name)
        for path in python_files("domain")
        for name in imports_of(path)
        if name.partition(".")[0] in IMPURE
    }
    assert not reached


@pytest.mark.parametrize("name", LOCK_FILES)
def test_what_is_installed_is_pinned_by_hash_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text


def test_the_test_set_holds_what_reads_papers_and_that_the_run_set() -> None:
    run, omr, test = (set(PINNED.findall((ROOT / name).read_text(encoding="utf-8"))) for name in PYTHON_LOCKS)
    assert run < omr < test


def test_running_installs_nothing_that_reads_papers() -> None:
    run = dict(PINNED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")))
    assert not run.keys() & {"opencv-python-headless", "zxing-cpp", "numpy", "pypdfium2"}


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_python_package_has_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)


def test_every_browser_part_has_its_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("integrity" in entry for name, entry in packages.items() if name)


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    place = re.compile(r"(?<![\w.~-])/(?:home|Users|root|work)/[A-Za-z]")
    found = {
        str(path.relative_to(ROOT)): match.group()
        for path in kept_files()
        if (match := place.search(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert not found


def test_third_party_browser_files_stay_out_of_the_repository() -> None:
    kept = [path for path in kept_files() if "vendor" in path.parts or "node_modules" in path.parts]
    assert not kept


def test_run_is_plain_posix_shell() -> None:
    subprocess.run(["sh", "-n", str(ROOT / "run")], check=True)
    assert (ROOT / "run").read_text(encoding="utf-8").startswith("#!/bin/sh\n")


@pytest.mark.parametrize("paper", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]), ids=lambda path: path.name)
def test_papers_lead_to_files_that_are_there(paper: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", paper.read_text(encoding="utf-8"))
    assert not [target for target in targets if not (paper.parent / target).exists()]
