"""读扫描或拍照的纸质票，逐项合计，存疑和读不出的交人决定 / reads scanned or photographed papers of one poll."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tqdm import tqdm

from domain.polls.ballot_form import BallotForm, form_hash
from domain.shared import Invalid, Refused
from interfaces.paper.form_code import form_code, shown_code
from interfaces.paper.form_file import read_form
from interfaces.scanning.result import ScanResult
from interfaces.scanning.scan import read_sheets
from interfaces.scanning.words import why
from interfaces.web._base.language import LANGUAGES, lazy, speaking
from interfaces.web._base.sentences import sentence

FORMAT: Final = "piaojue-scan/1"
DONE, FOR_PEOPLE, REFUSED = 0, 1, 2

_KINDS = frozenset({".jpg", ".jpeg", ".png", ".pdf"})
_WORDS: Final = {
    "for": lazy("赞成"),
    "x": lazy("赞成"),
    "against": lazy("反对"),
    "abstain": lazy("弃权"),
    "": lazy("空白"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, help="JPEG, PNG and PDF files, read in the order of their names")
    parser.add_argument("--poll", type=Path, required=True, metavar="FORM.JSON", help="the poll's form.json")
    parser.add_argument(
        "--out", type=Path, required=True, help="new folder for scan.json and pictures of doubtful marks"
    )
    parser.add_argument("--lang", choices=tuple(LANGUAGES), default="zh-CN")


def run(arguments: argparse.Namespace) -> int:
    """0 when everything was read, 1 when something waits for people, 2 and one sentence when nothing could be done."""
    with speaking(arguments.lang):
        try:
            return _scan(arguments)
        except Refused as refused:
            return _refuse(sentence(refused))
        except OSError as problem:
            return _refuse(str(problem))


def _scan(arguments: argparse.Namespace) -> int:
    form = read_form(arguments.poll.read_bytes())
    files = sorted(path for path in arguments.folder.iterdir() if path.suffix.lower() in _KINDS)
    if not files:
        return _refuse(lazy("%(folder)s里没有 JPEG、PNG 或 PDF 文件。").filled(folder=arguments.folder))
    _refuse_taken(arguments.out)
    result = read_sheets(_contents(files), form)
    _write(arguments.out, result)
    _print(result)
    return FOR_PEOPLE if result.unread or any(result.doubts.values()) else DONE


def _refuse_taken(out: Path) -> None:
    """What was written before is never mixed with what is written now."""
    if out.exists() and any(out.iterdir()):
        raise Invalid(field="out", reason="folder_taken", value=str(out))


def _contents(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    for path in tqdm(files, unit="file", disable=None, file=sys.stderr):
        yield path.name, path.read_bytes()


def _write(out: Path, result: ScanResult) -> None:
    out.mkdir(parents=True, exist_ok=True)
    said = json.dumps(_written(result), ensure_ascii=False, indent=1)
    (out / "scan.json").write_text(said + "\n", encoding="utf-8")
    for place, item in enumerate(result.form.items, start=1):
        for number, doubt in enumerate(result.doubts[item.id], start=1):
            (out / f"doubtful-{place:03}-{number:03}.jpg").write_bytes(doubt.picture)


def _written(result: ScanResult) -> dict[str, object]:
    entry, form = result.entry(), result.form
    return {
        "format": FORMAT,
        "form_code": shown_code(form_code(form)),
        "form_hash": form_hash(form),
        "papers": entry.papers,
        "void_ballots": entry.void,
        "items": [
            {
                "id": item.id,
                "marks": dict(zip((mark or "blank" for mark in form.marks), item.marks, strict=True)),
                "unreadable": item.unreadable,
                "doubtful": item.doubtful,
            }
            for item in entry.items
        ],
        "unread": [
            {"file": page.file, "page": page.page, "reason": page.reason.value, "detail": page.detail}
            for page in result.unread
        ],
        "empty_pages": result.empty_pages,
    }


def _print(result: ScanResult) -> None:
    entry, form = result.entry(), result.form
    print(lazy("表样码 %(code)s").filled(code=shown_code(form_code(form))))
    print(lazy("读出 %(papers)s 张，其中整张无效 %(void)s 张。").filled(papers=entry.papers, void=entry.void))
    for item, listed in zip(entry.items, form.items, strict=True):
        marks = [f"{_word(form, mark)} {number}" for mark, number in zip(form.marks, item.marks, strict=True)]
        marks += [lazy("两个记号 %(n)s").filled(n=item.unreadable), lazy("存疑 %(n)s").filled(n=item.doubtful)]
        print(f"{item.id}  {listed.name}\n    {'  '.join(marks[1:] + marks[:1])}")
    waiting = sum(map(len, result.doubts.values()))
    print(
        lazy("存疑 %(doubts)s 处，读不出 %(pages)s 页，由人工决定和录入。").filled(
            doubts=waiting, pages=len(result.unread)
        )
    )
    for page in result.unread:
        where = lazy("%(file)s 第%(page)s页").filled(file=page.file, page=page.page)
        print(f"  {where}  {why(page)}")


def _word(form: BallotForm, mark: str) -> str:
    named = {option.id: option.name or option.id for option in form.options}
    return named[mark] if mark in named else _WORDS[mark].filled()


def _refuse(said: str) -> int:
    print(said, file=sys.stderr)
    return REFUSED
