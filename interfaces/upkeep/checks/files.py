"""Where photos and documents lie: whether it answers, and whether everything is there."""

from collections.abc import Iterator
from contextlib import closing
from secrets import token_bytes, token_hex

from sqlalchemy.exc import SQLAlchemyError

from application.private.file_store import FilesNotAnswering, FileStore
from application.private.files_audit import look_at_places
from application.private.store import open_private
from interfaces.kept_files import file_store
from interfaces.settings import Settings
from interfaces.upkeep.checks.found import Found, bad, ok, warn
from interfaces.web._base.language import lazy


def check(settings: Settings) -> Iterator[Found]:
    """A probe is put there, read back and taken away; then the list of places is compared with the rows."""
    kept = file_store(settings)
    try:
        yield _answers(kept)
        yield from _of_places(settings, kept)
    except FilesNotAnswering as silent:
        yield bad(
            "kept_files",
            lazy("照片和文件的存放处 %(place)s 没有回应：%(reason)s。"),
            lazy("请检查 PIAOJUE_FILES 或 PIAOJUE_S3_… 的设置，存放处是否可写、磁盘或存储桶是否已满。"),
            place=kept.told(),
            reason=silent.reason,
        )
    except SQLAlchemyError:
        yield bad("kept_files", lazy("数据库里照片和文件的目录读不了。"), lazy("请运行 piaojue migrate。"))


def _answers(kept: FileStore) -> Found:
    place, probe = token_hex(16), token_bytes(32)
    try:
        kept.put(place, probe)
        is_same = kept.get(place) == probe
    finally:
        kept.remove(place)
    if not is_same:
        return bad(
            "kept_files",
            lazy("照片和文件的存放处 %(place)s 读出的与写入的不同。"),
            lazy("请检查这个存储桶或磁盘；查明以前不要上传。"),
            place=kept.told(),
        )
    return ok("kept_files", lazy("照片和文件的存放处 %(place)s 可写可读。"), place=kept.told())


def _of_places(settings: Settings, kept: FileStore) -> Iterator[Found]:
    with closing(open_private(settings.storage_url, kept)) as private:
        seen = look_at_places(private)
    if seen.gone:
        yield bad(
            "kept_files.gone",
            lazy("%(n)s 个照片或文件的内容不在存放处，第一个是 %(first)s。"),
            lazy("请检查 PIAOJUE_FILES 或 PIAOJUE_S3_… 是不是指向原来的地方；确实丢失的，请从备份恢复。"),
            n=len(seen.gone),
            first=seen.gone[0],
        )
    if seen.in_the_table:
        yield warn(
            "kept_files.moving",
            lazy("还有 %(n)s 个照片或文件存在数据库里。"),
            lazy("请运行 piaojue migrate，把它们移出来。"),
            n=seen.in_the_table,
        )
    if seen.strangers:
        yield warn(
            "kept_files.strangers",
            lazy("存放处有 %(n)s 个内容不属于本系统的任何记录，没有密钥，谁也读不了。"),
            lazy("请看是不是有别的系统共用这个存放处；没有的话，它们是从前留下的，占些地方，没有别的害处。"),
            n=seen.strangers,
        )
    if not seen.gone:
        yield ok("kept_files.all", lazy("%(n)s 个照片和文件都在（%(mb)s MB）。"), n=seen.kept, mb=seen.bytes // 10**6)
