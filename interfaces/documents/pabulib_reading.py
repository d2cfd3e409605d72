"""Reads a .pb file whole; the first thing wrong with it is told with its line."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from domain.shared import Refused
from interfaces.web._base.language import Lazy, lazy

_LARGEST: Final = 50 * 1024 * 1024
_SECTIONS: Final = ("META", "PROJECTS", "VOTES")
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "META": ("key", "value"),
    "PROJECTS": ("project_id", "cost"),
    "VOTES": ("voter_id", "vote"),
}
_COUNTABLE: Final = ("approval", "choose-1")
_NUMBER: Final = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,6})?")
_WHOLE: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PbItem:
    """A project of a .pb file; `votes` and `selected` as the file states them, if it does."""

    id: str
    name: str
    cost: Decimal
    category: str = ""
    votes: int | None = None
    selected: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PbPoll:
    """A poll from a .pb file: META as it stands, the projects, and for every ballot the projects it approves."""

    meta: Mapping[str, str]
    items: tuple[PbItem, ...]
    ballots: tuple[frozenset[str], ...]


@dataclass(eq=False)
class NotPabulib(Refused):
    """The text is no .pb file that can be counted. `line` is 0 where no single line is wrong."""

    reason: str
    line: int = 0
    value: str = ""
    hint: str = ""


SENTENCES: Final[Mapping[str, Lazy]] = {
    "too_large": lazy("文件太大，最多 %(hint)s MB。"),
    "no_section": lazy("缺少 %(value)s 一节。"),
    "section_twice": lazy("第 %(line)s 行：%(value)s 一节出现了两次。"),
    "outside": lazy("第 %(line)s 行：「%(value)s」不在任何一节里。"),
    "broken": lazy("第 %(line)s 行的引号不成对。"),
    "no_heading": lazy("第 %(line)s 行：%(hint)s 一节缺少「%(value)s」这一列。"),
    "too_long": lazy("第 %(line)s 行比标题多出「%(value)s」。"),
    "twice": lazy("第 %(line)s 行：「%(value)s」重复了。"),
    "empty": lazy("第 %(line)s 行缺少「%(value)s」。"),
    "not_a_number": lazy("第 %(line)s 行：「%(hint)s」应是数字，现在是「%(value)s」。"),
    "no_such_project": lazy("第 %(line)s 行：没有编号为「%(value)s」的项目。"),
    "no_meta": lazy("META 一节缺少 %(value)s。"),
    "vote_type": lazy("只能计 approval 与 choose-1 两种票，这是「%(value)s」。"),
    "miscounted": lazy("%(value)s 写的是 %(hint)s，与实际不符。"),
    "no_projects": lazy("文件里没有项目。"),
    "no_ballots": lazy("文件里没有选票，只有结果，不能重新计票。"),
}


def pb_sentence(refused: NotPabulib) -> str:
    """What is wrong with the file, in the language of the request."""
    return SENTENCES[refused.reason].filled(line=refused.line, value=refused.value, hint=refused.hint)


def import_pb(text: str) -> PbPoll:
    """The poll in the text of a .pb file; raises NotPabulib.

    A file whose VOTES section is empty (an export of a secret poll) is read too and has no ballots.
    """
    if len(text) > _LARGEST:
        raise NotPabulib(reason="too_large", hint=str(_LARGEST // 1024 // 1024))
    sections = _sections(text.removeprefix("\ufeff"))
    meta = _meta(sections["META"])
    items = tuple(_items(sections["PROJECTS"]))
    if not items:
        raise NotPabulib(reason="no_projects")
    kind = meta.get("vote_type", "")
    if kind not in _COUNTABLE:
        raise NotPabulib(reason="vote_type" if kind else "no_meta", value=kind or "vote_type")
    ballots = tuple(_ballots(sections["VOTES"], {item.id for item in items}, at_most=1 if kind == "choose-1" else None))
    for key, count in (("num_projects", len(items)), ("num_votes", len(ballots))):
        if meta.get(key, str(count)) != str(count):
            raise NotPabulib(reason="miscounted", value=key, hint=meta[key])
    return PbPoll(meta=meta, items=items, ballots=ballots)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    number: int
    cells: Mapping[str, str]

    def need(self, name: str) -> str:
        """The text of a cell that must not be empty."""
        text = self.cells.get(name, "")
        if not text:
            raise self.refuse("empty", name)
        return text

    def refuse(self, reason: str, value: str = "", hint: str = "") -> NotPabulib:
        return NotPabulib(reason=reason, line=self.number, value=value[:60], hint=hint)


@dataclass(slots=True)
class _Section:
    name: str
    headings: tuple[str, ...] = ()
    lines: list[_Line] = field(default_factory=list)


def _sections(text: str) -> dict[str, _Section]:
    found: dict[str, _Section] = {}
    current: _Section | None = None
    for number, cells in _rows(text):
        name = cells[0].upper()
        if name in _SECTIONS and not any(cells[1:]):
            if name in found:
                raise NotPabulib(reason="section_twice", line=number, value=name)
            current = found[name] = _Section(name)
        elif current is None:
            raise NotPabulib(reason="outside", line=number, value=cells[0][:60])
        elif not current.headings:
            current.headings = _headings(current.name, number, cells)
        else:
            current.lines.append(_line(current.headings, number, cells))
    for name in _SECTIONS:
        if name not in found:
            raise NotPabulib(reason="no_section", value=name)
    return found


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with the line it ends on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", skipinitialspace=True, strict=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise NotPabulib(reason="broken", line=reader.line_num) from error


def _headings(section: str, number: int, cells: Sequence[str]) -> tuple[str, ...]:
    headings = tuple(cell.lower() for cell in cells)
    for needed in _NEEDED[section]:
        if needed not in headings:
            raise NotPabulib(reason="no_heading", line=number, value=needed, hint=section)
        if headings.count(needed) > 1:
            raise NotPabulib(reason="twice", line=number, value=needed)
    return headings


def _line(headings: Sequence[str], number: int, cells: Sequence[str]) -> _Line:
    beyond = next((cell for cell in cells[len(headings) :] if cell), "")
    if beyond:
        raise NotPabulib(reason="too_long", line=number, value=beyond[:60])
    return _Line(number=number, cells=dict(zip(headings, cells, strict=False)))


def _meta(section: _Section) -> dict[str, str]:
    meta: dict[str, str] = {}
    for line in section.lines:
        key = line.need("key")
        if key in meta:
            raise line.refuse("twice", key)
        meta[key] = line.cells.get("value", "")
    return meta


def _items(section: _Section) -> Iterator[PbItem]:
    seen: set[str] = set()
    for line in section.lines:
        id_ = line.need("project_id")
        if id_ in seen:
            raise line.refuse("twice", id_)
        seen.add(id_)
        cost = line.need("cost")
        if not _NUMBER.fullmatch(cost):
            raise line.refuse("not_a_number", cost, "cost")
        yield PbItem(
            id=id_,
            name=line.cells.get("name", "") or id_,
            cost=Decimal(cost.replace(",", ".")),
            category=line.cells.get("category", ""),
            votes=_whole(line, "votes"),
            selected=None if _whole(line, "selected") is None else _whole(line, "selected") == 1,
        )


def _whole(line: _Line, name: str) -> int | None:
    text = line.cells.get(name, "")
    if not text or text.lower() == "none":
        return None
    if not _WHOLE.fullmatch(text):
        raise line.refuse("not_a_number", text, name)
    return int(text)


def _ballots(section: _Section, known: set[str], *, at_most: int | None) -> Iterator[frozenset[str]]:
    voters: set[str] = set()
    for line in section.lines:
        voter = line.need("voter_id")
        if voter in voters:
            raise line.refuse("twice", voter)
        voters.add(voter)
        yield _approved(line, known, at_most)


def _approved(line: _Line, known: set[str], at_most: int | None) -> frozenset[str]:
    approved: set[str] = set()
    for id_ in (part.strip() for part in line.cells.get("vote", "").split(",")):
        if not id_:
            continue
        if id_ not in known:
            raise line.refuse("no_such_project", id_)
        if id_ in approved:
            raise line.refuse("twice", id_)
        if len(approved) == at_most:
            raise line.refuse("too_long", id_)
        approved.add(id_)
    return frozenset(approved)
