"""记录的导出与导入 / moves the history between databases: JSON Lines, in order, sealed."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from tqdm import tqdm

from application.history.history import open_history
from application.history.transfer import fill_history, filling, history_lines, snapshot
from application.history.transfer_checks import lines_in
from application.history.transfer_format import PART, Tally
from application.history.tree import grow_all
from application.office import system_clock
from interfaces.settings import Settings
from interfaces.upkeep.telling import TELLABLE, refused
from interfaces.web._base.language import gettext as _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Both work on the installation that PIAOJUE_DATABASE_URL names."""
    acts = parser.add_subparsers(dest="act", required=True)
    out = acts.add_parser("export", help="write every fact and command key, in order, also while the server runs")
    out.add_argument("file", nargs="?", default="-", help="a file that is not there yet; - is standard output")
    into = acts.add_parser("import", help="take an export over into an empty history")
    into.add_argument("file", type=Path, help="an export")


def run(arguments: argparse.Namespace) -> int:
    """0 when it is done, 1 with one sentence when nothing was."""
    try:
        tally = _export(arguments.file) if arguments.act == "export" else _import(arguments.file)
    except TELLABLE as error:
        return refused(error, Path(arguments.file))
    said = _("%(facts)s 条记录，%(keys)s 个命令键，到第 %(position)s 号为止。", **_told(tally))
    print(said, file=sys.stderr)
    return 0


def _export(file: str) -> Tally:
    tally = Tally()
    with snapshot(Settings().storage_url) as taken:
        lines = _watched(history_lines(taken, system_clock(), tally=tally), tally, taken.number())
        if file == "-":
            sys.stdout.buffer.writelines(lines)
            sys.stdout.buffer.flush()
            return tally
        path = Path(file)
        try:
            with _new(path) as written:
                written.writelines(lines)
        except BaseException as error:
            if not isinstance(error, FileExistsError):
                path.unlink(missing_ok=True)  # half an export would be taken for one
            raise
    return tally


def _import(file: Path) -> Tally:
    tally = Tally()
    with file.open("rb") as source, filling(Settings().storage_url) as into:
        fill_history(into, _watched(lines_in(source, PART), tally, None), tally)
    with closing(open_history(Settings().storage_url)) as history:
        grow_all(history)
    return tally


def _watched(lines: Iterable[bytes], tally: Tally, total: int | None) -> Iterator[bytes]:
    """A bar that follows the facts, on a terminal only."""
    with tqdm(total=total, unit=" facts", disable=None, file=sys.stderr) as bar:
        for line in lines:
            bar.update(tally.facts - bar.n)
            yield line
        bar.update(tally.facts - bar.n)


def _new(path: Path) -> BinaryIO:
    """Readable by its owner alone: names and votes of the record are in it."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _told(tally: Tally) -> dict[str, object]:
    return {"facts": tally.facts, "keys": tally.keys, "position": tally.position}
