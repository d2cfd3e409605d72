"""The database: reachable, new enough, set so that it keeps what it must and forgets what it must."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from interfaces.settings import Settings
from interfaces.upkeep.checks.found import Found, Level, bad, ok, warn
from interfaces.upkeep.checks.machine import clock_against
from interfaces.web._base.language import lazy

OLDEST: Final = 150_000
"""As in `server_version_num`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    setting: str
    wanted: str
    level: Level
    holds: Callable[[str], bool]


def _is(setting: str, wanted: str, level: Level) -> _Rule:
    return _Rule(setting=setting, wanted=wanted, level=level, holds=lambda value: value == wanted)


_RULES: Final = (
    _is("fsync", "on", Level.BAD),
    _is("full_page_writes", "on", Level.BAD),
    _Rule(setting="synchronous_commit", wanted="on", level=Level.BAD, holds=lambda value: value != "off"),
    _is("track_commit_timestamp", "off", Level.BAD),
    _is("log_error_verbosity", "terse", Level.WARN),
    _Rule(
        setting="log_min_error_statement",
        wanted="panic",
        level=Level.WARN,
        holds=lambda value: value in {"fatal", "panic"},
    ),
    _is("log_parameter_max_length", "0", Level.WARN),
    _is("log_parameter_max_length_on_error", "0", Level.WARN),
    _Rule(setting="log_statement", wanted="none", level=Level.BAD, holds=lambda value: value in {"none", "ddl"}),
    _is("log_min_duration_statement", "-1", Level.BAD),
    _is("wal_keep_size", "0", Level.WARN),
    _is("archive_mode", "off", Level.WARN),
)
"""Durability (the first three), then what ballot.md asks for: nothing may tie a ballot to a moment. The log of changes
is kept as short as recovery allows; who archives it holds the order of casting and must know that."""


def of_settings(settings: Mapping[str, str]) -> list[Found]:
    """What is wrong with the server's own settings, or one line that all is well."""
    found = [
        (bad if rule.level is Level.BAD else warn)(
            f"postgresql.{rule.setting}",
            lazy("PostgreSQL 的 %(setting)s 是 %(value)s，应为 %(wanted)s。"),
            lazy("请在 postgresql.conf 里写 %(setting)s = '%(wanted)s'，范例见 deploy/postgresql/。"),
            setting=rule.setting,
            value=settings[rule.setting],
            wanted=rule.wanted,
        )
        for rule in _RULES
        if rule.setting in settings and not rule.holds(settings[rule.setting])
    ]
    return found or [ok("postgresql.settings", lazy("PostgreSQL 的设置符合要求。"))]


def of_version(number: int) -> Found:
    """PostgreSQL 15 or newer."""
    said = f"{number // 10000}.{number % 10000}"
    if number < OLDEST:
        return bad(
            "postgresql", lazy("PostgreSQL %(said)s 太旧。"), lazy("请升级到 PostgreSQL 15 或更新的版本。"), said=said
        )
    return ok("postgresql", lazy("PostgreSQL %(said)s 有回应。"), said=said)


def check(settings: Settings, now: Callable[[], datetime]) -> list[Found]:
    """Everything about the database of the settings; it is looked at and never changed."""
    return _sqlite(settings) if settings.is_embedded else _postgresql(settings.storage_url, now)


def _postgresql(url: str, now: Callable[[], datetime]) -> list[Found]:
    engine = create_engine(
        f"postgresql+psycopg://{url.partition('://')[2]}", hide_parameters=True, connect_args={"connect_timeout": 5}
    )
    try:
        with engine.connect() as connection:
            return _asked(connection, now)
    except DBAPIError:
        return [
            bad(
                "postgresql",
                lazy("PostgreSQL 没有回应。"),
                lazy("请检查它是否在运行，以及 PIAOJUE_DATABASE_URL 里的地址、用户名和密码。"),
            )
        ]
    finally:
        engine.dispose()


def _asked(connection: Connection, now: Callable[[], datetime]) -> list[Found]:
    version = int(str(connection.scalar(text("SHOW server_version_num"))))
    rows = connection.execute(text("SELECT name, reset_val FROM pg_settings"))
    settings = {row.name: str(row.reset_val) for row in rows}
    theirs = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    clock = clock_against("postgresql.clock", str(lazy("数据库服务器的时钟")), theirs, now())
    return [of_version(version), *of_settings(settings), clock]


def _sqlite(settings: Settings) -> list[Found]:
    file = Path(settings.storage_url.removeprefix("sqlite:///"))
    if not file.exists():
        return [
            warn(
                "sqlite",
                lazy("还没有数据库文件 %(file)s。"),
                lazy("第一次运行 piaojue serve 时会新建；如果本来应该有，请检查 PIAOJUE_DATA。"),
                file=file,
            )
        ]
    engine = create_engine(f"sqlite:///file:{file}?mode=ro&uri=true", hide_parameters=True)
    try:
        with engine.connect() as connection:
            journal = str(connection.scalar(text("PRAGMA journal_mode")))
            damage = str(connection.scalar(text("PRAGMA quick_check(1)")))
    except DBAPIError:
        journal, damage = "", "?"
    finally:
        engine.dispose()
    return [of_file(journal, damage)]


def of_file(journal: str, damage: str) -> Found:
    """What SQLite says of its file; every connection of ours sets `synchronous` to FULL itself."""
    if damage != "ok":
        return bad(
            "sqlite",
            lazy("数据库文件读不了或已损坏（%(damage)s）。"),
            lazy("请停止服务，保留原文件，从最近的备份恢复到新的文件夹：piaojue restore。"),
            damage=damage,
        )
    if journal != "wal":
        return warn(
            "sqlite",
            lazy("数据库文件的日志方式是 %(journal)s，应为 wal。"),
            lazy("请确认没有别的程序打开过它，然后重新启动服务。"),
            journal=journal,
        )
    return ok("sqlite", lazy("SQLite 文件完好，日志方式 wal。"))
