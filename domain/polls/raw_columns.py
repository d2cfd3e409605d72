"""What comes back from a sealed box: raw columns (`piaojue-columns/1`), the same wherever it was opened.

For every item they say how many ballots carry each mark of the form, and how many ballots could not be read or were
void as a whole. No ballot can be seen in them.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from domain.polls.ballot import BallotUnreadable
from domain.polls.ballot_form import BallotForm, Row, decoded, form_hash
from domain.polls.columns import Columns, columns_of, same_items
from domain.polls.rules import RuleProfile
from domain.shared import Refused

FORMAT: Final = "piaojue-columns/1"

_FOR: Final = 1
"""The place of "for" (or of the tick) among a form's marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """How many ballots carry each mark of the form on one item; the place of a number is the mark's byte."""

    id: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawColumns:
    """What an opening of the box gives."""

    poll: UUID
    form: str
    key: str
    root: str
    ballots: int
    undecodable: int
    """Ballots that no key opens or that hold no marks of this form: void as a whole."""
    void_ballots: int
    """Readable ballots with more "for" marks than the form allows: void as a whole."""
    items: tuple[RawItem, ...]

    @property
    def counted(self) -> int:
        """Ballots whose marks stand in the columns."""
        return self.ballots - self.undecodable - self.void_ballots


@dataclass(eq=False)
class ColumnsUnreadable(Refused):
    """Not raw columns: "json", "format" or the name of the field that is missing or wrong."""

    reason: str


@dataclass(eq=False)
class ColumnsOfAnotherBox(Refused):
    """Columns of another "poll", "form", "key", "root" or number of "ballots"."""

    what: str


@dataclass(eq=False)
class MarksDoNotAddUp(Refused):
    """The marks of an item are not as many as the ballots that count for it."""

    item: str
    total: int
    expected: int


def added_up(poll: UUID, form: BallotForm, *, key: str, root: str, ballots: Iterable[bytes | None]) -> RawColumns:
    """The columns of opened ballots; None stands for one that the key does not open."""
    often = tuple([0] * len(form.marks) for _ in form.items)
    number = undecodable = void = 0
    byte_of = {mark: byte for byte, mark in enumerate(form.marks)}
    for opened in ballots:
        number += 1
        row = _row(opened, form)
        if row is None:
            undecodable += 1
        elif form.most_for is not None and row.count(form.marks[_FOR]) > form.most_for:
            void += 1
        else:
            for column, mark in zip(often, row, strict=True):
                column[byte_of[mark]] += 1
    items = tuple(RawItem(id=item.id, marks=tuple(column)) for item, column in zip(form.items, often, strict=True))
    return RawColumns(
        poll=poll,
        form=form_hash(form),
        key=key,
        root=root,
        ballots=number,
        undecodable=undecodable,
        void_ballots=void,
        items=items,
    )


def _row(opened: bytes | None, form: BallotForm) -> Row | None:
    try:
        return None if opened is None else decoded(opened, form)
    except BallotUnreadable:
        return None


def written_raw(columns: RawColumns) -> dict[str, Any]:
    """As plain values, for JSON."""
    return {
        "format": FORMAT,
        "poll": str(columns.poll),
        "form": columns.form,
        "key": columns.key,
        "root": columns.root,
        "ballots": columns.ballots,
        "undecodable": columns.undecodable,
        "void_ballots": columns.void_ballots,
        "items": [{"id": item.id, "marks": list(item.marks)} for item in columns.items],
    }


def raw_text(columns: RawColumns) -> str:
    """Canonical JSON: equal columns are equal texts, in the browser and offline."""
    return json.dumps(written_raw(columns), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_raw(text: str) -> RawColumns:
    """Columns from a page or a file. Raises ColumnsUnreadable."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise ColumnsUnreadable(reason="json") from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ColumnsUnreadable(reason="format")
    return raw_in(said)


def raw_in(said: Mapping[str, Any]) -> RawColumns:
    """Columns from plain values, as the workings keep them. Raises ColumnsUnreadable."""
    return RawColumns(
        poll=_poll(said),
        form=_text(said, "form"),
        key=_text(said, "key"),
        root=_text(said, "root"),
        ballots=_number(said.get("ballots"), "ballots"),
        undecodable=_number(said.get("undecodable"), "undecodable"),
        void_ballots=_number(said.get("void_ballots"), "void_ballots"),
        items=tuple(_item(one) for one in _listed(said, "items")),
    )


def _item(said: object) -> RawItem:
    if not isinstance(said, dict):
        raise ColumnsUnreadable(reason="items")
    marks = tuple(_number(number, "marks") for number in _listed(said, "marks"))
    return RawItem(id=_text(said, "id"), marks=marks)


def _poll(said: Mapping[str, Any]) -> UUID:
    try:
        return UUID(_text(said, "poll"))
    except ValueError:
        raise ColumnsUnreadable(reason="poll") from None


def _text(said: Mapping[str, Any], field: str) -> str:
    found = said.get(field)
    if not isinstance(found, str):
        raise ColumnsUnreadable(reason=field)
    return found


def _listed(said: Mapping[str, Any], field: str) -> list[object]:
    found = said.get(field)
    if not isinstance(found, list):
        raise ColumnsUnreadable(reason=field)
    return found


def _number(found: object, field: str) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise ColumnsUnreadable(reason=field)
    return found


def require_of_this_box(
    columns: RawColumns, *, poll: UUID, form: BallotForm, key: str, root: str, ballots: int
) -> None:
    """Raises ColumnsOfAnotherBox, ItemsDiffer, ColumnsUnreadable (marks) or MarksDoNotAddUp."""
    expected = {"poll": poll, "form": form_hash(form), "key": key, "root": root, "ballots": ballots}
    for what, value in expected.items():
        if getattr(columns, what) != value:
            raise ColumnsOfAnotherBox(what=what)
    same_items([item.id for item in form.items], [item.id for item in columns.items])
    for item in columns.items:
        if len(item.marks) != len(form.marks):
            raise ColumnsUnreadable(reason="marks")
        if sum(item.marks) != columns.counted:
            raise MarksDoNotAddUp(item=item.id, total=sum(item.marks), expected=columns.counted)


def as_columns(columns: RawColumns, profile: RuleProfile, form: BallotForm) -> Columns:
    """The columns by the profile's rules: where blank items go, and that what cannot be read is void as a whole."""
    often = {item.id: Counter(dict(zip(form.marks, item.marks, strict=True))) for item in _in_order(columns, form)}
    void = columns.void_ballots + columns.undecodable
    return columns_of(profile, often, returned=columns.ballots, void=void)


def _in_order(columns: RawColumns, form: BallotForm) -> list[RawItem]:
    by_id = {item.id: item for item in columns.items}
    return [by_id[item.id] for item in form.items]
