"""备份 / writes everything that cannot be computed again into one zip, while the server runs."""

import argparse
import sys
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from application.accounts import COMMAND_LINE
from application.backups.recording import record_backup
from application.backups.taking import Taken, take, verify
from application.history.history import open_history
from application.office import By, Office, system_clock
from application.private.store import open_private
from domain.backups.backup import Way
from domain.shared import Refused
from interfaces.kept_files import file_store
from interfaces.settings import Settings
from interfaces.upkeep.telling import TELLABLE, Bar, refused, say
from interfaces.web._base.language import gettext as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A new file, or one to be looked through."""
    parser.add_argument("file", type=Path, help="the zip to write; never takes the place of another file")
    parser.add_argument("--verify", action="store_true", help="read a backup through and change nothing")


def run(arguments: argparse.Namespace) -> int:
    """0 when the backup is whole, 1 with one sentence when there is none."""
    try:
        if arguments.verify:
            with Bar() as bar:
                manifest = verify(arguments.file, bar)
            print(_("完好：%(at)s 的备份，版本 %(release)s。", at=manifest.at, release=manifest.release))
        else:
            manifest = _taken(arguments.file, Settings()).manifest
    except TELLABLE as error:
        return refused(error, arguments.file)
    words = _(
        "%(facts)s 条记录（到第 %(position)s 号），%(polls)s 个票箱里的 %(ballots)s 张票，账号资料 %(rows)s 行。",
        facts=manifest.facts,
        position=manifest.position,
        polls=manifest.polls,
        ballots=manifest.ballots,
        rows=manifest.private_rows,
    )
    print(words)
    return 0


def _taken(file: Path, settings: Settings) -> Taken:
    database_url = settings.storage_url
    with closing(open_private(database_url, file_store(settings))) as private, Bar() as bar:
        taken = take(database_url, private, file, system_clock(), bar)
    print(_("备份已写入并读回核对：%(file)s（%(size)s 字节）。", file=file, size=taken.bytes))
    print(f"SHA-256 {taken.sha256}")
    if taken.lost:
        say(_("有 %(n)s 个照片或文件的内容不在存放处，备份里没有它们；请运行 piaojue doctor。", n=taken.lost))
    _record(database_url, taken)
    return taken


def _record(database_url: str, taken: Taken) -> None:
    """A backup that could not be recorded is still a backup: that is said and nothing else."""
    history = open_history(database_url)
    try:
        record_backup(Office(history), By(actor=COMMAND_LINE, key=str(uuid4())), taken, Way.COMMAND)
    except Refused as error:
        say(_("备份是完好的，但没能记入系统记录。"))
        print(repr(error), file=sys.stderr)
    finally:
        history.close()
