"""The screening rules of a congress as a form: two lists, the order of approvals, the decision."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from domain.proposals.screening import ApprovalKind, Criterion, ScreeningRules
from interfaces.web._base.forms import Sheet, Typed
from interfaces.web.screening.words import APPROVALS

SPARE: Final = 3
"""Empty rows under each list."""

MOST: Final = 60
STEPS: Final = tuple(f"step{place}" for place in range(1, len(APPROVALS) + 1))


class Row(NamedTuple):
    """The names of the fields of one row."""

    code: str
    name: str
    words: str
    place: int


def values_of(rules: ScreeningRules) -> dict[str, object]:
    """What stands in the form for known rules."""
    known: dict[str, object] = {}
    for prefix, lines in (("p", rules.positive), ("n", rules.negative)):
        for place, line in enumerate(lines, start=1):
            row = _row(prefix, place)
            known |= {row.code: line.code, row.name: line.name, row.words: line.words}
    return known | {name: kind.value for name, kind in zip(STEPS, rules.approvals, strict=False)}


def rows_of(form: Sheet, prefix: str) -> list[Row]:
    """The rows to draw: everything that is filled in, and some empty ones."""
    filled = [row.place for row in _rows(prefix) if any(form.value(name) for name in row[:3])]
    return [_row(prefix, place) for place in range(1, max(filled, default=0) + SPARE + 1)]


def read_rules(typed: Typed) -> ScreeningRules:
    """What was typed; rows without a word are left out."""
    kinds = [typed.text(name) for name in STEPS]
    known = {kind.value: kind for kind in ApprovalKind}
    return ScreeningRules(
        positive=_lines(typed, "p"),
        negative=_lines(typed, "n"),
        approvals=tuple(known[kind] for kind in kinds if kind in known),
    )


def choices() -> list[tuple[str, Any]]:
    """Kinds of approval with their words."""
    return [(kind, words) for kind, words in APPROVALS.items()]


def _lines(typed: Typed, prefix: str) -> tuple[Criterion, ...]:
    said = (
        Criterion(code=typed.text(row.code), name=typed.text(row.name), words=typed.text(row.words))
        for row in _rows(prefix)
    )
    return tuple(line for line in said if line.code or line.name or line.words)


def _rows(prefix: str) -> Iterator[Row]:
    return (_row(prefix, place) for place in _places())


def _places() -> Sequence[int]:
    return range(1, MOST + 1)


def _row(prefix: str, place: int) -> Row:
    return Row(f"{prefix}{place}_code", f"{prefix}{place}_name", f"{prefix}{place}_words", place)
