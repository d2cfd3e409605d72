"""How a run of the tests is ordered, and how it ends when something was left out."""

import os
from pathlib import Path

import pytest

ORDER = ("domain", "application", "projections", "interfaces", "browser", "bench")

LONG = ("test_whole_path.py", "test_first_stages.py", "test_after_the_vote.py")
"""One test of these takes as long as a hundred others: begun last, it would leave the other workers idle."""


def _turn(item: pytest.Item) -> tuple[int, bool]:
    folders = [part for part in Path(item.path).parts if part in ORDER]
    return ORDER.index(folders[-1]) if folders else 0, Path(item.path).name not in LONG


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The quick ones first: what is wrong shows early. A browser leaves a running loop, so it comes last."""
    items.sort(key=_turn)


def _left_out(session: pytest.Session) -> dict[str, int]:
    """Why tests were skipped, with how many for each reason."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    reasons: dict[str, int] = {}
    for report in reporter.stats.get("skipped", []) if reporter else []:
        reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] = reasons.get(reason.removeprefix("Skipped: "), 0) + 1
    return reasons


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """On the checking machine (PIAOJUE_CI) a test that was left out is a failure."""
    if os.environ.get("PIAOJUE_CI") and exitstatus == pytest.ExitCode.OK and _left_out(session):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that was left out."""
    session = getattr(terminalreporter, "_session", None)
    for reason, count in (_left_out(session) if session else {}).items():
        terminalreporter.write_line(f"left out: {count} × {reason}", yellow=True)
