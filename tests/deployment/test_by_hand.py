"""The services of the compose file, started by its own commands, looked at from outside, stopped in order."""

import shutil
import subprocess
import sys

import pytest

from deploy.by_hand.compose import ROOT

SECONDS = 300


def test_the_compose_files_commands_make_an_installation_that_works() -> None:
    if shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin") is None:
        pytest.skip("no nginx; ./run test says so at its end, and fails for it where changes are checked")
    done = subprocess.run(
        [sys.executable, "-m", "deploy.by_hand", "--quick"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("✓") >= 10
