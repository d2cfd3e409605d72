"""体检 / looks at settings, computer, database, address and record, and says what to do about what is wrong."""

import argparse
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from application.history.history import open_history
from application.office import Busy, system_clock
from interfaces.settings import Settings, WrongSettings
from interfaces.upkeep.checks import address, checkpoints, database, files, machine, record
from interfaces.upkeep.checks.found import Found, Level, bad, ok
from interfaces.web._base.language import lazy
from projections.reading.engine import open_reading

_MARKS = {Level.OK: "✓ ok  ", Level.WARN: "! warn", Level.BAD: "✗ bad "}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Run it as the user of the service, with its settings."""
    parser.add_argument("--json", action="store_true", help="for programs")


def run(arguments: argparse.Namespace) -> int:
    """0 when nothing is bad, 1 otherwise."""
    found = list(_look())
    if arguments.json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            print(f"{_MARKS[one.level]} {one.words}")
            if one.advice:
                print(f"         → {one.advice}")
    return 1 if any(one.level is Level.BAD for one in found) else 0


def _look() -> Iterator[Found]:
    yield machine.python()
    yield machine.installed_files()
    try:
        settings = Settings()
    except WrongSettings as wrong:
        yield bad("settings", lazy("设置不对：%(wrong)s"), lazy("请改正后再运行一次；其余各项没有检查。"), wrong=wrong)
        return
    yield ok("settings", lazy("设置都读得懂。"))
    yield machine.data_folder(settings.data)
    yield machine.disk(settings.data)
    if settings.is_embedded:
        yield machine.file_system(Path(settings.storage_url.removeprefix("sqlite:///")).parent)
    yield machine.network_time(machine.asked_timedatectl())
    found = database.check(settings, system_clock)
    yield from found
    if not any(one.check in {"postgresql", "sqlite"} and one.level is not Level.OK for one in found):
        yield from _recorded(settings)
    yield from address.check(settings, address.answered_by, address.certificate_ends, system_clock())


def _recorded(settings: Settings) -> Iterator[Found]:
    stores, usable = record.of_stores(settings.storage_url)
    yield stores
    if not usable:
        return
    yield from files.check(settings)
    reading = open_reading(settings.storage_url)
    try:
        with closing(open_history(settings.storage_url)) as history:
            yield from record.check(history, reading, system_clock())
            yield checkpoints.check(history, settings, system_clock())
    except (SQLAlchemyError, Busy):
        yield bad("record", lazy("记录或页面数据读不了。"), lazy("请运行 piaojue migrate，再检查服务的日志。"))
    finally:
        reading.dispose()
