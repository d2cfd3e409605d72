"""The computer: Python, the data folder, its disk and file system, the installed files, the clock."""

import os
import shutil
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from interfaces.upkeep.checks.found import Found, bad, ok, warn
from interfaces.web._base.assets import STATIC
from interfaces.web._base.language import lazy

OLDEST, NEWEST = (3, 11), (3, 14)
NEEDED_FILES: Final = ("vendor/bootstrap.min.css", "vendor/htmx.min.js", "css/office.css")
LITTLE, TOO_LITTLE = 2 * 10**9, 5 * 10**8
"""Bytes of free disk."""

NETWORK_FILES: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "glusterfs"})
"""File systems whose locks SQLite cannot rely on."""

DRIFT, TOO_MUCH_DRIFT = timedelta(seconds=2), timedelta(minutes=1)


def python(version: tuple[int, int] = sys.version_info[:2]) -> Found:
    """The versions this release is tested on."""
    said = ".".join(map(str, version))
    if version < OLDEST:
        return bad("python", lazy("Python %(said)s 太旧。"), lazy("请安装 Python 3.11 或更新的版本。"), said=said)
    if version > NEWEST:
        return warn(
            "python", lazy("Python %(said)s 还没有用本版本测试过。"), lazy("请改用 Python 3.11 至 3.14。"), said=said
        )
    return ok("python", lazy("Python %(said)s。"), said=said)


def installed_files(folder: Path = STATIC) -> Found:
    """Style sheet and scripts of others, which are installed and not part of the program."""
    missing = [name for name in NEEDED_FILES if not (folder / name).is_file()]
    if missing:
        return bad(
            "files",
            lazy("页面要用的文件没有装好：%(missing)s。"),
            lazy("请运行一次 ./run check 或重新安装。"),
            missing="、".join(missing),
        )
    return ok("files", lazy("页面要用的文件都在。"))


def data_folder(folder: Path, user: int | None = None) -> Found:
    """Owned by the user of the service, and closed to everybody else."""
    user = os.getuid() if user is None else user
    if not folder.is_dir():
        return bad(
            "folder",
            lazy("没有数据文件夹 %(folder)s。"),
            lazy("请建立它：install -d -m 0700 %(folder)s，并归运行服务的用户所有。"),
            folder=folder,
        )
    found = folder.stat()
    if found.st_uid != user:
        return bad(
            "folder",
            lazy("数据文件夹 %(folder)s 不归运行本命令的用户所有。"),
            lazy("请用运行服务的用户运行本命令，或改正归属：chown。"),
            folder=folder,
        )
    if found.st_mode & 0o077:
        return bad(
            "folder",
            lazy("这台电脑的其他用户能读数据文件夹 %(folder)s（权限 %(mode)s）。"),
            lazy("请运行：chmod 700 %(folder)s"),
            folder=folder,
            mode=f"{stat.S_IMODE(found.st_mode):o}",
        )
    return ok("folder", lazy("数据文件夹 %(folder)s 只有本用户能读。"), folder=folder)


def disk(folder: Path) -> Found:
    """Room for a busy day and for a backup."""
    free = shutil.disk_usage(folder if folder.exists() else Path.cwd()).free
    values = {"free": free // 10**6}
    if free < TOO_LITTLE:
        return bad("disk", lazy("磁盘只剩 %(free)s MB。"), lazy("请马上腾出空间；磁盘写满时不能投票。"), **values)
    if free < LITTLE:
        return warn("disk", lazy("磁盘只剩 %(free)s MB。"), lazy("请在会前腾出至少 2 GB。"), **values)
    return ok("disk", lazy("磁盘还有 %(free)s MB。"), **values)


def file_system(folder: Path, mounts: str | None = None) -> Found:
    """SQLite relies on the locks of the file system."""
    if mounts is None:
        listed = Path("/proc/mounts")
        mounts = listed.read_text(encoding="utf-8", errors="replace") if listed.exists() else ""
    kind = _kind_of(folder.absolute(), mounts)
    if kind in NETWORK_FILES:
        return warn(
            "file_system",
            lazy("数据文件夹在网络盘上（%(kind)s），SQLite 的锁在那里不可靠。"),
            lazy("请把数据放在本机磁盘上，或改用 PostgreSQL。"),
            kind=kind,
        )
    return ok("file_system", lazy("数据文件夹在本机磁盘上（%(kind)s）。"), kind=kind or "?")


def _kind_of(folder: Path, mounts: str) -> str:
    best, kind = "", ""
    for line in mounts.splitlines():
        words = line.split()
        if len(words) > 2 and folder.is_relative_to(words[1]) and len(words[1]) >= len(best):
            best, kind = words[1], words[2]
    return kind


def clock_against(check: str, what: str, theirs: datetime, now: datetime) -> Found:
    """Two clocks that stamp the same record."""
    drift = abs(theirs - now)
    values = {"what": what, "seconds": round(drift.total_seconds(), 1)}
    if drift > TOO_MUCH_DRIFT:
        return bad(
            check, lazy("本机时钟与%(what)s相差 %(seconds)s 秒。"), lazy("请校准时钟，打开网络对时（NTP）。"), **values
        )
    if drift > DRIFT:
        return warn(check, lazy("本机时钟与%(what)s相差 %(seconds)s 秒。"), lazy("请打开网络对时（NTP）。"), **values)
    return ok(check, lazy("本机时钟与%(what)s一致。"), **values)


def clock_behind(newest: datetime | None, now: datetime) -> Found:
    """Nothing was recorded in the future."""
    if newest is not None and newest > now + DRIFT:
        return bad(
            "clock",
            lazy("最新的一条记录在将来（%(newest)s）：本机时钟慢了，或曾经快过。"),
            lazy("请校准时钟，打开网络对时（NTP），再继续办理。"),
            newest=newest.isoformat(timespec="seconds"),
        )
    return ok("clock", lazy("没有将来的记录。"))


def network_time(answer: str | None) -> Found:
    """What timedatectl says; None where there is none, as in a container."""
    if answer == "yes":
        return ok("ntp", lazy("网络对时正常。"))
    if answer == "no":
        return warn("ntp", lazy("网络对时没有打开或还没有对上。"), lazy("请运行：timedatectl set-ntp true"))
    return ok("ntp", lazy("本机没有 timedatectl，网络对时由上层系统负责。"))


def asked_timedatectl() -> str | None:
    """Its answer, None when it gives none."""
    program = shutil.which("timedatectl")
    if program is None:
        return None
    try:
        asked = subprocess.run(  # noqa: S603  # a program of the system, without anybody's words
            [program, "show", "--property=NTPSynchronized", "--value"],
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip()
