"""升级数据 / brings every store to this release; safe to run again."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from application.history.history import open_history
from application.migrating import Standing, migrate, standings
from application.office import system_clock
from application.private.files import in_the_table, move_out
from application.private.store import open_private
from interfaces.kept_files import file_store
from interfaces.settings import Settings
from interfaces.upkeep.telling import TELLABLE, Bar, refused, say
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web.backup.sentences import STEPS, STORES
from projections.reading.engine import open_reading
from projections.reading.making import prepare
from projections.reading.position import Stage
from projections.reading.position import standings as standings_of_models
from projections.reading.projection import Projection
from projections.reading.rebuild import rebuild_all
from projections.reading.shelf import ALL


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The installation is the one PIAOJUE_DATABASE_URL names."""
    parser.add_argument("--dry-run", action="store_true", help="say what would be done and change nothing")


def run(arguments: argparse.Namespace) -> int:
    """0 when every store is one of this release (or would be), 1 with one sentence when it cannot be."""
    settings = Settings()
    database_url = settings.storage_url
    try:
        found = standings(database_url) if arguments.dry_run else migrate(database_url, system_clock())
        files = _files(settings, found, dry=arguments.dry_run)
    except TELLABLE as error:
        return refused(error, settings.data)
    for standing in found:
        print(_line(standing, dry=arguments.dry_run))
    print(files)
    return _read_models(database_url, dry=arguments.dry_run)


def _files(settings: Settings, found: Sequence[Standing], *, dry: bool) -> str:
    """Brings those that lie in the database to where files lie. Raises FilesNotAnswering."""
    if dry and any(standing.version is None or standing.pending for standing in found):
        return _("照片和文件：升级时从数据库移到 %(place)s。", place=file_store(settings).told())
    with closing(open_private(settings.storage_url, file_store(settings))) as private:
        with private.reading() as connection:
            left = in_the_table(connection)
        moved = 0 if dry else move_out(private, system_clock())
    place = file_store(settings).told()
    if dry and left:
        return _("照片和文件：将把 %(n)s 个从数据库移到 %(place)s。", n=left, place=place)
    if moved:
        return _("照片和文件：已把 %(n)s 个从数据库移到 %(place)s。", n=moved, place=place)
    return _("照片和文件：都在 %(place)s。", place=place)


def _read_models(database_url: str, *, dry: bool) -> int:
    """Fills those whose shape is new; the old ones serve until then."""
    reading = open_reading(database_url)
    try:
        missing = _missing(reading)
        names = "、".join(one.name for one in missing)
        if not missing:
            print(_("页面数据：都是本版本的，无须重建。"))
        elif dry:
            print(_("页面数据：将重建 %(names)s。", names=names))
        else:
            return _fill(database_url, reading, missing)
    finally:
        reading.dispose()
    return 0


def _missing(reading: Engine) -> list[Projection]:
    file = reading.url.database
    if reading.dialect.name == "sqlite" and not (file and Path(file).exists()):  # a look would make the file
        return list(ALL)
    with reading.connect() as connection:
        known = standings_of_models(connection)
    return [one for one in ALL if one.name not in known or known[one.name].stage is not Stage.SERVING]


def _fill(database_url: str, reading: Engine, missing: Sequence[Projection]) -> int:
    """On SQLite those whose shape the last release had too are taken over from its file."""
    to_fill = [one for one in missing if not prepare(reading, one).is_ready]
    with closing(open_history(database_url)) as history, Bar() as bar:
        rebuilt = rebuild_all(history, reading, to_fill, lambda reached, last: bar("show", reached, last))
    if rebuilt.failed:
        names = "、".join(rebuilt.failed)
        return say(_("这些页面数据没有建成：%(names)s。请运行 piaojue projections status。", names=names))
    print(_("页面数据：已重建 %(names)s。", names="、".join(one.name for one in missing)))
    return 0


def _line(standing: Standing, *, dry: bool) -> str:
    name, store = STORES[standing.store.name], standing.store
    if standing.version is None:
        words = (
            lazy("%(store)s：还没有，将新建（版本 %(to)s）。") if dry else lazy("%(store)s：已新建（版本 %(to)s）。")
        )
    elif not standing.pending:
        words = lazy("%(store)s：已是版本 %(to)s，无须改动。")
    elif dry:
        words = lazy("%(store)s：将从版本 %(since)s 升到 %(to)s：%(steps)s。")
    else:
        words = lazy("%(store)s：已从版本 %(since)s 升到 %(to)s：%(steps)s。")
    steps = "；".join(str(STEPS[store.name, step.version]) for step in standing.pending)
    return words.filled(store=name, to=store.version, since=standing.version, steps=steps)
