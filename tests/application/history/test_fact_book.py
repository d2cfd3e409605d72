"""Facts come back exactly as they were, also those of older versions."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NewType
from uuid import UUID, uuid4

import pytest

from application.history.fact_book import FactBook, NotRecordable, UnknownFact, UnregisteredFact
from domain.shared import CHINA

Yuan = NewType("Yuan", Decimal)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    name: str
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    number: int
    money: Yuan
    exact: Decimal
    day: date
    moment: datetime
    lasting: timedelta
    id: UUID
    colour: Colour
    colours: tuple[Colour, ...]
    parts: tuple[Part, ...]
    counted: dict[UUID, int]
    by_number: dict[int, tuple[str, ...]]
    pair: tuple[int, str]
    unknown: Part | None
    text: str = ""
    truth: bool = False


EVERYTHING = Everything(
    number=2**53 + 1,
    money=Yuan(Decimal("12345678901234567890.10")),
    exact=Decimal("0.30"),
    day=date(2026, 2, 28),
    moment=datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=CHINA),
    lasting=timedelta(minutes=5, microseconds=1),
    id=uuid4(),
    colour=Colour.BLUE,
    colours=(Colour.RED, Colour.BLUE),
    parts=(Part(name='民生实事 𠅤 \u2028"\\\x00', share=Fraction(2, 3)),),
    counted={uuid4(): 1, uuid4(): 2},
    by_number={1: ("a",), 20: ()},
    pair=(1, "b"),
    unknown=None,
)


def book_of(fact: type, version: int = 1) -> FactBook:
    book = FactBook()
    book.add("tests.fact", version, fact)
    return book


def same_kind(left: Any, right: Any) -> bool:
    """Equal and, all the way down, of the same types."""
    if type(left) is not type(right) or left != right:
        return False
    if isinstance(left, tuple):
        return all(map(same_kind, left, right))
    if isinstance(left, dict):
        return all(map(same_kind, [*left, *left.values()], [*right, *right.values()]))
    if hasattr(left, "__dataclass_fields__"):
        return all(same_kind(getattr(left, name), getattr(right, name)) for name in left.__dataclass_fields__)
    return True


def test_every_kind_of_value_comes_back_equal_and_of_its_type() -> None:
    book = book_of(Everything)
    again = book.decoded("tests.fact", 1, book.encoded(EVERYTHING))
    assert same_kind(again, EVERYTHING)
    assert isinstance(again, Everything)
    assert str(again.money) == "12345678901234567890.10"
    assert str(again.exact) == "0.30"


def test_every_kind_of_value_survives_an_upcast() -> None:
    old, new = book_of(Everything), book_of(Everything, version=2)
    new.upcast("tests.fact", 1)(lambda raw: raw)
    assert same_kind(new.decoded("tests.fact", 1, old.encoded(EVERYTHING)), EVERYTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    given_name: str
    family_name: str = "?"
    nicknames: tuple[str, ...] = field(default=())


def test_older_versions_are_brought_up_to_date_step_by_step() -> None:
    book = book_of(Renamed, version=3)
    book.upcast("tests.fact", 1)(lambda raw: {"name": raw["fullname"]})
    book.upcast("tests.fact", 2)(lambda raw: {"given_name": raw["name"][1:], "family_name": raw["name"][0]})
    wanted = Renamed(given_name="小明", family_name="王")
    assert book.decoded("tests.fact", 1, '{"fullname":"王小明"}'.encode()) == wanted
    assert book.decoded("tests.fact", 2, '{"name":"王小明"}'.encode()) == wanted
    assert book.decoded("tests.fact", 3, book.encoded(wanted)) == wanted


def test_a_new_field_with_a_default_needs_no_new_version() -> None:
    assert book_of(Renamed).decoded("tests.fact", 1, b'{"given_name":"a"}') == Renamed(given_name="a")


def test_a_version_without_a_way_up_is_unknown() -> None:
    book = book_of(Renamed, version=2)
    for version in (1, 3):
        with pytest.raises(UnknownFact):
            book.decoded("tests.fact", version, b'{"given_name":"a"}')
    with pytest.raises(UnknownFact):
        book.decoded("tests.other", 1, b"{}")


def test_a_class_that_is_not_in_the_book_cannot_be_recorded() -> None:
    with pytest.raises(UnregisteredFact):
        FactBook().encoded(EVERYTHING)


@pytest.mark.parametrize(
    "wrong",
    [
        Renamed(given_name=1),  # type: ignore[arg-type] # what the type checker would have found
        Renamed(given_name=None),  # type: ignore[arg-type] # as above
        Renamed(given_name="a", nicknames=["b"]),  # type: ignore[arg-type] # would come back as a tuple
        Renamed(given_name="a", nicknames=(b"b",)),  # type: ignore[arg-type] # bytes would come back as base64
        Renamed(given_name="\ud800"),
        Renamed(given_name=object()),  # type: ignore[arg-type] # no JSON at all
    ],
    ids=["number", "nothing", "list", "bytes", "half a character", "no JSON"],
)
def test_a_fact_that_would_not_read_back_equal_is_not_written(wrong: Renamed) -> None:
    with pytest.raises(NotRecordable):
        book_of(Renamed).encoded(wrong)


def test_a_name_and_a_class_are_entered_once() -> None:
    book = book_of(Renamed)
    with pytest.raises(ValueError, match="in the book already"):
        book.add("tests.fact", 1, Everything)
    with pytest.raises(ValueError, match="in the book already"):
        book.add("tests.other", 1, Renamed)
    book.upcast("tests.fact", 1)(lambda raw: raw)
    with pytest.raises(ValueError, match="upcast"):
        book.upcast("tests.fact", 1)(lambda raw: raw)
