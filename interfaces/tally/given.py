"""A JSON file read strictly: every value knows its place, nothing doubled, unknown, missing or of another kind."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NoReturn, TypeVar, cast

from domain.polls.reckoning import share_of
from interfaces.tally.refusing import CannotBeCounted, Path

_Choice = TypeVar("_Choice", bound=StrEnum)

_MOST_DIGITS = 100  # more than any electorate; longer numbers are noise or an attack
_DECIMAL = re.compile(r"[0-9]{1,50}(?:\.[0-9]{1,50})?")


def read_text(file: str) -> str:
    """The file as text, without a byte order mark. Raises CannotBeCounted."""
    try:
        with open(file, "rb") as opened:  # noqa: PTH123 -- a path that is none must be refused, not made a Path
            content = opened.read()
    except FileNotFoundError:
        raise CannotBeCounted(file=file, reason="no_such_file") from None
    except (OSError, ValueError) as problem:
        said = getattr(problem, "strerror", None) or str(problem)
        raise CannotBeCounted(file=file, reason="unreadable_file", values={"problem": said}) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        row = content.count(b"\n", 0, problem.start) + 1
        raise CannotBeCounted(file=file, reason="not_utf8", values={"row": row}) from None


def read_json(file: str) -> "Given":
    """The value in the file. Raises CannotBeCounted."""
    return parsed_json(file, read_text(file))


def parsed_json(file: str, text: str) -> "Given":
    """The value in the text of a file. Raises CannotBeCounted."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            names = [name for name, _ in pairs]
            doubled = next(name for name in names if names.count(name) > 1)
            raise CannotBeCounted(file=file, reason="doubled_field", values={"field": doubled})
        return fields

    def whole(digits: str) -> int:
        if len(digits) > _MOST_DIGITS:
            raise CannotBeCounted(file=file, reason="number_too_long", values={"digits": len(digits)})
        return int(digits)

    def no_number(name: str) -> NoReturn:
        raise CannotBeCounted(file=file, reason="no_number", values={"value": name})

    try:
        value = json.loads(text, object_pairs_hook=once, parse_int=whole, parse_constant=no_number)
    except json.JSONDecodeError as problem:
        where = {"row": problem.lineno, "column": problem.colno}
        raise CannotBeCounted(file=file, reason="not_json", values=dict(where)) from None
    except RecursionError:
        raise CannotBeCounted(file=file, reason="too_deep") from None
    return Given(file=file, path=(), value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One value of a JSON file and where it stands. Every method raises CannotBeCounted."""

    file: str
    path: Path
    value: object

    def refuse(self, reason: str, **values: object) -> NoReturn:
        """Says what is wrong with this value."""
        raise CannotBeCounted(file=self.file, path=self.path, reason=reason, values={"value": self.value, **values})

    def field(self, name: str) -> "Given":
        """One field of an object, before the others are known."""
        fields = self._object()
        if name not in fields:
            self.refuse("missing_fields", fields=(name,))
        return self._inside(name, fields[name])

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, "Given"]:
        """The fields of an object: all the required ones, no others than these and the optional ones."""
        fields = self._object()
        if unknown := tuple(name for name in fields if name not in required and name not in optional):
            self.refuse("unknown_fields", fields=unknown)
        if missing := tuple(name for name in required if name not in fields):
            self.refuse("missing_fields", fields=missing)
        return {name: self._inside(name, value) for name, value in fields.items()}

    def entries(self) -> list["Given"]:
        """The entries of a list that is not empty."""
        if not isinstance(self.value, list):
            self.refuse("not_a_list")
        if not self.value:
            self.refuse("empty_list")
        entries = cast("list[object]", self.value)
        return [self._inside(number, entry) for number, entry in enumerate(entries, start=1)]

    def text(self) -> str:
        """A text that can be written out again (no half of a surrogate pair)."""
        if not isinstance(self.value, str):
            self.refuse("not_a_text")
        try:
            self.value.encode()
        except UnicodeEncodeError:
            self.refuse("not_unicode")
        return self.value

    def name(self) -> str:
        """A text that says something."""
        text = self.text()
        return text or self.refuse("empty_text")

    def whole(self, least: int = 0) -> int:
        """A whole number; true and 3.0 are none."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.refuse("not_whole")
        if self.value < least:
            self.refuse("too_small", least=least)
        return self.value

    def flag(self) -> bool:
        """A yes or no: true or false, nothing that merely looks like it."""
        if not isinstance(self.value, bool):
            self.refuse("not_a_flag")
        return self.value

    def one_of(self, choices: Sequence[_Choice]) -> _Choice:
        """One of the words."""
        chosen = next((choice for choice in choices if self.value == choice.value), None)
        if chosen is None:
            self.refuse("not_one_of", choices=tuple(choice.value for choice in choices))
        return chosen

    def share(self) -> str:
        """A share of a whole, kept as written: "2/3"."""
        text = self.text()
        try:
            share_of(text)
        except ValueError:
            self.refuse("not_a_share")
        return text

    def decimal(self) -> Decimal:
        """A decimal number written as text, not negative: "0.10"."""
        text = self.text()
        if not _DECIMAL.fullmatch(text):
            self.refuse("not_a_decimal")
        return Decimal(text)

    def _object(self) -> dict[str, object]:
        if not isinstance(self.value, dict):
            self.refuse("not_an_object")
        return cast("dict[str, object]", self.value)

    def _inside(self, step: str | int, value: object) -> "Given":
        return Given(file=self.file, path=(*self.path, step), value=value)
