"""恢复 / makes an installation out of a backup, in an empty place and in either kind of database."""

import argparse
from contextlib import closing
from pathlib import Path

from application.backups.restoring import restore
from application.history.history import open_history
from application.history.tree import grow_all
from application.private.store import open_private
from interfaces.kept_files import file_store
from interfaces.settings import Settings
from interfaces.upkeep.telling import TELLABLE, Bar, refused, say
from interfaces.web._base.language import gettext as _
from projections.reading.engine import open_reading
from projections.reading.rebuild import rebuild_all
from projections.reading.shelf import ALL


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The installation that is filled is the one PIAOJUE_DATABASE_URL names; its server must not run."""
    parser.add_argument("file", type=Path, help="a backup")


def run(arguments: argparse.Namespace) -> int:
    """0 when everything is there again, 1 with one sentence when it is not."""
    settings = Settings()
    database_url = settings.storage_url
    try:
        with closing(open_private(database_url, file_store(settings))) as private, Bar() as bar:
            manifest = restore(database_url, private, arguments.file, bar)
    except TELLABLE as error:
        return refused(error, arguments.file)
    print(
        _(
            "已恢复到 %(at)s：%(facts)s 条记录，%(ballots)s 张票。",
            at=manifest.at,
            facts=manifest.facts,
            ballots=manifest.ballots,
        )
    )
    return _show(database_url)


def _show(database_url: str) -> int:
    """Fills the read models, so that the first page is there at once."""
    history = open_history(database_url)
    reading = open_reading(database_url)
    try:
        grow_all(history)
        with Bar() as bar:
            rebuilt = rebuild_all(history, reading, ALL, lambda reached, last: bar("show", reached, last))
    finally:
        reading.dispose()
        history.close()
    if rebuilt.failed:
        names = "、".join(sorted(rebuilt.failed))
        return say(_("数据已恢复，但这些页面数据没有建成：%(names)s。请运行 piaojue projections status。", names=names))
    print(_("页面数据已重新建成。所有人需要重新登录；未用的启用条仍然有效。"))
    return 0
