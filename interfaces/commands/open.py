"""在离线电脑上打开密封的票箱 / opens a sealed box on a computer without network or database; columns come out."""

import argparse
import getpass
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from domain.polls.box_file import BoxFile, read_box, require_whole
from domain.polls.raw_columns import RawColumns, raw_text
from domain.polls.share import DIGITS, ROWS, MistypedShare, SharesDoNotOpen, read_row
from domain.shared import Refused, normal_code
from interfaces.opening.bringing import Brought, shares_in
from interfaces.opening.opened import opened_columns
from interfaces.web._base.language import gettext as _
from interfaces.web._base.sentences import sentence

OPENED, NOT_OPENED = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Shares are typed at a prompt that does not show them, unless a file of scanned ones is given."""
    parser.add_argument("box", type=Path, help="the file from the page “second opening”, box.json")
    parser.add_argument("--out", type=Path, default=Path("columns.json"), help="where the columns go (columns.json)")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--shares-file", type=Path, help="scanned shares, one a line, or six rows each; delete it after")
    how.add_argument(
        "--share",
        action="append",
        default=[],
        help="a share, once for each; the command line of a running program can be seen by others on this computer",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 and the columns in a file, or 1 and what is wrong."""
    try:
        box = read_box(arguments.box.read_text(encoding="utf-8"))
        _tell(box)
        require_whole(box)
        columns = opened_columns(box, _brought(box, arguments).shares)
        text = raw_text(columns)
        arguments.out.write_text(text + "\n", encoding="utf-8")
    except Refused as refused:
        return _refuse(sentence(refused))
    except (OSError, UnicodeDecodeError) as problem:
        return _refuse(str(problem))
    _tell_columns(columns, text, arguments.out)
    return OPENED


def _tell(box: BoxFile) -> None:
    print(box.title)
    print(_("选票 %(n)s 张", n=len(box.sealed)))
    print(_("票箱根（请与会场抄录的核对）：%(root)s", root=box.root))
    holders = _("、").join(holder.name for holder in box.holders)
    print(_("开箱需要 %(n)s 份份额；保管人：%(holders)s", n=box.threshold, holders=holders))


def _tell_columns(columns: RawColumns, text: str, out: Path) -> None:
    """The sums stay in the file: a screen can be read from behind."""
    shown = sha256(text.encode()).hexdigest()[:32]
    print(
        _(
            "已打开 %(n)s 张，读不出的 %(undecodable)s 张，整张无效 %(void)s 张。",
            n=columns.ballots,
            undecodable=columns.undecodable,
            void=columns.void_ballots,
        )
    )
    print(
        _(
            "票数指纹（应与监票人电脑上的相同）：%(hash)s",
            hash=" ".join(shown[start : start + 4] for start in range(0, len(shown), 4)),
        )
    )
    print(_("票数写在 %(file)s", file=out))


def _brought(box: BoxFile, arguments: argparse.Namespace) -> Brought:
    brought = Brought(box)
    if arguments.shares_file is None and not arguments.share:
        _ask_for(brought)
        return brought
    for text in _given(arguments):
        print(_("%(name)s的份额没有问题。", name=brought.take(text)))
    if brought.missing:
        raise SharesDoNotOpen
    return brought


def _given(arguments: argparse.Namespace) -> Iterator[str]:
    if arguments.shares_file is None:
        yield from arguments.share
        return
    with arguments.shares_file.open(encoding="utf-8") as lines:
        yield from shares_in(lines)


def _ask_for(brought: Brought) -> None:
    """Asks again for what is wrong: for the row while it is typed, for the share when its rows are right."""
    while brought.missing:
        print(_("请输入一份份额，逐行输入或扫码；输入时不显示。还差 %(n)s 份。", n=brought.missing))
        try:
            print(_("%(name)s的份额没有问题。", name=brought.take(_typed())))
        except Refused as refused:
            print(sentence(refused), file=sys.stderr)


def _typed() -> str:
    """Six rows, each right before the next is asked for, or all of them at once from a scanner."""
    rows: list[str] = []
    while len(rows) < ROWS:
        typed = getpass.getpass(_("第 %(row)s 行：", row=len(rows) + 1))
        if len(normal_code(typed)) >= DIGITS:
            return typed
        try:
            rows.append(read_row(typed, len(rows) + 1))
        except MistypedShare as refused:
            print(sentence(refused), file=sys.stderr)
    return "".join(rows)


def _refuse(said: str) -> int:
    print(said, file=sys.stderr)
    return NOT_OPENED
