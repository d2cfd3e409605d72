"""What is wrong with a backup or an export, in words."""

from typing import Final, cast

from application.backups.archive import BrokenBackup
from application.history.transfer_checks import BrokenFile
from application.migrating import StoreFromLaterRelease, StoresNotMigrated
from domain.shared import Refused
from interfaces.web._base.language import Lazy, lazy

_BROKEN: Final[dict[str, Lazy]] = {
    "not_ours": lazy("%(part)s 不是票决系统导出的文件。"),
    "newer": lazy("%(part)s 由更新的版本（%(detail)s）写出，请先升级本程序。"),
    "json": lazy("%(part)s 第 %(line)s 行不完整或被改动过。"),
    "order": lazy("%(part)s 第 %(line)s 行的次序不对（%(detail)s）。"),
    "gap": lazy("%(part)s 第 %(line)s 行与前面的记录不相接（%(detail)s）。"),
    "fact": lazy("%(part)s 第 %(line)s 行的记录读不懂（%(detail)s）。"),
    "unknown_fact": lazy("%(part)s 第 %(line)s 行是本版本不认识的记录（%(detail)s），请先升级本程序。"),
    "key": lazy("%(part)s 第 %(line)s 行指向不存在的记录（%(detail)s）。"),
    "row": lazy("%(part)s 第 %(line)s 行的内容读不懂。"),
    "column": lazy("%(part)s 第 %(line)s 行是本版本没有的内容（%(detail)s），请先升级本程序。"),
    "box": lazy("%(part)s 第 %(line)s 行之前：票箱 %(detail)s 里的票与封箱时的张数和校验值不符。"),
    "seal": lazy("%(part)s 第 %(line)s 行：校验值不符，文件被改动过或有缺失。"),
    "after_seal": lazy("%(part)s 第 %(line)s 行：结尾之后还有内容。"),
    "cut": lazy("%(part)s 到第 %(line)s 行就断了，后面缺失。"),
    "long": lazy("%(part)s 第 %(line)s 行太长。"),
}

_NO_BACKUP: Final[dict[str, Lazy]] = {
    "not_a_zip": lazy("这个文件不是完整的 ZIP 文件，可能没有下载完或没有拷完。没有改动任何内容。"),
    "foreign": lazy("这个 ZIP 文件不是票决系统的备份。没有改动任何内容。"),
    "unknown_part": lazy("备份里有不认识的内容“%(detail)s”，不能使用。没有改动任何内容。"),
    "missing_part": lazy("备份里缺少 %(detail)s，不能使用。没有改动任何内容。"),
    "double_part": lazy("备份里有两份 %(detail)s，不能使用。没有改动任何内容。"),
    "manifest": lazy("备份的清单 manifest.json 读不懂，不能使用。没有改动任何内容。"),
    "newer": lazy("备份由更新的版本（%(detail)s）写出，请先升级本程序。没有改动任何内容。"),
    "bomb": lazy("备份里的 %(detail)s 解压后大得不合常理，不能使用。没有改动任何内容。"),
    "encrypted": lazy("%(detail)s 加了密码。请先用加密时的工具解密，再使用。没有改动任何内容。"),
    "damaged": lazy("备份文件已损坏，不能使用。没有改动任何内容。"),
    "sha256": lazy("备份里的 %(detail)s 与清单不符，文件已损坏或被改动过。没有改动任何内容。"),
}

STORES: Final[dict[str, Lazy]] = {
    "history": lazy("记录"),
    "box": lazy("票箱"),
    "private": lazy("账号的密码和便条"),
}


STEPS: Final[dict[tuple[str, int], Lazy]] = {
    ("private", 2): lazy("增加二次验证、统一身份登录、登录日志和接口令牌的表"),
    ("private", 3): lazy("照片和文件改为存放在数据库以外"),
}
"""What each step of `application/migrating.py` does."""


def _broken(refused: Refused) -> str:
    broken = cast("BrokenFile", refused)
    return _BROKEN[broken.reason].filled(part=broken.part, line=broken.line, detail=broken.detail)


def _no_backup(refused: Refused) -> str:
    broken = cast("BrokenBackup", refused)
    return _NO_BACKUP[broken.reason].filled(detail=broken.detail)


def _not_empty(refused: Refused) -> str:
    store = STORES[getattr(refused, "store", "")]
    return lazy("这里已经有数据（%(store)s），只能恢复或导入到全新的空库里。没有改动任何内容。").filled(store=store)


def _not_migrated(refused: Refused) -> str:
    stores = "、".join(str(STORES[name]) for name in cast("StoresNotMigrated", refused).stores)
    return lazy("数据库（%(stores)s）还是旧版本的。请先备份，再运行 piaojue migrate，然后重新启动。").filled(
        stores=stores
    )


def _from_later(refused: Refused) -> str:
    later = cast("StoreFromLaterRelease", refused)
    words = lazy("数据库（%(store)s）已由更新的版本（%(release)s）升级过，本版本不能使用。请换回那个版本。")
    return words.filled(store=STORES[later.store], release=later.release)


SENTENCES: Final = {
    "FilesNotAnswering": lazy(
        "照片和文件的存放处没有回应（%(reason)s），没有存入也没有读出。"
        "请稍后再试；一直如此的，请管理员运行 piaojue doctor。"
    ),
    "BrokenFile": _broken,
    "BrokenBackup": _no_backup,
    "NotEmpty": _not_empty,
    "StoresNotMigrated": _not_migrated,
    "StoreFromLaterRelease": _from_later,
    "VotingGoesOn": lazy("正在投票，票箱里已有选票。为了不让任何人提前看到选票，请在投票截止以后再下载备份。"),
    "BackupGoesOn": lazy("已经有人在制作备份，请等它完成后再试。"),
    "BackupExists": lazy("%(name)s 已经存在，不会覆盖。"),
    "NoRoom": lazy("%(folder)s 所在的磁盘空间不够：需要 %(needed)s MB，只有 %(free)s MB。没有改动任何内容。"),
    "RestoredOtherwise": lazy("写入以后读出来的内容与备份不同。请检查磁盘和数据库，清空后再恢复一次。"),
}
