"""后台进程：更新读模型、定期清理 / follows the history and sweeps, for web processes run with --no-worker."""

import argparse
import sys

from interfaces.serving.listening import put_off_collecting
from interfaces.serving.logs import set_up_logs
from interfaces.settings import Settings


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Everything is set by PIAOJUE_… environment variables."""


def run(_arguments: argparse.Namespace) -> int:
    """0 after a stop; 1 when the database does not answer; 2 on SQLite, where `serve` does it all."""
    settings = Settings()
    if settings.is_embedded:
        print("使用 SQLite 时 serve 已包含后台工作 / on SQLite, serve does this itself", file=sys.stderr)
        return 2
    set_up_logs(settings.log_level)
    put_off_collecting()
    from interfaces.serving import working  # noqa: PLC0415  # after collecting was put off

    return working.run(settings)
