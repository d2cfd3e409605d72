"""What is recorded: stores of this release, read models that follow, a backup that is not too old."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, inspect

from application.history.history import History
from application.migrating import Standing, StoreFromLaterRelease, StoresNotMigrated, standings
from domain.backups.backup import is_due
from interfaces.upkeep.checks.found import Found, Level, bad, ok, warn
from interfaces.upkeep.checks.machine import clock_behind
from interfaces.web._base.language import lazy
from interfaces.web._base.sentences import sentence
from projections import backup_shelf
from projections.reading.position import Stage
from projections.reading.position import Standing as Model
from projections.reading.position import models as models_table
from projections.reading.position import standings as models
from projections.reading.shelf import ALL

MUCH = 1000
"""Facts; a batch or two is what a busy minute leaves open."""


def of_stores(database_url: str) -> tuple[Found, bool]:
    """Whether the stores are those of this release, and whether there is anything in them."""
    try:
        found = standings(database_url)
    except StoreFromLaterRelease as later:
        return Found(check="stores", level=Level.BAD, words=sentence(later)), False
    behind = [standing.store.name for standing in found if standing.pending]
    if behind:
        words = sentence(StoresNotMigrated(stores=tuple(behind)))
        return Found(check="stores", level=Level.BAD, words=words, advice="piaojue migrate"), False
    return _of_this_release(found)


def _of_this_release(found: list[Standing]) -> tuple[Found, bool]:
    if any(standing.version is None for standing in found):
        words, advice = lazy("数据库里还没有数据。"), lazy("第一次运行 piaojue serve 或 piaojue migrate 时会新建。")
        return warn("stores", words, advice), False
    return ok("stores", lazy("数据库是本版本的。")), True


def check(history: History, reading: Engine, now: datetime) -> list[Found]:
    """The record and what is read of it."""
    last = history.last_position()
    newest = history.select(last - 1, 1) if last else []
    first = history.select(0, 1)
    clock = clock_behind(newest[0].at if newest else None, now)
    with reading.connect() as connection:
        if not inspect(connection).has_table(models_table.name):
            return [clock, *of_models({}, last)]
        known = models(connection)
        found = of_models(known, last)
        shelf = known.get(backup_shelf.PROJECTION.name)
        if shelf is None or shelf.stage is not Stage.SERVING:
            return [clock, *found]
        backups = backup_shelf.last_backups(connection, 1)
    return [clock, *found, of_backups(backups[0].at if backups else None, first[0].at if first else None, now)]


def of_models(known: Mapping[str, Model], last: int) -> list[Found]:
    """Each that is broken, and all that are far behind; one line when none is."""
    found, late, furthest = [], [], 0
    for projection in ALL:
        model = known.get(projection.name)
        behind = last - (model.position if model else 0)
        if model is not None and model.fault:
            words, advice = (
                lazy("页面数据 %(name)s 停下了：%(fault)s"),
                lazy("请把这一行告诉开发者；修好以后运行 piaojue projections retry %(name)s。"),
            )
            found.append(bad("projections", words, advice, name=projection.name, fault=model.fault))
        elif model is None or model.stage is not Stage.SERVING or behind > MUCH:
            late.append(projection.name)
            furthest = max(furthest, behind)
    if late:
        words, advice = (
            lazy("页面数据 %(names)s 还没有跟上，最多落后 %(behind)s 条记录。"),
            lazy("正在重建时请等它完成；否则请检查 piaojue serve 或 piaojue worker 是否在运行。"),
        )
        found.append(warn("projections", words, advice, names="、".join(late), behind=furthest))
    return found or [ok("projections", lazy("%(number)s 种页面数据都跟上了记录。"), number=len(ALL))]


def of_backups(last: datetime | None, first_fact: datetime | None, now: datetime) -> Found:
    """The rule of the page: seven days."""
    if is_due(last, first_fact, now):
        words = lazy("最近一次备份是 %(at)s。") if last else lazy("还没有做过备份。")
        advice = lazy("请运行 piaojue backup，或在网页上“备份”；并打开每天的定时备份。")
        return warn("backup", words, advice, at=last.isoformat(timespec="minutes") if last else "")
    if last is None:
        return ok("backup", lazy("刚开始使用，还没有备份。"))
    return ok("backup", lazy("最近一次备份是 %(at)s。"), at=last.isoformat(timespec="minutes"))
