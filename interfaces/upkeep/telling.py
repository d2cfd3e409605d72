"""How the commands that move data speak: a bar on a terminal, one sentence when something is refused."""

import sys
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy.exc import OperationalError
from tqdm import tqdm

from domain.shared import Refused
from interfaces.web._base.language import gettext as _
from interfaces.web._base.language import lazy
from interfaces.web._base.sentences import sentence

TELLABLE: Final = (Refused, OSError, OperationalError)
"""What can keep these commands from doing what they were asked for."""

_DOING: Final = {
    "write": lazy("写出"),
    "verify": lazy("核对"),
    "restore": lazy("恢复"),
    "show": lazy("建页面数据"),
}


class Bar:
    """A bar for each thing that is done, one after the other; nothing at all where nobody watches."""

    def __init__(self) -> None:
        self._doing = ""
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def __call__(self, doing: str, done: int, of: int) -> None:
        """Moves the bar to `done`; another `doing` begins another bar."""
        if doing != self._doing or self._bar is None:
            self._end()
            self._doing = doing
            self._bar = _bar(str(_DOING[doing]), of)
        self._bar.total = max(of, done)
        self._bar.update(done - self._bar.n)

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _bar(doing: str, of: int) -> "tqdm[Any]":
    return tqdm(desc=doing, total=of, unit=" facts", disable=None, file=sys.stderr)


def refused(error: Exception, file: Path) -> int:
    """Says why nothing was done; `error` is one of TELLABLE. Returns what the command ends with."""
    if isinstance(error, Refused):
        return say(sentence(error))
    if not isinstance(error, OSError):
        return say(_("数据库没有回应，请检查 PIAOJUE_DATABASE_URL。"))
    if isinstance(error, FileExistsError):
        return say(_("%(file)s 已经存在，不会覆盖。", file=file))
    return say(_("无法读写 %(file)s：%(reason)s。", file=file, reason=error.strerror or error))


def say(words: str) -> int:
    """One sentence for a person; the status of a command that did not do what it was asked for."""
    print(words, file=sys.stderr)  # noqa: T201  # a command speaks
    return 1
